# Loads CnnViz.dll with its dependencies in an AssemblyLoadContext of its own. libtorch stays on disk until a cmdlet needs it.
$null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'CnnViz.Loader.dll'))
$assembly = [CnnViz.Loader.ModuleContext]::Load($PSScriptRoot)
$inner = Import-Module -Assembly $assembly -PassThru
