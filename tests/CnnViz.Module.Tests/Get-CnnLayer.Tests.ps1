BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
}

Describe 'Get-CnnLayer' {
    It 'gives a row for each layer, in order' {
        $layers = Get-CnnLayer -Model lenet5
        $layers | Should -BeOfType ([CnnViz.LayerInfo])
        $layers | Should -HaveCount 18
        $layers[0].Name | Should -Be 'conv1'
        $layers[-1].Name | Should -Be 'fc4'
    }

    It 'counts as the paper does by hand' {
        $conv2 = Get-CnnLayer -Model lenet5 conv2
        $conv2.Type | Should -Be 'Conv2d'
        $conv2.OutputShape | Should -Be 16, 10, 10
        $conv2.ParameterCount | Should -Be (16 * (6 * 25 + 1))
        $conv2.MultiplyAdds | Should -Be (16 * 10 * 10 * 6 * 25)
        $conv2.ReceptiveField | Should -Be 14
        $conv2.Stride | Should -Be 2
        $conv2.ActivationBytes | Should -Be (16 * 10 * 10 * 4)
    }

    It 'counts the parameters of the model in all' {
        $model = Import-CnnModel lenet5
        (($model | Get-CnnLayer).ParameterCount | Measure-Object -Sum).Sum | Should -Be $model.ParameterCount
    }

    It 'filters by name and keeps the order' {
        (Get-CnnLayer -Model lenet5 pool*, conv1, pool1).Name | Should -Be 'conv1', 'pool1', 'pool2'
    }

    It 'counts for a batch' {
        $one = Get-CnnLayer -Model lenet5 conv1
        $eight = Get-CnnLayer -Model lenet5 conv1 -BatchSize 8
        $eight.MultiplyAdds | Should -Be (8 * $one.MultiplyAdds)
        $eight.ActivationBytes | Should -Be (8 * $one.ActivationBytes)
    }

    It 'tells the shapes for another size of input' {
        (Get-CnnLayer -Model four-filters conv -InputSize 40, 60).OutputShape | Should -Be 4, 37, 57
        (Get-CnnLayer -Model four-filters conv -InputSize 40).OutputShape | Should -Be 4, 37, 37
    }

    It 'follows the branches of a network and shows every addition and activation' {
        $layers = Get-CnnLayer -Model squeezenet1_1 features.3.*, classifier.* -InputSize 96, 128 -BatchSize 2
        $layers.Name | Should -Contain 'features.3.cat'
        ($layers | Where-Object Name -EQ features.3.cat).OutputShape | Should -Be 128, 23, 31
        $layers[-1].OutputShape | Should -Be 1000, 1, 1
        $layers[-1].ReceptiveField | Should -BeNullOrEmpty
        (Get-CnnLayer -Model resnet20_cifar layer2.0.*).Type | Should -Be 'Conv2d', 'BatchNorm2d', 'ReLU', 'Conv2d', 'BatchNorm2d', 'ZeroPaddedShortcut', 'Add', 'ReLU'
    }

    It 'says so where the network cannot take that size' {
        { Get-CnnLayer -Model lenet5 -InputSize 40 -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ShapeMismatch,CnnViz.Commands.GetCnnLayerCommand'
    }

    It 'names the nearest layers for a wrong name, and gives the others' {
        $layers = Get-CnnLayer -Model lenet5 pol1, pool2 -ErrorVariable failures -ErrorAction SilentlyContinue
        $layers.Name | Should -Be 'pool2'
        $failures.FullyQualifiedErrorId | Should -Be 'CnnViz.LayerNotFound,CnnViz.Commands.GetCnnLayerCommand'
        $failures[0].Exception.Message | Should -Match 'pool1'
    }

    It 'takes models from the pipeline' {
        ('lenet5', 'four-filters' | Get-CnnLayer).Count | Should -Be 21
        (Import-CnnModel lenet5 | Get-CnnLayer conv2).Name | Should -Be conv2
    }

    It 'is shown as a table that fits 80 columns' {
        $text = Get-CnnLayer -Model lenet5 | Out-String -Width 80
        $text | Should -Match 'conv2 +Conv2d +16×10×10 +2,416 +240,000 +14 +2 +6'
        $text | Should -Match 'fc1 .* all '
    }
}
