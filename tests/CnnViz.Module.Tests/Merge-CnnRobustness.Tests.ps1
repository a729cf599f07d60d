BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:few = Get-FewDigits -Train 30 -Test 30
    $script:settings = @{ Dataset = $few; Model = Import-CnnModel lenet5-digits; Epsilon = 0, 0.15; Step = 3; BatchSize = 8 }
}

Describe 'Merge-CnnRobustness' {
    It 'makes of the points of all shards those of the whole' {
        $whole = Measure-CnnRobustness @settings
        $parts = '2/2', '1/2' | ForEach-Object { Measure-CnnRobustness @settings -Shard $_ }
        $parts.Shard | Should -Be '2/2', '2/2', '1/2', '1/2'
        $merged = $parts | Merge-CnnRobustness
        $merged | Should -HaveCount 2
        $merged[0] | Should -BeOfType ([CnnViz.RobustnessPoint])
        foreach ($property in 'Epsilon', 'Count', 'Robust', 'Lower', 'Upper', 'Shard') {
            $merged.$property | Should -Be $whole.$property
        }
    }

    It 'names shards that are missing' {
        { Measure-CnnRobustness @settings -Shard 1/3 | Merge-CnnRobustness } | Should -Throw -ErrorId 'CnnViz.ShardsMissing*' -ExpectedMessage '*2/3, 3/3*'
    }

    It 'refuses a shard that came twice' {
        $part = Measure-CnnRobustness @settings -Shard 1/1
        { $part, $part | Merge-CnnRobustness } | Should -Throw -ErrorId 'CnnViz.ShardsDiffer*'
    }

    It 'refuses points of no shard' {
        { Measure-CnnRobustness @settings | Merge-CnnRobustness } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid*'
    }
}
