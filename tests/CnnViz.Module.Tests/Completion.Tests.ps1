# What Tab offers.
BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    function Get-Completion([string] $Line) { @((TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText) }
}

Describe 'Completion of the names' {
    It 'of <What>' -ForEach @(
        @{ What = 'models'; Line = 'Get-CnnPrediction x.png -Model lenet5-d'; Offered = 'lenet5-digits' }
        @{ What = 'models to import'; Line = 'Import-CnnModel resnet1'; Offered = 'resnet18' }
        @{ What = 'architectures'; Line = 'Import-CnnModel x.pth -Architecture densenet12'; Offered = 'densenet121' }
        @{ What = 'architectures to list'; Line = 'Get-CnnArchitecture squeezenet1_1'; Offered = 'squeezenet1_1' }
        @{ What = 'methods of saliency'; Line = 'Get-SaliencyMap -Method Deconv'; Offered = 'Deconvnet' }
        @{ What = 'methods of attacks'; Line = 'New-AdversarialExample -Method DeepF'; Offered = 'DeepFool' }
        @{ What = 'presets of style transfer'; Line = 'Invoke-StyleTransfer -Preset Gat'; Offered = 'Gatys' }
        @{ What = 'colour maps'; Line = 'Show-CnnImage x.png -ColorMap tu'; Offered = 'turbo' }
        @{ What = 'protocols'; Line = 'Show-CnnImage x.png -Protocol Six'; Offered = 'Sixel' }
        @{ What = 'datasets'; Line = 'Import-CnnDataset pat'; Offered = 'patterns' }
        @{ What = 'classes of a dataset'; Line = 'Get-CnnSample patterns -Class spir'; Offered = 'spirals' }
        @{ What = 'variations of training'; Line = 'Invoke-CnnTraining lenet5 digits -Augmentation fl'; Offered = 'flip' }
        @{ What = 'regularisations'; Line = 'Invoke-ClassMaximization -Regularization unit'; Offered = "'unitnorm mean'" }
        @{ What = 'filters'; Line = 'Invoke-CnnConvolution x.png -Kernel Emb'; Offered = 'Emboss' }
        @{ What = 'layers to build of'; Line = 'New-CnnModel conv'; Offered = 'conv' }
        @{ What = 'devices'; Line = 'Import-CnnModel lenet5 -Device cud'; Offered = 'cuda' }
        @{ What = 'formats of files'; Line = 'Export-CnnImage -Directory x -Format saf'; Offered = 'safetensors' }
        @{ What = 'objectives'; Line = 'Get-SaliencyMap -Model lenet5-digits -Objective neur'; Offered = 'neuron' }
    ) {
        Get-Completion $Line | Should -Contain $Offered
    }

    It 'of classes, quoted where they have spaces' {
        Get-Completion 'New-AdversarialExample x.png -Model squeezenet1_1 -Target egyp' | Should -Be "'Egyptian cat'"
        Get-Completion 'Invoke-ClassMaximization -Model patternnet -Class spir' | Should -Be 'spirals'
    }
}

Describe 'Completion of the layers of the model in hand' {
    BeforeAll {
        $global:completionModel = Import-CnnModel lenet5-digits
        $global:completionResult = Get-CnnSample digits -Index 0 | Get-CnnPrediction -Model $completionModel
        $global:completionList = @($completionModel)
    }

    AfterAll {
        Remove-Variable completionModel, completionResult, completionList -Scope Global
    }

    It 'which <Where>' -ForEach @(
        @{ Where = 'is a name'; Line = 'Get-FeatureMap x.png -Model lenet5-digits -Layer po' }
        @{ Where = 'is a variable'; Line = 'Get-FeatureMap x.png -Model $completionModel -Layer po' }
        @{ Where = 'is written behind'; Line = 'Get-FeatureMap x.png -Model (Import-CnnModel lenet5-digits) -Layer po' }
        @{ Where = 'comes down the pipeline'; Line = '$completionModel | Get-FeatureMap x.png -Layer po' }
        @{ Where = 'comes down the pipeline as one of several'; Line = '$completionList | Get-FeatureMap x.png -Layer po' }
        @{ Where = 'a result carries'; Line = '$completionResult | Get-SaliencyMap -Method GradCam -Layer po' }
        @{ Where = 'is imported in front'; Line = 'Import-CnnModel lenet5-digits | Get-FeatureMap x.png -Layer po' }
        @{ Where = 'is imported further up'; Line = 'Import-CnnModel -Name lenet5-digits | Get-CnnPrediction x.png | Get-SaliencyMap -Method GradCam -Layer po' }
        @{ Where = 'a command further up names'; Line = 'Get-ChildItem *.png | Get-CnnPrediction -Model lenet5-digits | Get-SaliencyMap -Layer po' }
        @{ Where = 'a line before assigns'; Line = "`$completionLater = Import-CnnModel lenet5-digits`nGet-FeatureMap x.png -Model `$completionLater -Layer po" }
    ) {
        Get-Completion $Line | Should -Be 'pool1', 'pool2'
    }

    It 'which is the reference of a comparison' {
        Get-Completion 'Compare-CnnModel lenet5-digits other.safetensors x.png -Layer po' | Should -Be 'pool1', 'pool2'
    }

    It 'offers nothing of its own, and throws nothing, where no model is known' {
        foreach ($line in 'Get-FeatureMap x.png -Model no-such-model -Layer po', 'Get-FeatureMap -Layer po', '$null | Get-FeatureMap -Layer po', 'Get-FeatureMap -Model $noSuchVariable -Layer po',
            'Get-FeatureMap -Model (', '| Get-FeatureMap -Layer po', 'Get-CnnSample no-such-dataset -Class x', 'Get-FeatureMap -Model "$(throw 1)" -Layer po') {
            { Get-Completion $line } | Should -Not -Throw
            Get-Completion $line | Should -Not -Contain 'pool1'
        }
    }
}

Describe 'Completion' {
    It 'is quick, and needs no libtorch' -Skip:(-not $IsLinux) {
        $said = Invoke-Pwsh -NoProfile -Command {
            param($manifest)
            Import-Module $manifest
            $lines = 'Import-CnnModel patternnet | Get-FeatureMap x.png -Layer ', 'Get-SaliencyMap -Model resnet18 -Target ', 'Get-CnnSample patterns -Class ', 'Show-CnnImage -ColorMap '
            foreach ($line in $lines) { $null = TabExpansion2 $line $line.Length }
            foreach ($line in $lines) { (Measure-Command { $null = TabExpansion2 $line $line.Length }).TotalMilliseconds }
            @((Get-Content /proc/self/maps) -match 'libtorch|libc10|libSkiaSharp').Count
        } -args "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))"
        $times = [double[]]$said[0..3]
        Write-Host "      Completion took $($times.ForEach{ '{0:n0}' -f $_ } -join ', ') ms."
        # Far above the usual, for machines under load.
        $times | ForEach-Object { $_ | Should -BeLessThan 2000 }
        $said[4] | Should -Be 0
    }
}
