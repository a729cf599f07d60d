<#
.SYNOPSIS
Applies filters to a picture, as the first layer of a network does: edges, lines, blur, and filters of one's own.
.EXAMPLE
./examples/02-own-filters.ps1
.EXAMPLE
./examples/02-own-filters.ps1 -Image photo.jpg
#>
param(
    [string] $Image,
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/02')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

# Without a picture of yours one is drawn here: a disc and stripes, 96 × 96, grey.
$picture = if ($Image) {
    Import-CnnImage $Image -AsGrey
}
else {
    $values = foreach ($y in 0..95) {
        foreach ($x in 0..95) {
            $inDisc = [math]::Pow($x - 34, 2) + [math]::Pow($y - 40, 2) -lt 700
            $inStripe = $x -gt 64 -and ($x + $y) % 16 -lt 6
            $inDisc ? 0.9 : $inStripe ? 0.6 : 0.1
        }
    }
    [CnnViz.CnnImage]::new([float[]]$values, 1, 96, 96)
}

# Named filters. A result has its raw, signed values and a picture of them: red above 0, blue below.
$filters = 'SobelX', 'SobelY', 'Laplacian', 'Emboss', 'Sharpen', 'GaussianBlur'
$results = $filters | ForEach-Object { $picture | Invoke-CnnConvolution $_ }
$results | Format-Table
@($picture) + $results |
    Join-CnnImage -Column 4 -TileSize 192 -Caption (@('the picture') + $filters) -Title 'Filters' |
    Export-CnnImage (Join-Path $OutputFolder filters.png) -Force

# Lines: 7 × 7 filters of ones along the middle answer to strokes in their direction.
$digit = Get-CnnSample digits -Class 4 -First 1
$vertical = $digit | Invoke-CnnConvolution LineVertical
$horizontal = $digit | Invoke-CnnConvolution LineHorizontal
$digit, $vertical, $horizontal |
    Join-CnnImage -Column 3 -TileSize 224 -Caption 'a four', 'vertical line', 'horizontal line' |
    Export-CnnImage (Join-Path $OutputFolder lines.png) -Force

# A filter of one's own is rows of numbers; a stride makes the result smaller, so small that its values can be read.
$own = $digit | Invoke-CnnConvolution @((1, 1, 0), (1, 0, -1), (0, -1, -1)) -Padding Valid -Stride 3
$own | Format-List
$own | Show-CnnImage -Annotate
$own | Export-CnnImage (Join-Path $OutputFolder own.png) -Annotate -Force

Get-ChildItem $OutputFolder
