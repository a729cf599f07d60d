<#
.SYNOPSIS
Runs the Pester tests of the module and prints one line that counts them, as dotnet test does.
#>
$ErrorActionPreference = 'Stop'
$pester = Get-Module Pester -ListAvailable | Where-Object Version -GE ([version]'5.3') | Select-Object -First 1
if (-not $pester) {
    'Pester did not run: the module Pester 5 is not installed. Install-PSResource Pester installs it.'
    exit 0
}
Import-Module $pester
$configuration = New-PesterConfiguration @{
    Run    = @{ Path = $PSScriptRoot; PassThru = $true }
    Output = @{ Verbosity = 'Normal'; RenderMode = 'Plaintext' }
}
$result = Invoke-Pester -Configuration $configuration
# A file that cannot be read, or a block that cannot be set up, is a failure too.
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"Pester - Failed: $failed, Passed: $($result.PassedCount), Skipped: $($result.SkippedCount + $result.NotRunCount)"
exit [int]($failed -gt 0)
