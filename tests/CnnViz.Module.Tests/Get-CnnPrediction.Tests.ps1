BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:pictures = Resolve-Path (Join-Path $PSScriptRoot '../data/images')
    $script:model = Import-CnnModel lenet5 -Seed 1
    $script:digits = 0..2 | ForEach-Object { New-DigitFile (Join-Path $TestDrive "digit$_.png") $_ }
    Set-Content (Join-Path $TestDrive notes.png) 'This is not a picture.'
    $bytes = [IO.File]::ReadAllBytes((Join-Path $pictures rgb.jpg))
    [IO.File]::WriteAllBytes((Join-Path $TestDrive broken.jpg), $bytes[0..($bytes.Length / 2)])
}

Describe 'Get-CnnPrediction' {
    It 'names the most probable classes of a picture, the most probable first' {
        $predictions = Get-CnnPrediction $digits[0].FullName -Model $model
        $predictions | Should -BeOfType ([CnnViz.Prediction])
        $predictions | ForEach-Object Rank | Should -Be (1..5)
        $predictions.Probability | Should -Be ($predictions.Probability | Sort-Object -Descending)
        $predictions[0].Label | Should -Be $model.Labels[$predictions[0].Class]
        $predictions[0].Source | Should -Be $digits[0].FullName
        $predictions[0].Model | Should -Be $model
    }

    It 'gives probabilities that come to 1 over all classes' {
        $sum = (Get-CnnPrediction $digits[0] -Model $model -Top 99).Probability | Measure-Object -Sum
        $sum.Count | Should -Be 10
        $sum.Sum | Should -BeGreaterThan 0.9999
        $sum.Sum | Should -BeLessThan 1.0001
    }

    It 'warns where an architecture by name has nothing but random weights' {
        $null = Get-CnnPrediction $digits[0] -Model lenet5 -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -Match 'random.*-Pretrained'
        $null = Get-CnnPrediction $digits[0] -Model lenet5-digits -WarningVariable none -WarningAction SilentlyContinue
        $none | Should -BeNullOrEmpty
    }

    It 'carries a recipe that says how it was made' {
        $recipe = (Get-CnnPrediction $digits[0] -Model $model -Top 1).Recipe
        $recipe.Operation | Should -Be 'Get-CnnPrediction'
        $recipe.Parameters['Top'] | Should -Be '1'
        $recipe.WeightsHash | Should -Be $model.WeightsHash
    }
}

Describe 'Pictures' {
    BeforeEach {
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'come as <As>' -ForEach @(
        @{ As = 'files down the pipeline'; Given = { Get-ChildItem digit*.png | Get-CnnPrediction -Model $model -Top 1 } }
        @{ As = 'paths down the pipeline'; Given = { 'digit0.png', 'digit1.png', 'digit2.png' | Get-CnnPrediction -Model $model -Top 1 } }
        @{ As = 'a path with wildcards'; Given = { Get-CnnPrediction digit*.png -Model $model -Top 1 } }
        @{ As = 'several paths'; Given = { Get-CnnPrediction digit0.png, digit[12].png -Model $model -Top 1 } }
        @{ As = 'an argument, the model down the pipeline'; Given = { $model | Get-CnnPrediction digit*.png -Top 1 } }
        @{ As = 'literal paths'; Given = { Get-CnnPrediction -LiteralPath digit0.png, digit1.png, digit2.png -Model $model -Top 1 } }
        @{ As = 'images in memory'; Given = { (Get-CnnPrediction digit*.png -Model $model -Top 1).Image | Get-CnnPrediction -Model $model -Top 1 } }
        @{ As = 'results, which bring their model'; Given = { Get-CnnPrediction digit*.png -Model $model -Top 1 | Get-CnnPrediction -Top 1 } }
    ) {
        $predictions = & $Given
        Split-Path $predictions.Source -Leaf | Should -Be 'digit0.png', 'digit1.png', 'digit2.png'
        $predictions.Model | Select-Object -Unique | Should -Be $model
        $logits = (Get-CnnPrediction $digits -Model $model -Top 1).Logit
        foreach ($i in 0..2) {
            [Math]::Abs($predictions[$i].Logit - $logits[$i]) | Should -BeLessThan 1e-5
        }
    }

    It 'may have names with brackets' {
        Copy-Item digit0.png 'digit[7].png' -Force
        (Get-CnnPrediction -LiteralPath 'digit[7].png' -Model $model -Top 1).Source | Should -Match 'digit\[7\]\.png$'
        (Get-ChildItem -LiteralPath 'digit[7].png' | Get-CnnPrediction -Model $model -Top 1) | Should -HaveCount 1
        Remove-Item -LiteralPath 'digit[7].png'
    }

    It 'in colour become grey for a grey model, and -Verbose says so' {
        $said = Get-CnnPrediction (Join-Path $pictures rgb.png) -Model $model -Top 1 -Verbose 4>&1
        $said[0].Message | Should -Match 'rgb.png: in colour, .* takes grey'
        $said[1].Image.Shape | Should -Be 1, 28, 28
    }

    It 'are taken as they are with -Preprocessing None, where they fit' {
        $bright = Get-CnnPrediction digit0.png -Model $model -Preprocessing None -Top 1
        $bright.Image.Shape | Should -Be 1, 28, 28
        Get-CnnPrediction (Join-Path $pictures rgb.png) -Model $model -Preprocessing None -ErrorVariable failure -ErrorAction SilentlyContinue |
            Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeExactly 'CnnViz.ShapeMismatch,CnnViz.Commands.GetCnnPredictionCommand'
        $failure.Exception.Message | Should -Match '-Preprocessing Standard'
    }
}

Describe 'A bad picture' {
    It 'is one error with its id, and the others go on: <Name>' -ForEach @(
        @{ Name = 'nothing.png'; Id = 'FileNotFound' }
        @{ Name = 'nothing*.png'; Id = 'FileNotFound' }
        @{ Name = 'notes.png'; Id = 'ImageUnreadable' }
        @{ Name = 'broken.jpg'; Id = 'ImageTruncated' }
        @{ Name = '.'; Id = 'ImageUnreadable' }
    ) {
        $predictions = $digits[0].FullName, (Join-Path $TestDrive $Name), $digits[1].FullName |
            Get-CnnPrediction -Model $model -Top 1 -ErrorVariable failures -ErrorAction SilentlyContinue
        $predictions.Source | Should -Be $digits[0].FullName, $digits[1].FullName
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly "CnnViz.$Id,CnnViz.Commands.GetCnnPredictionCommand"
    }

    It 'is a tensor of another shape' {
        $tensor = [CnnViz.CnnTensor]::new([float[]]::new(140), [int[]](7, 5, 4))
        $tensor | Get-CnnPrediction -Model $model -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -BeExactly 'CnnViz.ShapeMismatch,CnnViz.Commands.GetCnnPredictionCommand'
    }

    It 'is no picture at all' {
        { 5 | Get-CnnPrediction -Model $model -ErrorAction Stop } | Should -Throw '*no picture. Expected a path*'
    }
}

Describe 'A bad model' {
    It 'ends the pipeline: <Id>' -ForEach @(
        @{ Given = @{ Model = 'nothing' }; Id = 'ModelNotFound' }
        @{ Given = @{ Model = 'lenet5'; Device = 'cuda:77' }; Id = 'DeviceUnknown' }
    ) {
        { $digits | Get-CnnPrediction @Given } | Should -Throw -ErrorId "CnnViz.$Id,CnnViz.Commands.GetCnnPredictionCommand"
    }

    It 'has been disposed' {
        $gone = Import-CnnModel lenet5
        $gone.Dispose()
        { $digits | Get-CnnPrediction -Model $gone } | Should -Throw -ErrorId 'CnnViz.ModelDisposed,CnnViz.Commands.GetCnnPredictionCommand'
    }

    It 'is missing, and the message says what to give' {
        { $digits | Get-CnnPrediction } | Should -Throw '*give -Model where pictures are piped*'
    }
}

Describe 'The pipeline' {
    It 'gives each result as soon as its batch is full' {
        $read = [Collections.Generic.List[int]]::new()
        $first = 0..9 | ForEach-Object { $read.Add($_); $digits[0] } | Get-CnnPrediction -Model $model -Top 1 -BatchSize 3 | Select-Object -First 1
        $first.Rank | Should -Be 1
        $read | Should -HaveCount 3
    }

    It 'gives the results in the order of the pictures, whatever the batch' {
        $sources = ($digits * 3 | Get-CnnPrediction -Model $model -Top 2 -BatchSize 4).Source
        $sources | Should -Be ($digits * 3 | ForEach-Object { $_.FullName, $_.FullName })
    }

    It 'asks several models about a picture' {
        'lenet5', 'lenet5-3x3' | Get-CnnPrediction $digits[0] -Top 1 | ForEach-Object { $_.Model.Name } | Should -Be 'lenet5', 'lenet5-3x3'
    }

    It 'loads a model given by name once' {
        $models = ($digits | Get-CnnPrediction -Model lenet5 -Top 1 -BatchSize 1).Model
        $models | Should -HaveCount 3
        [object]::ReferenceEquals($models[0], $models[2]) | Should -BeTrue
    }

    It 'takes a picture and a model from the properties of any object' {
        $bag = [pscustomobject]@{ Image = Import-CnnImage $digits[0]; Model = $model }
        ($bag | Get-CnnPrediction -Top 1).Image.Source | Should -Be $digits[0].FullName
        [pscustomobject]@{ Model = $model } | Get-CnnLayer | Should -Not -BeNullOrEmpty
    }

    It 'says that a network that ends in maps has no classes, and that its filters are not random' {
        { $digits[0] | Get-CnnPrediction -Model four-filters -WarningVariable warning -ErrorAction Stop } |
            Should -Throw -ErrorId 'CnnViz.ModelWithoutClasses,CnnViz.Commands.GetCnnPredictionCommand'
        $warning | Should -BeNullOrEmpty
    }

    It 'goes on after a name that is no pattern' {
        'photo[.png', $digits[0] | Get-CnnPrediction -Model $model -Top 1 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.GetCnnPredictionCommand'
    }

    It 'leaves no tensor behind, however it ends' {
        $before = Get-TensorCount
        $null = $digits | Get-CnnPrediction -Model $model
        $null = $digits | Get-CnnPrediction -Model $model -BatchSize 1 | Select-Object -First 1
        $null = 'nothing.png', $digits[0] | Get-CnnPrediction -Model $model -ErrorAction SilentlyContinue
        { 'nothing.png' | Get-CnnPrediction -Model $model -ErrorAction Stop } | Should -Throw
        Get-TensorCount | Should -Be $before
    }

    It 'lets downstream cmdlets compute in between' {
        $maps = $digits | Get-CnnPrediction -Model $model -Top 1 -BatchSize 1 | Get-FeatureMap -Layer conv1 -BatchSize 1
        $maps.Image.Source | Should -Be $digits.FullName
    }
}

Describe 'What is shown of a prediction' {
    It 'is a table for each picture, without the model' {
        $text = Get-CnnPrediction $digits[0] -Model $model -Top 2 | Out-String
        $text | Should -Match 'Image: .*digit0.png'
        $text | Should -Match 'Rank +Class +Label +Probability'
        $text | Should -Not -Match 'Model|Recipe'
    }

    It 'travels without the model' {
        $prediction = Get-CnnPrediction $digits[0] -Model $model -Top 1
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($prediction))
        $copy.Label | Should -Be $prediction.Label
        $copy.Model | Should -BeNullOrEmpty
    }
}
