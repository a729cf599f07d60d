BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)

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

Describe 'The terminal' -Skip:(-not $IsLinux) {
    BeforeAll {
        if (-not ('FakeTerminal' -as [type])) {
            Add-Type -Path (Join-Path $PSScriptRoot FakeTerminal.cs)
        }
        $manifest = "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))"
        $query = "`e_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA`e\`e[16t`e[c"

        # What a terminal that answers so gets to see.
        function Get-Written([string] $Answer, [string] $Command, [hashtable] $Variables = @{}) {
            $given = [Collections.Generic.Dictionary[string, string]]::new()
            foreach ($name in 'TMUX', 'STY', 'KITTY_WINDOW_ID', 'TERM_PROGRAM') {
                $given[$name] = ''
            }
            $given['TERM'] = 'xterm-256color'
            foreach ($name in $Variables.Keys) {
                $given[$name] = $Variables[$name]
            }
            $arguments = '-NoProfile', '-NoLogo', '-Command', "Import-Module '$manifest'; $Command"
            [FakeTerminal]::Run($Answer.Replace('\e', "`e"), $given, [string[]]((Get-PwshCommand) + $arguments))
        }

        $show = 'Get-CnnSample digits -Index 0 | Show-CnnImage'
    }

    It 'that knows Kitty gets a PNG of the picture, and is asked once' {
        $written = Get-Written '\e_Gi=31;OK\e\\e[6;20;10t\e[?62;4c' "$show; $show"
        [regex]::Matches($written, [regex]::Escape($query)).Count | Should -Be 1
        $pictures = [regex]::Matches($written, "`e_Ga=T,f=100,q=2,c=28,m=0;([A-Za-z0-9+/=]+)`e\\")
        $pictures | Should -HaveCount 2
        $file = Join-Path $TestDrive 'shown.png'
        [IO.File]::WriteAllBytes($file, [Convert]::FromBase64String($pictures[0].Groups[1].Value))
        $shown = Import-CnnImage $file
        $shown.Width, $shown.Height | Should -Be 280, 280
        $digit = Get-CnnSample digits -Index 0
        foreach ($place in 0..783) {
            $row, $column = [Math]::Floor($place / 28), ($place % 28)
            if ([Math]::Abs($shown.Data[280 * (10 * $row + 5) + 10 * $column + 5] - $digit.Data[$place]) -gt 0.003) { throw "The pixel at $row, $column is another." }
        }
    }

    It 'that knows Sixel gets Sixel of its characters'' size, and nothing of the answer is echoed' {
        $written = Get-Written '\e[6;18;9t\e[?62;4;22c' $show
        $written | Should -Match "`eP0;1;0q`"1;1;252;252#"
        $written | Should -Not -Match '\?62;4'
    }

    It 'that knows neither, or says nothing, gets half blocks' {
        Get-Written '\e[?64;1;2c' $show | Should -Match '▀▀'
        Get-Written '' $show | Should -Match '▀▀'
    }

    It 'is not asked where the text goes elsewhere, in a multiplexer, or for half blocks' {
        foreach ($written in (Get-Written '' "$show | Out-String"), (Get-Written '' "& $(Get-PwshCommand) -NoProfile -Command `"Import-Module '$manifest'; $show`" | Out-String"),
            (Get-Written '' $show @{ TMUX = 'yes' }), (Get-Written '' $show @{ TERM = 'screen' }), (Get-Written '' "$show -Protocol HalfBlock")) {
            $written.Contains($query) | Should -BeFalse
            $written | Should -Match '▀▀'
        }
    }

    It 'gets what -Protocol says' {
        Get-Written '\e[6;18;9t\e[?62;c' "$show -Protocol Sixel" | Should -Match "`eP0;1;0q"
        Get-CnnSample digits -Index 0 | Show-CnnImage -Protocol Kitty | Should -BeLike "`e_Ga=T,f=100,*"
    }

    It 'shows pictures that are being made, each in the place of the one before' {
        $written = Get-Written '' 'Invoke-ClassMaximization -Model lenet5-digits -Class 3 -Step 40 -FrameInterval 1 -Preview | Out-Null'
        $written | Should -Match '▀▀'
        $written.Contains($query) | Should -BeFalse
    }
}
