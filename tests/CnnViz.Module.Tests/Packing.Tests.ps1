# The packed module: published to a gallery, installed from it, and used in a fresh pwsh.
BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:root = Resolve-Path (Join-Path $PSScriptRoot '../..')
    $script:manifest = Import-PowerShellDataFile (Join-Path $root CnnViz.psd1)
    $script:version = $manifest.ModuleVersion
    $script:packed = Join-Path $TestDrive 'packed/'
    $script:gallery = (New-Item (Join-Path $TestDrive gallery) -ItemType Directory).FullName
    $script:packages = Split-Path (Split-Path (Get-Content (Join-Path $root bin/pester.txt)))
    $project = Join-Path $root src/CnnViz.Module/CnnViz.Module.csproj
    $script:said = dotnet msbuild $project -t:PackModule -p:Configuration=Release "-p:PackDirectory=$packed" -nologo 2>&1
    $script:packingFailed = $LASTEXITCODE

    $script:modules = (New-Item (Join-Path $TestDrive 'home/.local/share/powershell/Modules') -ItemType Directory).FullName

    # A user's own folders are not touched: repositories, modules and libtorch go below $TestDrive.
    function Invoke-FreshPwsh([string] $Code) {
        $before = @{}
        $set = @{
            PSModulePath = $modules; HOME = (Join-Path $TestDrive home); XDG_DATA_HOME = (Join-Path $TestDrive home/.local/share)
            LOCALAPPDATA = (Join-Path $TestDrive home); XDG_CACHE_HOME = (Join-Path $TestDrive cache)
        }
        foreach ($name in $set.Keys) {
            $before[$name] = [Environment]::GetEnvironmentVariable($name)
            [Environment]::SetEnvironmentVariable($name, $set[$name])
        }
        try {
            Push-Location (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory)
            Invoke-Pwsh -NoProfile -NonInteractive -Command $Code 2>&1 | Out-String
        }
        finally {
            Pop-Location
            foreach ($name in $before.Keys) {
                [Environment]::SetEnvironmentVariable($name, $before[$name])
            }
        }
    }

    $script:predict = '(Get-CnnSample digits -Class 7 -First 1 | Get-CnnPrediction -Model lenet5-digits -Top 1).Label'
}

Describe 'The packed module' {
    It 'is made without an error' {
        $packingFailed | Should -Be 0 -Because ($said -join "`n")
    }

    It 'has the libraries of all platforms, the notices, and no libtorch' {
        $folder = Join-Path $packed "CnnViz/$version"
        foreach ($path in 'LICENSE', 'THIRD-PARTY-NOTICES.txt', 'bin/module/runtimes/linux-x64/native/libLibTorchSharp.so', 'bin/module/runtimes/linux-x64/native/libSkiaSharp.so',
            'bin/module/runtimes/osx-arm64/native/libLibTorchSharp.dylib', 'bin/module/runtimes/osx-arm64/native/libSkiaSharp.dylib',
            'bin/module/runtimes/win-x64/native/LibTorchSharp.dll', 'bin/module/runtimes/win-x64/native/libSkiaSharp.dll') {
            Join-Path $folder $path | Should -Exist
        }
        (Get-ChildItem $folder -Recurse -File).Name | Should -Not -Match 'torch_cpu|c10|libgomp|\.pdb$'
        (Get-ChildItem $folder -Recurse -File | Measure-Object Length -Sum).Sum | Should -BeLessThan 80MB
    }

    It 'is published to a gallery and installed from it' {
        $published = Invoke-FreshPwsh "
            Register-PSResourceRepository local -Uri '$gallery' -Trusted
            Publish-PSResource -Path '$(Join-Path $packed "CnnViz/$version")' -Repository local
            # Windows' folder of modules cannot be another for one process.
            if (`$IsWindows) { Save-PSResource CnnViz -Repository local -TrustRepository -Path '$modules' }
            else { Install-PSResource CnnViz -Repository local -TrustRepository }
            (Get-InstalledPSResource CnnViz -Path '$modules').Version.ToString()"
        $published.Trim() | Should -Be $version
        Join-Path $gallery "CnnViz.$version.nupkg" | Should -Exist
    }

    It 'is found by one of its cmdlets, without an import, by its name and its version' {
        $found = Invoke-FreshPwsh '(Get-Command Get-SaliencyMap).ModuleName; Import-Module CnnViz; "$((Get-Module CnnViz).Version)"; (Get-Module CnnViz).Path'
        $found | Should -Match "CnnViz\s+$([regex]::Escape($version))"
        $found | Should -Match ([regex]::Escape($modules))
    }

    It 'says what to do as long as there is no libtorch, and copies none' {
        $before = (Get-ChildItem $TestDrive -Recurse -File).Count
        $answer = Invoke-FreshPwsh "try { $predict } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
        $answer | Should -Match 'CnnViz\.RuntimeMissing,'
        $answer | Should -Match 'Install-CnnRuntime'
        $answer | Should -Not -Match 'LoadNativeBackend'
        (Get-ChildItem $TestDrive -Recurse -File).Count | Should -Be $before
    }

    It 'reads pictures without libtorch' {
        $jpeg = Join-Path $TestDrive digit.jpg
        Get-CnnSample digits -First 1 | Export-CnnImage $jpeg
        (Invoke-FreshPwsh "(Import-CnnImage '$jpeg').Width").Trim() | Should -Be '28'
    }

    It 'installs libtorch from a feed and predicts, in the same session and in the next' {
        $platform = (Get-ChildItem $packages -Directory -Filter 'libtorch-cpu-*').Name | Where-Object { $_ -match $(if ($IsWindows) { 'win' } elseif ($IsMacOS) { 'osx' } else { 'linux' }) }
        $feed = Join-Path $packages "$platform/2.10.0"
        $answer = Invoke-FreshPwsh "
            try { $predict } catch { `$_.FullyQualifiedErrorId }
            `$report = Install-CnnRuntime -Source '$feed'
            `$report.LibTorchDirectory
            $predict"
        $lines = -split $answer
        $lines[0] | Should -Match 'RuntimeMissing'
        $lines[1] | Should -Be (Get-ChildItem (Join-Path $TestDrive cache/cnnviz/libtorch/2.10.0) -Directory).FullName
        $lines[2] | Should -Be '7'
        (Invoke-FreshPwsh $predict).Trim() | Should -Be '7'
        (Get-ChildItem (Join-Path $TestDrive cache/cnnviz/libtorch) -Recurse -File).Name | Should -Not -Match 'python|test|\.part$|\.lock$'
    }

    It 'names a feed that lacks the package' {
        $answer = Invoke-FreshPwsh "try { Install-CnnRuntime -Force -Source '$gallery' } catch { `$_.FullyQualifiedErrorId; `$_.Exception.Message }"
        $answer | Should -Match 'CnnViz\.RuntimePackageMissing,'
        $answer | Should -Match ([regex]::Escape($gallery))
    }
}

Describe 'The checkout' {
    It 'holds libtorch once' {
        $name = if ($IsWindows) { 'torch_cpu.dll' } elseif ($IsMacOS) { 'libtorch_cpu.dylib' } else { 'libtorch_cpu.so' }
        @(Get-ChildItem $root -Recurse -File -Filter $name).Count | Should -Be 1
    }
}
