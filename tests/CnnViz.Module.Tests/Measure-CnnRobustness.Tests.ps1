BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    $script:few = Get-FewDigits -Train 30 -Test 30
}

Describe 'Measure-CnnRobustness' {
    It 'gives a point for every epsilon' {
        $points = $model | Measure-CnnRobustness $few -Epsilon 0, 26/255, 0.3 -Step 5
        $points | Should -HaveCount 3
        $points[0] | Should -BeOfType ([CnnViz.RobustnessPoint])
        $points.Count | Should -Be 3
        $points[0].Accuracy | Should -BeGreaterThan $points[1].Accuracy
        $points[1].Accuracy | Should -BeGreaterThan $points[2].Accuracy
        $points[1].Epsilon | Should -Be (26 / 255)
        $points[1].Lower | Should -BeLessThan $points[1].Accuracy
        $points[1].Upper | Should -BeGreaterThan $points[1].Accuracy
        ($points[1].Classes | Measure-Object Count -Sum).Sum | Should -Be 30
    }

    It 'shows a table and goes into CSV' {
        $points = Measure-CnnRobustness $few -Model $model -Epsilon 0.1 -Method Fgsm, Pgd -Step 2 -First 10
        $points | Out-String -Width 160 | Should -Match 'Epsilon\s+Norm\s+Method\s+Count\s+Correct\s+Robust\s+Accuracy'
        $points.Method | Should -Be 'Fgsm+Pgd'
        ($points | ConvertTo-Csv | ConvertFrom-Csv).Robust | Should -Be $points.Robust
    }

    It 'shows a curve, of several models several lines, and the classes of one' {
        $points = Measure-CnnRobustness $few -Model $model -Epsilon 0, 0.1 -Step 2
        $path = Join-Path $TestDrive curve.png
        $points | Export-CnnImage $path
        $one = Import-CnnImage $path
        $one.Recipe.Operation | Should -Be 'Measure-CnnRobustness'
        $more = Measure-CnnRobustness $few -Model $model -Epsilon 0, 0.1 -Method Fgsm
        $sheet = $points + $more | Join-CnnImage
        $sheet | Should -HaveCount 1
        $several = Join-Path $TestDrive lines.png
        @($points + $more | Export-CnnImage $several -PassThru).Count | Should -Be 4
        (Import-CnnImage $several).Width | Should -BeLessThan $one.Width
        @($points | Show-CnnImage -Width 20).Count | Should -Be 1
        # Points of a curve are one picture among others.
        @($points[0], (Get-CnnSample digits -First 1), $points[1] | Show-CnnImage -Width 20).Count | Should -Be 3
    }

    It 'is a gate' {
        $points = Measure-CnnRobustness $few -Model $model -Epsilon 0, 0.3 -Step 5 -MinimumAccuracy 0.8 -ErrorVariable failures -ErrorAction SilentlyContinue
        $points | Should -HaveCount 2
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'CnnViz.RobustnessBelow*'
        { Measure-CnnRobustness $few -Model $model -Epsilon 0.3 -Step 5 -MinimumAccuracy 0.8 -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.RobustnessBelow*'
    }

    It 'keeps a checkpoint and goes on from it' {
        $path = Join-Path $TestDrive robust.checkpoint
        $first = Measure-CnnRobustness $few -Model $model -Epsilon 0.1 -Step 3 -BatchSize 10 -CheckpointPath $path
        $path | Should -Exist
        $again = Measure-CnnRobustness $few -Model $model -Epsilon 0.1 -Step 3 -BatchSize 10 -CheckpointPath $path -Resume
        $again.Robust | Should -Be $first.Robust
        { Measure-CnnRobustness $few -Model $model -Epsilon 0.1 -Step 3 -CheckpointPath $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputExists*'
        { Measure-CnnRobustness $few -Model $model -Epsilon 0.2 -Step 3 -BatchSize 10 -CheckpointPath $path -Resume -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.CheckpointMismatch*'
    }

    It 'refuses what it cannot measure' {
        { Measure-CnnRobustness $few -Model $model -Epsilon -0.1 -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
        { Measure-CnnRobustness $few -Model $model -Method DeepFool -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
        { Measure-CnnRobustness $few -Model $model -Resume -ErrorAction Stop } | Should -Throw '*CheckpointPath*'
        { Measure-CnnRobustness patterns -Model $model -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.DatasetInvalid*'
    }
}
