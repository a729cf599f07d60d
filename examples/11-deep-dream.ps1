<#
.SYNOPSIS
Lets a network dream of a picture: by each preset, guided by another picture, and as a journey into it.
.DESCRIPTION
Without parameters the built-in digits' network dreams of clouds that this script draws itself. With real weights and a photo the dreams are of animals and
buildings; GoogLeNet's are those that became known in 2015.
.EXAMPLE
./examples/11-deep-dream.ps1
.EXAMPLE
./examples/11-deep-dream.ps1 -Model ~/weights/mobilenet_v2.pth -Image ~/photos/sky.jpg -Guide ~/photos/flowers.jpg
.EXAMPLE
./examples/11-deep-dream.ps1 -Model googlenet -Pretrained -Image ~/photos/sky.jpg
#>
param(
    [string] $Model,
    [switch] $Pretrained,
    [string] $Image,
    [string] $Guide,
    [int] $Frame = 8,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/11')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$net = if (-not $Model) { Import-CnnModel lenet5-digits } elseif ($Pretrained) { Import-CnnModel $Model -Pretrained } else { Import-CnnModel $Model }

# Waves of several lengths that run into each other: soft shapes, in which a network can see many things.
function New-Cloud([int] $Width, [int] $Height) {
    $values = [float[]]::new($Width * $Height)
    for ($y = 0; $y -lt $Height; $y++) {
        for ($x = 0; $x -lt $Width; $x++) {
            $values[$y * $Width + $x] = 0.5 + 0.2 * [Math]::Sin($x / 11 + 2 * [Math]::Sin($y / 17)) + 0.15 * [Math]::Cos($y / 7 - $x / 23)
        }
    }
    [CnnViz.CnnImage]::new($values, 1, $Height, $Width)
}
$picture = if ($Image) { Import-CnnImage $Image } else { New-Cloud 224 160 }

# The layer is chosen; -Verbose says which, and why.
$dreams = 'Google2015', 'Keras', 'Thesis004' | ForEach-Object { $picture | Invoke-DeepDream -Model $net -Preset $_ -Verbose }
$dreams | Format-Table Title, Steps, Score, @{ n = 'Preset'; e = { $_.Recipe.Parameters['Preset'] } }
@($picture) + $dreams | Join-CnnImage -Column 2 -Caption original, Google2015, Keras, Thesis004 | Export-CnnImage (Join-Path $OutputFolder presets.png) -Force

# Guided: the picture takes on what the layer sees in another one.
$other = if ($Guide) { Import-CnnImage $Guide } else { Get-CnnSample digits -Class 8 -First 1 }
$picture | Invoke-DeepDream -Model $net -Guide $other | Export-CnnImage (Join-Path $OutputFolder guided.png) -Force

# A journey into the picture, a frame a dream; the checkpoint lets it be interrupted and gone on with.
$journey = @{
    Zoom = $Frame; ZoomFactor = 1.1; Step = 5; Octave = 2
    FramePath = Join-Path $OutputFolder journey.gif; CheckpointPath = Join-Path $OutputFolder journey.checkpoint
}
$picture | Invoke-DeepDream -Model $net @journey -Force | Export-CnnImage (Join-Path $OutputFolder journey-end.png) -Force

Get-ChildItem $OutputFolder
