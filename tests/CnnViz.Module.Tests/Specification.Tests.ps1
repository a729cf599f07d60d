# What holds for all cmdlets, and that the tests leave none of it out.
BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $root = Join-Path $PSScriptRoot '../..'
    $script:source = Get-Content -Raw (Join-Path $root 'src/CnnViz.Core/Errors/Errors.cs')
    $script:tests = @(Get-ChildItem (Join-Path $root 'tests') -Recurse -Include *.cs, *.ps1 | Where-Object FullName -NotMatch '[\\/](obj|bin)[\\/]' | Get-Content -Raw) -join "`n"
    $script:cmdlets = (Get-Module CnnViz).ExportedCmdlets.Values
}

Describe 'The tests' {
    It 'provoke every error id' {
        $ids = [regex]::Matches($source, 'new\(\s*"(\w+)"').ForEach{ $_.Groups[1].Value } | Sort-Object -Unique
        $ids.Count | Should -BeGreaterThan 40
        $ids.Where{ $tests -cnotmatch "['`"](CnnViz\.)?$_[,*'`"]" } | Should -BeNullOrEmpty
    }

    It 'have a file for every cmdlet' {
        $cmdlets.Name.Where{ -not (Test-Path (Join-Path $PSScriptRoot "$_.Tests.ps1")) } | Should -BeNullOrEmpty
    }

    It 'use every cmdlet and every parameter of it that chooses a parameter set' {
        foreach ($cmdlet in $cmdlets) {
            $own = Get-Content -Raw (Join-Path $PSScriptRoot "$($cmdlet.Name).Tests.ps1")
            if ($cmdlet.ParameterSets.Count -lt 2) { continue }
            foreach ($set in $cmdlet.ParameterSets) {
                # A set that is chosen by what comes down the pipeline has no parameter of its own to look for.
                $chosen = $set.Parameters.Where{ $_.IsMandatory -and -not $_.ValueFromPipeline -and $_.Position -lt 0 -and $cmdlet.Parameters[$_.Name].ParameterSets.Count -eq 1 }
                foreach ($parameter in $chosen) { $own -match "-$($parameter.Name)\b" | Should -BeTrue -Because "$($cmdlet.Name) has a set '$($set.Name)', which -$($parameter.Name) chooses" }
            }
        }
    }
}

Describe 'Every cmdlet that writes files' {
    It 'has -WhatIf and -Force' {
        $writing = $cmdlets.Where{ $_.Verb -eq 'Export' -or $_.Parameters.ContainsKey('CheckpointPath') -or $_.Parameters.ContainsKey('FramePath') }
        $writing.Count | Should -BeGreaterThan 6
        $writing.Where{ -not $_.Parameters.ContainsKey('WhatIf') }.Name | Should -BeNullOrEmpty
        $writing.Where{ -not $_.Parameters.ContainsKey('Force') }.Name | Should -BeNullOrEmpty
    }

    It 'leaves no files under -WhatIf, though it computes' {
        $folder = New-Item (Join-Path $TestDrive 'whatif') -ItemType Directory
        $checkpoint = Join-Path $folder 'run.safetensors'
        $model = Import-CnnModel lenet5-digits
        Invoke-ClassMaximization -Model $model -Class 3 -Step 2 -CheckpointPath $checkpoint -FramePath (Join-Path $folder 'run.gif') -FrameInterval 1 -WhatIf | Should -HaveCount 1
        Invoke-LeNetTraining (Get-FewDigits 64 32) -Epoch 1 -CheckpointPath $checkpoint -WhatIf 6>$null | Should -HaveCount 1
        Get-CnnSample digits -Index 0 | Invoke-DeepDream -Model $model -Step 1 -Octave 1 -Layer conv1 -CheckpointPath $checkpoint -WhatIf | Should -HaveCount 1
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }
}

Describe 'Output' {
    It 'is objects alone: nothing is written to the console' {
        $said = Invoke-Pwsh -NoProfile -Command {
            param($manifest)
            Import-Module $manifest
            $null = Get-CnnSample digits -Index 0 | Get-CnnPrediction -Model lenet5-digits
            $null = Get-CnnSample digits -Index 0 | Get-SaliencyMap -Model lenet5-digits
            $null = Invoke-ClassMaximization -Model lenet5-digits -Class 3 -Step 2
        } -args "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))" *>&1
        $said | Should -BeNullOrEmpty
    }
}

Describe 'A view' {
    BeforeAll {
        $script:model = Import-CnnModel lenet5-digits
        $digit = Get-CnnSample digits -Index 0
        $map = $digit | Get-SaliencyMap -Model $model
        $script:results = @(
            $digit, $map, $model
            $digit | Get-CnnPrediction -Model $model -Top 3
            $digit | Get-FeatureMap -Model $model -Layer conv1
            $map | Measure-SaliencyMap
            $digit | New-AdversarialExample -Model $model -Method FGSM -Force
            Invoke-ClassMaximization -Model $model -Class 3 -Step 2
            Get-CnnFilter -Model $model -Layer conv1
            Get-CnnLayer -Model $model
            $model.History
        )
    }

    It 'fits into <width> columns' -ForEach @{ Width = 80 }, @{ Width = 120 } {
        foreach ($result in $results) {
            $lines = ($result | Out-String -Width $Width) -split "`n"
            $lines.ForEach{ $_.Length } | ForEach-Object { $_ | Should -BeLessOrEqual $width }
            $lines -match '\.\.\.$|…\s*$' | Should -BeNullOrEmpty -Because "$($result.GetType().Name) is to be read whole"
        }
    }

    It 'of the picture is there for who asks' {
        foreach ($result in $results.Where{ $_ -isnot [CnnViz.CnnModel] -and $_ -isnot [CnnViz.LayerInfo] -and $_ -isnot [CnnViz.EpochResult] }) {
            $result | Format-Custom -View Picture | Out-String | Should -Match '▀▀▀' -Because $result.GetType().Name
        }
    }
}
