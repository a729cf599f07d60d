BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
}

Describe 'Select-CnnShard' {
    It 'passes on each item once, in order, cut between batches' {
        $parts = foreach ($i in 1..3) { , @(1..21 | Select-CnnShard "$i/3" -BatchSize 4) }
        $parts[0] + $parts[1] + $parts[2] | Should -Be (1..21)
        $parts[0].Count % 4 | Should -Be 0
        $parts[1].Count % 4 | Should -Be 0
    }

    It 'gives results with the bits of an undivided run' {
        $samples = Get-CnnSample digits -First 10
        $model = Import-CnnModel lenet5-digits
        $whole = $samples | Get-SaliencyMap -Model $model -Method Gradient -BatchSize 2
        $parts = foreach ($i in 1..2) { $samples | Select-CnnShard "$i/2" -BatchSize 2 | Get-SaliencyMap -Model $model -Method Gradient -BatchSize 2 }
        $parts | Should -HaveCount 10
        for ($i = 0; $i -lt 10; $i++) {
            [System.Linq.Enumerable]::SequenceEqual($parts[$i].Values.Data, $whole[$i].Values.Data) | Should -BeTrue
        }
    }

    It 'warns where there are fewer batches than shards' {
        1..10 | Select-CnnShard 1/2 | Should -HaveCount 10
        1..10 | Select-CnnShard 2/2 -WarningVariable warned -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warned" | Should -Match '-BatchSize'
    }

    It 'passes files on as they are' {
        $files = Get-ChildItem $PSScriptRoot -Filter *.ps1
        ($files | Select-CnnShard 1/1).FullName | Should -Be $files.FullName
    }

    It 'refuses <_>' -ForEach '0/2', '3/2', 'half' {
        { 1..3 | Select-CnnShard $_ } | Should -Throw -ErrorId 'CannotConvertArgument*,CnnViz.Commands.SelectCnnShardCommand' -Because 'it is none of several'
    }
}
