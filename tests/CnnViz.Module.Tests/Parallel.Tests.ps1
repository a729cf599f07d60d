# One model and one picture in several runspaces at once.
BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:manifest = "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))"
    $script:model = Import-CnnModel lenet5-digits
    $script:digit = Get-CnnSample digits -Index 0
}

Describe 'ForEach-Object -Parallel' {
    It 'gives what one thread gives, of one model in all runspaces, and leaves no tensors' {
        $methods = 'GuidedBackprop', 'DeepLift', 'SmoothGrad', 'GradCam'
        $model = Import-CnnModel patternnet
        $pictures = Get-CnnSample patterns -First 4
        $expected = $pictures | Get-SaliencyMap -Model $model -Method $methods -BatchSize 1 | ForEach-Object { $_.Values.Data -join ' ' }
        $before = Get-TensorCount
        $tasks = 0..3 | ForEach-Object { [pscustomobject]@{ Place = $_; Picture = $pictures[$_] } }
        $found = $tasks | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            $maps = $_.Picture | Get-SaliencyMap -Model $using:model -Method $using:methods -BatchSize 1
            [pscustomobject]@{ Place = $_.Place; Maps = @($maps.ForEach{ $_.Values.Data -join ' ' }) }
        }
        ($found | Sort-Object Place).Maps | Should -Be $expected
        Get-TensorCount | Should -Be $before
    }

    It 'imports models side by side' {
        $hashes = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            $own = Import-CnnModel lenet5-digits
            $own.WeightsHash
            $own.Dispose()
        }
        $hashes | Should -Be (, $model.WeightsHash * 4)
    }

    It 'answers of one picture in all runspaces' {
        $picture = $digit
        $logits = 1..8 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module $using:manifest
            ($using:picture | Get-CnnPrediction -Model $using:model -Top 1).Logit
        }
        $logits | Select-Object -Unique | Should -Be ($picture | Get-CnnPrediction -Model $model -Top 1).Logit
    }
}

Describe 'Start-ThreadJob' {
    It 'takes the model as it is, and gives live results' {
        $job = Start-ThreadJob -ArgumentList $manifest, $model, $digit {
            param($manifest, $model, $digit)
            Import-Module $manifest
            $digit | Get-CnnPrediction -Model $model -Top 1
        }
        $prediction = $job | Receive-Job -Wait -AutoRemoveJob
        $prediction.Model | Should -Be $model
        $prediction.Class | Should -Be 3
    }
}
