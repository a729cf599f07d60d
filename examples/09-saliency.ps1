<#
.SYNOPSIS
Asks a network what in a picture drives its answer: by every method that it allows, for several classes, in several views, and as raw values.
.DESCRIPTION
Without parameters it looks at a built-in digit, with the trained network that comes with the module and with one of rectifiers that it trains in a moment.
With real weights and a photo it does the same to those; RISE, ScoreCam and AblationCam run a large network hundreds of times, so name the methods there.
.EXAMPLE
./examples/09-saliency.ps1
.EXAMPLE
./examples/09-saliency.ps1 -Model ~/weights/mobilenet_v2.pth -Image ~/photos/dog.jpg -Method Gradient, SmoothGrad, GuidedBackprop, GradCam, GuidedGradCam
#>
param(
    [string] $Model,
    [string] $Image,
    [string[]] $Method,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/09')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$picture = if ($Image) { Import-CnnImage $Image } else { Get-CnnSample digits -Class 6 -First 1 }
$networks = [ordered]@{}
if ($Model) {
    $networks['model'] = Import-CnnModel $Model
}
else {
    $networks['lenet'] = Import-CnnModel lenet5-digits
    # Rectifiers, a global pooling and one dense layer: what guided backprop and the original CAM need.
    $networks['relu'] = New-CnnModel 'conv 16 5x5 same relu', 'maxpool 2', 'conv 32 3x3 same relu', 'conv 32 3x3 same relu', 'globalpool', 'dense 10' -InputShape 1, 28, 28 -Seed 1 |
        Invoke-CnnTraining -Dataset digits -Epoch 1 -LearningRate 0.003 -Seed 1
}

# Every method that the network allows; where it does not, the error says why.
$all = [Enum]::GetNames((Get-Command Get-SaliencyMap).Parameters['Method'].ParameterType.GetElementType())
foreach ($name in $networks.Keys) {
    $maps = foreach ($one in $Method ? $Method : $all) {
        try { $picture | Get-SaliencyMap -Model $networks[$name] -Method $one -ErrorAction Stop } catch { Write-Host "  $one`: $($_.Exception.Message)" }
    }
    $maps | Format-Table Method, Layer, Label, Probability, Delta
    $maps | Join-CnnImage -Column 5 -TileSize 140 | Export-CnnImage (Join-Path $OutputFolder "methods-$name.png") -Force

    # The raw values with all settings, for NumPy: safetensors.numpy.load_file('maps-lenet.safetensors').
    $maps | Export-CnnImage (Join-Path $OutputFolder "maps-$name.safetensors") -Force
}
$net = @($networks.Values)[-1]

# What speaks for the three most probable classes: each prediction is asked about its own.
$picture | Get-CnnPrediction -Model $net -Top 3 | Get-SaliencyMap -Method GradCam |
    Join-CnnImage | Export-CnnImage (Join-Path $OutputFolder classes.png) -Force

# A class is one question of many: what drives a channel, and why the first class rather than the second?
$first, $second = $picture | Get-CnnPrediction -Model $net -Top 2
$layer = (Get-CnnLayer -Model $net | Where-Object Type -eq Conv2d)[-1].Name
$picture | Get-SaliencyMap -Model $net -Method GuidedBackprop -Objective "channel $layer 3", "class $($first.Class) - class $($second.Class)" |
    Join-CnnImage | Export-CnnImage (Join-Path $OutputFolder objectives.png) -Force

# One map in four views: by itself, over the picture, as the picture where it matters, and as the best tenth of its pixels.
$map = $picture | Get-SaliencyMap -Model $net -Method GradCam -Verbose
$views = @(
    $map | Join-CnnImage -NoOriginal -TileSize 140 -Caption 'Map' -View Map
    $map | Join-CnnImage -NoOriginal -TileSize 140 -Caption 'Overlay' -View Overlay
    $map | Join-CnnImage -NoOriginal -TileSize 140 -Caption 'Mask' -View Mask
    $map | Join-CnnImage -NoOriginal -TileSize 140 -Caption 'Mask, quantile 0.9' -View Mask -Quantile 0.9
)
$views | Join-CnnImage -Column 4 -Padding 0 -Caption '' | Export-CnnImage (Join-Path $OutputFolder views.png) -Force
$map | Format-List

Get-ChildItem $OutputFolder
