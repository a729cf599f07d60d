BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
}

Describe 'New-CnnModel' {
    It 'makes a model from a readable list' {
        $model = New-CnnModel 'conv 8 5x5 same relu', 'maxpool 2', 'flatten', 'dropout 0.5', 'dense 3' 1, 28, 28 -Name mine -Label cat, dog, cow -Seed 1
        $model.Name | Should -Be 'mine'
        $model.Architecture | Should -Be 'sequential'
        $model.Labels | Should -Be 'cat', 'dog', 'cow'
        $model.ParameterCount | Should -Be (8 * 26 + 3 * (8 * 14 * 14 + 1))
        ($model | Get-CnnLayer).Name | Should -Be 'conv1', 'relu1', 'maxpool1', 'flatten1', 'dropout1', 'dense1'
    }

    It 'starts from the seed' {
        $layers = 'flatten', 'dense 2'
        (New-CnnModel $layers 1, 8, 8 -Seed 1).WeightsHash | Should -Be (New-CnnModel $layers 1, 8, 8 -Seed 1).WeightsHash
        (New-CnnModel $layers 1, 8, 8 -Seed 1).WeightsHash | Should -Not -Be (New-CnnModel $layers 1, 8, 8 -Seed 2).WeightsHash
    }

    It 'takes filters of one''s own as Invoke-CnnConvolution does' {
        $own = @((-1, -1, 1), (-1, -1, 1), (-1, -1, 1))
        $model = New-CnnModel 'conv 2 3x3 nobias relu', 'maxpool 2' 1, 28, 28 -Kernel SobelX, $own
        $filters = $model | Get-CnnFilter -Layer conv1
        $filters[0].Values.Data | Should -Be -1, 0, 1, -2, 0, 2, -1, 0, 1
        $filters[1].Values.Data | Should -Be -1, -1, 1, -1, -1, 1, -1, -1, 1
        $digit = New-DigitFile (Join-Path $TestDrive digit.png)
        ($digit | Get-FeatureMap -Model $model -Layer maxpool1).Values.Shape | Should -Be 2, 13, 13
    }

    It 'comes back from a file with its layers' {
        $path = Join-Path $TestDrive mine.safetensors
        $model = New-CnnModel 'conv 4 3x3 elu he', 'globalpool', 'dense 2' 3, 16, 16 -Name mine
        $model | Export-CnnModel $path
        $back = Import-CnnModel $path
        $back.WeightsHash | Should -Be $model.WeightsHash
        ($back | Get-CnnLayer).Type | Should -Be ($model | Get-CnnLayer).Type
    }

    It 'names the layer, the word and what is expected: <Layer>' -ForEach @(
        @{ Layer = 'konv 8 3x3'; Expected = "*'konv'*nearest: conv*" }
        @{ Layer = 'conv 8 3y3'; Expected = "*'3y3'*height and width*" }
        @{ Layer = 'dense 10'; Expected = "*'flatten' or 'globalpool' before it*" }
    ) {
        { New-CnnModel $Layer 1, 28, 28 } | Should -Throw $Expected -ErrorId 'CnnViz.LayerInvalid,CnnViz.Commands.NewCnnModelCommand'
    }

    It 'completes the kinds of layers' {
        (TabExpansion2 'New-CnnModel de').CompletionMatches.CompletionText | Should -Be 'deconv', 'depthpool', 'dense'
    }
}
