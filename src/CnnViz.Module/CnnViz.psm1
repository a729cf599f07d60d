# Loads CnnViz.dll with its dependencies in an AssemblyLoadContext of its own. libtorch stays on disk until a cmdlet needs it.
$null = [System.Reflection.Assembly]::LoadFrom([System.IO.Path]::Combine($PSScriptRoot, 'CnnViz.Loader.dll'))
$assembly = [CnnViz.Loader.ModuleContext]::Load($PSScriptRoot)
$binary = Import-Module -Assembly $assembly -PassThru

# Results come through jobs, remoting and Export-Clixml as what they were.
Update-TypeData -TypeData $assembly.GetType('CnnViz.Serialization.ResultTypeData')::All -Force

# A binary module that stays behind makes PowerShell lose its cmdlets on the next import (PowerShell#20710).
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $binary -Force }.GetNewClosure()
