BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:few = Get-FewDigits
    $script:net = New-CnnModel 'conv 6 5x5 relu', 'batchnorm', 'maxpool 4', 'flatten', 'dense 10' 1, 28, 28 -Name tiny -Seed 1
    $script:quick = @{ Dataset = $few; Epoch = 2; Seed = 3 }
    $script:model = $net | Invoke-CnnTraining @quick -ValidationSplit 0.2
}

Describe 'Invoke-CnnTraining' {
    It 'gives a new model with the history of its epochs and leaves the given one alone' {
        $model | Should -BeOfType ([CnnViz.CnnModel])
        $model.WeightsHash | Should -Not -Be $net.WeightsHash
        $net.History | Should -BeNullOrEmpty
        $model.Name | Should -Be 'tiny-few'
        $model.History.Epoch | Should -Be 1, 2
        $model.History[1].Loss | Should -BeLessThan $model.History[0].Loss
        $model.History[1].ValidationLoss | Should -BeGreaterThan 0
    }

    It 'gives the same bits for the same seed' {
        ($net | Invoke-CnnTraining @quick -ValidationSplit 0.2).WeightsHash | Should -Be $model.WeightsHash
    }

    It 'takes a model by its name and several from the pipeline' {
        (Invoke-CnnTraining lenet5-digits $few -Epoch 1 -Freeze 'conv*', 'bn*').Architecture | Should -Be 'lenet5'
        $net, $model | Invoke-CnnTraining -Dataset $few -Epoch 1 | Should -HaveCount 2
    }

    It 'leaves frozen layers as they are' {
        $frozen = $net | Invoke-CnnTraining @quick -Freeze 'conv*' -Optimizer Sgd -Momentum 0.9 -Nesterov -WeightDecay 1e-4 -Schedule Cosine
        $frozen.GetParameter('conv1.weight').Data | Should -Be $net.GetParameter('conv1.weight').Data
        $frozen.GetParameter('dense1.weight').Data | Should -Not -Be $net.GetParameter('dense1.weight').Data
    }

    It 'gives a new head where the pictures have other classes, and trains on in a second phase' {
        $folder = Join-Path $TestDrive pairs
        foreach ($label in '3', '8') {
            $null = New-Item -ItemType Directory (Join-Path $folder $label)
            Get-CnnSample digits -Class $label -First 12 | Export-CnnImage -Directory (Join-Path $folder $label)
        }
        $head = $model | Invoke-CnnTraining -Dataset $folder -Freeze 'conv*', 'batchnorm*' -Epoch 2 -BatchSize 8 -LearningRate 0.01 -Verbose 4>&1
        $head[0].Message | Should -Match 'new head for 2'
        $head[-1].Labels | Should -Be '3', '8'
        $whole = $head[-1] | Invoke-CnnTraining -Dataset $folder -Epoch 1 -BatchSize 8 -Augmentation 'shift 1', 'rotate=5', brightness
        $whole.ClassCount | Should -Be 2
        $whole.Name | Should -Be 'tiny-few-pairs'
    }

    It 'shows how a model was trained as a picture' {
        $path = Join-Path $TestDrive curves.png
        $model | Export-CnnImage $path
        (Import-CnnImage $path).Height | Should -BeGreaterThan 200
        { $net | Export-CnnImage (Join-Path $TestDrive none.png) -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.NotAPicture,CnnViz.Commands.ExportCnnImageCommand'
    }

    It 'leaves only the model''s tensors' {
        $before = Get-TensorCount
        $trained = $net | Invoke-CnnTraining @quick -Freeze conv1 -ValidationSplit 0.2 -Patience 1
        $trained.Dispose()
        Get-TensorCount | Should -Be $before
    }

    It 'completes layers and ways to vary pictures' {
        (TabExpansion2 'Invoke-CnnTraining lenet5 digits -Freeze con').CompletionMatches.CompletionText | Should -Be 'conv1', 'conv2'
        (TabExpansion2 'Invoke-CnnTraining lenet5 digits -Augmentation s').CompletionMatches.CompletionText | Should -Be 'shift', 'scale'
    }
}

Describe 'Settings that cannot be' {
    It 'are named: <Expected>' -ForEach @(
        @{ Settings = @{ Freeze = 'cnv1' }; Id = 'LayerNotFound'; Expected = 'conv1' }
        @{ Settings = @{ Freeze = '*' }; Id = 'ArgumentInvalid'; Expected = 'leaves layers to train' }
        @{ Settings = @{ ClassCount = 4 }; Id = 'ArgumentInvalid'; Expected = 'at least 10' }
        @{ Settings = @{ Patience = 2 }; Id = 'ArgumentInvalid'; Expected = 'ValidationSplit' }
        @{ Settings = @{ Augmentation = 'flipp' }; Id = 'ArgumentInvalid'; Expected = 'nearest: flip' }
        @{ Settings = @{ Nesterov = $true }; Id = 'ArgumentInvalid'; Expected = 'Sgd' }
        @{ Settings = @{ Resume = $true }; Id = 'ArgumentInvalid'; Expected = 'CheckpointPath' }
        @{ Settings = @{ Optimizer = 'Sgd'; LearningRate = 1e30 }; Id = 'TrainingDiverged'; Expected = 'smaller -LearningRate' }
    ) {
        { $net | Invoke-CnnTraining @quick @Settings -ErrorAction Stop } | Should -Throw "*$Expected*" -ErrorId "CnnViz.$Id,CnnViz.Commands.InvokeCnnTrainingCommand"
    }
}

Describe 'A checkpoint of any training' {
    It 'is taken up where it ended, and belongs to one start' {
        $path = Join-Path $TestDrive run.safetensors
        $first = $net | Invoke-CnnTraining @quick -CheckpointPath $path
        ($net | Invoke-CnnTraining @quick -CheckpointPath $path -Resume).WeightsHash | Should -Be $first.WeightsHash
        { $model | Invoke-CnnTraining @quick -CheckpointPath $path -Resume } | Should -Throw -ErrorId 'CnnViz.CheckpointMismatch,*'
    }
}

Describe 'Ctrl+C' {
    It 'keeps the epochs that are done' {
        $checkpoint = Join-Path $TestDrive stopped.safetensors
        $shell = [powershell]::Create()
        $null = $shell.AddScript({
            param($module, $few, $net, $path)
            Import-Module $module
            $net | Invoke-CnnTraining -Dataset $few -Epoch 100000 -Freeze conv1 -CheckpointPath $path
        }).AddArgument((Get-Module CnnViz).Path).AddArgument($few).AddArgument($net).AddArgument($checkpoint)
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not (Test-Path $checkpoint); $i++) {
            Start-Sleep -Milliseconds 100
        }
        $shell.Stop()
        $null = $running.AsyncWaitHandle.WaitOne(10000)
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $kept = $shell.Runspace.SessionStateProxy.GetVariable('CnnInterruptedModel')
        $kept.History.Count | Should -BeGreaterThan 0
        $kept.GetParameter('conv1.weight').Data | Should -Be $net.GetParameter('conv1.weight').Data
        $shell.Dispose()
    }
}
