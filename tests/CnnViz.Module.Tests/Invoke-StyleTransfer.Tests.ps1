BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = New-CnnModel 'conv 6 3x3 same relu', 'conv 6 3x3 same relu', 'maxpool 2', 'conv 8 3x3 same relu', 'globalpool', 'dense 3' -InputShape 3, 16, 16 -Seed 1

    function New-Picture([string] $Name, [int] $Seed, [int] $Width = 20, [int] $Height = 16) {
        $random = [Random]::new($Seed)
        $path = Join-Path $TestDrive $Name
        [CnnViz.CnnImage]::new([float[]] @(1..(3 * $Width * $Height) | ForEach-Object { $random.NextDouble() }), 3, $Height, $Width) | Export-CnnImage $path -Force
        $path
    }
    $script:content = New-Picture town.png 1
    $script:other = New-Picture river.png 2
    $script:style = New-Picture painting.png 3 16 16
    $script:second = New-Picture drawing.png 4 12 18
    $script:few = @{ Model = $model; Step = 4 }
}

Describe 'Invoke-StyleTransfer' {
    It 'paints a picture and says how it went' {
        $image = Invoke-StyleTransfer $content $style @few
        $image | Should -BeOfType ([CnnViz.SynthesizedImage])
        $image.Title | Should -Be 'town in the style of painting'
        $image.Image.Width, $image.Image.Height | Should -Be 20, 16
        $image.History.Count | Should -Be 4
        $image.Terms.Keys | Sort-Object | Should -Be Content, Style, TotalVariation
        $image.Terms['Style'][3] | Should -BeLessThan $image.Terms['Style'][0]
        $image.Source | Should -Be $content
        $image.Recipe.Operation | Should -Be 'Invoke-StyleTransfer'
        $image.Recipe.Parameters['StyleLayer'] | Should -Be 'relu1=1,relu3=1'
    }

    It 'takes numbers from the pipeline, and each title says what its picture differs in' {
        $images = 1, 100 | Invoke-StyleTransfer -StyleWeight { $_ } -Content $content -Style $style @few
        $images.Title | Should -Be 'style weight 1', 'style weight 100'
        $images[0].Image.Data[0] | Should -Not -Be $images[1].Image.Data[0]
        ($images | Join-CnnImage -Column 2) | Should -BeOfType ([CnnViz.CnnImage])
        $seeds = 1..2 | Invoke-StyleTransfer -Seed { $_ } -Content $content -Style $style -Initialization Noise @few
        $seeds.Title | Should -Be 'seed 1', 'seed 2'
        $layers = 'relu1', 'relu3' | Invoke-StyleTransfer -StyleLayer { $_ } -Content $content -Style $style @few
        $layers.Title | Should -Be 'style layer relu1', 'style layer relu3'
        $rows = [pscustomobject]@{ StyleWeight = 5; ContentLayer = 'conv3' } | Invoke-StyleTransfer -Content $content -Style $style @few
        $rows.Title | Should -Be 'style weight 5, content layer conv3'
    }

    It 'warns once of an architecture whose weights are random, however many records come' {
        $null = 1, 10 | Invoke-StyleTransfer -StyleWeight { $_ } -Content $content -Style $style -Model lenet5 -StyleLayer conv1 -ContentLayer conv2 -Step 1 -Size 28 -WarningVariable warned -WarningAction SilentlyContinue
        @($warned).Where{ $_ -match 'random' }.Count | Should -Be 1
    }

    It 'takes several weights and gives every combination' {
        $images = Invoke-StyleTransfer $content $style -StyleWeight 1, 10 -ContentWeight 1, 2 -TotalVariationWeight 0 @few
        $images.Title | Should -Be 'style weight 1, content weight 1', 'style weight 1, content weight 2', 'style weight 10, content weight 1', 'style weight 10, content weight 2'
    }

    It 'takes contents, results and models from the pipeline' {
        $images = $content, $other | Invoke-StyleTransfer -Style $style @few
        $images.Title | Should -Be 'town in the style of painting', 'river in the style of painting'
        $again = $images[0] | Invoke-StyleTransfer -Style $second @few
        $again.Image.Width | Should -Be 20
        ($model | Invoke-StyleTransfer $content $style -Step 1).Model | Should -Be $model
    }

    It 'weighs layers by a table, by text or by names' {
        $options = { param($layers) (Invoke-StyleTransfer $content $style -StyleLayer $layers -Model $model -Step 1).Recipe.Parameters['StyleLayer'] }
        & $options @{ relu1 = 0.5 } | Should -Be 'relu1=0.5'
        & $options 'relu1=0.5', 'relu2' | Should -Be 'relu1=0.5,relu2=1'
        $line = 'Invoke-StyleTransfer a b -Model lenet5-digits -StyleLayer co'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'conv1'
    }

    It 'paints regions, and says what it resized' {
        $mask = New-Picture mask.png 5 7 9
        $messages = Invoke-StyleTransfer $content $style, $second -Mask $mask, $mask -StyleBlend 1, 2 @few -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        $messages.Message -match 'Mask 2 is 7x9 and the content 20x16: it is resized' | Should -Not -BeNullOrEmpty
        $messages.Message -match 'style of relu1, relu3' | Should -Not -BeNullOrEmpty
    }

    It 'goes on where it was left, and shows how it went' {
        $run = @{ CheckpointPath = Join-Path $TestDrive run.checkpoint; CheckpointInterval = 1 }
        $whole = Invoke-StyleTransfer $content $style @few @run -FramePath (Join-Path $TestDrive painting.gif) -FrameInterval 2
        (Import-CnnImage (Join-Path $TestDrive painting.gif)).Width | Should -Be 20
        $again = Invoke-StyleTransfer $content $style @few @run -Resume
        $again.Image.Data | Should -Be $whole.Image.Data
        { Invoke-StyleTransfer $content $style -Model $model -Step 4 -StyleWeight 3 @run -Resume } | Should -Throw -ErrorId 'CnnViz.CheckpointMismatch*'
    }

    It 'has a parameter for every setting' {
        $settings = [CnnViz.Commands.InvokeStyleTransferCommand].Assembly.GetType('CnnViz.Commands.InvokeStyleTransferCommand').GetProperty('Preset').PropertyType.Assembly.GetType('CnnViz.Synthesis.Style.StyleOptions').GetProperties().Name
        $parameters = (Get-Command Invoke-StyleTransfer).Parameters.Keys
        $settings | Where-Object { $_ -notin 'EqualityContract', 'Title' -and $_ -notin $parameters } | Should -BeNullOrEmpty
    }

    It 'names the mistake: <Id>' -ForEach @(
        @{ Id = 'LayerNotFound'; More = @{ StyleLayer = 'relu9' } }
        @{ Id = 'LayerNotFound'; More = @{ ContentLayer = 'relu9' } }
        @{ Id = 'ArgumentInvalid'; More = @{ StyleLayer = @{ relu1 = 0 } } }
        @{ Id = 'ArgumentInvalid'; More = @{ StyleBlend = 1, 2 } }
        @{ Id = 'ArgumentInvalid'; More = @{ Scale = 32; Size = 32 } }
        @{ Id = 'ArgumentInvalid'; More = @{ OctaveScale = 1.5 } }
        @{ Id = 'ImageTooSmall'; More = @{ Scale = 1 } }
        @{ Id = 'MemoryInsufficient'; More = @{ Scale = 200000 } }
    ) {
        { Invoke-StyleTransfer $content $style @few @More -ErrorAction Stop } | Should -Throw -ErrorId "CnnViz.$Id*"
    }

    It 'names the mistake of <Name>' -ForEach @(
        @{ Name = 'two beginnings'; More = { @{ Initialization = 'Noise'; InitialImage = $style } } }
        @{ Name = 'more masks than styles'; More = { @{ Mask = $style, $style } } }
    ) {
        $more = & $More
        { Invoke-StyleTransfer $content $style @few @more -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
    }

    It 'leaves no tensor behind' {
        $before = Get-TensorCount
        $null = Invoke-StyleTransfer $content $style @few
        Get-TensorCount | Should -Be $before
    }
}
