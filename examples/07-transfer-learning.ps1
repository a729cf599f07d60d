<#
.SYNOPSIS
Teaches a network that knows ImageNet to tell other things apart, in two phases: first its new head alone, then all of it.
.DESCRIPTION
The two phases, and the settings of the second, are those of the lecture "Convolutional neural networks" (S. Ernst): while the head is random, large
gradients would destroy what the layers before it have learned, so these are frozen first. The lecture's learning rate for the head, 0.2, is made for
Xception's features and too large for others: here Adam finds its own steps. What frozen layers make of a picture is computed once: after the first epoch
the others take moments. The second phase computes everything anew in every step, and is the long one: minutes for 1,000 pictures on two cores.
.PARAMETER SecondLearningRate
The learning rate of the second phase. Weights whose normalisations were folded into the convolutions take much smaller steps, about 0.0001: larger ones destroy them.
.PARAMETER Dataset
A folder with a folder of pictures a class, or with train/ and test/ folders of such.
.PARAMETER Model
A weight file; left out, the published weights of mobilenet_v2 are downloaded once.
.EXAMPLE
./examples/07-transfer-learning.ps1 -Dataset ~/pictures/pets
.EXAMPLE
./examples/07-transfer-learning.ps1 -Dataset ~/pictures/pets -Model ~/weights/mobilenet_v2.pth -SecondEpoch 40
#>
param(
    [Parameter(Mandatory)] [string] $Dataset,
    [string] $Model,
    [int] $FirstEpoch = 10,
    [int] $SecondEpoch = 5,
    [double] $SecondLearningRate = 0.01,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/07')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$base = if ($Model) { Import-CnnModel $Model } else { Import-CnnModel mobilenet_v2 -Pretrained }
$data = Import-CnnDataset $Dataset

# Phase 1: the base is frozen; the head, new because the classes are others, learns by itself.
$head = $base | Invoke-CnnTraining -Dataset $data -Freeze 'features.*' -Epoch $FirstEpoch -Seed 1 -Verbose
$head.History | Format-Table

# Phase 2: everything learns, in small steps. Normalisations keep the statistics of the first training, which batches of 16 pictures cannot replace.
$whole = $head | Invoke-CnnTraining -Dataset $data -FreezeNormalization -Epoch $SecondEpoch -BatchSize 16 -Augmentation flip, 'shift 0.1' -ValidationSplit 0.1 -Patience 5 `
    -Optimizer Sgd -LearningRate $SecondLearningRate -Momentum 0.9 -Nesterov -Schedule InverseTime -Decay 0.001 -Seed 1 `
    -CheckpointPath (Join-Path $OutputFolder phase2.checkpoint) -Force -Verbose
$whole.History | Format-Table

$head | Export-CnnImage (Join-Path $OutputFolder phase1.png) -Force
$whole | Export-CnnImage (Join-Path $OutputFolder phase2.png) -Force
$whole | Export-CnnModel (Join-Path $OutputFolder trained.safetensors) -Force

# What it says of pictures that it has not seen.
$data | Get-CnnSample -First 3 -Seed 1 | Get-CnnPrediction -Model $whole -Top 2
