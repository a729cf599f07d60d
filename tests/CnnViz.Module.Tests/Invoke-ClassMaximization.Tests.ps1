BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    $script:module = "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))"
}

Describe 'Invoke-ClassMaximization' {
    It 'makes a picture of a class that the model is sure of, when it is saved and read back too' {
        $made = $model | Invoke-ClassMaximization 3
        $made | Should -BeOfType ([CnnViz.SynthesizedImage])
        $made.Class, $made.Title, $made.Steps | Should -Be 3, '3', 100
        $made.Probability | Should -BeGreaterThan 0.96
        $path = Join-Path $TestDrive three.png
        $made | Export-CnnImage $path
        $seen = Get-CnnPrediction $path -Model $model -Top 1
        $seen.Class | Should -Be 3
        $seen.Probability | Should -Be $made.Predictions[0].Probability
        (Import-CnnImage $path).Recipe.Operation | Should -Be 'Invoke-ClassMaximization'
    }

    It 'gives a picture a class, which become a sheet, a map or a prediction' {
        $made = Invoke-ClassMaximization 3, 5 -Model lenet5-digits -Step 10
        $made.Title | Should -Be '3', '5'
        ($made | Join-CnnImage -Column 2).Width | Should -BeGreaterThan 56
        ($made | Get-SaliencyMap -Model $model -Target 3, 5).Count | Should -Be 4
        ($made | Get-CnnPrediction -Model $model -Top 1).Class | Should -Be $made.ForEach{ $_.Predictions[0].Class }
    }

    It 'gives a picture a channel, layer or neuron' {
        (Invoke-ClassMaximization -Layer conv2 -Channel 0, 3..5 -Model $model -Step 2).Channel | Should -Be 0, 3, 4, 5
        (Invoke-ClassMaximization -Layer conv1 -Channel * -Model $model -Step 2 -BatchSize 4).Channel | Should -Be (0..5)
        (Invoke-ClassMaximization -Layer conv? -Model $model -Step 2).Title | Should -Be 'conv1', 'conv2'
        (Invoke-ClassMaximization -Layer conv2 -Neuron 1, 4, 4 -Model $model -Step 2).Title | Should -Be 'conv2 neuron 1,4,4'
    }

    It 'has every preset' -ForEach Thesis000, Lecture002, Thesis004, Lucid {
        $made = Invoke-ClassMaximization -Layer conv1 -Channel 1 -Model $model -Preset $_ -Step 3
        $made.Recipe.Parameters['Preset'] | Should -Be $_
        $made.Score | Should -BeGreaterThan $made.History[0]
    }

    It 'hands its settings on' {
        $made = Invoke-ClassMaximization 3 -Model $model -Step 4 -StepSize 0.01 -Optimizer Sgd -Momentum 0.5 -WeightDecay 0.001 -Parameterization Pixel -Jitter 2 `
            -Scaling 0.1 -Rotation 10 -Regularization 'l2 0.001', 'blur 0.5 every 2' -Score Probability -Seed 9
        $found = $made.Recipe.Parameters
        $found['Step'], $found['StepSize'], $found['Optimizer'], $found['Momentum'], $found['WeightDecay'] | Should -Be '4', '0.01', 'Sgd', '0.5', '0.001'
        $found['Parameterization'], $found['Jitter'], $found['Scaling'], $found['Rotation'] | Should -Be 'Pixel', '2', '0.1', '10'
        $found['Regularization'], $found['Score'], $found['Seed'] | Should -Be 'l2 0.001,blur 0.5 every 2', 'Probability', '9'
    }

    It 'starts from a picture, or from a tensor as it stands' {
        $digit = Get-CnnSample digits -Class 3 -First 1
        $made = Invoke-ClassMaximization 3 -Model $model -InitialImage $digit -Step 1 -StepSize 1e-6
        for ($i = 0; $i -lt 784; $i += 50) { $made.Image.Data[$i] | Should -BeGreaterThan ($digit.Data[$i] - 1e-4) }
        $raw = [CnnViz.CnnTensor]::new([float[]] (, 5 * 784), [int[]] (1, 28, 28))
        (Invoke-ClassMaximization 3 -Model $model -InitialImage $raw -Raw -Step 1 -StepSize 1e-6).Image.Data[0] | Should -BeGreaterThan 4.9
    }

    It 'makes the same picture of the same seed' {
        $one, $same, $other = 1, 1, 2 | ForEach-Object { , (Invoke-ClassMaximization 3 -Model $model -Step 5 -Seed $_).Image.Data }
        $one | Should -Be $same
        $one | Should -Not -Be $other
    }

    It 'is taken up where it ended, as what it is' {
        $path = Join-Path $TestDrive run.checkpoint
        $whole = Invoke-ClassMaximization 3, 4 -Model $model -Step 6 -BatchSize 1 -CheckpointPath $path -CheckpointInterval 2
        $again = Invoke-ClassMaximization 3, 4 -Model $model -Step 6 -BatchSize 1 -CheckpointPath $path -CheckpointInterval 2 -Resume
        $again[1].Image.Data | Should -Be $whole[1].Image.Data
        { Invoke-ClassMaximization 3, 5 -Model $model -Step 6 -BatchSize 1 -CheckpointPath $path -Resume } | Should -Throw -ErrorId 'CnnViz.CheckpointMismatch,*'
        { Invoke-ClassMaximization 3 -Model $model -CheckpointPath $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputExists,*'
    }

    It 'shows how a picture came to be' {
        $path = Join-Path $TestDrive growing.gif
        $null = Invoke-ClassMaximization 3 -Model $model -Step 6 -FramePath $path -FrameInterval 2
        (Import-CnnImage $path).Width | Should -Be 28
    }

    It 'names what is wrong' -ForEach @(
        @{ Id = 'ArgumentInvalid'; Settings = @{ Class = 'Top1' } }
        @{ Id = 'IndexOutOfRange'; Settings = @{ Class = 10 } }
        @{ Id = 'ClassUnknown'; Settings = @{ Class = 'dragonfly' } }
        @{ Id = 'LayerNotFound'; Settings = @{ Layer = 'conv7' } }
        @{ Id = 'IndexOutOfRange'; Settings = @{ Layer = 'conv1'; Channel = 6 } }
        @{ Id = 'IndexOutOfRange'; Settings = @{ Layer = 'conv1'; Neuron = 0, 0, 99 } }
        @{ Id = 'ArgumentInvalid'; Settings = @{ Class = 3; Size = '64x48' } }
        @{ Id = 'ArgumentInvalid'; Settings = @{ Class = 3; Octave = 4 } }
        @{ Id = 'ArgumentInvalid'; Settings = @{ Class = 3; Regularization = 'softly' } }
    ) {
        { Invoke-ClassMaximization -Model $model @Settings -ErrorAction Stop } | Should -Throw -ErrorId "CnnViz.$Id,*"
    }

    It 'keeps the last good picture of steps that lead to no number' {
        { Invoke-ClassMaximization 3 -Model $model -Preset Thesis004 -StepSize 1e38 -ErrorAction Stop 6> $null } | Should -Throw -ErrorId 'CnnViz.SynthesisDiverged,*'
        $CnnInterruptedImage.IsComplete | Should -BeFalse
        $CnnInterruptedImage.Image.Data.Where{ -not [float]::IsFinite($_) } | Should -BeNullOrEmpty
    }

    It 'keeps the picture on Ctrl+C, and leaves no tensor behind' {
        $null = Invoke-ClassMaximization 3 -Model $model -Step 1
        $before = Get-TensorCount
        $checkpoint = Join-Path $TestDrive stopped.checkpoint
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $model, $path) Import-Module $module; Invoke-ClassMaximization 3 -Model $model -Step 1000000 -CheckpointPath $path -CheckpointInterval 5').
            AddArgument($module).AddArgument($model).AddArgument($checkpoint)
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not (Test-Path $checkpoint); $i++) {
            Start-Sleep -Milliseconds 100
        }
        $shell.Stop()
        $null = $running.AsyncWaitHandle.WaitOne(10000)
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $kept = $shell.Runspace.SessionStateProxy.GetVariable('CnnInterruptedImage')
        $kept.Steps | Should -BeGreaterThan 4
        $kept.Image.Shape | Should -Be 1, 28, 28
        $shell.Dispose()
        Get-TensorCount | Should -Be $before
    }
}

Describe 'Completion' {
    It 'offers the labels of a model, and no places' {
        (TabExpansion2 'Invoke-ClassMaximization -Model squeezenet1_1 -Class dragon').CompletionMatches.CompletionText | Should -Be 'dragonfly'
        (TabExpansion2 'Invoke-ClassMaximization -Model lenet5-digits -Class ').CompletionMatches.CompletionText | Should -Be (0..9)
    }

    It 'offers layers, presets and regularization' {
        (TabExpansion2 'Invoke-ClassMaximization -Model lenet5-digits -Layer conv').CompletionMatches.CompletionText | Should -Be 'conv1', 'conv2'
        (TabExpansion2 'Invoke-ClassMaximization -Preset Thesis').CompletionMatches.CompletionText | Should -Be 'Thesis000', 'Thesis004'
        (TabExpansion2 'Invoke-ClassMaximization -Regularization lap').CompletionMatches.CompletionText | Should -Be "'laplacian 4'"
    }
}
