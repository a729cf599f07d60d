# Shared by the tests; dot-source it in BeforeAll.
Import-Module (Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1')) -Force

# The tensors that are alive in the whole process, those of forgotten objects not counted.
function Get-TensorCount {
    $tensor = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext([CnnViz.CnnTensor].Assembly).Assemblies |
        ForEach-Object { $_.GetType('TorchSharp.torch+Tensor') } | Select-Object -First 1
    foreach ($round in 1, 2) {
        [GC]::Collect()
        [GC]::WaitForPendingFinalizers()
    }
    $tensor::TotalCount
}

# The first of the built-in digits, few enough to train on in a moment.
function Get-FewDigits([int] $Train = 256, [int] $Test = 100) {
    $digits = Import-CnnDataset digits
    [CnnViz.DatasetSplits]::new(
        'few', $digits.Train.Sample([CnnViz.SampleOptions]@{ First = $Train }), $digits.Test.Sample([CnnViz.SampleOptions]@{ First = $Test }))
}

# A grey digit as a PNG.
function New-DigitFile([string] $Path, [int] $Index = 0) {
    Get-CnnSample digits -Index $Index | Export-CnnImage $Path
    Get-Item -LiteralPath $Path
}

# The program of this PowerShell with what it needs in front of its arguments: as a tool of .NET it is a library that dotnet runs.
function Get-PwshCommand {
    $program = [Environment]::ProcessPath
    if ((Split-Path $program -LeafBase) -eq 'dotnet') { $program, [Environment]::GetCommandLineArgs()[0] } else { , $program }
}

# A PowerShell of its own, with the arguments of pwsh.
function Invoke-Pwsh {
    $program, $library = Get-PwshCommand
    if ($library) { & $program $library @args } else { & $program @args }
}
