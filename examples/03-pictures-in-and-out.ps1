<#
.SYNOPSIS
Takes pictures in and gives them out: formats, folders, animations, NumPy's files, and how a picture remembers what made it.
.EXAMPLE
./examples/03-pictures-in-and-out.ps1
#>
param(
    [string] $OutputFolder = (Join-Path $PSScriptRoot '../out/examples/03')
)
Import-Module (Join-Path $PSScriptRoot '../CnnViz.psd1')
$null = New-Item $OutputFolder -ItemType Directory -Force
Push-Location $OutputFolder
try {
    # A folder of files, each named after its picture.
    Get-CnnSample digits -First 5 | Export-CnnImage -Directory digits -Force
    # Or named by a script block.
    Get-CnnSample digits -First 5 | Export-CnnImage -Path { "digits/$($_.Label).webp" } -Force

    # Back in: wildcards, files from Get-ChildItem, or an http(s) address.
    Import-CnnImage digits/*.png | Format-Table
    $digits = Get-ChildItem digits/test-*.png | Import-CnnImage

    # The ending names the format. Several pictures to one .gif are an animation.
    $digits[0] | Export-CnnImage digit.jpg -Quality 80 -Force
    $digits | Export-CnnImage digits.gif -Delay 400 -ColorMap magma -Force

    # A picture remembers what made it, in its file.
    $digits[0] | Invoke-CnnConvolution SobelX | Export-CnnImage edges.png -Force
    (Import-CnnImage edges.png).Recipe | Format-List Operation, Parameters

    # Raw values go to NumPy and come back: np.load('edges.npy').
    $edges = $digits[0] | Invoke-CnnConvolution SobelX
    $edges | Export-CnnImage edges.npy -Force
    Import-CnnImage edges.npy -Raw | Format-Table

    # What cannot be read is an error of its own, and the others go on.
    'digits/0.webp', 'missing.png', 'edges.png' | Import-CnnImage -ErrorAction Continue | Format-Table
}
finally {
    Pop-Location
}
Get-ChildItem $OutputFolder
