<#
.SYNOPSIS
Measures robustness on several machines, or in several processes of this one, and merges what they counted.
.DESCRIPTION
Each host needs the module and reaches the dataset and the model by the same names. Without -HostName four processes of this machine share the work.
.EXAMPLE
./examples/16-many-machines.ps1
.EXAMPLE
./examples/16-many-machines.ps1 -HostName node1, node2 -Dataset /data/mnist -Model /data/net.safetensors
#>
[CmdletBinding()]
param(
    # The machines, reached by SSH.
    [string[]] $HostName,
    [string] $Dataset = 'digits',
    [string] $Model = 'lenet5-digits',
    # Pictures in all.
    [int] $First = 256,
    # Processes on this machine where no hosts are named.
    [int] $Process = 4
)

$ErrorActionPreference = 'Stop'
$module = Join-Path $PSScriptRoot '../CnnViz.psd1' | Resolve-Path
Import-Module $module

# Processes of one machine share its cores.
if (-not $HostName) { $env:OMP_NUM_THREADS = 1 }
$count = $HostName ? $HostName.Count : $Process
$measure = {
    param($module, $shard, $dataset, $model, $first)
    Import-Module $module
    Measure-CnnRobustness $dataset -Model $model -Epsilon 0, 0.1, 0.2 -Step 10 -First $first -Shard $shard
}
$jobs = foreach ($i in 1..$count) {
    if ($HostName) {
        Invoke-Command -HostName $HostName[$i - 1] -AsJob -ScriptBlock $measure -ArgumentList CnnViz, "$i/$count", $Dataset, $Model, $First
    }
    else {
        Start-Job -ScriptBlock $measure -ArgumentList "$module", "$i/$count", $Dataset, $Model, $First
    }
}
$jobs | Receive-Job -Wait -AutoRemoveJob | Merge-CnnRobustness
