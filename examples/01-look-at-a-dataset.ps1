<#
.SYNOPSIS
Looks at a dataset: what it holds, twenty of its pictures with their labels, one of them in the terminal and with its values written in.
.EXAMPLE
./examples/01-look-at-a-dataset.ps1
.EXAMPLE
./examples/01-look-at-a-dataset.ps1 -Dataset ~/data/mnist    # a folder with train-images-idx3-ubyte.gz and its companions
#>
param(
    [string] $Dataset = 'digits',
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/01')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

# The built-in digits are drawn when they are asked for: nothing is downloaded.
$data = Import-CnnDataset $Dataset
$data | Format-List

# Twenty of them on one sheet, each with its label below.
$data | Get-CnnSample -First 20 |
    Join-CnnImage -Column 10 -Title "Twenty of $($data.Name)" |
    Export-CnnImage (Join-Path $OutputFolder samples.png) -Force

# Eight of one class, in a random order that the seed determines, as an animation.
$data | Get-CnnSample -Class $data.Train.Labels[3] -First 8 -Seed 1 |
    Export-CnnImage (Join-Path $OutputFolder class.gif) -Delay 300 -Force

# One picture: in the terminal, and with the value of each pixel written into it.
$one = $data | Get-CnnSample -Index 5
$one | Format-List
$one | Show-CnnImage
$one | Export-CnnImage (Join-Path $OutputFolder values.png) -Annotate -Force

Get-ChildItem $OutputFolder
