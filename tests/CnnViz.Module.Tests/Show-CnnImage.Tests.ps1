BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force

    function Get-PlainText([Parameter(ValueFromPipeline)] [string] $Text) {
        process { $Text -replace "`e\[[0-9;]*m" }
    }
}

Describe 'Show-CnnImage' {
    BeforeAll {
        $script:digit = Get-CnnSample digits -Index 0
    }

    It 'writes a picture as text to the pipeline, two pixels a character' {
        $text = $digit | Show-CnnImage
        $text | Should -BeOfType string
        $lines = ($text | Get-PlainText) -split "`n"
        $lines | Should -HaveCount 14
        $lines | ForEach-Object { $_ | Should -Be ('▀' * 28) }
    }

    It 'is as wide as asked, and half as high as wide' {
        $lines = ($digit | Show-CnnImage -Width 40 -Protocol HalfBlock | Get-PlainText) -split "`n"
        $lines[0].Length | Should -Be 40
        $lines | Should -HaveCount 20
    }

    It 'shows every picture that comes, as it comes' {
        Get-CnnSample digits | Show-CnnImage | Select-Object -First 2 | Should -HaveCount 2
    }

    It 'writes values on request, a line a row' {
        $map = [CnnViz.CnnTensor]::new([float[]](-1.5, 0, 0.256, 12), [int[]](2, 2))
        ($map | Show-CnnImage -Annotate | Get-PlainText) -split "`n" | Should -Be ' -1.5    0', ' 0.26   12'
        ($map | Show-CnnImage -Annotate -Decimals 0 | Get-PlainText) -split "`n" | Should -Be ' -2  0', '  0 12'
    }

    It 'writes the values of each map of a stack' {
        $stack = [CnnViz.CnnTensor]::new([float[]](1..6), [int[]](3, 1, 2))
        $stack | Show-CnnImage -Annotate | Get-PlainText | Should -Be ' 1 2', ' 3 4', ' 5 6'
    }

    It 'colours grey pictures on request' {
        $plain = $digit | Show-CnnImage
        $digit | Show-CnnImage -ColorMap viridis | Should -Not -Be $plain
    }

    It 'takes paths' {
        $path = Join-Path $TestDrive digit.png
        $digit | Export-CnnImage $path
        Show-CnnImage $path | Should -Be ($digit | Show-CnnImage)
    }

    It 'says what is too wide to write values of' {
        { [CnnViz.CnnImage]::new([float[]]::new(2000), 1, 1, 2000) | Show-CnnImage -Annotate } |
            Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ShowCnnImageCommand'
    }
}
