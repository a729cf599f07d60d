#!/usr/bin/env pwsh
#requires -Version 5.1
<#
.SYNOPSIS
Builds, tests, shows and packs CnnViz with the .NET SDK alone.
.DESCRIPTION
Build: the module (Import-Module ./CnnViz.psd1) and the command line (bin/cnnviz).
Test: builds and runs all tests; the last line counts them.
Demo: builds and runs the tour: out/tour/index.html.
Pack: builds and packs the module: bin/pack.
Docs: builds, writes the cmdlets' facts into the pages of docs/cmdlets, and drafts of what has no page yet.
build.sh has the same words where there is no PowerShell.
.EXAMPLE
./build.ps1 Test
#>
[CmdletBinding()]
param(
    # What to do.
    [Parameter(Mandatory, Position = 0)]
    [ValidateSet('Build', 'Test', 'Demo', 'Pack', 'Docs')]
    [string] $Task
)

$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
$env:DOTNET_NOLOGO = $env:DOTNET_CLI_TELEMETRY_OPTOUT = $env:POWERSHELL_TELEMETRY_OPTOUT = 1
$env:DOTNET_CLI_UI_LANGUAGE = 'en'
$env:POWERSHELL_UPDATECHECK = 'Off'

function Invoke-DotNet {
    dotnet @args | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet $($args[0]) ended with $LASTEXITCODE."
    }
}

function Invoke-ModuleTarget([string] $Target) {
    Invoke-DotNet msbuild src/CnnViz.Module/CnnViz.Module.csproj "-t:$Target" '-p:Configuration=Release' '-v:minimal'
}

function Invoke-AllTest {
    $runs = @(
        { dotnet test tests/CnnViz.Core.Tests/bin/Release/net10.0/CnnViz.Core.Tests.dll }
        { dotnet test tests/CnnViz.Cli.Tests/bin/Release/net10.0/CnnViz.Cli.Tests.dll }
        # A process of its own: this one may hold the module already.
        { dotnet pwsh -NoProfile -NonInteractive -File tests/CnnViz.Module.Tests/Invoke-ModuleTest.ps1 }
    )
    $passed = $failed = $skipped = $broken = 0
    foreach ($run in $runs) {
        & $run | Tee-Object -Variable lines | Out-Host
        # Each prints a line that counts: Failed: 0, Passed: 12, Skipped: 0. A run that ended without one has failed.
        $counts = ($lines | Select-String 'Failed: *(\d+), Passed: *(\d+), Skipped: *(\d+)').Matches
        $broken += [int]($LASTEXITCODE -ne 0 -or -not $counts)
        foreach ($count in $counts) {
            $failed += [int]$count.Groups[1].Value
            $passed += [int]$count.Groups[2].Value
            $skipped += [int]$count.Groups[3].Value
        }
    }
    $failed = [Math]::Max($failed, $broken)
    "$passed passed, $failed failed, $skipped skipped"
    exit [int]($failed -gt 0)
}

if (-not (Get-Command dotnet -ErrorAction Ignore)) {
    throw 'The .NET SDK 10 is needed and there is no dotnet on the PATH. See https://dotnet.microsoft.com/download/dotnet/10.0'
}
Invoke-DotNet build CnnViz.slnx -c Release --verbosity quiet
switch ($Task) {
    'Test' {
        Invoke-DotNet tool restore
        Invoke-AllTest
    }
    'Demo' { Invoke-DotNet bin/cnnviz.dll tour --directory out/tour }
    'Pack' {
        Invoke-DotNet tool restore
        Invoke-ModuleTarget PackModule
    }
    'Docs' { Invoke-ModuleTarget UpdateHelp }
}
