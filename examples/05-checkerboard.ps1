<#
.SYNOPSIS
Takes a convolution apart: it is a matrix product, its way back is the transposed matrix, and that is where checkerboard noise comes from.
.EXAMPLE
./examples/05-checkerboard.ps1
#>
param(
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/05')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force

function New-Picture([float[]] $Values, [int] $Side) { [CnnViz.CnnImage]::new($Values, 1, $Side, $Side) }

# 1. A convolution is a matrix product. Column j of its matrix is what it makes of a picture that is 1 at pixel j and 0 elsewhere.
$kernel = @((1, 2, 1), (0, 0, 0), (-1, -2, -1))
$columns = foreach ($pixel in 0..15) {
    $unit = [float[]]::new(16)
    $unit[$pixel] = 1
    , (New-Picture $unit 4 | Invoke-CnnConvolution $kernel -Padding Valid).Values.Data
}
'The matrix of a 3 × 3 convolution of 4 × 4 pixels: a row for each of the 2 × 2 results, the kernel shifted from row to row.'
$matrix = foreach ($row in 0..3) { , [float[]]$columns.ForEach({ $_[$row] }) }
$matrix.ForEach({ ($_ | ForEach-Object { '{0,3}' -f $_ }) -join '' })

$picture = New-Picture (1..16 | ForEach-Object { $_ * $_ % 17 / 17 }) 4
$product = foreach ($row in $matrix) { $sum = 0; foreach ($j in 0..15) { $sum += $row[$j] * $picture.Data[$j] }; $sum }
$convolved = ($picture | Invoke-CnnConvolution $kernel -Padding Valid).Values.Data
[pscustomobject]@{ 'matrix times picture' = $product.ForEach('ToString', 'f3') -join ' '; convolution = $convolved.ForEach('ToString', 'f3') -join ' ' } | Format-List

# 2. Gradients go back through the transposed matrix: each result lays its kernel onto the picture, and what overlaps is added.
$gradient = New-Picture (1, -1, 2, 0.5) 2
$back = foreach ($j in 0..15) { $sum = 0; foreach ($row in 0..3) { $sum += $matrix[$row][$j] * $gradient.Data[$row] }; $sum }
$transposed = ($gradient | Invoke-CnnConvolution $kernel -Padding Valid -Transpose).Values.Data
$difference = (0..15 | ForEach-Object { [math]::Abs($back[$_] - $transposed[$_]) } | Measure-Object -Maximum).Maximum
"The transposed matrix and the transposed convolution differ by at most $difference."

# 3. With a stride the kernels overlap unevenly where the stride does not divide the kernel: even input, checkered output.
$flat = New-Picture ([float[]]::new(64).ForEach({ 1 })) 8
$cases = @(
    @{ Size = 3; Stride = 1; Caption = '3 × 3, stride 1: VGG' }
    @{ Size = 3; Stride = 2; Caption = '3 × 3, stride 2' }
    @{ Size = 4; Stride = 2; Caption = '4 × 4, stride 2: even' }
    @{ Size = 11; Stride = 4; Caption = '11 × 11, stride 4: AlexNet' }
)
$sheets = foreach ($case in $cases) {
    $ones = , @([float[]]::new($case.Size).ForEach({ 1 })) * $case.Size
    $flat | Invoke-CnnConvolution $ones -Padding Valid -Transpose -Stride $case.Stride
}
$sheets | Join-CnnImage -Column 4 -TileSize 224 -Caption $cases.Caption -Title 'How many kernels reach a pixel' |
    Export-CnnImage (Join-Path $OutputFolder checkerboard.png) -Force
$middle = $sheets[1].Values
'Kernels of 3 × 3 with stride 2, in the middle row: ' + ($middle.Data[(8 * 17)..(8 * 17 + 16)] -join ' ')

# 4. Growing first and convolving then, with stride 1, leaves nothing uneven but the edge.
$grown = New-Picture ([float[]]::new(256).ForEach({ 1 })) 16
$even = $grown | Invoke-CnnConvolution @((1, 1, 1), (1, 1, 1), (1, 1, 1))
'Grown to twice the size and convolved: ' + ($even.Values.Data[(8 * 16)..(8 * 16 + 15)] -join ' ')

Get-ChildItem $OutputFolder
