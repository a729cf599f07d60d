BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Join-CnnImage' {
    BeforeAll {
        $script:digits = Get-CnnSample digits -First 6
    }

    It 'makes one picture of several, about square' {
        $sheet = $digits | Join-CnnImage
        $sheet | Should -BeOfType CnnViz.CnnImage
        $sheet.Width | Should -BeGreaterThan 300
        $sheet.Height | Should -BeGreaterThan 200
    }

    It 'takes -Column pictures in a row' {
        # 28 pixels are magnified to 112; 8 lie between.
        ($digits | Join-CnnImage -Column 6 -Caption '').Width | Should -Be (6 * 112 + 7 * 8)
        ($digits | Join-CnnImage -Column 1 -Caption '').Height | Should -Be (6 * 112 + 7 * 8)
        ($digits | Join-CnnImage -Column 6 -Caption '' -Padding 0).Width | Should -Be (6 * 112)
    }

    It 'magnifies and shrinks to -TileSize' {
        ($digits[0] | Join-CnnImage -Caption '' -Padding 0 -TileSize 56).Shape[1..2] | Should -Be 56, 56
        ($digits[0] | Join-CnnImage -Caption '' -Padding 0 -TileSize 14).Shape[1..2] | Should -Be 14, 14
        $wide = [CnnViz.CnnImage]::new([float[]]::new(1000 * 4), 1, 4, 1000)
        ($wide | Join-CnnImage -Padding 0).Shape[1..2] | Should -Be 2, 512
    }

    It 'writes labels below and a title above' {
        $labelled = $digits | Join-CnnImage -Column 6
        $bare = $digits | Join-CnnImage -Column 6 -Caption ''
        $labelled.Height | Should -BeGreaterThan $bare.Height
        $titled = $digits | Join-CnnImage -Column 6 -Title 'Six digits'
        $titled.Height | Should -BeGreaterThan $labelled.Height
        $titled.Label | Should -Be 'Six digits'
    }

    It 'takes captions from a property, a script block or a list' {
        ($digits | Join-CnnImage -Caption Source).Recipe.Parameters['Caption'] | Should -BeLike 'digits/test#0;digits/test#1;*'
        ($digits | Join-CnnImage -Caption { "digit $($_.Class)" }).Recipe.Parameters['Caption'] | Should -BeLike 'digit ?;digit ?;*'
        ($digits | Join-CnnImage -Caption a, b, c, d, e, f).Recipe.Parameters['Caption'] | Should -Be 'a;b;c;d;e;f'
    }

    It 'refuses captions of another number' {
        { $digits | Join-CnnImage -Caption one, two } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.JoinCnnImageCommand' -ExpectedMessage '*6 texts*'
    }

    It 'joins whatever shows a picture, and remembers of what' {
        $sheet = ($digits[0], ($digits[0] | Invoke-CnnConvolution SobelY), [CnnViz.CnnTensor]::new([float[]](1..4), [int[]](2, 2))) | Join-CnnImage
        $sheet.ChannelCount | Should -Be 3
        $sheet.Recipe.Operation | Should -Be 'Join-CnnImage'
        $sheet.Recipe.Parameters['Image'] | Should -BeLike 'digits/test#0;digits/test#0;*'
    }

    It 'writes values into pixels on request' {
        $small = [CnnViz.CnnTensor]::new([float[]](0.25, 0.5, 0.75, 1), [int[]](2, 2))
        (Compare-Object ($small | Join-CnnImage -Annotate).Shape ($small | Join-CnnImage).Shape) | Should -Not -BeNullOrEmpty
    }

    It 'gives nothing of nothing, and leaves out what cannot be read' {
        @() | Join-CnnImage | Should -BeNullOrEmpty
        $digits[0], 'nowhere.png' | Join-CnnImage -ErrorVariable failure -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.JoinCnnImageCommand'
    }
}
