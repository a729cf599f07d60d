<#
.SYNOPSIS
Describes networks layer by layer and trains them: the lecture's network for Fashion-MNIST, and a dense one beside it.
.DESCRIPTION
Both networks are those of the lecture "Convolutional neural networks" (S. Ernst). They train on the built-in digits, or on a folder with the files of
MNIST or Fashion-MNIST. The curves of both trainings are saved as pictures.
.EXAMPLE
./examples/06-train-a-network-of-your-own.ps1
.EXAMPLE
./examples/06-train-a-network-of-your-own.ps1 -Dataset ~/data/fashion-mnist -Epoch 10 -First 60000
#>
param(
    [string] $Dataset = 'digits',
    [int] $Epoch = 2,
    [int] $First = 2000,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/06')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

# A part of the dataset, so that the example takes minutes on a laptop.
$whole = Import-CnnDataset $Dataset
$data = [CnnViz.DatasetSplits]::new($whole.Name, $whole.Train.Subset([int[]](0..($First - 1))), $whole.Test.Subset([int[]](0..499)))

# The deeper the layer, the more maps: in later layers there are more combinations of simple features.
$convolutional = New-CnnModel -Name fashion-cnn -InputShape 1, 28, 28 -Layer @(
    'conv 64 7x7 same relu', 'maxpool 2'
    'conv 128 3x3 same relu', 'conv 128 3x3 same relu', 'maxpool 2'
    'conv 256 3x3 same relu', 'conv 256 3x3 same relu', 'maxpool 2'
    'flatten'
    'dense 128 relu', 'dropout 0.5', 'dense 64 relu', 'dropout 0.5', 'dense 10'
)
# ELU and the start of He et al. with dropout before every dense layer.
$dense = New-CnnModel -Name fashion-dense -InputShape 1, 28, 28 -Layer @(
    'flatten'
    'dropout 0.2', 'dense 300 elu he'
    'dropout 0.2', 'dense 100 elu he'
    'dropout 0.2', 'dense 10'
)
$convolutional, $dense | Format-Table
$convolutional | Get-CnnLayer | Format-Table

# A tenth of the pictures is set aside; the weights that are kept are those of the epoch with the smallest loss on them.
$trained = $convolutional, $dense |
    Invoke-CnnTraining -Dataset $data -Epoch $Epoch -BatchSize 64 -Augmentation 'shift 1' -ValidationSplit 0.1 -Patience 3 -Seed 1
foreach ($model in $trained) {
    $model.Name
    $model.History | Format-Table
}

# A model shows how it was trained: loss and accuracy, epoch by epoch.
$trained | Export-CnnImage -Directory $OutputFolder -Force
$trained[0] | Export-CnnModel (Join-Path $OutputFolder cnn.safetensors) -Force

# Filters of one's own in the first convolution; frozen, a training leaves them as they are.
$lines = New-CnnModel -Name lines -InputShape 1, 28, 28 -Kernel LineVertical, LineHorizontal -Layer 'conv 2 7x7 same relu', 'maxpool 4', 'flatten', 'dense 10'
$taught = $lines | Invoke-CnnTraining -Dataset $data -Freeze conv1 -Epoch $Epoch -Seed 1
$taught.History | Format-Table
Get-CnnSample $data -Class 4 -First 1 | Get-FeatureMap -Model $taught -Layer relu1 | Export-CnnImage (Join-Path $OutputFolder lines.png) -Force

Get-ChildItem $OutputFolder
