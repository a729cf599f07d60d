BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:trained = Import-CnnModel lenet5-digits
    $script:random = Import-CnnModel lenet5 -Seed 3
    $script:digits = 0..5 | ForEach-Object { New-DigitFile (Join-Path $TestDrive "digit$_.png") $_ }
}

Describe 'Compare-CnnModel' {
    It 'finds nothing between a model and itself' {
        $same = $digits | Compare-CnnModel $trained $trained
        $same | Should -HaveCount 6
        $same | Should -BeOfType ([CnnViz.ModelComparison])
        $same.IsChanged | Should -Not -Contain $true
        $same.RankCorrelation | ForEach-Object { $_ | Should -BeGreaterThan 0.9999 }
        $same.TopOverlap | ForEach-Object { $_ | Should -Be 1 }
        $same.FeatureDistance | ForEach-Object { $_ | Should -Be 0 }
        $same.ProbabilityChange | ForEach-Object { [Math]::Abs($_) | Should -BeLessThan 1e-6 }
        $same.Source | Should -Be $digits.FullName
    }

    It 'says what differs: answers, where the models look, and their layers' {
        $apart = $digits | Compare-CnnModel $trained $random
        $apart.IsChanged | Should -Contain $true
        $apart[0].RankCorrelation | Should -BeLessThan 0.99
        $apart[0].Layers.Layer | Should -Be conv1, conv2, fc1, fc2, fc3, fc4
        $apart[0].FeatureDistance | Should -BeGreaterThan 0.1
        $apart[0].Reference.Label | Should -Be (Get-CnnPrediction $digits[0] -Model $trained -Top 1).Label
        $apart[0].DifferenceMap.Target | Should -Be $apart[0].Reference.Class
    }

    It 'compares the layers that are asked for' {
        ($digits[0] | Compare-CnnModel $trained $random -Layer conv1).Layers.Layer | Should -Be conv1
    }

    It 'compares networks of different architectures by answers and explanations' {
        $comparison = $digits[0] | Compare-CnnModel $trained mnist-cnn -WarningAction Ignore
        $comparison.Layers | Should -HaveCount 0
        $comparison.FeatureDistance | Should -BeNullOrEmpty
        [Math]::Abs($comparison.RankCorrelation) | Should -BeLessOrEqual 1
    }

    It 'reports a picture that the models cannot take and compares its neighbours' {
        $small = [CnnViz.CnnImage]::new([float[]]::new(64), 1, 8, 8)
        $found = $digits[0], $small, $digits[1] | Compare-CnnModel $trained $random -Preprocessing None -ErrorVariable problems -ErrorAction SilentlyContinue
        $found.Source | Should -Be $digits[0].FullName, $digits[1].FullName
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.ShapeMismatch*'
    }

    It 'sums up all pictures' {
        $summary = $digits | Compare-CnnModel $trained $random -Summary
        $summary | Should -BeOfType ([CnnViz.ModelComparisonSummary])
        $summary.Count | Should -Be 6
        $summary.ChangedShare | Should -Be ($summary.Changed / 6)
    }

    It 'shows the picture and both explanations side by side' {
        $digits[0] | Compare-CnnModel $trained $random | Export-CnnImage (Join-Path $TestDrive both.png)
        $sheet = Import-CnnImage (Join-Path $TestDrive both.png)
        $sheet.Width | Should -BeGreaterThan (3 * 96)
    }

    It 'is shown as a list without its tensors and recipes' {
        $shown = $digits[0] | Compare-CnnModel $trained $random | Format-List | Out-String -Width 120
        $shown | Should -Match 'ReferenceMap +: GradCam at .* of \w'
        $shown | Should -Not -Match 'Recipe|CnnTensor'
    }
}

Describe 'The gate' {
    It 'is open where the models agree' {
        { $digits | Compare-CnnModel $trained $trained -FailAbove 0 -MinimumCorrelation 0.99 } | Should -Not -Throw
    }

    It 'gives all comparisons, and then ends with an error that counts' {
        $found = [System.Collections.Generic.List[object]]::new()
        $failure = { $digits | Compare-CnnModel $trained $random -FailAbove 0 | ForEach-Object { $found.Add($_) } } |
            Should -Throw -PassThru -ErrorId 'CnnViz.ModelsDiffer,CnnViz.Commands.CompareCnnModelCommand'
        $failure.Exception.Message | Should -Match '\d of 6 answers'
        $found | Should -HaveCount 6
    }

    It 'looks at the explanations too' {
        { $digits | Compare-CnnModel $trained $random -MinimumCorrelation 1 -Summary } |
            Should -Throw -ErrorId 'CnnViz.ModelsDiffer,CnnViz.Commands.CompareCnnModelCommand'
    }
}

Describe 'What cannot be compared' {
    It 'is said before any picture is read: no layer in common' {
        { 'nowhere.png' | Compare-CnnModel $trained mnist-cnn -Layer pool1 -WarningAction Ignore } |
            Should -Throw -ErrorId 'CnnViz.LayerMismatch,CnnViz.Commands.CompareCnnModelCommand'
    }

    It 'is one error of a picture, and the others are compared' {
        $found = @((Join-Path $TestDrive nowhere.png), $digits[0].FullName) | Compare-CnnModel $trained $random -ErrorAction SilentlyContinue -ErrorVariable failures
        $found | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.CompareCnnModelCommand'
    }

    It 'leaves no tensor behind' {
        $digits[0] | Compare-CnnModel $trained $random | Out-Null
        $before = Get-TensorCount
        $digits | Compare-CnnModel $trained $random -BatchSize 1 | Select-Object -First 1 | Out-Null
        try { $digits | Compare-CnnModel $trained $random -FailAbove 0 | Out-Null } catch { $null = $_ }
        Get-TensorCount | Should -Be $before
    }
}
