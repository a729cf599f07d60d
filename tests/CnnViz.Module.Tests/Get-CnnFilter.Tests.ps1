BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5 -Seed 1
}

Describe 'Get-CnnFilter' {
    It 'gives the kernels of a convolution, each as numbers and as a picture' {
        $filters = Get-CnnFilter conv1 -Model $model
        $filters | Should -BeOfType ([CnnViz.CnnFilter])
        $filters.Index | Should -Be (0..5)
        $filters[0].Values.Shape | Should -Be 1, 5, 5
        $filters[0].Values.Data | Should -Be $model.GetParameter('conv1.weight').Data[0..24]
        $filters[0].Bias | Should -Be $model.GetParameter('conv1.bias').Data[0]
        $filters[0].Image.Shape | Should -Be 1, 5, 5
    }

    It 'gives the chosen ones' {
        (Get-CnnFilter conv2 3, 0 -Model $model).Index | Should -Be 3, 0
    }

    It 'gives those of all convolutions, and takes the model from the pipeline' {
        $model | Get-CnnFilter * | Group-Object Layer | ForEach-Object Count | Should -Be 6, 16
        ('four-filters' | Get-CnnFilter conv) | Should -HaveCount 4
    }

    It 'is shown as a table' {
        Get-CnnFilter conv1 0 -Model $model | Out-String | Should -Match 'conv1 +0 +1×5×5'
    }

    It 'leaves no tensor behind' {
        $before = Get-TensorCount
        $null = Get-CnnFilter * -Model $model
        Get-TensorCount | Should -Be $before
    }

    It 'offers only convolutions for completion' {
        (TabExpansion2 'Get-CnnFilter -Model lenet5 -Layer ').CompletionMatches.CompletionText | Should -Be 'conv1', 'conv2'
    }
}

Describe 'A filter that is not there' {
    It 'is an error of its own, and the other layers go on: <Id>' -ForEach @(
        @{ Layer = 'conv9'; Index = 0; Id = 'LayerNotFound' }
        @{ Layer = 'fc1'; Index = 0; Id = 'LayerNotFound' }
        @{ Layer = 'conv1'; Index = 6; Id = 'IndexOutOfRange' }
    ) {
        $filters = Get-CnnFilter $Layer, conv2 $Index -Model $model -ErrorVariable failures -ErrorAction SilentlyContinue
        $filters.Layer | Should -Be 'conv2'
        $failures.FullyQualifiedErrorId | Should -Be "CnnViz.$Id,CnnViz.Commands.GetCnnFilterCommand"
    }

    It 'is said with the nearest convolutions' {
        { Get-CnnFilter fc1 -Model $model -ErrorAction Stop } | Should -Throw '*nearest: conv1, conv2*'
    }
}
