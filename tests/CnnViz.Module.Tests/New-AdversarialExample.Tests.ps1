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
        (Import-CnnImage (Join-Path $TestDrive sheet.png)).Width | Should -BeGreaterThan 56
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
        { New-AdversarialExample $digits[0] -Model $model -Method Square -Norm L2 -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
        { New-AdversarialExample $digits[0] -Model $model -Transformation 'turn 30' } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
    }
}
