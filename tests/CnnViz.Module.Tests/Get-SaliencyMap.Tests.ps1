BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    # A network with rectifiers, of any input size from 8 pixels on.
    $script:small = New-CnnModel 'conv 4 3x3 same relu', 'conv 6 3x3 same relu', 'globalpool', 'flatten', 'dense 3' -InputShape 3, 16, 16 -Seed 1
    $script:digits = 0..2 | ForEach-Object { New-DigitFile (Join-Path $TestDrive "digit$_.png") $_ }
    $script:class = 'CnnViz.Commands.GetSaliencyMapCommand'
    Set-Content (Join-Path $TestDrive notes.png) 'This is not a picture.'

    function New-Tensor([int[]] $Shape, [int] $Seed = 1) {
        $random = [Random]::new($Seed)
        $count = 1
        $Shape.ForEach{ $count *= $_ }
        [CnnViz.CnnTensor]::new([float[]] @(1..$count | ForEach-Object { 4 * $random.NextDouble() - 2 }), $Shape)
    }
}

Describe 'Get-SaliencyMap' {
    It 'takes a path whose brackets are letters' {
        $path = (New-DigitFile (Join-Path $TestDrive 'a[1].png')).FullName
        (Get-SaliencyMap -LiteralPath $path -Model $model).Source | Should -Be $path
    }

    It 'gives a map of the most probable class by the gradient, unless told' {
        $map = Get-SaliencyMap $digits[0] -Model $model
        $map | Should -BeOfType ([CnnViz.SaliencyMap])
        $prediction = Get-CnnPrediction $digits[0] -Model $model -Top 1
        $map.Method | Should -Be 'Gradient'
        $map.Target | Should -Be $prediction.Class
        $map.Label | Should -Be $prediction.Label
        $map.Score | Should -BeGreaterThan ($prediction.Logit - 1e-3)
        $map.Probability | Should -BeGreaterThan ($prediction.Probability - 1e-4)
        $map.Shape | Should -Be 1, 28, 28
        $map.Layer | Should -BeNullOrEmpty
        $map.Source | Should -Be $digits[0].FullName
    }

    It 'gives picture after picture, class after class, method after method' {
        $maps = $digits[0, 1] | Get-SaliencyMap -Model $model -Method Gradient, GradCam -Target 3, Top1
        $maps.Method | Should -Be (@('Gradient', 'GradCam') * 4)
        $maps.Source | Should -Be ($digits[0, 1] | ForEach-Object { , $_.FullName * 4 })
        $maps[0].Target | Should -Be 3
        $maps[4].Target | Should -Be 3
    }

    It 'takes a class as index, label or place' {
        $labels = (Get-SaliencyMap $digits[0] -Model $model -Target 7, '7', Top10).Target
        $labels[0] | Should -Be 7
        $labels[1] | Should -Be 7
        (Get-SaliencyMap $digits[0] -Model $model -Target Top10).Probability | Should -BeLessThan 0.01
    }

    It 'reads class activation maps where it is told' {
        $map = Get-SaliencyMap $digits[0] GradCam -Model $model -Layer conv2
        $map.Layer | Should -Be 'conv2'
        $map.LayerReason | Should -BeNullOrEmpty
        $map.Shape | Should -Be 1, 10, 10
    }

    It 'has a parameter for every setting' {
        $settings = [CnnViz.SaliencyMap].GetProperty('Options').PropertyType.GetProperties().Name
        $parameters = (Get-Command Get-SaliencyMap).Parameters.Keys
        $settings | Where-Object { $_ -ne 'EqualityContract' -and $_ -notin $parameters } | Should -BeNullOrEmpty
    }

    It 'hands its settings on' {
        $options = (Get-SaliencyMap $digits[0] -Model $model -Step 20 -SampleCount 5 -NoiseLevel 0.1 -NoiseDeviation 0.5 -Baseline Black -Window 5 -Stride 2 `
                -MaskCount 50 -MaskSize 5 -MaskProbability 0.4 -Seed 9 -BatchSize 3 -Sign Absolute -Reduction Maximum).Options
        $options.Step | Should -Be 20
        $options.SampleCount | Should -Be 5
        $options.NoiseLevel | Should -Be 0.1
        $options.NoiseDeviation | Should -Be 0.5
        $options.Baseline | Should -Be 'Black'
        $options.Window, $options.Stride | Should -Be 5, 2
        $options.MaskCount, $options.MaskSize, $options.MaskProbability | Should -Be 50, 5, 0.4
        $options.Seed, $options.BatchSize | Should -Be 9, 3
        $options.Sign, $options.Reduction | Should -Be 'Absolute', 'Maximum'
        (Get-SaliencyMap $digits[0] GradCam -Model $model -Preset Thesis004).Options.Preset | Should -Be 'Thesis004'
        (Get-SaliencyMap $digits[0] -Model $model).Options.BatchSize | Should -BeNullOrEmpty
    }

    It 'takes a picture, a path or a tensor as the baseline' {
        $image = Import-CnnImage $digits[1]
        foreach ($baseline in $image, $digits[1].FullName, [CnnViz.CnnTensor]::new($image.Data, [int[]] (1, 28, 28))) {
            (Get-SaliencyMap $digits[0] -Model $model -BaselineImage $baseline).Options.BaselineImage.Data | Should -Be $image.Data
        }
    }
}

Describe 'Pictures and models' {
    It 'come down either pipeline' {
        $of = @{ Method = 'GradCam' }
        $expected = (Get-SaliencyMap $digits -Model $model @of).Values.Data
        ($digits | Get-SaliencyMap -Model $model @of).Values.Data | Should -Be $expected
        ($model | Get-SaliencyMap -Image $digits @of).Values.Data | Should -Be $expected
    }

    It 'may be results, which are asked about their own class' {
        $maps = Get-CnnPrediction $digits[0] -Model $model -Top 3 | Get-SaliencyMap -Method Gradient, GradCam
        $maps.Target | Should -Be @((Get-CnnPrediction $digits[0] -Model $model -Top 3).Class | ForEach-Object { $_, $_ })
        ($maps[4] | Get-SaliencyMap).Target | Should -Be $maps[4].Target
    }

    It 'may be results, and -Target asks about another class' {
        (Get-CnnPrediction $digits[0] -Model $model -Top 2 | Get-SaliencyMap -Target 4).Target | Should -Be 4, 4
    }

    It 'with a label of their own are asked about what the model sees' {
        $image = [CnnViz.CnnImage]::new((Import-CnnImage $digits[0]).Data, 1, 28, 28)
        $image.PSObject.Properties['Class'] | Should -Not -BeNullOrEmpty
        (Get-CnnSample digits -Index 0 | Get-SaliencyMap -Model $model -Target Top2).Target | Should -Not -Be (Get-CnnSample digits -Index 0).Class
    }

    It 'may be a model by name in half precision' {
        $map = Get-SaliencyMap $digits[0] -Model lenet5-digits -Precision bfloat16
        $map.Model.Precision | Should -Be 'BFloat16'
        { Get-SaliencyMap $digits[0] -Model $model -Precision bfloat16 } | Should -Throw -ErrorId "CnnViz.ArgumentInvalid,$class"
    }
}

Describe '-Raw' {
    It 'takes tensors as they stand, several at once and of any size' {
        $maps = (New-Tensor 3, 16, 16), (New-Tensor 2, 3, 20, 12), (New-Tensor 1, 3, 16, 16) | Get-SaliencyMap -Model $small -Raw
        $maps | ForEach-Object { $_.Shape -join '×' } | Should -Be '3×16×16', '3×20×12', '3×20×12', '3×16×16'
        $one = New-Tensor 3, 16, 16
        ($one | Get-SaliencyMap -Model $small -Raw).Image.Data | Should -Be $one.Data
    }

    It 'takes .npy files, in the other cmdlets too' {
        $tensor = New-Tensor 2, 3, 16, 16
        $tensor | Export-CnnImage (Join-Path $TestDrive batch.npy) -Force
        $maps = Get-SaliencyMap (Join-Path $TestDrive batch.npy) -Model $small -Raw
        $maps.Values.Data | Should -Be ($tensor | Get-SaliencyMap -Model $small -Raw).Values.Data
        (Get-CnnPrediction (Join-Path $TestDrive batch.npy) -Model $small -Raw -Top 1).Label | Should -Be $maps.Label
        (Get-FeatureMap (Join-Path $TestDrive batch.npy) conv1 -Model $small -Raw).Shape | Should -Be 4, 16, 16, 4, 16, 16
    }

    It 'keeps bad tensors apart: <Id>' -ForEach @(
        @{ Id = 'ShapeMismatch'; Shape = 1, 16, 16; Bad = $null }
        @{ Id = 'ShapeMismatch'; Shape = @(16); Bad = $null }
        @{ Id = 'ImageNotFinite'; Shape = 3, 16, 16; Bad = [float]::NaN }
    ) {
        $tensor = New-Tensor $Shape
        if ($null -ne $Bad) {
            $tensor.Data[7] = $Bad
        }
        $maps = (New-Tensor 3, 16, 16), $tensor, (New-Tensor 3, 16, 16) | Get-SaliencyMap -Model $small -Raw -ErrorVariable failure -ErrorAction SilentlyContinue
        $maps | Should -HaveCount 2
        $failure.FullyQualifiedErrorId | Should -Be "CnnViz.$Id,$class"
    }

    It 'does not go with another preprocessing' {
        { New-Tensor 3, 16, 16 | Get-SaliencyMap -Model $small -Raw -Preprocessing Standard } | Should -Throw -ErrorId "CnnViz.ArgumentInvalid,$class"
    }
}

Describe 'What cannot be done' {
    It 'is one error of a picture, and the others go on: <Name>' -ForEach @(
        @{ Name = 'nothing.png'; Id = 'FileNotFound' }
        @{ Name = 'notes.png'; Id = 'ImageUnreadable' }
    ) {
        $maps = $digits[0].FullName, (Join-Path $TestDrive $Name), $digits[1].FullName |
            Get-SaliencyMap -Model $model -ErrorVariable failures -ErrorAction SilentlyContinue
        $maps.Source | Should -Be $digits[0].FullName, $digits[1].FullName
        $failures.FullyQualifiedErrorId | Should -Be "CnnViz.$Id,$class"
    }

    It 'ends the pipeline before a picture is read: <Id>' -ForEach @(
        @{ Id = 'IndexOutOfRange'; Given = @{ Target = 10 } }
        @{ Id = 'ClassUnknown'; Given = @{ Target = 'zebra' } }
        @{ Id = 'LayerNotFound'; Given = @{ Method = 'GradCam'; Layer = 'conv9' } }
        @{ Id = 'LayerWithoutExtent'; Given = @{ Method = 'GradCam'; Layer = 'fc1' } }
        @{ Id = 'MethodUnsupported'; Given = @{ Method = 'GuidedBackprop' } }
    ) {
        { 'nothing.png' | Get-SaliencyMap -Model $model @Given } | Should -Throw -ErrorId "CnnViz.$Id,$class"
    }

    It 'is one error of a model, and the other models go on' {
        $maps = $model, $small | Get-SaliencyMap -Image $digits[0] -Method GuidedBackprop -ErrorVariable failures -ErrorAction SilentlyContinue
        $maps.Model.Name | Should -Be $small.Name
        $failures.FullyQualifiedErrorId | Should -Be "CnnViz.MethodUnsupported,$class"
    }

    It 'is a network without classes' {
        { $digits[0] | Get-SaliencyMap -Model four-filters } | Should -Throw -ErrorId "CnnViz.ModelWithoutClasses,$class"
    }

    It 'is a method that is not there, and the error lists those that are' {
        { Get-SaliencyMap $digits[0] -Model $model -Method GradKam } | Should -Throw '*GradCam*'
    }
}

Describe 'What is said' {
    It 'is each figure of a map, however many layers it was read at' {
        $shown = Get-SaliencyMap $digits[0] -Model $model -Method GradCam -Layer conv*, tanh1, tanh2 | Out-String -Width 100
        $shown | Should -Match 'conv1 … tanh2 \(4\)'
        $shown | Should -Match 'Probability'
    }

    It 'is why a layer was taken, once, under -Verbose' {
        $said = $digits | Get-SaliencyMap -Model $model -Method GradCam -BatchSize 1 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        $said.Message -match "maps are read at '.*', the last layer with extent" | Should -HaveCount 1
        $named = Get-SaliencyMap $digits[0] -Model $model -Method GradCam -Layer conv2 -Verbose 4>&1
        @($named).Count | Should -Be 1
    }

    It 'is a warning for each doubt about a map, with the name of the picture' {
        # A rectifier that nothing gets through.
        $negative = [double[, ]]::new(1, 1)
        $negative[0, 0] = -1
        $dead = New-CnnModel 'conv 1 1x1 relu', 'conv 3 3x3 same relu', 'flatten', 'dense 2' -Kernel (, $negative) -InputShape 1, 28, 28 -Seed 1
        $maps = Get-SaliencyMap $digits[0] -Model $dead -Method Gradient, GradCam -WarningVariable warnings -WarningAction SilentlyContinue
        $maps.Warnings | Should -Not -BeNullOrEmpty
        $warnings | Should -HaveCount @($maps.Warnings).Count
        foreach ($warning in $warnings) {
            $warning.Message | Should -Match '^.*digit0\.png, (Gradient|GradCam): '
        }
    }
}

Describe 'The pipeline of saliency maps' {
    It 'writes a map as soon as its picture comes, and stops when one is enough' {
        $read = [System.Collections.Generic.List[string]]::new()
        $digits | ForEach-Object { $read.Add($_.Name); $_ } | Get-SaliencyMap -Model $model -BatchSize 1 | Select-Object -First 1 | Should -HaveCount 1
        $read | Should -HaveCount 1
    }

    It 'leaves no tensor behind, however it ends' {
        $before = Get-TensorCount
        $null = $digits | Get-SaliencyMap -Model $model -Method Gradient, GradCam -Target Top1, Top2
        $null = $digits | Get-SaliencyMap -Model $model -Method Gradient, GradCam -BatchSize 1 | Select-Object -First 1
        $null = 'nothing.png', $digits[0] | Get-SaliencyMap -Model $model -ErrorAction SilentlyContinue
        { 'nothing.png' | Get-SaliencyMap -Model $model -ErrorAction Stop } | Should -Throw
        Get-TensorCount | Should -Be $before
    }

    It 'ends on Ctrl+C without an error and leaves no tensor behind' {
        $before = Get-TensorCount
        $shell = [powershell]::Create([System.Management.Automation.RunspaceMode]::NewRunspace)
        $null = $shell.AddScript('param($manifest, $model, $path) Import-Module $manifest; 1..100000 | ForEach-Object { $path } | Get-SaliencyMap -Model $model -Method Gradient -BatchSize 4')
        $null = $shell.AddArgument("$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))").AddArgument($model).AddArgument($digits[0].FullName)
        $running = $shell.BeginInvoke()
        Start-Sleep -Milliseconds 1500
        $running.IsCompleted | Should -BeFalse
        $shell.Stop()
        $running.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
        Get-TensorCount | Should -Be $before
    }

    It 'lets downstream cmdlets compute in between' {
        $again = $digits | Get-SaliencyMap -Model $model -BatchSize 1 | Get-SaliencyMap -Method GradCam -BatchSize 1
        $again.Source | Should -Be $digits.FullName
    }
}

Describe 'Completion' {
    It 'offers methods' {
        (TabExpansion2 'Get-SaliencyMap -Method Guided').CompletionMatches.CompletionText | Should -Be 'GuidedBackprop', 'GuidedGradCam'
    }

    It 'offers places among the most probable without a model' {
        (TabExpansion2 'Get-SaliencyMap -Target ').CompletionMatches.CompletionText | Should -Be 'Top1', 'Top2', 'Top3', 'Top4', 'Top5'
    }

    It 'offers the labels of a model, those with blanks in quotation marks' {
        (TabExpansion2 'Get-SaliencyMap -Model squeezenet1_1 -Target egyp').CompletionMatches.CompletionText | Should -Be "'Egyptian cat'"
        $global:completionModel = $small
        $found = (TabExpansion2 'Get-SaliencyMap -Model $completionModel -Target ').CompletionMatches.CompletionText
        Remove-Variable completionModel -Scope Global
        $found | Should -Be 'Top1', 'Top2', 'Top3', 'Top4', 'Top5', '0', '1', '2'
    }

    It 'offers the layers of the model' {
        (TabExpansion2 'Get-SaliencyMap -Model lenet5-digits -Method GradCam -Layer po').CompletionMatches.CompletionText | Should -Be 'pool1', 'pool2'
    }
}

Describe 'Pictures of saliency maps' {
    BeforeAll {
        $script:maps = $digits[0] | Get-SaliencyMap -Model $model -Method Gradient, GradCam
    }

    It 'stand behind their picture on a sheet, with captions' {
        $sheet = $maps | Join-CnnImage
        $bare = $maps | Join-CnnImage -NoOriginal -Column 2
        $sheet.Width | Should -BeGreaterThan ($bare.Width * 1.4)
        $sheet.Recipe.Parameters['Caption'] | Should -Match '^digit0\.png;Gradient: \d .* %;GradCam: \d .* %$'
    }

    It 'take captions of their own beside the picture' {
        ($maps | Join-CnnImage -Caption a, b).Recipe.Parameters['Caption'] | Should -Be 'digit0.png;a;b'
        ($maps | Join-CnnImage -Caption Method).Recipe.Parameters['Caption'] | Should -Be 'digit0.png;Gradient;GradCam'
        ($maps | Join-CnnImage -Caption { $_.Layer }).Recipe.Parameters['Caption'] | Should -Match '^digit0\.png;;\w+'
    }

    It 'have a row for each picture' {
        $rows = $digits | Get-SaliencyMap -Model $model -Method Gradient, GradCam | Join-CnnImage
        $row = $maps | Join-CnnImage
        $rows.Width | Should -Be $row.Width
        $rows.Height | Should -BeGreaterThan ($row.Height * 2.5)
    }

    It 'are drawn as <_>' -ForEach 'Map', 'Overlay', 'Mask', 'Channels' {
        $path = Join-Path $TestDrive "$_.png"
        $maps[1] | Export-CnnImage $path -View $_ -Force
        $drawn = Import-CnnImage $path
        $drawn.Recipe.Operation | Should -Be 'Get-SaliencyMap'
        if ($_ -eq 'Channels') {
            $drawn.Shape[1..2] | Should -Be $maps[1].Shape[1..2]
        }
        else {
            $drawn.Shape[1..2] | Should -Be 28, 28
        }
    }

    It 'let the picture through as -Alpha says' {
        $maps[1] | Export-CnnImage (Join-Path $TestDrive none.png) -View Overlay -Alpha 0 -Force
        (Import-CnnImage (Join-Path $TestDrive none.png) -AsGrey).Data[300] | Should -BeGreaterOrEqual ($maps[1].Image.Data[300] - 0.01)
    }

    It 'give their raw values as .npy' {
        $maps[0] | Export-CnnImage (Join-Path $TestDrive map.npy) -Force
        $read = Import-CnnImage (Join-Path $TestDrive map.npy) -Raw
        $read.Shape | Should -Be $maps[0].Shape
        $read.Data | Should -Be $maps[0].Values.Data
    }

    It 'give all their raw values to one .safetensors, with their settings' {
        $path = Join-Path $TestDrive maps.safetensors
        $maps | Export-CnnImage $path -Force -PassThru | Should -HaveCount 2
        $bytes = [IO.File]::ReadAllBytes($path)
        $length = [BitConverter]::ToInt64($bytes, 0)
        $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json
        foreach ($map in $maps) {
            $name = "digit0-$($map.Method)-$($map.Label)"
            $header.$name.shape | Should -Be $map.Shape
            $values = [float[]]::new($map.Values.Count)
            [Buffer]::BlockCopy($bytes, 8 + $length + $header.$name.data_offsets[0], $values, 0, 4 * $values.Count)
            $values | Should -Be $map.Values.Data
            $facts = $header.__metadata__.$name | ConvertFrom-Json
            $facts.Method | Should -Be "$($map.Method)"
            $facts.Label | Should -Be $map.Label
            $facts.Recipe.weightsHash | Should -Be $model.WeightsHash
        }
    }

    It 'go into a folder as a .safetensors each' {
        $maps | Export-CnnImage -Directory (Join-Path $TestDrive each) -Format safetensors
        (Get-ChildItem (Join-Path $TestDrive each)).Name | Should -Be "digit0-GradCam-$($maps[0].Label).safetensors", "digit0-Gradient-$($maps[0].Label).safetensors"
    }

    It 'show in the terminal' {
        $maps[1] | Show-CnnImage -Width 20 | Should -Match ([char]27)
    }
}

Describe 'Get-SaliencyMap -Objective' {
    It 'takes texts, tables, lists, which are sums, and objectives, each of which gives a map' {
        $made = (Get-SaliencyMap $digits[0] -Model $model -Objective 'channel conv1 1').Objective
        $maps = Get-SaliencyMap $digits[0] -Model $model -Objective 'channel conv1 2', @{ Layer = 'conv1'; Neuron = 2, 7, 7; Weight = 2 }, @(@{ Norm = 'conv1' }, '-0.1 * tv'), $made
        $maps.Label | Should -Be 'channel conv1 2', '2 * neuron conv1 2,7,7', 'norm conv1 - 0.1 * tv', 'channel conv1 1'
        $maps.ForEach{ $_.Target | Should -BeNullOrEmpty; $_.Probability | Should -BeNullOrEmpty; "$($_.Objective)" | Should -Be $_.Label }
        $maps | Out-String -Width 200 | Should -Match 'norm conv1 - 0.1 \* tv'
    }

    It 'takes a direction from data: numbers, a tensor, a file of the session''s location' {
        $direction = [CnnViz.CnnTensor]::new([float[]] (1, -1, 0, 2, 0, 0.5), [int[]] 6)
        $direction | Export-CnnImage (Join-Path $TestDrive direction.npy)
        Push-Location $TestDrive
        $maps = Get-SaliencyMap $digits[0] -Model $model -Objective @{ Layer = 'conv1'; Direction = $direction }, @{ Layer = 'conv1'; Direction = 1, -1, 0, 2, 0, 0.5 }, 'direction conv1 direction.npy'
        Pop-Location
        $maps[1].Values.Data | Should -Be $maps[0].Values.Data
        $maps[2].Values.Data | Should -Be $maps[0].Values.Data
    }

    It 'is the map of the class where a class is asked about' {
        $map = Get-SaliencyMap $digits[0] -Model $model -Objective 'class 3'
        $map.Target | Should -Be 3
        $map.Values.Data | Should -Be (Get-SaliencyMap $digits[0] -Model $model -Target 3).Values.Data
    }

    It 'goes on with the objective of a map' {
        $maps = Get-SaliencyMap $digits[0] -Model $model -Objective 'channel conv2 2', 'channel conv2 3' | Get-SaliencyMap -Method InputXGradient
        $maps.Label | Should -Be 'channel conv2 2', 'channel conv2 3'
        $maps.Method | Should -Be (@('InputXGradient') * 2)
        Get-CnnPrediction $digits[0] -Model $model -Top 1 | Get-SaliencyMap -Objective 'channel conv2 2' | ForEach-Object Label | Should -Be 'channel conv2 2'
    }

    It 'says before any picture is read what is wrong with <What>' -TestCases @(
        @{ What = 'chanel conv1 2'; Id = 'ObjectiveInvalid' }, @{ What = 'channel cov1 2'; Id = 'LayerNotFound' }, @{ What = 'channel conv1 99'; Id = 'IndexOutOfRange' }
        @{ What = @{ Layer = 'conv1'; Chanel = 2 }; Id = 'ObjectiveInvalid' }, @{ What = 3; Id = 'ObjectiveInvalid' }, @{ What = 'diversity conv1'; Id = 'MethodUnsupported' }
    ) {
        { Get-SaliencyMap nowhere.png -Model $model -Objective $What -ErrorAction Stop } | Should -Throw -ErrorId "CnnViz.$Id,$class"
    }

    It 'takes the place of classes' {
        { Get-SaliencyMap $digits[0] -Model $model -Objective 'class 3' -Target 4 -ErrorAction Stop } | Should -Throw -ErrorId "CnnViz.ArgumentInvalid,$class"
        { Get-SaliencyMap $digits[0] -Model $model -Objective 'norm conv1' | Measure-SaliencyMap -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.MapWithoutClass,CnnViz.Commands.MeasureSaliencyMapCommand'
    }

    It 'completes words, then layers and classes' {
        (TabExpansion2 'Get-SaliencyMap x.png -Model lenet5-digits -Objective ').CompletionMatches.CompletionText | Should -Be ('class probability channel neuron layer norm halfsquare meansquare direction diversity tv imagenorm' -split ' ')
        (TabExpansion2 "Get-SaliencyMap x.png -Model lenet5-digits -Objective 'channel conv").CompletionMatches.CompletionText | Should -Contain "'channel conv1'"
    }
}

Describe 'What is shown of a saliency map' {
    It 'is a table for each picture, without the model' {
        $text = Get-SaliencyMap $digits[0] -Model $model -Method Gradient, GradCam | Out-String
        $text | Should -Match 'Image: .*digit0.png'
        $text | Should -Match 'Method +Layer +Target +Label +Score +Probability +Delta'
        $text | Should -Not -Match 'Recipe|Warnings'
    }

    It 'is a list with the reason for its layer' {
        Get-SaliencyMap $digits[0] -Model $model -Method GradCam | Format-List | Out-String -Width 300 | Should -Match 'Layer +: \S+: the last layer with extent'
    }

    It 'travels without the model' {
        $map = Get-SaliencyMap $digits[0] -Model $model
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($map))
        $copy.Label | Should -Be $map.Label
        $copy.Model | Should -BeNullOrEmpty
    }
}
