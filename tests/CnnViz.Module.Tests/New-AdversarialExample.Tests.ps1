BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    $script:digits = Get-CnnSample digits -Class 3 -First 3
}

Describe 'New-AdversarialExample' {
    It 'takes a path whose brackets are letters' {
        $path = (New-DigitFile (Join-Path $TestDrive 'a[1].png')).FullName
        (New-AdversarialExample -LiteralPath $path -Model $model -Method FGSM -Force).Source | Should -Be $path
    }

    It 'makes a picture that fools, and says what was changed' {
        $examples = $digits | New-AdversarialExample -Model $model -Epsilon 51/255
        $examples | Should -HaveCount 3
        $examples[0] | Should -BeOfType ([CnnViz.AdversarialExample])
        @($examples.Success -eq $true).Count | Should -BeGreaterOrEqual 2
        foreach ($example in $examples) {
            $example.Before.Class | Should -Be 3
            $example.Success | Should -Be ($example.After.Class -ne 3)
            $example.EpsilonAfterSave | Should -BeLessOrEqual (51 / 255)
            $example.Epsilon | Should -Be (51 / 255)
            $example.L2 | Should -BeGreaterThan 0
            $example.Perturbation.Shape | Should -Be 1, 28, 28
            $example.Recipe.Operation | Should -Be 'New-AdversarialExample'
        }
    }

    It 'reaches a target, and takes numbers as well as fractions' {
        $example = New-AdversarialExample $digits[0] -Model $model -Target 8 -Epsilon 0.3
        $example.Success | Should -BeTrue
        $example.After.Label | Should -Be 8
        $example.TargetLabel | Should -Be 8
        (New-AdversarialExample $digits[0] -Model $model -Method DeepFool).Epsilon | Should -BeNullOrEmpty
    }

    It 'gives a file that still fools' {
        $example = $digits | New-AdversarialExample -Model $model -Epsilon 0.25 | Where-Object Success | Select-Object -First 1
        $path = Join-Path $TestDrive fooled.png
        $example | Export-CnnImage $path
        $read = Import-CnnImage $path
        $read.IsNetworkInput | Should -BeTrue
        $answer = $read | Get-CnnPrediction -Model $model -Top 1
        $answer.Class | Should -Be $example.After.Class
        $answer.Class | Should -Not -Be 3
        $answer.Probability | Should -Be $example.After.Probability
    }

    It 'goes on to saliency maps and sheets' {
        $maps = $digits[0] | New-AdversarialExample -Model $model -Epsilon 0.25 | Get-SaliencyMap -Target Top1
        $maps | Should -HaveCount 1
        $example = $digits[0] | New-AdversarialExample -Model $model -Epsilon 0.25
        $maps.Label | Should -Be $example.After.Label
        $example | Join-CnnImage | Export-CnnImage (Join-Path $TestDrive sheet.png)
        # Clean, change and changed picture in a row; -NoOriginal leaves the last.
        $sheet = Import-CnnImage (Join-Path $TestDrive sheet.png)
        $alone = $example | Join-CnnImage -NoOriginal
        $sheet.Width | Should -Be (3 * ($alone.Width - 8) + 8)
        $both = $example, $example | Join-CnnImage
        $both.Width | Should -BeGreaterOrEqual $sheet.Width
    }

    It 'lets one look at what drives the answer before and after' {
        $example = $digits[0] | New-AdversarialExample -Model $model -Target 8 -Epsilon 0.3
        $maps = $example.Clean, $example.Adversarial | Get-SaliencyMap -Model $model -Method SmoothGrad
        $maps.Label | Should -Be 3, 8
    }

    It 'attacks a photo at its full size' {
        $photo = $digits[0] | Join-CnnImage -TileSize 84 -Padding 0 -Caption ''
        $example = $photo | New-AdversarialExample -Model $model -Epsilon 0.3 -FullSize
        $example.Adversarial.Shape | Should -Be 1, 84, 84
        $example.Success | Should -BeTrue
        $path = Join-Path $TestDrive full.png
        $example | Export-CnnImage $path
        (Import-CnnImage $path).IsNetworkInput | Should -BeFalse
        ($path | Get-CnnPrediction -Model $model -Top 1).Label | Should -Be $example.After.Label
    }

    It 'keeps a checkpoint, goes on from it, and keeps one run a file' {
        $path = Join-Path $TestDrive attack.checkpoint
        $first = $digits | New-AdversarialExample -Model $model -Epsilon 0.1 -CheckpointPath $path
        $path | Should -Exist
        $again = $digits | New-AdversarialExample -Model $model -Epsilon 0.1 -CheckpointPath $path -Resume
        $again.L2 | Should -Be $first.L2
        $digits | New-AdversarialExample -Model $model -Epsilon 0.1 -CheckpointPath $path -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.OutputExists*'
        { $digits | New-AdversarialExample -Model $model -Epsilon 0.2 -CheckpointPath $path -Resume -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.CheckpointMismatch*'
        { $digits | New-AdversarialExample -Model $model -Epsilon 0.1 -Step 2 -BatchSize 2 -CheckpointPath $path -Force } | Should -Throw -ExpectedMessage '*one file holds one run*'
    }

    It 'keeps what it has on Ctrl+C' {
        $checkpoint = Join-Path $TestDrive stopped.checkpoint
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($module, $model, $digits, $path) Import-Module $module; $digits | New-AdversarialExample -Model $model -Epsilon 2/255 -Method Square -Step 1000000 -CheckpointPath $path').
            AddArgument((Get-Module CnnViz).Path).AddArgument($model).AddArgument($digits).AddArgument($checkpoint)
        $running = $shell.BeginInvoke()
        for ($i = 0; $i -lt 600 -and -not (Test-Path $checkpoint); $i++) {
            Start-Sleep -Milliseconds 100
        }
        $shell.Stop()
        $null = $running.AsyncWaitHandle.WaitOne(10000)
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $kept = $shell.Runspace.SessionStateProxy.GetVariable('CnnInterruptedImage')
        $kept | Should -HaveCount 3
        $kept[0].Steps | Should -BeGreaterThan 9
        $kept[0].After.Label | Should -Be 3
        $shell.Dispose()
    }

    It 'takes several models at once' {
        $other = Import-CnnModel lenet5-digits
        $example = $digits[0] | New-AdversarialExample -Model $model, $other -Epsilon 0.25
        $example.ModelSuccess | Should -HaveCount 2
        $example.ModelSuccess[0] | Should -Be $example.ModelSuccess[1]
    }

    It 'judges over fresh variations' {
        $example = $digits[0] | New-AdversarialExample -Model $model -Epsilon 0.2 -Transformation 'rotate 15', 'noise 0.02' -SampleCount 4 -TrialCount 20
        $example.TransformedSuccess | Should -BeGreaterOrEqual 0
        $example.TransformedSuccess | Should -BeLessOrEqual 1
    }

    It 'shows a table, and travels without its model' {
        $example = $digits[0] | New-AdversarialExample -Model $model -Epsilon 0.25
        $example | Out-String -Width 160 | Should -Match 'Source\s+Method\s+Success\s+Before\s+After\s+Linf\s+L2'
        $travelled = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($example, 2))
        $travelled.L2 | Should -Be $example.L2
        $travelled | Should -BeOfType ([CnnViz.AdversarialExample])
        $travelled.Model | Should -BeNullOrEmpty
    }
}

Describe 'What is not attacked' {
    It 'is an error of its own while others go on' {
        $eight = Get-CnnSample digits -Class 8 -First 1
        $examples = $digits[0], $eight, $digits[1] | New-AdversarialExample -Model $model -Target 8 -Epsilon 0.2 -Step 3 -ErrorVariable failures -ErrorAction SilentlyContinue
        $examples | Should -HaveCount 2
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.TargetIsPresent*'
    }

    It 'is a picture that is misread already, unless -Force attacks it all the same' {
        $misread = [CnnViz.CnnImage]::new($digits[0].Data, 1, 28, 28)
        $wrong = Get-CnnSample digits -Index (0..199) | Where-Object { ($_ | Get-CnnPrediction -Model $model -Top 1).Class -ne $_.Class } | Select-Object -First 1
        $wrong | New-AdversarialExample -Model $model -Epsilon 0.1 -ErrorVariable failures -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.AlreadyMisread*'
        $failures[0].Exception.Message | Should -Match '-Force'
        ($wrong | New-AdversarialExample -Model $model -Epsilon 0.1 -Force).Success | Should -BeTrue
        ($misread | New-AdversarialExample -Model $model -Epsilon 0.1 -Step 2).Before.Class | Should -Be 3
    }

    It 'is what the settings make impossible' {
        { New-AdversarialExample $digits[0] -Model $model -Epsilon 2 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
        { New-AdversarialExample $digits[0] -Model $model -Epsilon 1/1000 } | Should -Throw '*1/255*'
        { New-AdversarialExample $digits[0] -Model $model -Epsilon eight } | Should -Throw -ErrorId 'CannotConvertArgument*'
        { New-AdversarialExample $digits[0] -Model $model -Target zebra } | Should -Throw -ErrorId 'CnnViz.ClassUnknown*'
        { New-AdversarialExample $digits[0] -Model $model -Norm L2 -Epsilon 30 } | Should -Throw '*black to white*'
        { New-AdversarialExample $digits[0] -Model $model -FullSize -Preprocessing None } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
        { New-AdversarialExample $digits[0] -Model $model -Transformation 'turn 30' } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
    }
}
