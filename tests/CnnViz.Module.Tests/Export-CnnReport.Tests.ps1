BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Export-CnnReport' {
    BeforeAll {
        $script:model = Import-CnnModel lenet5-digits
        $script:digits = Get-CnnSample digits -First 2
        $script:results = @($digits | Get-CnnPrediction -Model $model -Top 3) + @($digits | Get-SaliencyMap -Model $model -Method GradCam, Gradient)
    }

    BeforeEach {
        $script:path = Join-Path $TestDrive "$([guid]::NewGuid()).html"
    }

    It 'writes a page with a section for each picture, and nothing to the pipeline' {
        $results | Export-CnnReport $path -Title 'Two <digits>' | Should -BeNullOrEmpty
        $page = Get-Content $path -Raw
        $page | Should -Match '<h1>Two &lt;digits&gt;</h1>'
        $page | Should -Match '>digits/test#0</h2>'
        [regex]::Matches($page, '<section').Count | Should -Be 2
        $page | Should -Not -Match '(src|href)="(?!data:|#)'
    }

    It 'shows examples, curves and frames' {
        & {
            $digits[0] | New-AdversarialExample -Model $model -Epsilon 0.2 -Step 3 -Force
            $model | Invoke-ClassMaximization -Class 3 -Step 12 -KeepFrame -FrameInterval 3
            Measure-CnnRobustness digits -Model $model -Epsilon 0, 0.1 -First 6 -Step 2
        } | Export-CnnReport $path
        $page = Get-Content $path -Raw
        $page | Should -Match 'class="result blink"'
        $page | Should -Match 'class="result slider"'
        [regex]::Matches($page, '<svg ').Count | Should -Be 2
    }

    It 'takes files of pictures with their recipes' {
        $results[-1] | Export-CnnImage (Join-Path $TestDrive map.png)
        Get-ChildItem (Join-Path $TestDrive map.png) | Export-CnnReport $path -PassThru | Should -BeOfType System.IO.FileInfo
        Get-Content $path -Raw | Should -Match '"operation": "Get-SaliencyMap"'
    }

    It 'warns of what shows nothing and goes on' {
        @($results[-1], (Get-Date)) | Export-CnnReport $path -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'DateTime'
        $path | Should -Exist
    }

    It 'replaces a page only with -Force, and writes none under -WhatIf' {
        $results | Export-CnnReport $path -WhatIf
        $path | Should -Not -Exist
        Set-Content $path mine
        { $results | Export-CnnReport $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputExists,*'
        Get-Content $path | Should -Be mine
        $results | Export-CnnReport $path -Force
        Get-Content $path -Raw | Should -Match '<!DOCTYPE html>'
    }

    It 'says when there is nothing to show' {
        { @() | Export-CnnReport $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.NothingToReport,*'
        { $results | Export-CnnReport (Join-Path $TestDrive no/where.html) -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputUnwritable,*'
        $path | Should -Not -Exist
    }
}
