<#
.SYNOPSIS
Paints a picture in the style of another: with weights that differ, at growing sizes, in its own colours, and with a region for each of two styles.
.DESCRIPTION
Without parameters it paints a scene that it draws itself, with a network of random weights, which has textures but no things. For photos and paintings give
trained weights: official ones with -Pretrained, or files of yours in -WeightsFolder (squeezenet1_1-b8a52dc0.pth, vgg19.safetensors …).
.EXAMPLE
./examples/12-style-transfer.ps1
.EXAMPLE
./examples/12-style-transfer.ps1 -Content ~/photos/tubingen.jpg -Style ~/photos/starry_night.jpg -Model vgg19 -Pretrained -Size 512 -Step 300
#>
param(
    [string] $Content,
    [string] $Style,
    [string] $Model = 'squeezenet1_1',
    [switch] $Pretrained,
    [string] $WeightsFolder,
    [int] $Size = 96,
    [int] $Step = 20,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/12')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

$net, $file = $null
if ($WeightsFolder) { $file = Get-ChildItem $WeightsFolder -File | Where-Object Name -Match "^$Model[-.]" | Select-Object -First 1 }
try {
    if ($file) { $net = Import-CnnModel -Path $file.FullName -ErrorAction Stop }
    elseif ($Pretrained) { $net = Import-CnnModel $Model -Pretrained -ErrorAction Stop }
}
catch {
    Write-Warning "${Model}: no weights, so random ones are used. $($_.Exception.Message)"
}
if (-not $net) { $net = Import-CnnModel $Model -Seed 1 }

# A picture by a formula: the colour of each pixel, a block a channel.
function New-Picture([scriptblock] $Color) {
    $values = foreach ($channel in 0..2) { foreach ($y in 0..($Size - 1)) { foreach ($x in 0..($Size - 1)) { & $Color ($x / $Size) ($y / $Size) $channel } } }
    [CnnViz.CnnImage]::new([float[]] $values, 3, $Size, $Size)
}
# A disc over a field.
$scene = $Content ? (Import-CnnImage $Content) : (New-Picture { param($x, $y, $c)
        ([Math]::Pow($x - 0.6, 2) + [Math]::Pow($y - 0.35, 2) -lt 0.05) ? (1, 0.8, 0.2)[$c] : ($y -gt 0.7) ? (0.2, 0.5, 0.2)[$c] : (0.4, 0.6, 0.9)[$c] })
# Waves.
$waves = $Style ? (Import-CnnImage $Style) : (New-Picture { param($x, $y, $c) 0.5 + 0.5 * [Math]::Sin(40 * $y + 5 * [Math]::Sin(8 * $x) + $c) })

# One picture a weight; the titles say what they differ in.
1, 10, 100 | Invoke-StyleTransfer -StyleWeight { $_ } -Content $scene -Style $waves -Model $net -Scale $Size -Step $Step -Verbose |
    Join-CnnImage -Column 3 | Export-CnnImage (Join-Path $OutputFolder weights.png) -Force

# From small to large, as an animation; and the same in the content's colours.
$painted = Invoke-StyleTransfer $scene $waves -Model $net -Scale ($Size / 2), $Size -Step $Step -FramePath (Join-Path $OutputFolder painting.gif) -FrameInterval 5 -Force
$painted | Export-CnnImage (Join-Path $OutputFolder painted.png) -Force
Invoke-StyleTransfer $scene $waves -Model $net -Scale $Size -Step $Step -PreserveColor | Export-CnnImage (Join-Path $OutputFolder own-colors.png) -Force

# How the loss fell, term by term.
$painted.Terms.Keys | ForEach-Object { [pscustomobject]@{ Term = $_; First = $painted.Terms[$_][0]; Last = $painted.Terms[$_][-1] } } | Format-Table

# Two styles, each in its half.
$left = New-Picture { param($x) [int] ($x -lt 0.5) }
$right = New-Picture { param($x) [int] ($x -ge 0.5) }
$checks = New-Picture { param($x, $y, $c) (([Math]::Floor(12 * $x) + [Math]::Floor(12 * $y)) % 2) ? 0.9 : (0.7, 0.1, 0.1)[$c] }
Invoke-StyleTransfer $scene $waves, $checks -Mask $left, $right -Model $net -Scale $Size -Step $Step | Export-CnnImage (Join-Path $OutputFolder halves.png) -Force

Get-ChildItem $OutputFolder
