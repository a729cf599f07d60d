# The module's AssemblyLoadContext, tested with an assembly written here in CnnViz.dll's place.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force

    # A folder as NuGet lays it out: assemblies on top, native libraries by platform.
    function New-ModuleFolder([string] $Name, [string] $NativeFolder) {
        $folder = New-Item (Join-Path $TestDrive $Name) -ItemType Directory
        $native = New-Item (Join-Path $folder $NativeFolder) -ItemType Directory -Force
        $mathematics = (Get-Content /proc/self/maps) -match '/libm\.so' | Select-Object -First 1 | ForEach-Object { ($_ -split '\s+')[-1] }
        Copy-Item $mathematics (Join-Path $native 'libsample_native.so')
        Add-Type -OutputAssembly (Join-Path $folder 'CnnViz.dll') -TypeDefinition @"
            using System.Runtime.InteropServices;
            public static class Sample
            {
                [DllImport("sample_native")] private static extern double floor(double x);
                [DllImport("sample_missing")] private static extern double nothing(double x);
                public static double Floor(double x) => floor(x);
                public static double Missing(double x) => nothing(x);
                public static string Name => "$Name";
            }
"@
        "$folder"
    }
}

Describe 'The loader' -Skip:(-not $IsLinux) {
    It 'finds native libraries beside the assemblies and in the layout of NuGet' {
        $rid = "linux-$([System.Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture.ToString().ToLowerInvariant())"
        foreach ($native in '.', "runtimes/$rid/native") {
            $folder = New-ModuleFolder "native-$($native.Length)" $native
            [CnnViz.Loader.ModuleContext]::Load($folder).GetType('Sample')::Floor(2.5) | Should -Be 2
        }
    }

    It 'leaves a library that it does not have to the system, which says that it is missing' {
        $sample = [CnnViz.Loader.ModuleContext]::Load((New-ModuleFolder 'missing' '.')).GetType('Sample')
        { $sample::Missing(1) } | Should -Throw -ErrorId 'DllNotFoundException'
    }

    It 'keeps two versions of the module apart, and gives the same assembly for the same folder' {
        $first, $second = (New-ModuleFolder 'version-1' '.'), (New-ModuleFolder 'version-2' '.')
        [CnnViz.Loader.ModuleContext]::Load($first).GetType('Sample')::Name | Should -Be 'version-1'
        [CnnViz.Loader.ModuleContext]::Load($second).GetType('Sample')::Name | Should -Be 'version-2'
        [CnnViz.Loader.ModuleContext]::Load($first) | Should -Be ([CnnViz.Loader.ModuleContext]::Load($first))
    }
}
