BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5 -Seed 1
    $script:digits = 0..1 | ForEach-Object { New-DigitFile (Join-Path $TestDrive "digit$_.png") $_ }
}

Describe 'Get-FeatureMap' {
    It 'takes a path whose brackets are letters' {
        $path = (New-DigitFile (Join-Path $TestDrive 'a[1].png')).FullName
        (Get-FeatureMap -LiteralPath $path -Model $model -Layer conv1).Source | Should -Be $path
    }

    It 'gives the activations of a layer' {
        $map = Get-FeatureMap $digits[0] pool1 -Model $model
        $map | Should -BeOfType ([CnnViz.FeatureMap])
        $map.Layer | Should -Be 'pool1'
        $map.Shape | Should -Be 6, 14, 14
        $map.Values.Data | Should -HaveCount (6 * 14 * 14)
        $map.Minimum | Should -BeGreaterOrEqual -1
        $map.Maximum | Should -BeLessOrEqual 1
        $map.Source | Should -Be $digits[0].FullName
    }

    It 'gives picture after picture, and of each the layers in the order of the network' {
        $maps = $digits | Get-FeatureMap -Layer pool*, conv1 -Model $model
        $maps.Layer | Should -Be (@('conv1', 'pool1', 'pool2') * 2)
        $maps.Source | Should -Be ($digits | ForEach-Object { , $_.FullName * 3 })
    }

    It 'gives the chosen channels' {
        $all = Get-FeatureMap $digits[0] conv1 -Model $model
        $two = Get-FeatureMap $digits[0] conv1 -Model $model -Channel 4, 1
        $two.Channels | Should -Be 4, 1
        $two.Shape | Should -Be 2, 28, 28
        $two.Map(1).Data | Should -Be $all.Map(1).Data
    }

    It 'gives the channels of the largest mean' {
        $all = Get-FeatureMap $digits[0] conv1 -Model $model
        $top = Get-FeatureMap $digits[0] conv1 -Model $model -Top 2
        $means = 0..5 | ForEach-Object { ($all.Map($_).Data | Measure-Object -Average).Average }
        $top.Channels | Should -Be (0..5 | Sort-Object { $means[$_] } -Descending | Select-Object -First 2)
    }

    It 'gives a layer without extent as features' {
        (Get-FeatureMap $digits[0] fc2 -Model $model).Shape | Should -Be 120, 1, 1
    }

    It 'sees the very picture that an earlier result was made of' {
        $prediction = Get-CnnPrediction (Join-Path $PSScriptRoot ../data/images/rgb.png) -Model $model -Top 1
        $map = $prediction | Get-FeatureMap -Layer conv1 -Preprocessing Standard
        [object]::ReferenceEquals($map.Image, $prediction.Image) | Should -BeTrue
    }
}

Describe 'A layer that is not there' {
    It 'ends the pipeline with one error that names the nearest' {
        $failure = { $digits | Get-FeatureMap -Model $model -Layer convv1 } |
            Should -Throw -PassThru -ErrorId 'CnnViz.LayerNotFound,CnnViz.Commands.GetFeatureMapCommand'
        $failure.Exception.Message | Should -Match "no layer 'convv1'.*nearest: conv1"
        $failure.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $failure.TargetObject | Should -Be 'convv1'
    }

    It 'is an error of this model where several come down the pipeline' {
        $maps = 'four-filters', 'lenet5' | Get-FeatureMap $digits[0] bn1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $maps.Layer | Should -Be 'bn1'
        $failures.FullyQualifiedErrorId | Should -Be 'CnnViz.LayerNotFound,CnnViz.Commands.GetFeatureMapCommand'
    }
}

Describe 'A channel that is not there' {
    It 'is an error before any picture is read' {
        $failure = { 'nothing.png' | Get-FeatureMap -Model $model -Layer conv1 -Channel 6 } |
            Should -Throw -PassThru -ErrorId 'CnnViz.IndexOutOfRange,CnnViz.Commands.GetFeatureMapCommand'
        $failure.Exception.Message | Should -Match "Channel 6 of layer 'conv1' .* numbered 0 to 5"
    }
}

Describe 'The pipeline of feature maps' {
    It 'leaves no tensor behind' {
        $before = Get-TensorCount
        $null = $digits | Get-FeatureMap -Layer * -Model $model
        $null = $digits | Get-FeatureMap -Layer * -Model $model -BatchSize 1 | Select-Object -First 1
        Get-TensorCount | Should -Be $before
    }
}

Describe 'Completion of layers' {
    It 'offers those of the model in a variable' {
        $global:completionModel = $model
        $found = (TabExpansion2 'Get-FeatureMap -Model $completionModel -Layer po').CompletionMatches.CompletionText
        Remove-Variable completionModel -Scope Global
        $found | Should -Be 'pool1', 'pool2'
    }

    It 'offers those of the model that a variable sends down the pipeline' {
        $global:completionModel = $model
        $global:completionText = 'no model'
        $found = (TabExpansion2 '$completionModel | Get-FeatureMap x.png -Layer po').CompletionMatches.CompletionText
        $none = (TabExpansion2 '$completionText | Get-FeatureMap x.png -Layer po').CompletionMatches.CompletionText
        Remove-Variable completionModel, completionText -Scope Global
        $found | Should -Be 'pool1', 'pool2'
        $none | Should -BeNullOrEmpty
    }

    It 'offers those of a model by name' {
        (TabExpansion2 'Get-FeatureMap -Model four-filters -Layer ').CompletionMatches.CompletionText | Should -Be 'conv', 'relu', 'pool'
    }
}

Describe 'What is shown of a feature map' {
    It 'is a table for each picture, without the model' {
        $text = Get-FeatureMap $digits[0] conv1 -Model $model | Out-String
        $text | Should -Match 'Image: .*digit0.png'
        $text | Should -Match 'conv1 +6×28×28'
        $text | Should -Not -Match 'Recipe'
    }
}
