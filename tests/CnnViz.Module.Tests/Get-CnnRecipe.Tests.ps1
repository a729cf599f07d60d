BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Get-CnnRecipe' {
    BeforeAll {
        $script:digits = Get-CnnSample digits -First 2
        $script:maps = $digits | Get-FeatureMap -Model lenet5-digits -Layer conv1
        $maps | Export-CnnImage -Directory (Join-Path $TestDrive maps)
        $script:file = Get-ChildItem (Join-Path $TestDrive maps) | Select-Object -First 1
    }

    It 'reads how a picture was made out of its file' {
        $recipe = Get-CnnRecipe $file.FullName
        $recipe | Should -BeOfType CnnViz.Recipe
        $recipe.Operation | Should -Be Get-FeatureMap
        $recipe.Parameters['Layer'] | Should -Be conv1
        $recipe.Inputs.Name | Should -Be Image, Model
        $recipe.Inputs[0].Source | Should -Be 'digits/test#0'
        $recipe.Inputs[0].Sha256 | Should -Match '^[0-9a-f]{64}$'
        $recipe.Path | Should -Be $file.FullName
    }

    It 'takes wildcards, files and results' {
        Get-CnnRecipe (Join-Path $TestDrive 'maps/*.png') | Should -HaveCount 2
        (Get-CnnRecipe -LiteralPath $file.FullName).Operation | Should -Be Get-FeatureMap
        (Get-ChildItem (Join-Path $TestDrive maps) | Get-CnnRecipe).Operation | Should -Be Get-FeatureMap, Get-FeatureMap
        ($maps[1] | Get-CnnRecipe).BatchIndex | Should -Be 1
    }

    It 'reads the JSON that Export-CnnImage -Recipe writes beside a file' {
        $path = Join-Path $TestDrive beside.npy
        $maps[0] | Export-CnnImage $path -Recipe
        Join-Path $TestDrive beside.recipe.json | Should -Exist
        (Get-CnnRecipe $path).Operation | Should -Be Get-FeatureMap
        (Get-CnnRecipe (Join-Path $TestDrive beside.recipe.json)).Parameters['Layer'] | Should -Be conv1
        { $maps[0] | Export-CnnImage $path -Recipe -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputExists,*'
        $maps[0] | Export-CnnImage (Join-Path $TestDrive unwritten.png) -Recipe -WhatIf
        Join-Path $TestDrive unwritten.recipe.json | Should -Not -Exist
    }

    It 'says which file has no recipe, and goes on' {
        $digits[0] | Export-CnnImage (Join-Path $TestDrive plain.png)
        $recipes = (Join-Path $TestDrive plain.png), $file.FullName | Get-CnnRecipe -ErrorVariable failures -ErrorAction SilentlyContinue
        $recipes | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -Be 'CnnViz.RecipeNotFound,CnnViz.Commands.GetCnnRecipeCommand'
        { Get-CnnRecipe (Join-Path $TestDrive missing.png) -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.FileNotFound,*'
        { Get-Date | Get-CnnRecipe -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.RecipeNotFound,*'
    }
}
