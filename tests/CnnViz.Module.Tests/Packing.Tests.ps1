# The packed module: what a gallery gives, imported by its name in a fresh pwsh.
BeforeAll {
    $script:root = Resolve-Path (Join-Path $PSScriptRoot '../..')
    $script:manifest = Import-PowerShellDataFile (Join-Path $root CnnViz.psd1)
    $script:packed = Join-Path $TestDrive 'packed/'
    $backend = Get-Content (Join-Path $root bin/torch-backend) -ErrorAction Ignore
    $project = Join-Path $root src/CnnViz.Module/CnnViz.Module.csproj
    $script:said = dotnet msbuild $project -t:PackModule -p:Configuration=Release "-p:TorchBackend=$($backend ?? 'System')" "-p:PackDirectory=$packed" -nologo 2>&1
    $script:packingFailed = $LASTEXITCODE

    function Invoke-FreshPwsh([string] $Code) {
        $before = $env:PSModulePath
        try {
            $env:PSModulePath = $packed
            Push-Location (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory)
            Invoke-Pwsh -NoProfile -NonInteractive -Command $Code 2>&1 | Out-String
        }
        finally {
            Pop-Location
            $env:PSModulePath = $before
        }
    }
}

Describe 'The packed module' {
    It 'is made without an error' {
        $packingFailed | Should -Be 0 -Because ($said -join "`n")
    }

    It 'is imported by its name from any folder, and predicts' {
        $result = Invoke-FreshPwsh 'Import-Module CnnViz; "$((Get-Module CnnViz).Version)"; Get-CnnSample digits -Class 7 -First 1 | Get-CnnPrediction -Model lenet5-digits -Top 1 | ForEach-Object Label'
        $result | Should -Match ([regex]::Escape($manifest.ModuleVersion))
        $result.Trim()[-1] | Should -Be '7'
    }

    It 'is found by one of its cmdlets, without an import' {
        Invoke-FreshPwsh '(Get-Command Get-SaliencyMap).ModuleName' | Should -Match 'CnnViz'
    }

    It 'builds its libraries where they are missing' -Skip:(-not (Test-Path (Join-Path $PSScriptRoot '../../bin/module/native'))) {
        $folder = Join-Path $packed "CnnViz/$($manifest.ModuleVersion)/bin/module"
        Remove-Item (Join-Path $folder 'libcnnviz_*.so')
        Invoke-FreshPwsh 'Get-CnnSample digits -First 1 | Get-CnnPrediction -Model lenet5-digits' | Should -Match 'Install-CnnRuntime'
        Invoke-FreshPwsh '$null = Install-CnnRuntime; (Get-CnnSample digits -Class 4 -First 1 | Get-CnnPrediction -Model lenet5-digits -Top 1).Label' | Should -Match '4'
    }

    It 'has a package for a gallery, with its version, tags and files' {
        $package = Get-Item (Join-Path $packed "CnnViz.$($manifest.ModuleVersion).nupkg")
        $package.Length | Should -BeLessThan 50MB
        $zip = [System.IO.Compression.ZipFile]::OpenRead($package)
        try {
            $zip.Entries.FullName | Should -Contain 'CnnViz.psd1'
            $zip.Entries.FullName | Should -Contain 'bin/module/CnnViz.dll'
            $zip.Entries.FullName | Should -Not -Contain 'bin/module/CnnViz.pdb'
            $reader = [System.IO.StreamReader]::new($zip.GetEntry('CnnViz.nuspec').Open())
            $metadata = ([xml]$reader.ReadToEnd()).package.metadata
        }
        finally {
            $zip.Dispose()
        }
        $metadata.id | Should -Be 'CnnViz'
        $metadata.version | Should -Be $manifest.ModuleVersion
        $tags = -split $metadata.tags
        $tags | Should -Contain 'PSModule'
        foreach ($cmdlet in $manifest.CmdletsToExport) {
            $tags | Should -Contain "PSCmdlet_$cmdlet"
        }
    }
}
