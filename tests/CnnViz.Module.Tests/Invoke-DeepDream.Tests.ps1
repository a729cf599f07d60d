BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = New-CnnModel 'conv 8 3x3 same relu', 'maxpool 2', 'conv 16 3x3 same relu', 'globalpool', 'dense 4' -InputShape 3, 32, 32 -Seed 1
    $script:photo = Join-Path $PSScriptRoot ../data/images/rgb.png
    function Test-SameData($One, $Other) { [System.Linq.Enumerable]::SequenceEqual([float[]] $One.Image.Data, [float[]] $Other.Image.Data) }
    $script:quick = @{ Step = 2; Octave = 2; Size = '48x40' }
    $script:pictures = 1..2 | ForEach-Object {
        $path = Join-Path $TestDrive "picture$_.png"
        Import-CnnImage $photo | Export-CnnImage $path
        Get-Item $path
    }
}

Describe 'Invoke-DeepDream' {
    It 'dreams of a picture at its own size' {
        $dream = Invoke-DeepDream $photo -Model $model -Layer conv2 -Step 2 -Octave 1
        $dream | Should -BeOfType ([CnnViz.SynthesizedImage])
        $dream.Image.Shape | Should -Be (Import-CnnImage $photo).Shape
        $dream.Layer | Should -Be 'conv2'
        $dream.History | Should -HaveCount 2
        $dream.Recipe.Operation | Should -Be 'Invoke-DeepDream'
        $dream.Recipe.Parameters['Layer'] | Should -Be 'conv2'
        $dream.IsComplete | Should -BeTrue
    }

    It 'takes pictures by the pipeline, each a run of its own, and goes on behind a bad one' {
        $dreams = $pictures[0], (Join-Path $TestDrive nothing.png), $pictures[1] |
            Invoke-DeepDream -Model $model @quick -ErrorVariable failures -ErrorAction SilentlyContinue
        $dreams.Source | Should -Be $pictures.FullName
        Test-SameData $dreams[0] $dreams[1] | Should -BeTrue
        $failures.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.InvokeDeepDreamCommand'
    }

    It 'takes models by the pipeline, and results that bring picture and model along' {
        $dream = $model | Invoke-DeepDream $photo @quick
        $again = $dream | Invoke-DeepDream @quick
        $again.Source | Should -Be $dream.Source
        Test-SameData $again $dream | Should -BeFalse
        Test-SameData ($dream | Invoke-DeepDream -Model $model @quick) $again | Should -BeTrue
        (Invoke-DeepDream -LiteralPath $pictures[0].FullName -Model $model @quick).Source | Should -Be $pictures[0].FullName
    }

    It 'dreams once of a picture, however many predictions there are of it' {
        $predictions = Get-CnnPrediction $photo -Model $model -Top 3
        $predictions | Should -HaveCount 3
        $predictions | Invoke-DeepDream @quick | Should -HaveCount 1
    }

    It 'chooses a layer and says why' {
        $said = Invoke-DeepDream $photo -Model $model @quick -Verbose 4>&1
        $said[0] | Should -Match "dreams of 'relu2', module"
        $said[-1].Layer | Should -Be 'relu2'
    }

    It 'takes several layers with weights, in either spelling' {
        $apart = Invoke-DeepDream $photo -Model $model @quick -Layer conv1, conv2 -LayerWeight 1, 0.5
        $dictionary = Invoke-DeepDream $photo -Model $model @quick -Layer @{ conv2 = 0.5; conv1 = 1 }
        Test-SameData $apart $dictionary | Should -BeTrue
        $apart.Recipe.Parameters['LayerWeight'] | Should -Be '1,0.5'
    }

    It 'gives the same picture for the same seed, and with -Size the picture fits into it' {
        $one, $two, $three = 1, 1, 2 | ForEach-Object { Invoke-DeepDream $photo -Model $model @quick -Seed $_ }
        Test-SameData $one $two | Should -BeTrue
        Test-SameData $one $three | Should -BeFalse
        $original = Import-CnnImage $photo
        $factor = [Math]::Min(48 / $original.Width, 40 / $original.Height)
        $one.Image.Width, $one.Image.Height | Should -Be ([Math]::Round($original.Width * $factor)), ([Math]::Round($original.Height * $factor))
    }

    It 'is guided by another picture' {
        $guided = Invoke-DeepDream $photo -Model $model @quick -Guide $pictures[0]
        ($guided.Recipe.Inputs | Where-Object Name -EQ Guide).Source | Should -Be $pictures[0].FullName
        { Invoke-DeepDream $photo -Model $model -Guide (Join-Path $TestDrive nothing.png) } |
            Should -Throw -ErrorId 'CnnViz.FileNotFound,CnnViz.Commands.InvokeDeepDreamCommand'
    }

    It 'travels into the picture and keeps the frames' {
        $path = Join-Path $TestDrive journey.gif
        $end = Invoke-DeepDream $photo -Model $model @quick -Zoom 3 -ZoomFactor 1.2 -FramePath $path
        $end.Steps | Should -Be 12
        # Three blocks of a picture each.
        $bytes = [IO.File]::ReadAllBytes($path)
        (0..($bytes.Length - 4) | Where-Object { $bytes[$_] -eq 0x21 -and $bytes[$_ + 1] -eq 0xF9 -and $bytes[$_ + 2] -eq 4 }) | Should -HaveCount 3
    }

    It 'goes on from a checkpoint, and refuses that of another picture' {
        $path = Join-Path $TestDrive dream.checkpoint
        $whole = Invoke-DeepDream $photo -Model $model @quick -CheckpointPath $path -CheckpointInterval 1
        Test-SameData (Invoke-DeepDream $photo -Model $model @quick -CheckpointPath $path -Resume) $whole | Should -BeTrue
        { $whole | Invoke-DeepDream @quick -CheckpointPath $path -Resume } |
            Should -Throw -ErrorId 'CnnViz.CheckpointMismatch,CnnViz.Commands.InvokeDeepDreamCommand'
    }

    It 'has errors that say what to do' {
        { Invoke-DeepDream $photo -Model $model -Layer convv2 } | Should -Throw '*nearest: conv2*' -ErrorId 'CnnViz.LayerNotFound,*'
        { Invoke-DeepDream $photo -Model $model -Layer conv2 -Channel 16 } | Should -Throw "*Channel 16 of layer 'conv2' is out of range: there are 16*" -ErrorId 'CnnViz.IndexOutOfRange,*'
        { Invoke-DeepDream $photo -Model $model -Octave 20 -ErrorAction Stop } | Should -Throw '*too small: of 20 octaves*' -ErrorId 'CnnViz.OctaveTooSmall,*'
    }

    It 'leaves no tensor behind' {
        $null = Invoke-DeepDream $photo -Model $model @quick
        $before = Get-TensorCount
        $null = $pictures | Invoke-DeepDream -Model $model @quick -Zoom 2 -Guide $photo
        Get-TensorCount | Should -Be $before
    }
}
