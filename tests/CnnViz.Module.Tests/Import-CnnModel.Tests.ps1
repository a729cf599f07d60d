BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    Import-CnnModel lenet5 -Seed 5 | Export-CnnModel (Join-Path $TestDrive lenet.safetensors)
    $script:file = Get-Item (Join-Path $TestDrive lenet.safetensors)
    $bytes = [IO.File]::ReadAllBytes($file)
    [IO.File]::WriteAllBytes((Join-Path $TestDrive short.safetensors), $bytes[0..($bytes.Length / 2)])
    Set-Content (Join-Path $TestDrive text.safetensors) 'This is no model.'
}

Describe 'Import-CnnModel by name' {
    It 'gives an architecture with random weights that a seed determines' {
        $model = Import-CnnModel lenet5 -Seed 7
        $model | Should -BeOfType ([CnnViz.CnnModel])
        $model.Architecture | Should -Be 'lenet5'
        $model.InputShape | Should -Be 1, 28, 28
        $model.ClassCount | Should -Be 10
        $model.Device | Should -Be 'cpu'
        $model.Labels[3] | Should -Be '3'
        (Import-CnnModel lenet5 -Seed 7).WeightsHash | Should -Be $model.WeightsHash
        (Import-CnnModel lenet5 -Seed 8).WeightsHash | Should -Not -Be $model.WeightsHash
    }

    It 'gives the built-in model with its trained weights' {
        $model = Import-CnnModel lenet5-digits
        $model.History[-1].TestAccuracy | Should -BeGreaterThan 0.9
        $predictions = Get-CnnSample digits -First 20 | Get-CnnPrediction -Model $model -Top 1
        $predictions.Where{ $_.Label -eq $_.Image.Label }.Count | Should -BeGreaterThan 17
    }

    It 'gives patternnet, which knows the patterns' {
        $model = Import-CnnModel patternnet
        $model.Name | Should -Be 'patternnet'
        $model.InputShape | Should -Be 3, 64, 64
        ($model | Get-CnnLayer).Name | Should -Contain 'conv4_1'
        $predictions = Get-CnnSample patterns -First 32 | Get-CnnPrediction -Model $model -Top 1
        $predictions.Where{ $_.Label -eq $_.Image.Label }.Count | Should -BeGreaterThan 28
        (TabExpansion2 'Import-CnnModel pat').CompletionMatches[0].CompletionText | Should -Be 'patternnet'
    }

    It 'gives several, from the pipeline too' {
        (Import-CnnModel lenet5, four-filters).Name | Should -Be 'lenet5', 'four-filters'
        ('lenet5', 'four-filters' | Import-CnnModel).Name | Should -Be 'lenet5', 'four-filters'
    }

    It 'takes a path as well' {
        Push-Location $TestDrive
        try {
            (Import-CnnModel ./lenet.safetensors).Source | Should -Be $file.FullName
        }
        finally {
            Pop-Location
        }
    }

    It 'lists what there is for an unknown name' {
        $failure = { Import-CnnModel lenet7 } | Should -Throw -PassThru -ErrorId 'CnnViz.ModelNotFound,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match 'lenet5'
    }

    It 'says that a folder is no model' {
        $failure = { Import-CnnModel $TestDrive } | Should -Throw -PassThru -ErrorId 'CnnViz.ModelNotFound,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match 'folder'
        $failure = { Import-CnnModel ./lenet.pth } | Should -Throw -PassThru -ErrorId 'CnnViz.ModelNotFound,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match 'does not exist'
    }

    It 'gives no random weights where weights from the cache are meant' {
        { Import-CnnModel lenet5 -Offline } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ImportCnnModelCommand'
    }

    It 'says what to do where weights in the cache are damaged' {
        $cache = $env:XDG_CACHE_HOME
        try {
            $env:XDG_CACHE_HOME = $TestDrive
            $null = New-Item (Get-CnnArchitecture squeezenet1_1).WeightsPath -Value damaged -Force
            $failure = { Import-CnnModel squeezenet1_1 -Pretrained } | Should -Throw -PassThru -ErrorId 'CnnViz.WeightsCorrupt,CnnViz.Commands.ImportCnnModelCommand'
            $failure.Exception.Message | Should -Match 'delete it'
        }
        finally {
            $env:XDG_CACHE_HOME = $cache
        }
    }

    It 'says what devices there are' {
        $failure = { Import-CnnModel lenet5 -Device gpu } | Should -Throw -PassThru -ErrorId 'CnnViz.DeviceUnknown,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match 'cpu'
        $failure.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
    }

    It 'completes names, then paths' {
        (TabExpansion2 'Import-CnnModel lenet5').CompletionMatches.CompletionText | Should -Contain 'lenet5-1998'
        Push-Location $TestDrive
        try {
            (TabExpansion2 'Import-CnnModel ./len').CompletionMatches.CompletionText | Should -BeLike '*lenet.safetensors'
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Import-CnnModel -Pretrained' {
    BeforeAll {
        $script:before = $env:XDG_CACHE_HOME
        $env:XDG_CACHE_HOME = Join-Path $TestDrive cache
    }

    AfterAll {
        $env:XDG_CACHE_HOME = $before
    }

    It 'says where weights would lie that were never downloaded' {
        $failure = { Import-CnnModel squeezenet1_1 -Pretrained -Offline } |
            Should -Throw -PassThru -ErrorId 'CnnViz.WeightsNotCached,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match ([regex]::Escape((Join-Path $TestDrive cache cnnviz squeezenet1_1-b8a52dc0.pth)))
        $failure.Exception.Message | Should -Match 'https://download.pytorch.org/models/squeezenet1_1-b8a52dc0.pth'
    }

    It 'takes them from the cache, and says so' {
        $cache = New-Item -ItemType Directory (Join-Path $TestDrive cache cnnviz) -Force
        $random = Import-CnnModel squeezenet1_1 -Seed 4
        $random | Export-CnnModel (Join-Path $TestDrive squeezenet.safetensors)
        Move-Item (Join-Path $TestDrive squeezenet.safetensors) (Join-Path $cache squeezenet1_1-b8a52dc0.pth)
        $model = Import-CnnModel squeezenet1_1 -Pretrained -Offline -Verbose 4>&1
        $model[-1].WeightsHash | Should -Be $random.WeightsHash
        "$($model[0])" | Should -Match 'squeezenet1_1-b8a52dc0.pth'
    }

    It 'gives a new head where another number of classes is wanted' {
        $whole = Import-CnnModel squeezenet1_1 -Pretrained -Offline
        $model = Import-CnnModel squeezenet1_1 -Pretrained -Offline -ClassCount 3 -Seed 2
        $model.ClassCount | Should -Be 3
        $model.Labels | Should -Be '0', '1', '2'
        $model.GetParameter('features.0.weight').Data | Should -Be $whole.GetParameter('features.0.weight').Data
        $model.GetParameter('classifier.1.weight').Shape | Should -Be 3, 512, 1, 1
        (Import-CnnModel squeezenet1_1 -Pretrained -Offline -ClassCount 3 -Seed 2).WeightsHash | Should -Be $model.WeightsHash
        (Import-CnnModel squeezenet1_1 -Pretrained -Offline -ClassCount 3 -Seed 3).WeightsHash | Should -Not -Be $model.WeightsHash
    }

    It 'is an error where no weights are known' {
        { Import-CnnModel lenet5 -Pretrained } | Should -Throw -ErrorId 'CnnViz.WeightsUnknown,CnnViz.Commands.ImportCnnModelCommand'
    }

    It 'is an error with a file' {
        { Import-CnnModel $file.FullName -Pretrained } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ImportCnnModelCommand'
    }
}

Describe 'Labels and classes' {
    It 'are ImageNet''s for a network of its 1000 classes' {
        $model = Import-CnnModel squeezenet1_1
        $model.Labels[319] | Should -Be 'dragonfly'
        $model.WordNetIds[319] | Should -Be 'n02268443'
    }

    It 'are taken from a file' {
        Set-Content (Join-Path $TestDrive names.txt) (0..9 | ForEach-Object { "digit $_" })
        (Import-CnnModel lenet5 -Label (Join-Path $TestDrive names.txt)).Labels[3] | Should -Be 'digit 3'
    }

    It 'are an error where there are too few' {
        Set-Content (Join-Path $TestDrive few.txt) 'zero', 'one'
        $failure = { Import-CnnModel lenet5 -Label (Join-Path $TestDrive few.txt) } |
            Should -Throw -PassThru -ErrorId 'CnnViz.LabelCountMismatch,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match '2.*10'
    }

    It 'can be another number of' {
        $model = Import-CnnModel lenet5 -ClassCount 4
        $model.ClassCount | Should -Be 4
        (Import-CnnModel lenet5-digits -ClassCount 4).GetParameter('conv1.weight').Data |
            Should -Be (Import-CnnModel lenet5-digits).GetParameter('conv1.weight').Data
        { Import-CnnModel lenet5-1998 -ClassCount 4 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ImportCnnModelCommand'
    }
}

Describe 'Import-CnnModel -Precision BFloat16' {
    It 'halves the numbers and gives nearly the same predictions as float32' {
        $exact = Import-CnnModel lenet5-digits
        $short = Import-CnnModel lenet5-digits -Precision bfloat16
        $short.Precision | Should -Be 'BFloat16'
        $digits = Get-CnnSample digits -First 50
        $long = $digits | Get-CnnPrediction -Model $exact -Top 1
        $brief = $digits | Get-CnnPrediction -Model $short -Top 1
        $differences = 0..49 | Where-Object { $long[$_].Class -eq $brief[$_].Class } | ForEach-Object { [Math]::Abs($long[$_].Probability - $brief[$_].Probability) }
        $differences.Count | Should -BeGreaterThan 47
        ($differences | Measure-Object -Maximum).Maximum | Should -BeLessThan 0.05
        ($differences | Measure-Object -Maximum).Maximum | Should -BeGreaterThan 0
        ($digits | Get-FeatureMap -Model $short -Layer conv1)[0].Values.Data[0] | Should -BeOfType ([float])
    }
}

Describe 'Import-CnnModel by path' {
    It 'gives the same model back: <As>' -ForEach @(
        @{ As = 'Path'; Given = { Import-CnnModel -Path $file } }
        @{ As = 'Path with wildcards'; Given = { Import-CnnModel -Path (Join-Path $TestDrive len*.safetensors) } }
        @{ As = 'LiteralPath'; Given = { Import-CnnModel -LiteralPath $file } }
        @{ As = 'files down the pipeline'; Given = { Get-ChildItem $file | Import-CnnModel } }
    ) {
        $model = & $Given
        $model.Architecture | Should -Be 'lenet5'
        $model.Source | Should -Be $file.FullName
        $model.WeightsHash | Should -Be (Import-CnnModel lenet5 -Seed 5).WeightsHash
    }

    It 'is an error of its own for a file that is not there, and the others go on' {
        $models = Import-CnnModel -Path (Join-Path $TestDrive nothing), $file -ErrorVariable failures -ErrorAction SilentlyContinue
        $models | Should -HaveCount 1
        $failures.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.ImportCnnModelCommand'
    }

    It 'says what is wrong with a file that is no model: <Name>' -ForEach @(
        @{ Name = 'short.safetensors' }
        @{ Name = 'text.safetensors' }
    ) {
        $failure = { Import-CnnModel -Path (Join-Path $TestDrive $Name) } |
            Should -Throw -PassThru -ErrorId 'CnnViz.ModelFileInvalid,CnnViz.Commands.ImportCnnModelCommand'
        $failure.Exception.Message | Should -Match $Name
    }
}

Describe 'The memory of a model' {
    It 'is freed by Dispose, and by the garbage collector where that is forgotten' {
        $before = Get-TensorCount
        $model = Import-CnnModel lenet5
        Get-TensorCount | Should -BeGreaterThan $before
        $model.Dispose()
        Get-TensorCount | Should -Be $before
        { Import-CnnModel (Join-Path $TestDrive short.safetensors) } | Should -Throw
        Get-TensorCount | Should -Be $before
    }
}

Describe 'What is shown of a model' {
    It 'is a line in a table, or a list' {
        $model = Import-CnnModel lenet5
        $model | Out-String | Should -Match 'lenet5 +lenet5 +1×28×28 +10 +222,150 +cpu'
        $model | Format-List | Out-String | Should -Match 'WeightsHash +: [0-9a-f]+'
    }
}
