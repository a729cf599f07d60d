BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:few = Get-FewDigits
    $script:quick = @{ Epoch = 2; BatchSize = 32; Seed = 3 }
    $script:model = $few | Invoke-LeNetTraining @quick

    # A training that is stopped once it has done an epoch, by what ends a pipeline on Ctrl+C.
    function Invoke-InterruptedTraining([hashtable] $Settings) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $few, $settings) Import-Module $module; Invoke-LeNetTraining $few @settings -Verbose').
            AddArgument((Get-Module CnnViz).Path).AddArgument($few).AddArgument($Settings)
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not (Test-Path $Settings.CheckpointPath); $i++) {
            Start-Sleep -Milliseconds 100
        }
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $shell.Stop()
        $null = $running.AsyncWaitHandle.WaitOne(10000)
        [pscustomobject]@{
            State   = $shell.InvocationStateInfo.State
            Seconds = $watch.Elapsed.TotalSeconds
            Errors  = $shell.Streams.Error
            Verbose = $shell.Streams.Verbose
            Model   = $shell.Runspace.SessionStateProxy.GetVariable('CnnInterruptedModel')
        }
        $shell.Dispose()
    }
}

Describe 'Invoke-LeNetTraining' {
    It 'gives a model with the history of its epochs' {
        $model | Should -BeOfType ([CnnViz.CnnModel])
        $model.Architecture | Should -Be 'lenet5'
        $model.History.Epoch | Should -Be 1, 2
        $model.History[1].Loss | Should -BeLessThan $model.History[0].Loss
        $model.History[1].TestAccuracy | Should -BeGreaterThan 0.1
    }

    It 'gives the same bits for the same seed' {
        (Invoke-LeNetTraining $few @quick).WeightsHash | Should -Be $model.WeightsHash
        $other = $quick.Clone()
        $other.Seed = 4
        (Invoke-LeNetTraining $few @other).WeightsHash | Should -Not -Be $model.WeightsHash
    }

    It 'trains the variant that is asked for: <Expected>' -ForEach @(
        @{ Settings = @{ KernelSize = 3 }; Expected = 'lenet5-3x3' }
        @{ Settings = @{ Variant = 'LeCun1998' }; Expected = 'lenet5-1998' }
        @{ Settings = @{ Augment = $true; Schedule = 'Cosine'; LearningRate = 2e-3 }; Expected = 'lenet5' }
    ) {
        (Invoke-LeNetTraining $few -Epoch 1 -BatchSize 64 @Settings).Architecture | Should -Be $Expected
    }

    It 'trains on a part without test pictures' {
        (Invoke-LeNetTraining $few.Train -Epoch 1).History[0].TestAccuracy | Should -BeNullOrEmpty
    }

    It 'feeds the next cmdlet' {
        $file = New-DigitFile (Join-Path $TestDrive digit.png)
        ($model | Get-CnnPrediction $file -Top 1).Probability | Should -BeGreaterThan 0.1
        $model | Export-CnnModel (Join-Path $TestDrive trained.safetensors)
        (Import-CnnModel (Join-Path $TestDrive trained.safetensors)).History | Should -HaveCount 2
    }

    It 'shows the epochs as a table' {
        $model.History | Out-String | Should -Match 'Epoch +Loss +Train +Validation +Test +Binary'
    }

    It 'leaves only the model''s tensors' {
        $before = Get-TensorCount
        $trained = Invoke-LeNetTraining $few @quick
        $trained.Dispose()
        Get-TensorCount | Should -Be $before
    }

    It 'completes the names of datasets' {
        (TabExpansion2 'Invoke-LeNetTraining ').CompletionMatches.CompletionText | Should -Contain 'digits'
    }
}

Describe 'A dataset that cannot be trained on' {
    It 'is a name or folder that leads nowhere' {
        { Invoke-LeNetTraining nothing } | Should -Throw -ErrorId 'CnnViz.DatasetNotFound,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }

    It 'is a folder without pictures' {
        $null = New-Item -ItemType Directory (Join-Path $TestDrive empty)
        { Invoke-LeNetTraining (Join-Path $TestDrive empty) -ErrorAction Stop } |
            Should -Throw -ErrorId 'CnnViz.DatasetInvalid,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }

    It 'is something else' {
        { Invoke-LeNetTraining 5 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }

    It 'has another number of classes than the network of 1998' {
        $folder = Join-Path $TestDrive wide/only
        $null = New-Item -ItemType Directory $folder
        Copy-Item (Join-Path $PSScriptRoot ../data/images/rgb.png) $folder
        { Invoke-LeNetTraining (Join-Path $TestDrive wide) -Variant LeCun1998 -ErrorAction Stop } |
            Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }
}

Describe 'A checkpoint' {
    It 'belongs to a training with the same settings' {
        $path = Join-Path $TestDrive resume.safetensors
        $null = Invoke-LeNetTraining $few @quick -CheckpointPath $path
        { Invoke-LeNetTraining $few -Epoch 2 -BatchSize 32 -Seed 4 -CheckpointPath $path -Resume } |
            Should -Throw -ErrorId 'CnnViz.CheckpointMismatch,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }

    It 'is taken up where it ended' {
        $path = Join-Path $TestDrive whole.safetensors
        $first = Invoke-LeNetTraining $few @quick -CheckpointPath $path
        $again = Invoke-LeNetTraining $few @quick -CheckpointPath $path -Resume
        $again.WeightsHash | Should -Be $first.WeightsHash
        $again.History[1].Seconds | Should -Be $first.History[1].Seconds -Because 'nothing was trained again'
    }

    It 'is replaced only with -Force' {
        $path = Join-Path $TestDrive there.safetensors
        Set-Content $path before
        { Invoke-LeNetTraining $few @quick -CheckpointPath $path -ErrorAction Stop } |
            Should -Throw -ErrorId 'CnnViz.OutputExists,CnnViz.Commands.InvokeLeNetTrainingCommand'
        (Invoke-LeNetTraining $few @quick -CheckpointPath $path -Force).History | Should -HaveCount 2
    }

    It 'is needed for -Resume' {
        { Invoke-LeNetTraining $few -Resume } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.InvokeLeNetTrainingCommand'
    }
}

Describe 'Ctrl+C' {
    It 'ends a training at once and keeps the last whole epoch in a variable' {
        $interrupted = Invoke-InterruptedTraining @{ Epoch = 100000; BatchSize = 32; CheckpointPath = Join-Path $TestDrive stopped.safetensors }
        $interrupted.State | Should -Be 'Stopped'
        $interrupted.Seconds | Should -BeLessThan 5
        $interrupted.Errors | Should -BeNullOrEmpty
        "$($interrupted.Verbose.Message)" | Should -Match 'CnnInterruptedModel'
        $interrupted.Model | Should -BeOfType ([CnnViz.CnnModel])
        $interrupted.Model.History.Count | Should -BeGreaterThan 0
        $interrupted.Model | Get-CnnPrediction (New-DigitFile (Join-Path $TestDrive digit.png)) -Top 1 | Should -HaveCount 1
    }
}
