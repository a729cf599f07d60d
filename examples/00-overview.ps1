<#
.SYNOPSIS
Ten looks at the built-in network patternnet: what it says, what is inside, why it says that, what it wants to see, what fools it.
.DESCRIPTION
Makes the picture of the first page. Nothing is downloaded; it takes about a minute.
.EXAMPLE
./examples/00-overview.ps1
#>
param(
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/00')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$net = Import-CnnModel patternnet
$patterns = Import-CnnDataset patterns -Size 192 -Clean
$fish = $patterns | Get-CnnSample -Class fish -First 1
$clouds = $patterns | Get-CnnSample -Class clouds -First 5 | Select-Object -Last 1
$spirals = $patterns | Get-CnnSample -Class spirals -First 1

$prediction = $fish | Get-CnnPrediction -Model $net -Top 1
$attack = $patterns | Get-CnnSample -Class stars -First 1 | New-AdversarialExample -Model $net -Epsilon 8/255
$pictures = [ordered]@{
    "it says: $($prediction.Label), $($prediction.Probability.ToString('p0'))" = $fish
    'its filters'                                                             = Get-CnnFilter -Model $net -Layer conv1_1 | Join-CnnImage -Column 4 -Padding 2 -Caption ''
    'what a layer sees'                                                       = $fish | Get-FeatureMap -Model $net -Layer relu2_2 -Top 9
    'where it looks'                                                          = $fish | Get-SaliencyMap -Model $net -Method GradCam
    'what it wants to see: eyes'                                              = Invoke-ClassMaximization eyes -Model $net -Size 192
    'clouds'                                                                  = $clouds
    'a dream of them'                                                         = $clouds | Invoke-DeepDream -Model $net -Layer relu3_2 -Step 15
    'a spiral'                                                                = $spirals
    'the fish in its style'                                                   = Invoke-StyleTransfer $fish $spirals -Model $net -Step 60
    "no $($attack.Before.Label), but $($attack.After.Label)"                  = $attack
}
$pictures.Values | Join-CnnImage -Column 5 -TileSize 192 -NoOriginal -Caption @($pictures.Keys) |
    Export-CnnImage (Join-Path $OutputFolder overview.png) -Force

Get-ChildItem $OutputFolder
