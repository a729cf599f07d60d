#!/usr/bin/env pwsh
#requires -Version 7.4
<#
.SYNOPSIS
Builds, tests, shows and packs CnnViz.
.DESCRIPTION
Build: the module (Import-Module ./CnnViz.psd1) and the command line (bin/cnnviz).
Test: builds and runs all tests; the last line counts them.
Demo: builds and runs the tour: out/tour/index.html.
Pack: builds and packs the module: bin/pack.
Docs: builds, writes the cmdlets' facts into the pages of docs/cmdlets, and drafts of what has no page yet.
build.sh has the same words where PowerShell is not there yet, and installs what is missing.
.EXAMPLE
./build.ps1 Test
.EXAMPLE
./build.ps1 Build -Torch System
#>
[CmdletBinding()]
param(
    # What to do.
    [Parameter(Mandatory, Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Pack', 'Docs')]
    [string] $Task,

    # NuGet: TorchSharp and its libtorch. System: the libtorch on this machine. Without it: NuGet where its packages can be restored, else System.
    [ValidateSet('NuGet', 'System')]
    [string] $Torch
)

$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
Set-Location $PSScriptRoot
$env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = 1
$env:DOTNET_CLI_UI_LANGUAGE = 'en'

function Get-TorchBackend {
    param([string] $Requested)
    # The system's libtorch is used through libraries built with CMake on Linux; elsewhere there is NuGet alone.
    if ($IsWindows) {
        return 'NuGet'
    }
    $arguments = if ($Requested) { '--torch', $Requested }
    bash ./build.sh prepare @arguments | Tee-Object -Variable said | Out-Host
    ($said | Select-String '^Torch backend: (\w+)$').Matches[0].Groups[1].Value
}

function Build-Solution {
    param([string] $Backend)
    # The other backend's assemblies must not stay beside this one's.
    if ((Test-Path bin/torch-backend) -and (Get-Content bin/torch-backend) -ne $Backend) {
        Remove-Item bin/module -Recurse
        Get-ChildItem bin -File | Remove-Item
    }
    dotnet build CnnViz.slnx -c Release "-p:TorchBackend=$Backend" --verbosity quiet | Out-Host
    Set-Content bin/torch-backend $Backend
}

function Invoke-AllTest {
    param([string] $Backend)
    $PSNativeCommandUseErrorActionPreference = $false
    $pwsh = [Environment]::ProcessPath
    $runs = @(
        { dotnet test "tests/CnnViz.Core.Tests/bin/$Backend/Release/net10.0/CnnViz.Core.Tests.dll" }
        { dotnet test "tests/CnnViz.Cli.Tests/bin/$Backend/Release/net10.0/CnnViz.Cli.Tests.dll" }
        # A fresh process: this one may hold the module already.
        { & $pwsh -NoProfile -NonInteractive -File tests/CnnViz.Module.Tests/Invoke-ModuleTest.ps1 }
    )
    $passed = $failed = $skipped = $broken = 0
    foreach ($run in $runs) {
        & $run | Tee-Object -Variable lines | Out-Host
        $broken += [int]($LASTEXITCODE -ne 0)
        # Each prints a line that counts: Failed: 0, Passed: 12, Skipped: 0
        foreach ($match in ($lines | Select-String 'Failed: *(\d+), Passed: *(\d+), Skipped: *(\d+)').Matches) {
            $failed += [int]$match.Groups[1].Value
            $passed += [int]$match.Groups[2].Value
            $skipped += [int]$match.Groups[3].Value
        }
    }
    $failed = [Math]::Max($failed, $broken)
    "$passed passed, $failed failed, $skipped skipped"
    exit [int]($failed -gt 0)
}

$backend = Get-TorchBackend $Torch
Build-Solution $backend
$module = 'src/CnnViz.Module/CnnViz.Module.csproj', '-p:Configuration=Release', "-p:TorchBackend=$backend", '-v:minimal'
switch ($Task) {
    'Test' { Invoke-AllTest $backend }
    'Demo' { & ./bin/cnnviz tour --directory out/tour }
    'Pack' { dotnet msbuild @module -t:PackModule }
    'Docs' { dotnet msbuild @module -t:UpdateHelp }
}
