<#
.SYNOPSIS
Trains patternnet, the network for the built-in patterns, as the built-in one was trained, and measures it.
.DESCRIPTION
About half an hour on one core. A run that was ended goes on where it was.
.EXAMPLE
./examples/10-train-patternnet.ps1
.EXAMPLE
./examples/10-train-patternnet.ps1 -OutputFolder ../src/CnnViz.Core/Networks/Models      # makes it the built-in one
#>
param(
    [int] $Epoch = 4,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/10')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force
$path = Join-Path $OutputFolder patternnet.safetensors

# Batch normalisation makes it learn in a few passes over the 48,000 pictures.
$trained = Import-CnnModel vgg9_bn -Seed 1 |
    Invoke-CnnTraining -Dataset patterns -Epoch $Epoch -BatchSize 64 -Optimizer AdamW -LearningRate 0.004 -WeightDecay 0.02 -Schedule Cosine -Seed 1 `
        -CheckpointPath (Join-Path ([IO.Path]::GetTempPath()) patternnet.checkpoint) -Resume
$trained.History | Format-Table Epoch, Loss, TrainAccuracy, TestAccuracy, Seconds | Out-Host

# Folded into the convolutions it leaves a plain network, of which half the bits are enough.
$trained | Export-CnnModel $path -FoldNormalization -Half -Force
$right = 0
$samples = Get-CnnSample patterns
foreach ($prediction in $samples | Get-CnnPrediction -Model $path -Top 1) {
    $right += $prediction.Class -eq $prediction.Image.Class
}
'{0:p2} of {1} test patterns, {2:n0} bytes' -f ($right / $samples.Count), $samples.Count, (Get-Item $path).Length
