BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5-digits
    $script:other = New-CnnModel 'conv 4 5x5 relu', 'maxpool 4', 'flatten', 'dense 10' -InputShape 1, 28, 28 -Seed 3 |
        Invoke-CnnTraining -Dataset (Get-FewDigits -Train 600 -Test 30) -Epoch 4 -LearningRate 0.01 -Seed 3
    $script:digits = Get-CnnSample digits -First 8
}

Describe 'Measure-CnnTransfer' {
    It 'says which model''s examples fool which' {
        $rates = $model, $other | ForEach-Object { $digits | New-AdversarialExample -Model $_ -Epsilon 0.2 -Step 5 -Force } | Measure-CnnTransfer
        $rates | Should -HaveCount 4
        $rates[0] | Should -BeOfType ([CnnViz.TransferRate])
        $rates.SourceModel | Should -Be $model.Name, $model.Name, $other.Name, $other.Name
        $rates.JudgedModel | Should -Be $model.Name, $other.Name, $model.Name, $other.Name
        $rates[0].Rate | Should -BeGreaterThan 0.5
        $rates | Out-String -Width 160 | Should -Match 'SourceModel\s+JudgedModel\s+Method\s+Epsilon\s+Count\s+Fooled\s+Rate'
        ($rates | ConvertTo-Csv | ConvertFrom-Csv).Fooled | Should -Be $rates.Fooled
        $rates | Export-CnnImage (Join-Path $TestDrive matrix.png)
        (Import-CnnImage (Join-Path $TestDrive matrix.png)).Recipe.Operation | Should -Be 'Measure-CnnTransfer'
    }

    It 'shows examples to models by name' {
        $rates = $digits[0..2] | New-AdversarialExample -Model $model -Epsilon 0.2 -Step 5 | Measure-CnnTransfer lenet5-digits, $other
        $rates.JudgedModel | Should -Be 'lenet5-digits', $other.Name
        $rates[0].Fooled | Should -BeGreaterThan 0
    }

    It 'keeps examples against several models apart from those against one of them' {
        $rates = $model, ($model, $other) | ForEach-Object { $digits[0..1] | New-AdversarialExample -Model $_ -Epsilon 0.2 -Step 2 -Force } | Measure-CnnTransfer -Model $model
        $rates.SourceModel | Should -Be $model.Name, "$($model.Name),$($other.Name)"
    }

    It 'asks for models where examples have come without theirs' {
        $path = Join-Path $TestDrive examples.xml
        $digits[0] | New-AdversarialExample -Model $model -Step 1 | Export-Clixml $path
        { Import-Clixml $path | Measure-CnnTransfer -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ExamplesWithoutModel*'
        Import-Clixml $path | Measure-CnnTransfer $model | Should -HaveCount 1
    }

    It 'refuses what is no example, and models of other classes' {
        { $digits[0] | Measure-CnnTransfer -Model $model -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.NotAnExample*'
        { $digits[0] | New-AdversarialExample -Model $model -Step 1 | Measure-CnnTransfer patternnet -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ModelsDiffer*'
    }
}
