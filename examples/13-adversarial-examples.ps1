<#
.SYNOPSIS
Small changes that make networks err: a digit that becomes another, any class made of any picture, one that fools however it is turned, a photo at its full size,
and whose examples fool whom.
.DESCRIPTION
Without parameters it attacks built-in digits and patterns. With weights of mobilenet_v2 (official ones with -Pretrained, or a file of yours in -WeightsFolder) and
a photo it makes that photo whatever -Target says.
.EXAMPLE
./examples/13-adversarial-examples.ps1
.EXAMPLE
./examples/13-adversarial-examples.ps1 -Image ~/photos/lemur.jpg -Target burrito -WeightsFolder ~/weights
#>
param(
    [string] $Image,
    [string] $Target,
    [string] $Model = 'mobilenet_v2',
    [switch] $Pretrained,
    [string] $WeightsFolder,
    [int] $Step = 40,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/13')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

# A 3 that becomes an 8: clean, change and changed picture, and what drives each answer.
$lenet = Import-CnnModel lenet5-digits
$three = Get-CnnSample digits -Class 3 -First 1
$eight = $three | New-AdversarialExample -Model $lenet -Target 8 -Epsilon 0.2
$eight | Format-List
$eight | Join-CnnImage -TileSize 168 | Export-CnnImage (Join-Path $OutputFolder three-to-eight.png) -Force
$eight.Clean, $eight.Adversarial | Get-SaliencyMap -Model $lenet -Method SmoothGrad | Join-CnnImage -Column 4 -TileSize 168 |
    Export-CnnImage (Join-Path $OutputFolder three-to-eight-saliency.png) -Force

# How little is enough? Each method by itself.
'Fgsm', 'Pgd', 'DeepFool', 'CarliniWagner' | ForEach-Object { $three | New-AdversarialExample -Model $lenet -Method $_ -Epsilon 0.2 } |
    Format-Table Method, Success, EpsilonAfterSave, L2, L0, Confidence

# Whose examples fool whom: the network that comes along, and two that learn for a moment.
$digits = Import-CnnDataset digits
$few = [CnnViz.DatasetSplits]::new('few', $digits.Train.Sample([CnnViz.SampleOptions]@{ First = 3000 }), $digits.Test.Sample([CnnViz.SampleOptions]@{ First = 500 }))
$nets = @(
    $lenet
    New-CnnModel 'conv 8 5x5 same relu', 'maxpool 2', 'conv 16 3x3 same relu', 'maxpool 2', 'flatten', 'dense 10' -InputShape 1, 28, 28 -Seed 1 -Name convolutions
    New-CnnModel 'flatten', 'dense 64 relu', 'dense 10' -InputShape 1, 28, 28 -Seed 1 -Name dense
)
$nets = @($nets[0]) + ($nets[1..2] | Invoke-CnnTraining -Dataset $few -Epoch 3 -LearningRate 0.003 -Seed 1)
$rates = foreach ($net in $nets) { Get-CnnSample digits -First 50 | New-AdversarialExample -Model $net -Epsilon 0.15 -Force -BatchSize 50 }
$rates = $rates | Measure-CnnTransfer -Model $nets
$rates | Format-Table
$rates | Export-CnnImage (Join-Path $OutputFolder transfer.png) -Force

# Colour: patterns, or a photo where there are weights.
$net, $file = $null
if ($WeightsFolder) { $file = Get-ChildItem $WeightsFolder -File | Where-Object Name -Match "^$Model[-.]" | Select-Object -First 1 }
try {
    if ($file) { $net = Import-CnnModel -Path $file.FullName -ErrorAction Stop }
    elseif ($Pretrained) { $net = Import-CnnModel $Model -Pretrained -ErrorAction Stop }
}
catch {
    Write-Warning "${Model}: no weights, so patternnet and the built-in patterns are used. $($_.Exception.Message)"
}
$isPhoto = $net -and $Image
if (-not $isPhoto) { $net = Import-CnnModel patternnet }
$picture = $isPhoto ? (Import-CnnImage $Image) : (Get-CnnSample patterns -Class honeycomb -First 1)
if (-not $Target) { $Target = $isPhoto ? 'Random' : 'butterflies' }
# The small network was shown rough pictures, and takes more than one of photos.
$little, $more = $isPhoto ? ('4/255', '16/255') : ('16/255', '24/255')

# As a file of 8 bits it says what was asked for.
$made = $picture | New-AdversarialExample -Model $net -Target $Target -Epsilon $little -Step $Step -JpegQuality 95
$made | Export-CnnImage (Join-Path $OutputFolder target.png) -Force
$made | Join-CnnImage -TileSize 224 | Export-CnnImage (Join-Path $OutputFolder target-sheet.png) -Force
Import-CnnImage (Join-Path $OutputFolder target.png) | Get-CnnPrediction -Model $net -Top 3 | Format-Table

# However it is turned, scaled, shifted, brighter or noisier: in a plain example such things undo the change, in one made for them they do not.
$variations = 'rotate 30', 'scale 0.2', 'shift 0.1', 'brightness 0.1', 'noise 0.02'
$turtle = $picture | New-AdversarialExample -Model $net -Target $Target -Epsilon $more -Transformation $variations -Step (2 * $Step)
'fools in {0:p0} of {1} fresh variations' -f $turtle.TransformedSuccess, 100
$turtle | Join-CnnImage -TileSize 224 | Export-CnnImage (Join-Path $OutputFolder turtle.png) -Force

# A photo at its own size, that fools as any other is read: resized and cropped.
$large = $isPhoto ? $picture : ($picture | Join-CnnImage -TileSize 256 -Padding 0 -Caption '')
$full = $large | New-AdversarialExample -Model $net -Target $Target -Epsilon $more -FullSize -Step $Step
$full | Export-CnnImage (Join-Path $OutputFolder full-size.png) -Force
Get-CnnPrediction (Join-Path $OutputFolder full-size.png) -Model $net -Top 1 | Format-Table

Get-ChildItem $OutputFolder
