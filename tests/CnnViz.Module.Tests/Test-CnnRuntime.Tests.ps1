BeforeAll {
    $script:manifest = Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1')
    Import-Module $manifest -Force
}

Describe 'Test-CnnRuntime' {
    It 'names the backend, libtorch and BLAS that are in use' {
        $report = Test-CnnRuntime -SkipSpeedCheck
        $report | Should -BeOfType ([CnnViz.RuntimeReport])
        $report.Backend | Should -BeIn 'Torch.System', 'Torch.NuGet'
        [version]($report.LibTorchVersion -replace '[^0-9.].*') | Should -BeGreaterOrEqual ([version]'1.13')
        $report.Blas | Should -Not -Be 'Unknown'
        $report.ImageCodec | Should -Match '^(libvips|ImageSharp) \d'
        $report.Devices | Should -Contain 'cpu'
        $report.Float32Gflops | Should -BeNullOrEmpty
    }

    It 'measures the speed of a matrix product' {
        $report = Test-CnnRuntime
        $report.Float32Gflops | Should -BeGreaterThan 0
        if ($report.HasBFloat16) {
            $report.BFloat16Gflops | Should -BeGreaterThan 0
        }
    }

    It 'uses one thread for each physical core, or as many as OMP_NUM_THREADS says' {
        $script = "Import-Module '$manifest'; (Test-CnnRuntime -SkipSpeedCheck) | ForEach-Object { `$_.Threads; `$_.PhysicalCores; `$_.Advice }"
        $pwsh = [Environment]::ProcessPath
        try {
            $env:OMP_NUM_THREADS = $null
            $threads, $cores, $advice = & $pwsh -NoProfile -Command $script
            $threads | Should -Be $cores
            $env:OMP_NUM_THREADS = 1 + [int]$cores
            $threads, $cores, $advice = & $pwsh -NoProfile -Command $script
            $threads | Should -Be $env:OMP_NUM_THREADS
            $advice -join ' ' | Should -Match 'OMP_NUM_THREADS'
        }
        finally {
            $env:OMP_NUM_THREADS = $null
        }
    }

    It 'says what is missing, with a stable id, where libtorch cannot be loaded' -Skip:(-not $IsLinux) {
        if ((Test-CnnRuntime -SkipSpeedCheck).Backend -ne 'Torch.System') {
            Set-ItResult -Skipped -Because 'CNNVIZ_LIBTORCH is for the libtorch on the machine'
        }
        try {
            $env:CNNVIZ_LIBTORCH = '/nowhere'
            $said = & ([Environment]::ProcessPath) -NoProfile -Command "
                Import-Module '$manifest'
                try { Test-CnnRuntime } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.Exception.Message }"
        }
        finally {
            $env:CNNVIZ_LIBTORCH = $null
        }
        $said[0] | Should -BeExactly 'CnnViz.RuntimeMissing,CnnViz.Commands.TestCnnRuntimeCommand'
        $said[1] | Should -Be 'NotInstalled'
        $said[2] | Should -Match 'CNNVIZ_LIBTORCH.*/nowhere.*libtorch_cpu'
    }

    It 'is not needed to say what is missing where pictures cannot be read' -Skip:(-not $IsLinux) {
        if ((Test-CnnRuntime -SkipSpeedCheck).Backend -ne 'Torch.System') {
            Set-ItResult -Skipped -Because 'the pictures'' library is for the libvips on the machine'
        }
        $copy = New-Item (Join-Path $TestDrive 'without-images') -ItemType Directory
        Copy-Item $manifest $copy
        Copy-Item (Join-Path (Split-Path $manifest) 'bin') $copy -Recurse
        Get-ChildItem $copy -Recurse -Filter 'libcnnviz_images*' | Remove-Item
        $said = & ([Environment]::ProcessPath) -NoProfile -Command "
            Import-Module '$copy/CnnViz.psd1'
            try { Import-CnnImage '$(Join-Path $PSScriptRoot ../data/images/rgb.png)' } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.Exception.Message }"
        $said[0] | Should -BeExactly 'CnnViz.ImageLibraryMissing,CnnViz.Commands.ImportCnnImageCommand'
        $said[1] | Should -Be 'NotInstalled'
        $said[2] | Should -Match 'libcnnviz_images'
    }

    It 'is shown as a list that a person can read' {
        $text = Test-CnnRuntime -SkipSpeedCheck | Out-String
        $text | Should -Match 'BLAS +: '
        $text | Should -Match 'Advice +: '
    }
}
