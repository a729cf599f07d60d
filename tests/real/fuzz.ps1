<#
.SYNOPSIS
Calls cmdlets with random shapes, layers, classes and options, and reports every call that ends the process or fails
with something else than an error of this module.
.DESCRIPTION
Cases run in child processes, so that the end of one is seen and reported with its case; the next child goes on behind
it. A case depends on -Seed and its number alone: -First and -Count repeat it. The exit code is the number of findings.
.EXAMPLE
./tests/real/fuzz.ps1
.EXAMPLE
./tests/real/fuzz.ps1 -First 1234 -Count 1
#>
[CmdletBinding()]
param(
    [int] $Count = 2000,
    [int] $First = 0,
    [int] $Seed = 1,
    # The cases of a child process.
    [int] $Chunk = 100,
    # Longer than this no case may take.
    [int] $LimitSeconds = 120,
    # The log that a child writes; for the parent's use.
    [string] $ChildLog
)
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$root = Split-Path (Split-Path $PSScriptRoot)

function Invoke-Children {
    $findings = 0
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $totals = @{}
    for ($next = $First; $next -lt $First + $Count) {
        $number = [Math]::Min($Chunk, $First + $Count - $next)
        $log = New-TemporaryFile
        # As a tool of dotnet, pwsh is a library.
        $isTool = (Split-Path -LeafBase ([Environment]::ProcessPath)) -eq 'dotnet'
        $arguments = @(if ($isTool) { Join-Path $PSHOME pwsh.dll })
        $arguments += '-NoProfile', '-NonInteractive', '-File', $PSCommandPath, '-First', $next, '-Count', $number,
            '-Seed', $Seed, '-LimitSeconds', $LimitSeconds, '-ChildLog', $log
        $child = Start-Process ([Environment]::ProcessPath) $arguments -PassThru -NoNewWindow
        while (-not $child.WaitForExit(1000)) {
            $silent = [DateTime]::UtcNow - (Get-Item $log).LastWriteTimeUtc
            if ($silent.TotalSeconds -gt $LimitSeconds) { $child.Kill($true) }
        }
        $lines = @(Get-Content $log)
        Remove-Item $log
        foreach ($line in $lines -cmatch '^END') {
            $word = $line.Split(' ')[2]
            $totals[$word] = 1 + $totals[$word]
        }
        foreach ($line in $lines -cmatch '^FOUND') { Write-Host $line; $findings++ }
        $begun = @($lines -cmatch '^BEGIN')
        if ($begun.Count -gt @($lines -cmatch '^END').Count) {
            Write-Host "DIED with exit code $($child.ExitCode): $($begun[-1])"
            $findings++
            $next = [int]$begun[-1].Split(' ')[1] + 1
        }
        elseif ($begun.Count -lt $number) {
            Write-Host "A child ended with exit code $($child.ExitCode) after $($begun.Count) of $number cases."
            return $findings + 1
        }
        else { $next += $number }
    }
    $summary = ($totals.GetEnumerator() | Sort-Object Name | ForEach-Object { "$($_.Value) $($_.Name)" }) -join ', '
    Write-Host "$Count cases in $([int]$watch.Elapsed.TotalSeconds) s: $summary; $findings findings."
    $findings
}

function Get-Number([int] $low, [int] $high) { $random.Next($low, $high + 1) }

function Get-Images { , @(1..(Get-Number 1 3) | ForEach-Object { Get-Image }) }

# One in so many times.
function Test-Chance([int] $of) { $random.Next($of) -eq 0 }

function Get-One([object[]] $of) { $of[$random.Next($of.Count)] }

function Get-Image([int] $height = (Get-Extent), [int] $width = (Get-Extent)) {
    $channels = Get-One 1, 3, 3
    $values = [float[]]::new($channels * $height * $width)
    for ($i = 0; $i -lt $values.Count; $i++) { $values[$i] = $random.NextSingle() }
    if (Test-Chance 40) { $values[$random.Next($values.Count)] = [float]::NaN }
    [CnnViz.CnnImage]::new($values, $channels, $height, $width)
}

function Get-Extent {
    if (Test-Chance 8) { Get-One 1, 2, 3, 257 } else { Get-Number 4 48 }
}

function Get-Layer {
    switch (Get-Number 0 12) {
        { $_ -le 3 } {
            $kernel = Get-Number 1 5
            $words = "conv $(Get-Number 1 24) $($kernel)x$(Get-One $kernel, $kernel, (Get-Number 1 7))"
            $words += Get-One '', ' same', ' same', " pad $(Get-Number 0 4)"
            $words + (Get-One '', " stride $(Get-Number 1 4)") + (Get-One ' relu', ' relu', ' tanh', ' nobias', '')
        }
        4 {
            "deconv $(Get-Number 1 8) $(Get-Number 1 5)x$(Get-Number 1 5)" +
                " stride $(Get-Number 1 3) pad $(Get-Number 0 3)"
        }
        5 { "maxpool $(Get-Number 1 4)" + (Get-One '', " stride $(Get-Number 1 5)", " pad $(Get-Number 0 2)") }
        6 { "avgpool $(Get-Number 1 4)" + (Get-One '', " stride $(Get-Number 1 5)", " pad $(Get-Number 0 2)") }
        7 {
            $normalization = "lrn $(Get-Number 1 9) alpha $(Get-Number 0 3)"
            Get-One 'batchnorm', 'batchnorm', "depthpool $(Get-Number 1 6)", $normalization
        }
        8 { Get-One "pad $(Get-Number 0 20)", "dropout 0.$(Get-Number 0 9)" }
        9 { Get-One 'flatten', 'globalpool' }
        10 { "dense $(Get-Number 1 200) " + (Get-One 'relu', 'sigmoid', 'he', 'glorot') }
        11 { Get-One 'relu', 'relu6', 'elu', 'tanh', 'sigmoid', 'scaledtanh' }
        12 {
            Get-One 'conv', 'conv 0 3x3', 'conv 4 0x3', 'dense -1', 'maxpool 1e9', 'pad 99999', 'conv 3 3x3 stride 0'
        }
    }
}

function New-RandomModel {
    $layers = @(1..(Get-Number 1 6) | ForEach-Object { Get-Layer })
    if (-not (Test-Chance 4)) { $layers += (Get-One @('flatten', 'globalpool')), "dense $(Get-Number 1 12)" }
    $channels = Get-One 1, 3, 3, 3, (Get-Number 1 5)
    Say "New-CnnModel '$($layers -join "', '")' -InputShape $channels, "
    $shape = $channels, (Get-Extent), (Get-Extent)
    Say "$($shape[1]), $($shape[2]); "
    New-CnnModel -Layer $layers -InputShape $shape -Seed (Get-Number 0 99)
}

# Mostly a network that can be built; which ones can is what New-CnnModel says.
function Get-Model {
    if (Test-Chance 3) { return Get-One $script:known }
    for ($i = 0; $i -lt 8; $i++) {
        try { return New-RandomModel }
        catch { if ($_.FullyQualifiedErrorId -notlike 'CnnViz.*') { throw } }
    }
    $script:known[0]
}

function Get-LayerName($model) {
    $names = @($model | Get-CnnLayer | ForEach-Object Name)
    if (Test-Chance 12) { Get-One '*', 'nothing', '', 'conv*' } else { Get-One $names }
}

function Get-Class { if (Test-Chance 10) { Get-One '-1', '99999', 'cat', '*', '' } else { "$(Get-Number 0 9)" } }

# One of the words that a parameter takes.
function Get-Word([string] $command, [string] $parameter) {
    $type = (Get-Command $command).Parameters[$parameter].ParameterType
    $type = $type.IsArray ? $type.GetElementType() : $type
    Get-One ([Enum]::GetNames([Nullable]::GetUnderlyingType($type) ?? $type))
}

# Adds an option to the others once in so many times.
function Add-Option([Collections.IDictionary] $to, [int] $of, [string] $name, [scriptblock] $value) {
    if (Test-Chance $of) { $to[$name] = & $value }
}

function Get-SynthesisOptions {
    $options = @{ Model = Get-Model; Step = Get-Number 1 2; Seed = Get-Number 0 9 }
    Add-Option $options 5 Octave { Get-Number 1 3 }
    Add-Option $options 8 OctaveScale { Get-One 1.1, 1.5, 3, 1, 0.5 }
    Add-Option $options 5 StepSize { Get-One 0.01, 1, 1000, 1e30, 0 }
    Add-Option $options 4 Optimizer { Get-Word Invoke-DeepDream Optimizer }
    Add-Option $options 4 Size { Get-One '8x8', '33x17', '1x1', '64x3', '0x5', '64' }
    Add-Option $options 12 MemoryLimit { Get-One '1MB', '20MB', '1', '1GB' }
    $options
}

function Invoke-Case {
    switch (Get-Number 0 9) {
        0 { New-RandomModel }
        1 {
            $model = Get-Model
            $options = @{ Image = Get-Images; Layer = Get-LayerName $model; Model = $model }
            Add-Option $options 4 Channel { @(1..(Get-Number 1 3) | ForEach-Object { Get-Number -1 30 }) }
            Add-Option $options 4 Top { Get-Number 0 20 }
            Add-Option $options 3 Preprocessing { Get-Word Get-FeatureMap Preprocessing }
            Add-Option $options 4 BatchSize { Get-Number 1 3 }
            Invoke-Said Get-FeatureMap $options
        }
        { $_ -in 2, 3 } {
            $model = Get-Model
            $options = @{ Image = Get-Images; Model = $model; Method = Get-Word Get-SaliencyMap Method }
            Add-Option $options 3 Target { Get-Class }
            Add-Option $options 3 Layer { Get-LayerName $model }
            $options += @{ Step = Get-Number 1 3; SampleCount = Get-Number 1 3; MaskCount = Get-Number 1 20 }
            $options.Seed = Get-Number 0 9
            Add-Option $options 6 Objective {
                "$(Get-One 'class', 'channel', 'layer', 'neuron') $(Get-LayerName $model) $(Get-Number 0 3)"
            }
            Add-Option $options 4 Window { Get-Number 1 60 }
            Add-Option $options 4 Stride { Get-Number 1 60 }
            Add-Option $options 4 MaskSize { Get-Number 1 70 }
            Add-Option $options 4 Reduction { Get-Word Get-SaliencyMap Reduction }
            Add-Option $options 4 Baseline { Get-Word Get-SaliencyMap Baseline }
            Add-Option $options 4 BaseMethod { Get-Word Get-SaliencyMap Method }
            Add-Option $options 4 PoolingRule { Get-Word Get-SaliencyMap PoolingRule }
            Add-Option $options 3 Preprocessing { Get-Word Get-FeatureMap Preprocessing }
            Invoke-Said Get-SaliencyMap $options
        }
        4 {
            $options = Get-SynthesisOptions
            if (Test-Chance 2) { $options.Class = Get-Class }
            else {
                $options.Layer = Get-LayerName $options.Model
                Add-Option $options 3 Channel { "$(Get-Number 0 30)" }
                Add-Option $options 3 Neuron { Get-Number 0 9; Get-Number 0 9 }
            }
            Add-Option $options 3 Preset { Get-Word Invoke-ClassMaximization Preset }
            Add-Option $options 3 Parameterization { Get-Word Invoke-ClassMaximization Parameterization }
            Add-Option $options 4 Jitter { Get-Number 0 90 }
            Add-Option $options 4 Scaling { Get-One 0, 0.1, 0.9, 5 }
            Add-Option $options 4 Rotation { Get-One 0, 5, 180 }
            Add-Option $options 4 InitialImage { Get-Image }
            Invoke-Said Invoke-ClassMaximization $options
        }
        5 {
            $kernel = if (Test-Chance 3) { Get-One 'SobelX', 'LineVertical', 'nothing' } else {
                $rows = [float[][]]::new((Get-Number 1 9))
                $columns = Get-Number 1 9
                for ($i = 0; $i -lt $rows.Count; $i++) {
                    $rows[$i] = [float[]]@(1..$columns | ForEach-Object { $random.NextSingle() - 0.5 })
                    if (Test-Chance 30) { $columns++ }
                }
                , $rows
            }
            $options = @{ Kernel = $kernel; Image = Get-Image; Stride = Get-Number 1 5 }
            Add-Option $options 2 Padding { Get-Word Invoke-CnnConvolution Padding }
            Add-Option $options 5 Transpose { $true }
            Invoke-Said Invoke-CnnConvolution $options
        }
        6 {
            $options = @{ Image = Get-Images; Model = Get-Model }
            $options += @{ Method = Get-Word New-AdversarialExample Method; Step = Get-Number 1 2 }
            $options.Seed = Get-Number 0 9
            Add-Option $options 2 Epsilon { Get-One '8/255', 0.5, 1, '1/0', 1e-9, 40 }
            Add-Option $options 3 Norm { Get-Word New-AdversarialExample Norm }
            Add-Option $options 3 Target { Get-Class }
            Add-Option $options 4 RandomStart { $true }
            Add-Option $options 6 Restart { Get-Number 1 2 }
            Add-Option $options 6 SearchStep { Get-Number 1 2 }
            Add-Option $options 6 FullSize { $true }
            Add-Option $options 6 JpegQuality { Get-Number 1 100 }
            Add-Option $options 6 Quantize { $true }
            Add-Option $options 3 Preprocessing { Get-Word Get-FeatureMap Preprocessing }
            Invoke-Said New-AdversarialExample $options
        }
        7 {
            $options = Get-SynthesisOptions
            $options.Image = Get-Image
            Add-Option $options 2 Layer { Get-LayerName $options.Model }
            Add-Option $options 4 Preset { Get-Word Invoke-DeepDream Preset }
            Add-Option $options 5 Guide { Get-Image }
            Add-Option $options 5 Jitter { Get-Number 0 90 }
            Add-Option $options 8 Zoom { Get-Number 1 2 }
            Invoke-Said Invoke-DeepDream $options
        }
        8 {
            $options = Get-SynthesisOptions
            $options += @{ Content = Get-Image; Style = Get-Image }
            Add-Option $options 2 StyleLayer { Get-LayerName $options.Model }
            Add-Option $options 2 ContentLayer { Get-LayerName $options.Model }
            Add-Option $options 4 Preset { Get-Word Invoke-StyleTransfer Preset }
            Add-Option $options 4 Initialization { Get-Word Invoke-StyleTransfer Initialization }
            Add-Option $options 5 StyleWeight { Get-One 0, 1, 1e6, -1 }
            Add-Option $options 5 TotalVariationWeight { Get-One 0, 1, 1e6 }
            Add-Option $options 5 StyleScale { Get-One 0.1, 1, 3 }
            Add-Option $options 6 PreserveColor { $true }
            Add-Option $options 6 Pooling { Get-Word Invoke-StyleTransfer Pooling }
            Invoke-Said Invoke-StyleTransfer $options
        }
        9 { if (Test-Chance 2) { Invoke-ImageFile } else { Invoke-ModelFile } }
    }
}

# An image of an odd size that was written as a file, and perhaps damaged.
function Invoke-ImageFile {
    $height, $width = Get-One @(1, 1), @(1, 3000), @(3000, 1), @(2, 777), @((Get-Extent), (Get-Extent))
    $path = Join-Path $folder "image.$(Get-One 'png', 'jpg', 'webp', 'gif')"
    Say "Import-CnnImage $height×$width $(Split-Path -Leaf $path) "
    Get-Image -height $height -width $width | Export-CnnImage $path -Force
    Edit-Bytes $path
    $options = @{ Path = $path }
    Add-Option $options 4 AsGrey { $true }
    Add-Option $options 6 MaximumPixels { Get-One 1, 100, 1000000 }
    $image = Invoke-Said Import-CnnImage $options
    if ($image) { $image | Get-CnnPrediction -Model (Get-One $script:known) }
}

# A model whose file has other shapes, types or bytes than were written.
function Invoke-ModelFile {
    $path = Join-Path $folder 'model.safetensors'
    Get-Model | Export-CnnModel $path -Force
    if (Test-Chance 2) {
        $bytes = [IO.File]::ReadAllBytes($path)
        $length = [int][BitConverter]::ToUInt64($bytes, 0)
        $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length)
        $numbers = [regex]::Matches($header, '\d+')
        $place = $numbers[$random.Next($numbers.Count)]
        $digits = (Get-One '0', '1', '2', '64', '4294967296', '9223372036854775807')
        $header = $header.Remove($place.Index, $place.Length).Insert($place.Index, $digits)
        $changed = [Text.Encoding]::UTF8.GetBytes($header)
        Say "header: $($header.Substring([Math]::Max(0, $place.Index - 40), [Math]::Min(40, $place.Index)))→$digits "
        $values = [ArraySegment[byte]]::new($bytes, 8 + $length, $bytes.Count - 8 - $length)
        [IO.File]::WriteAllBytes($path, [BitConverter]::GetBytes([ulong]$changed.Count) + $changed + $values)
    }
    else { Edit-Bytes $path }
    $model = Invoke-Said Import-CnnModel @{ Path = $path }
    if ($model) { Get-Image | Get-CnnPrediction -Model $model }
}

# Changes, cuts or leaves a file.
function Edit-Bytes([string] $path) {
    $bytes = [IO.File]::ReadAllBytes($path)
    switch (Get-Number 0 3) {
        0 { foreach ($i in 1..(Get-Number 1 9)) { $bytes[$random.Next($bytes.Count)] = $random.Next(256) } }
        1 { $bytes = $bytes[0..$random.Next($bytes.Count)] }
    }
    [IO.File]::WriteAllBytes($path, $bytes)
}

function Say([string] $text) { $null = $script:said.Append($text); [IO.File]::AppendAllText($ChildLog, $text) }

function Invoke-Said([string] $command, [hashtable] $options) {
    $text = foreach ($name in $options.Keys | Sort-Object) {
        $value = @($options[$name]) | ForEach-Object {
            if ($_ -is [CnnViz.CnnImage]) { "[$($_.Shape -join ', ')]" }
            elseif ($_ -is [CnnViz.CnnModel]) { $_.Name }
            else { "$_" }
        }
        "-$name $($value -join ', ')"
    }
    Say "$command $($text -join ' ')"
    & $command @options -ErrorAction Stop -WarningAction SilentlyContinue
}

function Invoke-Cases {
    Import-Module (Join-Path $root CnnViz.psd1)
    $folder = Join-Path ([IO.Path]::GetTempPath()) "cnnviz-fuzz-$PID"
    $null = New-Item -ItemType Directory $folder
    $script:random = [Random]::new(0)
    $script:known = @(
        Import-CnnModel lenet5-digits
        Import-CnnModel lenet5-digits -Precision BFloat16
        Import-CnnModel patternnet
        New-CnnModel 'conv 8 3x3 same relu', 'maxpool 2', 'batchnorm', 'conv 9 3x3', 'globalpool', 'dense 9' 3, 24, 24
        New-CnnModel 'conv 6 5x5 tanh', 'avgpool 2', 'lrn 5', 'flatten', 'dense 10' 1, 16, 20
        New-CnnModel 'conv 4 3x3 same elu', 'deconv 3 3x3 stride 2', 'conv 4 5x5 relu6', 'flatten', 'dense 10' 3, 9, 9
    )
    # The second and third are PowerShell's about arguments, before the cmdlet runs.
    $allowed = '^(CnnViz\.\w+|ParameterArgument\w+|CannotConvertArgument\w*)(,|$)'
    for ($i = $First; $i -lt $First + $Count; $i++) {
        $script:random = [Random]::new($Seed * 1000003 + $i)
        $script:said = [Text.StringBuilder]::new()
        [IO.File]::AppendAllText($ChildLog, "`nBEGIN $i ")
        $watch = [Diagnostics.Stopwatch]::StartNew()
        $word = 'results'
        try { $null = Invoke-Case }
        catch {
            $word = if ($_.FullyQualifiedErrorId -cmatch $allowed) { 'errors' } else { 'strangers' }
            $reason = "$($_.Exception.GetType().Name) $($_.Exception.Message.Split("`n")[0])"
            $failure = "$($_.FullyQualifiedErrorId): $reason"
            $detail = if ($word -eq 'strangers') { "`nFOUND $i $failure [$said]" } else { "`n      $failure" }
            [IO.File]::AppendAllText($ChildLog, $detail)
        }
        [IO.File]::AppendAllText($ChildLog, "`nEND $i $word $($watch.ElapsedMilliseconds) ms")
    }
    Remove-Item -Recurse $folder
}

if ($ChildLog) { Invoke-Cases } else { exit (Invoke-Children) }
