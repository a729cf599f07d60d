<#
.SYNOPSIS
Shows what the first layers of four networks look for: the filters of AlexNet, ResNet-18, ResNet-101 and DenseNet-121, a sheet for each.
.DESCRIPTION
Trained filters are edges, stripes and colours. They need weights: official ones with -Pretrained, or files of yours in -WeightsFolder
(alexnet.pth, resnet18-f37072fd.pth, densenet121.safetensors …). Without them the sheets show where training starts: seeded random numbers.
.EXAMPLE
./examples/08-first-layer-filters.ps1
.EXAMPLE
./examples/08-first-layer-filters.ps1 -Pretrained
#>
param(
    [switch] $Pretrained,
    [string] $WeightsFolder,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/08')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$firstLayers = [ordered]@{ alexnet = 'features.0'; resnet18 = 'conv1'; resnet101 = 'conv1'; densenet121 = 'features.conv0' }

foreach ($name in $firstLayers.Keys) {
    $model, $origin = $null
    $file = if ($WeightsFolder) { Get-ChildItem $WeightsFolder -File | Where-Object Name -Match "^$name[-.]" | Select-Object -First 1 }
    try {
        if ($file) {
            $model, $origin = (Import-CnnModel -Path $file.FullName -ErrorAction Stop), $file.Name
        }
        elseif ($Pretrained) {
            $model, $origin = (Import-CnnModel $name -Pretrained -ErrorAction Stop), 'official weights'
        }
    }
    catch {
        Write-Warning "${name}: no weights, so random ones are shown. $($_.Exception.Message)"
    }
    if (-not $model) {
        $model, $origin = (Import-CnnModel $name -Seed 1), 'random weights'
    }

    # What the layer costs and how much of the picture one of its values sees.
    $layer = $model | Get-CnnLayer $firstLayers[$name]
    $layer | Format-Table Name, OutputShape, ParameterCount, MultiplyAdds, ReceptiveField, Stride

    # Filters of three channels are colour pictures; 0 is middle grey.
    $model | Get-CnnFilter -Layer $layer.Name |
        Join-CnnImage -Column 8 -TileSize 66 -Title "$name $($layer.Name), $origin" |
        Export-CnnImage (Join-Path $OutputFolder "$name.png") -Force
    $model.Dispose()
}

Get-ChildItem $OutputFolder
