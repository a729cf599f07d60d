<#
.SYNOPSIS
Makes the pictures that drive a network as far as they can: every class, the filters of its layers, one neuron, and by every preset of the sources.
.DESCRIPTION
Without parameters the network is the one for digits that comes with the module. With VGG-19's weights, official ones with -Pretrained or a file vgg19*.pth in
-WeightsFolder, it repeats the thesis of 2019: filters of five layers as contact sheets, and class 319, dragonfly. -Model takes any other network.
.EXAMPLE
./examples/10-class-maximization.ps1
.EXAMPLE
./examples/10-class-maximization.ps1 -Pretrained
.EXAMPLE
./examples/10-class-maximization.ps1 -Model ~/weights/squeezenet1_1.pth -Class dragonfly, ostrich -Layer features.3, features.7
#>
param(
    [switch] $Pretrained,
    [string] $WeightsFolder,
    [string] $Model,
    [string[]] $Class,
    [string[]] $Layer,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/10')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$file = if ($WeightsFolder) { Get-ChildItem $WeightsFolder -File | Where-Object Name -Match '^vgg19[-.]' | Select-Object -First 1 }
$net = if ($Model) { Import-CnnModel $Model }
elseif ($file) { Import-CnnModel -Path $file.FullName }
elseif ($Pretrained) { Import-CnnModel vgg19 -Pretrained }
else { Import-CnnModel lenet5-digits }
if (-not $Class) { $Class = if ($net.ClassCount -eq 1000) { '319' } else { '*' } }
if (-not $Layer) { $Layer = if ($net.Architecture -eq 'vgg19') { 'features.0', 'features.7', 'features.16', 'features.25', 'features.34' } else { ($net | Get-CnnLayer | Where-Object Type -eq 'Convolution').Name } }

# Every class, with what the network says of the picture after it was saved and read back.
$pictures = $net | Invoke-ClassMaximization $Class
$pictures | Format-Table
$pictures | Join-CnnImage -Column 5 | Export-CnnImage (Join-Path $OutputFolder classes.png) -Force

# A picture is the network's input: fed back from its file it is what it was made for.
$first = Join-Path $OutputFolder "class-$($pictures[0].Class).png"
$pictures[0] | Export-CnnImage $first -Force
Get-CnnPrediction $first -Model $net -Top 3 | Format-Table

# The first filters of each layer as the thesis made them: from grey noise, enlarged again and again, at a size of its own.
foreach ($name in $Layer) {
    $net | Invoke-ClassMaximization -Layer $name -Channel 0..5 -Preset Thesis000 -Size 96 |
        Join-CnnImage -Column 3 -Title $name | Export-CnnImage (Join-Path $OutputFolder "filters-$name.png") -Force
}

# One value of the last of these layers, and that whole layer.
$net | Invoke-ClassMaximization -Layer $Layer[-1] -Neuron 0 | Export-CnnImage (Join-Path $OutputFolder neuron.png) -Force
$net | Invoke-ClassMaximization -Layer $Layer[-1] | Export-CnnImage (Join-Path $OutputFolder layer.png) -Force

# The same class by every preset, and how one of them came to be.
$one = $pictures[0].Class
$presets = [Enum]::GetNames((Get-Command Invoke-ClassMaximization).Parameters['Preset'].ParameterType)
$sheets = foreach ($preset in $presets) {
    $net | Invoke-ClassMaximization $one -Preset $preset | Join-CnnImage -TileSize 140 -Title $preset
}
$sheets | Join-CnnImage -Column 5 -Padding 0 -Caption '' | Export-CnnImage (Join-Path $OutputFolder presets.png) -Force
$null = $net | Invoke-ClassMaximization $one -FramePath (Join-Path $OutputFolder growing.gif) -Force

Get-ChildItem $OutputFolder
