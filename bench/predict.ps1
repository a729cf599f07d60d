# MobileNetV2's predictions for a folder of pictures through the pipeline; prints a JSON line. Build first: ./build.sh build
param([string] $Weights, [string] $Pictures)

$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$model = Import-CnnModel -Path $Weights
$warmUp = Get-ChildItem $Pictures | Select-Object -First 16 | Get-CnnPrediction -Model $model
$watch = [Diagnostics.Stopwatch]::StartNew()
$count = 0
Get-ChildItem $Pictures | Get-CnnPrediction -Model $model | ForEach-Object { $count++ }
[ordered]@{ seconds = $watch.Elapsed.TotalSeconds; pictures = $count / ($warmUp.Count / 16) } | ConvertTo-Json -Compress
