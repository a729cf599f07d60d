<#
.SYNOPSIS
Runs the Pester tests of the module and prints one line that counts them, as dotnet test does.
.DESCRIPTION
Pester is the package that the build has restored, whatever other Pester there is on the machine.
#>
param(
    # The tests' files; all of them by default.
    [string[]] $Path = $PSScriptRoot
)
$ErrorActionPreference = 'Stop'
$folder = Get-Content -LiteralPath (Join-Path $PSScriptRoot '../../bin/pester.txt')
Import-Module (Join-Path $folder tools/Pester.psd1)
$configuration = New-PesterConfiguration @{
    Run    = @{ Path = $Path; PassThru = $true }
    Output = @{ Verbosity = 'Normal'; RenderMode = 'Plaintext' }
}
$result = Invoke-Pester -Configuration $configuration
if (-not $result) {
    throw 'Pester gave no result.'
}
# A file that cannot be read, or a block that cannot be set up, is a failure too.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Pester - Failed: $failed, Passed: $($result.PassedCount), Skipped: $($result.SkippedCount + $result.NotRunCount)"
exit [int]($failed -gt 0)
