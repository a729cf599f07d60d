BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
}

Describe 'Install-CnnRuntime' {
    It 'leaves alone what is in place, and says what computes' {
        $report = Install-CnnRuntime -InformationVariable said
        $report | Should -BeOfType ([CnnViz.RuntimeReport])
        "$said" | Should -Match 'libtorch 2\.10\.0 is in '
        "$said" | Should -Not -Match 'Downloading'
    }

    It 'does nothing with -WhatIf' {
        Install-CnnRuntime -Force -WhatIf | Should -BeNullOrEmpty
    }
}
