BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:manifest = Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1')
}

Describe 'Test-CnnRuntime' {
    It 'names TorchSharp and libtorch, and the libraries for images' {
        $report = Test-CnnRuntime -SkipSpeedCheck
        $report | Should -BeOfType ([CnnViz.RuntimeReport])
        $report.TorchSharpVersion | Should -Be '0.107.0'
        $report.LibTorchVersion | Should -Be '2.10.0'
        $report.LibTorchDirectory | Should -Exist
        $report.OneDnn.Reason | Should -Not -BeNullOrEmpty
        $report.ImageCodec | Should -Match '^ImageSharp 2\.1\.\d+, SkiaSharp 3\.119\.4$'
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
                try {
            $env:OMP_NUM_THREADS = $null
            $threads, $cores, $advice = Invoke-Pwsh -NoProfile -Command $script
            $threads | Should -Be $cores
            $env:OMP_NUM_THREADS = 1 + [int]$cores
            $threads, $cores, $advice = Invoke-Pwsh -NoProfile -Command $script
            $threads | Should -Be $env:OMP_NUM_THREADS
            $advice -join ' ' | Should -Match 'OMP_NUM_THREADS'
        }
        finally {
            $env:OMP_NUM_THREADS = $null
        }
    }

    It 'says what is missing, with a stable id, where there is no libtorch' {
        try {
            $env:CNNVIZ_LIBTORCH = Join-Path $TestDrive nowhere
            $said = Invoke-Pwsh -NoProfile -Command "
                Import-Module '$manifest'
                try { Test-CnnRuntime } catch { `$_.FullyQualifiedErrorId; `$_.CategoryInfo.Category; `$_.Exception.Message }"
        }
        finally {
            $env:CNNVIZ_LIBTORCH = $null
        }
        $said[0] | Should -BeExactly 'CnnViz.RuntimeMissing,CnnViz.Commands.TestCnnRuntimeCommand'
        $said[1] | Should -Be 'NotInstalled'
        $said[2] | Should -Match 'torch_cpu.*nowhere.*CNNVIZ_LIBTORCH'
    }

    It 'says whether oneDNN computes, as recipes do' {
        try {
            $env:CNNVIZ_ONEDNN = 'off'
            $said = Invoke-Pwsh -NoProfile -Command "
                Import-Module '$manifest'
                `$runtime = (Test-CnnRuntime -SkipSpeedCheck).OneDnn
                `$runtime.IsEnabled
                `$runtime.Reason
                (Get-CnnSample digits -First 1 | Get-SaliencyMap -Model lenet5-digits).Recipe.Versions['OneDnn']"
        }
        finally {
            $env:CNNVIZ_ONEDNN = $null
        }
        $said | Should -Be 'False', "CNNVIZ_ONEDNN is 'off'", 'off'
    }

    It 'is shown as a list that a person can read' {
        $text = Test-CnnRuntime -SkipSpeedCheck | Out-String
        $text | Should -Match 'oneDNN +: o(n|ff): '
        $text | Should -Match 'Advice +: '
    }
}
