BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Invoke-CnnRecipe' {
    BeforeAll {
        $script:model = Import-CnnModel lenet5-digits
        $script:digits = Get-CnnSample digits -First 3
        $script:folder = Join-Path $TestDrive pictures
        $digits | Get-SaliencyMap -Model $model -Method GradCam | Export-CnnImage -Directory $folder -ColorMap magma
        $model | Invoke-ClassMaximization -Class 7 -Step 5 | Export-CnnImage (Join-Path $folder seven.png) -Recipe
    }

    It 'gives a result of the same kind' {
        $map = Invoke-CnnRecipe (Join-Path $folder 'test-1-GradCam-*.png')
        $map | Should -BeOfType CnnViz.SaliencyMap
        $map.Source | Should -Be 'digits/test#1'
        Invoke-CnnRecipe -LiteralPath (Join-Path $folder seven.png) | Should -BeOfType CnnViz.SynthesizedImage
    }

    It 'says that pictures are the same bit for bit' {
        $compared = Get-ChildItem $folder -Filter *.png | Invoke-CnnRecipe -Compare
        $compared | Should -HaveCount 4
        $compared.IsEqual | Should -Not -Contain $false
        $compared[0].Verdict | Should -Be 'the same bit for bit'
        $compared[0].Differences | Should -BeNullOrEmpty
    }

    It 'compares with the picture that a recipe was read from, or stands beside' {
        (Get-CnnRecipe (Join-Path $folder seven.png) | Invoke-CnnRecipe -Compare).IsEqual | Should -BeTrue
        (Invoke-CnnRecipe (Join-Path $folder seven.recipe.json) -Compare).Result | Should -BeOfType CnnViz.SynthesizedImage
    }

    It 'takes results of the readings and of the makings' {
        $results = @($digits | Get-CnnPrediction -Model $model -Top 1) + @($digits[0] | New-AdversarialExample -Model $model -Epsilon 0.1 -Step 3 -Force) +
            @(Get-CnnFilter -Model $model -Layer conv1 -Index 2) + @($digits[1] | Invoke-CnnConvolution @((0, 1), (-1, 0.5)))
        $compared = $results | Invoke-CnnRecipe -Compare
        $compared | Should -HaveCount 6
        $compared.IsEqual | Should -Not -Contain $false
    }

    It 'runs with another model only when told, and names what differs' {
        $other = New-CnnModel -Layer 'conv 6 5x5 same relu', 'maxpool 2', 'flatten', 'dense 10' -InputShape 1, 28, 28
        $path = (Get-ChildItem $folder -Filter 'test-0-*.png').FullName
        $recipe = Get-CnnRecipe $path
        { $recipe | Invoke-CnnRecipe -Model $other -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.RecipeInputDiffers,*'
        $digit = $digits[2]
        $null = Invoke-CnnRecipe $path -Image $digit -Force -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'SHA-256'
        $compared = Invoke-CnnRecipe $path -Image $digit -Compare
        $compared.IsEqual | Should -BeFalse
        $compared.DifferentCount | Should -BeGreaterThan 0
        $compared.Differences | Should -HaveCount 1
        $compared.Differences[0] | Should -Match '^Image: '
    }

    It 'names what is missing and what it cannot run' {
        $photo = Join-Path $TestDrive photo.png
        $digits[0] | Export-CnnImage $photo
        $map = Get-FeatureMap $photo conv1 -Model $model
        Remove-Item $photo
        $map | Invoke-CnnRecipe -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures[0].FullyQualifiedErrorId | Should -Be 'CnnViz.RecipeInputMissing,CnnViz.Commands.InvokeCnnRecipeCommand'
        $failures[0].Exception.Message | Should -Match '-Image'
        ($map | Invoke-CnnRecipe -Image $digits[0] -Compare).IsEqual | Should -BeTrue
        $sheet = $digits | Join-CnnImage
        { $sheet | Invoke-CnnRecipe -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.RecipeNotReplayable,*'
        { $map.Recipe | Invoke-CnnRecipe -Image $digits[0] -Compare -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,*'
    }

    It 'only says what it would do under -WhatIf' {
        Invoke-CnnRecipe (Join-Path $folder seven.png) -WhatIf | Should -BeNullOrEmpty
    }

    It 'trains again with the same dataset' {
        $small = (Import-CnnDataset digits).Train.Subset([int[]](0..255))
        $net = Invoke-LeNetTraining -Dataset $small -Epoch 1 -BatchSize 64
        $path = Join-Path $TestDrive net.safetensors
        $net | Export-CnnModel $path
        (Get-CnnRecipe $path).Operation | Should -Be Invoke-LeNetTraining
        (Invoke-CnnRecipe $path -Dataset $small -Compare).IsEqual | Should -BeTrue
        { Invoke-CnnRecipe $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.RecipeInputDiffers,*'
    }
}
