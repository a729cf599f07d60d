BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    $script:digits = 1..2 | ForEach-Object { New-DigitFile (Join-Path $TestDrive "digit$_.png") $_ }
}

Describe 'Measure-SaliencyMap' {
    It 'ranks the methods on a picture' {
        $measured = Get-SaliencyMap $digits[0] -Model $model -Method Gradient, GradCam | Measure-SaliencyMap
        $measured | Should -HaveCount 2
        $measured[0] | Should -BeOfType ([CnnViz.SaliencyMeasurement])
        $measured | ForEach-Object Rank | Should -Be 1, 2
        $measured[0].Score | Should -BeGreaterThan $measured[1].Score
        $measured.Method | Sort-Object | Should -Be Gradient, GradCam
        $measured[0].Source | Should -Be $digits[0].FullName
        $measured[0].DeletionCurve[0].Fraction | Should -Be 0
        $measured[0].DeletionCurve[-1].Fraction | Should -Be 1
        $measured[0].RoadCurve | Should -HaveCount 9
        $measured[0].MaxSensitivity | Should -BeNullOrEmpty
        $measured[0].Recipe.Operation | Should -Be 'Measure-SaliencyMap'
    }

    It 'ranks picture by picture, each as soon as the next one comes' {
        $measured = $digits | Get-SaliencyMap -Model $model -Method Gradient, GradCam | Measure-SaliencyMap -Measure Deletion
        $measured | ForEach-Object Rank | Should -Be 1, 2, 1, 2
        $measured.Source | Should -Be ($digits | ForEach-Object { , $_.FullName * 2 })
        $first = $digits | Get-SaliencyMap -Model $model -BatchSize 1 | Measure-SaliencyMap -Measure Deletion | Select-Object -First 1
        $first.Source | Should -Be $digits[0].FullName
    }

    It 'measures all that is wanted and nothing else' {
        $map = Get-SaliencyMap $digits[0] -Model $model
        $all = $map | Measure-SaliencyMap All
        $all.MaxSensitivity | Should -BeGreaterThan 0
        $all.RandomizationCurve | Should -HaveCount 3
        $all.DependsOnModel | Should -BeTrue
        $one = $map | Measure-SaliencyMap -Measure Infidelity -NoiseCount 3 -NoiseRadius 0.1 -Seed 5
        $one.Infidelity | Should -BeGreaterOrEqual 0
        $one.Score | Should -BeNullOrEmpty
        $one.Rank | Should -BeNullOrEmpty
    }

    It 'gives a row a method over several pictures, the best first' {
        $methods = $digits | Get-SaliencyMap -Model $model -Method Gradient, GradCam | Measure-SaliencyMap -Measure Deletion, Insertion -Summary
        $methods | Should -HaveCount 2
        $methods[0] | Should -BeOfType ([CnnViz.SaliencySummary])
        $methods | ForEach-Object Rank | Should -Be 1, 2
        $methods.MapCount | Should -Be 2, 2
        $methods[0].Score.Mean | Should -BeGreaterThan $methods[1].Score.Mean
        ($methods.FirstCount | Measure-Object -Sum).Sum | Should -Be 2
        "$($methods[0].DeletionAuc)" | Should -Match '^-?\d\.\d{3} ± \d\.\d{3}$'
    }

    It 'shows a table and draws its curves' {
        $measured = Get-SaliencyMap $digits[0] -Model $model -Method Gradient, GradCam | Measure-SaliencyMap
        $measured | Out-String -Width 160 | Should -Match 'Rank\s+Method\s+Score\s+Insertion'
        $measured | Join-CnnImage -Column 1 | Export-CnnImage (Join-Path $TestDrive sheet.png)
        (Import-CnnImage (Join-Path $TestDrive sheet.png)).Height | Should -BeGreaterThan 300
    }

    It 'warns of a class that the model does not see' {
        $unlikely = (Get-CnnPrediction $digits[0] -Model $model -Top 10)[-1]
        $measured = $unlikely | Get-SaliencyMap -Method GradCam | Measure-SaliencyMap -Measure Deletion -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings -match 'nothing to lose' | Should -HaveCount 1
        $shown = $measured | Format-List | Out-String -Width 120
        $shown | Should -Match 'Warnings +: GradCam'
        $shown | Should -Not -Match 'CurvePoint|Recipe'
    }

    It 'warns of a map that does not depend on the model' {
        $edges = New-CnnModel -Layer 'conv 2 3x3 same relu nobias', globalpool -InputShape 1, 28, 28 -Kernel SobelX, SobelY
        $measured = Get-SaliencyMap $digits[0] -Model $edges | Measure-SaliencyMap -Measure Randomization -WarningVariable warnings -WarningAction SilentlyContinue
        $measured.DependsOnModel | Should -BeFalse
        $warnings | Should -Match 'does not depend on the model'
    }
}

Describe 'A map that cannot be measured' {
    It 'is an error of its own, and says what to do' {
        $map = Get-SaliencyMap $digits[0] -Model $model
        $lost = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($map))
        $measured = 'text', $lost, $map | Measure-SaliencyMap -Measure Deletion -ErrorVariable failures -ErrorAction SilentlyContinue
        $measured | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.NotASaliencyMap*'
        $failures[1].FullyQualifiedErrorId | Should -BeLike 'CnnViz.MapWithoutModel*'
        $failures.Exception.Message | Should -Match 'Get-SaliencyMap'
        ($lost | Measure-SaliencyMap -Measure Deletion -Model $model).DeletionAuc | Should -Be $measured.DeletionAuc
    }

    It 'a wrong setting ends the pipeline' {
        { Get-SaliencyMap $digits[0] -Model $model | Measure-SaliencyMap -NoiseRadius -1 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
    }
}
