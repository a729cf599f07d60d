<#
.SYNOPSIS
Trains LeNet-5, keeps it, takes it in again, and looks at what it learned and where it errs.
.EXAMPLE
./examples/04-train-lenet.ps1                                          # the built-in digits: about half a minute
.EXAMPLE
./examples/04-train-lenet.ps1 -Dataset ~/data/mnist -Augment -Epoch 12 # 99.2 % of MNIST's test digits
#>
param(
    [string] $Dataset = 'digits',
    [int] $Epoch = 3,
    [switch] $Augment,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/04')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

# Every random choice comes from the seed: the same command gives the same network. A checkpoint is kept after each epoch;
# after Ctrl+C or a power cut the same line goes on where it stopped.
$data = Import-CnnDataset $Dataset
$checkpoint = Join-Path $OutputFolder training.checkpoint
$model = Invoke-LeNetTraining -Dataset $data -Epoch $Epoch -Augment:$Augment -Seed 0 -CheckpointPath $checkpoint -Resume
$model.History | Format-Table

# The file holds weights, architecture, labels and history: nothing else is needed to use it again.
$file = Join-Path $OutputFolder lenet5.safetensors
$model | Export-CnnModel -Path $file -Force
$model = Import-CnnModel -Path $file
$model | Get-CnnLayer | Format-Table

# What both layers look for, and what they see in a six.
foreach ($layer in 'conv1', 'conv2') {
    Get-CnnFilter -Model $model -Layer $layer | Select-Object -First 48 |
        Join-CnnImage -Column 12 -Title "The first filters of $layer" |
        Export-CnnImage (Join-Path $OutputFolder "$layer-filters.png") -Force
    $data | Get-CnnSample -Class 6 -First 1 | Get-FeatureMap -Model $model -Layer $layer |
        Export-CnnImage (Join-Path $OutputFolder "$layer-maps.png") -Force
}

# Where it errs, the surest mistakes first.
$samples = $data | Get-CnnSample -First 1000
$wrong = $samples | Get-CnnPrediction -Model $model -Top 1 |
    Where-Object { $_.Label -ne $_.Image.Label } |
    Sort-Object Probability -Descending
'{0} of {1} test pictures are taken for something else.' -f @($wrong).Count, @($samples).Count
if ($wrong) {
    $wrong = $wrong | Select-Object -First 12
    $wrong.Image |
        Join-CnnImage -Column 6 -Caption ($wrong | ForEach-Object { '{0}, said {1}' -f $_.Image.Label, $_.Label }) |
        Export-CnnImage (Join-Path $OutputFolder mistakes.png) -Force
}

Remove-Item $checkpoint
Get-ChildItem $OutputFolder
