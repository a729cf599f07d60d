BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:manifest = Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1')

    # A fresh pwsh: what is loaded, and when, is a matter of the whole process.
    function Invoke-FreshShell([scriptblock] $Script) {
        Invoke-Pwsh -NoProfile -NonInteractive -Command $Script -args "$manifest"
    }
}

Describe 'The module' {
    BeforeAll {
        Import-Module $manifest -Force
    }

    It 'has a valid manifest with the version of its assemblies' {
        (Test-ModuleManifest $manifest -ErrorAction Stop).Version | Should -Be ([CnnViz.CnnTensor].Assembly.GetName().Version.ToString(3))
    }

    It 'exports the cmdlets that are written, each by name' {
        $assembly = (Get-Command Test-CnnRuntime).ImplementingType.Assembly
        $written = foreach ($type in $assembly.GetTypes()) {
            foreach ($attribute in $type.GetCustomAttributes([System.Management.Automation.CmdletAttribute], $false)) {
                "$($attribute.VerbName)-$($attribute.NounName)"
            }
        }
        $exported = (Import-PowerShellDataFile $manifest).CmdletsToExport
        $exported | Sort-Object | Should -Be ($written | Sort-Object)
        (Get-Module CnnViz).ExportedCmdlets.Keys | Sort-Object | Should -Be ($written | Sort-Object)
    }

    It 'gives each cmdlet an approved verb, an output type and a class named after it' {
        foreach ($cmdlet in (Get-Module CnnViz).ExportedCmdlets.Values) {
            $cmdlet.Verb | Should -BeIn (Get-Verb).Verb
            $cmdlet.OutputType | Should -Not -BeNullOrEmpty -Because $cmdlet.Name
            $cmdlet.ImplementingType.FullName | Should -BeExactly "CnnViz.Commands.$($cmdlet.Verb)$($cmdlet.Noun)Command"
        }
    }

    It 'exports the aliases that the cmdlets declare' {
        $declared = foreach ($cmdlet in (Get-Module CnnViz).ExportedCmdlets.Values) {
            $cmdlet.ImplementingType.GetCustomAttributes([System.Management.Automation.AliasAttribute], $false).AliasNames
        }
        @((Get-Module CnnViz).ExportedAliases.Keys) | Sort-Object | Should -Be @($declared | Sort-Object)
    }

    It 'lets every public type of the namespace CnnViz be named' {
        $core = [CnnViz.CnnTensor].Assembly
        foreach ($type in $core.GetExportedTypes().Where{ $_.Namespace -eq 'CnnViz' -and -not $_.IsNested }) {
            $type.FullName -as [type] | Should -Be $type -Because "$($type.Name) belongs into TypeForwards.cs"
        }
    }

    It 'keeps its assemblies apart from those of PowerShell' {
        $context = [System.Runtime.Loader.AssemblyLoadContext]
        $context::GetLoadContext([CnnViz.CnnTensor].Assembly).Name | Should -Be 'CnnViz'
        $context::Default.Assemblies.GetName().Name | Should -Not -Contain 'CnnViz.Core'
    }
}

Describe 'Importing' {
    It 'loads no native library' {
        if (-not $IsLinux) {
            Set-ItResult -Skipped -Because 'it reads /proc/self/maps'
        }
        $loaded = Invoke-FreshShell {
            Import-Module $args[0]
            $null = Get-Command -Module CnnViz
            Get-Content /proc/self/maps
        }
        $loaded -match 'CnnViz\.dll' | Should -Not -BeNullOrEmpty
        $loaded -match 'libtorch|libc10|LibTorchSharp|libSkiaSharp' | Should -BeNullOrEmpty
    }

    It 'works again with -Force and after Remove-Module' {
        $names = Invoke-FreshShell {
            Import-Module $args[0]
            Import-Module $args[0] -Force
            Import-Module $args[0] -Force
            "forced: $((Get-Command -Module CnnViz).Count)"
            Remove-Module CnnViz
            "removed: $((Get-Command -Module CnnViz).Count)"
            Import-Module $args[0]
            "again: $((Get-Command -Module CnnViz).Count)"
            (Test-CnnRuntime -SkipSpeedCheck).GetType().FullName
        }
        $count = (Import-PowerShellDataFile $manifest).CmdletsToExport.Count
        $names | Should -Be "forced: $count", 'removed: 0', "again: $count", 'CnnViz.RuntimeReport'
    }

    It 'works in several runspaces at once' {
        $answers = Invoke-FreshShell {
            $manifest = $args[0]
            1..3 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                (Test-CnnRuntime -SkipSpeedCheck).LibTorchVersion
            }
        }
        $answers | Should -HaveCount 3
        $answers | Select-Object -Unique | Should -HaveCount 1
    }

    It 'takes a fraction of a second' {
        $milliseconds = Invoke-FreshShell {
            $manifest = $args[0]
            (Measure-Command { Import-Module $manifest }).TotalMilliseconds
        }
        Write-Host "      Import-Module took $([int][double]$milliseconds) ms in a fresh pwsh."
        # Far above the usual 0.2 s, for machines under load; libtorch alone would take longer.
        [double]$milliseconds | Should -BeLessThan 5000
    }
}
