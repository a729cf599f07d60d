<#
.SYNOPSIS
How many pictures a network still reads rightly when each may be changed a little: a curve with its intervals, several attacks and networks, and a gate.
.DESCRIPTION
Without parameters it measures the built-in network for digits, and one that has seen noisy and turned digits. Give a model and a dataset of yours for theirs.
.EXAMPLE
./examples/15-robustness.ps1
.EXAMPLE
./examples/15-robustness.ps1 -Model ~/weights/cifar10_resnet20.th -Dataset ~/cifar10 -Epsilon 0, 1/255, 2/255, 4/255 -First 500
#>
param(
    [string] $Model = 'lenet5-digits',
    [string] $Dataset = 'digits',
    [string[]] $Epsilon = @('0', '0.05', '0.1', '0.15', '0.2', '0.3'),
    [int] $First = 200,
    [int] $Step = 20,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/15')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force
$net = Import-CnnModel $Model

# A point an epsilon, with Wilson's interval: as a table, as CSV, as a curve with the classes beside it.
$points = Measure-CnnRobustness $Dataset -Model $net -Epsilon $Epsilon -First $First -Step $Step `
    -CheckpointPath (Join-Path $OutputFolder run.checkpoint) -Force
$points
$points | Select-Object Epsilon, Accuracy, Lower, Upper, Count, Robust | Export-Csv (Join-Path $OutputFolder curve.csv)
$points | Export-CnnImage (Join-Path $OutputFolder curve.png) -Force

# The classes that withstand least at the first epsilon above 0.
$points[1].Classes | Sort-Object Accuracy | Select-Object -First 3 | Format-Table Label, Count, Robust, Accuracy

# One step flatters a network; and all attacks together are harder than each.
'Fgsm', 'Pgd', @('Fgsm', 'Pgd', 'ApgdCe') | ForEach-Object { Measure-CnnRobustness $Dataset -Model $net -Epsilon $Epsilon -Method $_ -First ($First / 2) -Step $Step } |
    Export-CnnImage (Join-Path $OutputFolder attacks.png) -Force

if ($Dataset -eq 'digits') {
    # Does it help to have seen noise and turned digits in training?
    $digits = Import-CnnDataset digits
    $few = [CnnViz.DatasetSplits]::new('few', $digits.Train.Sample([CnnViz.SampleOptions]@{ First = 6000 }), $digits.Test.Sample([CnnViz.SampleOptions]@{ First = 500 }))
    $layers = 'conv 8 5x5 same relu', 'maxpool 2', 'conv 16 3x3 same relu', 'maxpool 2', 'flatten', 'dense 10'
    $plain = New-CnnModel $layers -InputShape 1, 28, 28 -Seed 1 -Name plain | Invoke-CnnTraining -Dataset $few -Epoch 3 -LearningRate 0.003 -Seed 1
    $noisy = New-CnnModel $layers -InputShape 1, 28, 28 -Seed 1 -Name noisy | Invoke-CnnTraining -Dataset $few -Epoch 3 -LearningRate 0.003 -Seed 1 -Augmentation 'noise 0.2', 'rotate 10'
    $plain, $noisy | Measure-CnnRobustness digits -Epsilon $Epsilon -First ($First / 2) -Step $Step | Export-CnnImage (Join-Path $OutputFolder networks.png) -Force
}

# A gate, as a build has it: an error, and with -ErrorAction Stop an end.
try {
    $null = Measure-CnnRobustness $Dataset -Model $net -Epsilon $Epsilon[1] -First ($First / 2) -Step $Step -MinimumAccuracy 0.99 -ErrorAction Stop
    'robust enough'
}
catch { "not robust enough: $($_.Exception.Message)" }

Get-ChildItem $OutputFolder
