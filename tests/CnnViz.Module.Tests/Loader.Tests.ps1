# The module's AssemblyLoadContext, tested with an assembly written here in CnnViz.dll's place.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force

    function New-ModuleFolder([string] $Name) {
        $folder = New-Item (Join-Path $TestDrive $Name) -ItemType Directory
        Add-Type -OutputAssembly (Join-Path $folder 'CnnViz.dll') -TypeDefinition "public static class Sample { public static string Name => `"$Name`"; }"
        "$folder"
    }
}

Describe 'The loader' {
    It 'keeps two versions of the module apart, and gives the same assembly for the same folder' {
        $first, $second = (New-ModuleFolder 'version-1'), (New-ModuleFolder 'version-2')
        [CnnViz.Loader.ModuleContext]::Load($first).GetType('Sample')::Name | Should -Be 'version-1'
        [CnnViz.Loader.ModuleContext]::Load($second).GetType('Sample')::Name | Should -Be 'version-2'
        [CnnViz.Loader.ModuleContext]::Load($first) | Should -Be ([CnnViz.Loader.ModuleContext]::Load($first))
    }
}
