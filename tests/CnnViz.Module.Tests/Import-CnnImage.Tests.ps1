BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
    $script:images = Join-Path $PSScriptRoot '../data/images'
}

Describe 'Import-CnnImage' {
    BeforeAll {
        Push-Location $TestDrive
        Copy-Item (Join-Path $images rgb.png), (Join-Path $images grey.png), (Join-Path $images rgb.jpg) .
        Copy-Item rgb.png 'odd[1].png'
        Set-Content notes.txt 'no picture'
        $bytes = [System.IO.File]::ReadAllBytes((Join-Path $images rgb.jpg))
        [System.IO.File]::WriteAllBytes((Join-Path $TestDrive cut.jpg), $bytes[0..($bytes.Length - 40)])
        $null = New-Item folder.png -ItemType Directory
    }

    AfterAll {
        Pop-Location
    }

    It 'gives a picture of values in [0,1] with its path' {
        $image = Import-CnnImage rgb.png
        $image | Should -BeOfType CnnViz.CnnImage
        $image.Shape[0] | Should -Be 3
        $image.Minimum | Should -BeGreaterOrEqual 0
        $image.Maximum | Should -BeLessOrEqual 1
        $image.Source | Should -Be (Join-Path $TestDrive rgb.png)
    }

    It 'reads <_>' -ForEach 'rgb.bmp', 'rgb.tiff', 'rgb.webp', 'animation.gif', 'grey16.png', 'cmyk.jpg', 'alpha.png', 'bytes.npy' {
        Import-CnnImage (Join-Path $images $_) | Should -BeOfType CnnViz.CnnImage
    }

    It 'takes wildcards, and leaves folders out' {
        (Import-CnnImage *.png).Source | Split-Path -Leaf | Sort-Object | Should -Be 'grey.png', 'odd[1].png', 'rgb.png'
    }

    It 'takes files from the pipeline, brackets in their names too' {
        Get-ChildItem -File *.png | Import-CnnImage | Should -HaveCount 3
        (Import-CnnImage -LiteralPath 'odd[1].png').Source | Should -BeLike '*odd*'
    }

    It 'takes paths from the pipeline' {
        'rgb.png', 'grey.png' | Import-CnnImage | Should -HaveCount 2
    }

    It 'makes grey of colour on request' {
        (Import-CnnImage rgb.png -AsGrey).ChannelCount | Should -Be 1
    }

    It 'gives the raw values of a .npy file on request' {
        [CnnViz.CnnTensor]::new([float[]](-2, 0, 5, 7), [int[]](2, 2)) | Export-CnnImage raw.npy
        $tensor = Import-CnnImage raw.npy -Raw
        $tensor.Shape | Should -Be 2, 2
        $tensor.Data | Should -Be -2, 0, 5, 7
        Import-CnnImage raw.npy -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.ImageUnreadable,CnnViz.Commands.ImportCnnImageCommand'
    }

    It 'stops reading when the first picture is enough' {
        $read = [System.Collections.Generic.List[string]]::new()
        'rgb.png', 'notes.txt', 'grey.png' | ForEach-Object { $read.Add($_); $_ } | Import-CnnImage | Select-Object -First 1 | Should -HaveCount 1
        $read | Should -Be 'rgb.png'
    }

    It 'says <Id> of <Path>, and goes on' -ForEach @(
        @{ Path = 'nowhere.png'; Id = 'FileNotFound' }
        @{ Path = 'nowhere*.png'; Id = 'FileNotFound' }
        @{ Path = 'notes.txt'; Id = 'ImageUnreadable' }
        @{ Path = 'folder.png'; Id = 'ImageUnreadable' }
        @{ Path = 'cut.jpg'; Id = 'ImageTruncated' }
    ) {
        $good = $Path, 'rgb.png' | Import-CnnImage -ErrorVariable failure -ErrorAction SilentlyContinue
        $good | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -Be "CnnViz.$Id,CnnViz.Commands.ImportCnnImageCommand"
        $failure[0].Exception.Message | Should -BeLike "*$Path*"
    }

    It 'refuses a small file that would fill the memory' {
        Import-CnnImage (Join-Path $images bomb.png) -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.ImageTooLarge,CnnViz.Commands.ImportCnnImageCommand'
    }

    It 'holds to a limit of its own' {
        Import-CnnImage rgb.png -MaximumPixels 10 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.ImageTooLarge,CnnViz.Commands.ImportCnnImageCommand'
    }

    It 'says under -Verbose what it read' {
        Import-CnnImage rgb.png -Verbose 4>&1 | Select-Object -First 1 | Should -BeLike "Read '*rgb.png': 3 × *"
    }
}

Describe 'Import-CnnImage from a server' {
    BeforeAll {
        $probe = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $probe.Start()
        $script:site = "http://127.0.0.1:$($probe.LocalEndpoint.Port)"
        $probe.Stop()
        $script:listener = [System.Net.HttpListener]::new()
        $listener.Prefixes.Add("$site/")
        $listener.Start()
        $script:server = [powershell]::Create()
        $null = $server.AddScript({
                param($Listener, [byte[]] $Picture)
                while ($Listener.IsListening) {
                    $context = $Listener.GetContext()
                    $response = $context.Response
                    switch ($context.Request.Url.AbsolutePath) {
                        '/picture.png' { $response.OutputStream.Write($Picture) }
                        '/moved' { $response.Redirect('/picture.png') }
                        '/page' {
                            $response.ContentType = 'text/html'
                            $response.OutputStream.Write([byte[]][char[]]'<html>A page</html>')
                        }
                        '/silent' { }
                        default { $response.StatusCode = 404 }
                    }
                    if ($context.Request.Url.AbsolutePath -ne '/silent') {
                        $response.Close()
                    }
                }
            }).AddArgument($listener).AddArgument([System.IO.File]::ReadAllBytes((Join-Path $images rgb.png)))
        $null = $server.BeginInvoke()
    }

    AfterAll {
        $listener.Close()
        $server.Dispose()
    }

    It 'reads the picture at an address, given as text or as -Url' {
        (Import-CnnImage "$site/picture.png").Source | Should -Be "$site/picture.png"
        (Import-CnnImage -Url "$site/picture.png").Shape[0] | Should -Be 3
    }

    It 'follows a redirect' {
        Import-CnnImage "$site/moved" | Should -HaveCount 1
    }

    It 'says why <Path> gives no picture' -ForEach @(
        @{ Path = '/nowhere'; Limits = @{}; Reason = '*404*' }
        @{ Path = '/page'; Limits = @{}; Reason = '*no picture but text/html*' }
        @{ Path = '/picture.png'; Limits = @{ MaximumDownloadBytes = 20 }; Reason = '*limit of 20 bytes*' }
        @{ Path = '/silent'; Limits = @{ TimeoutSec = 0.3 }; Reason = '*silent for 0.3 seconds*' }
    ) {
        Import-CnnImage "$site$Path" @Limits -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.DownloadFailed,CnnViz.Commands.ImportCnnImageCommand'
        $failure[0].Exception.Message | Should -BeLike $Reason
    }

    It 'refuses an address that is none' {
        Import-CnnImage -Url ftp://x/y.png -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.DownloadFailed,CnnViz.Commands.ImportCnnImageCommand'
    }
}
