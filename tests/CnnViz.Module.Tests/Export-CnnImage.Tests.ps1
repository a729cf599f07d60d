BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Export-CnnImage' {
    BeforeAll {
        $script:digits = Get-CnnSample digits -First 3
        $script:edges = $digits[0] | Invoke-CnnConvolution SobelX
        $script:map = [CnnViz.CnnTensor]::new([float[]](-1, 0, 1, 2, 3, 4), [int[]](2, 3))
    }

    BeforeEach {
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'saves a picture that reads back as it was' {
        $digits[0] | Export-CnnImage digit.png | Should -BeNullOrEmpty
        (Import-CnnImage digit.png).Data | Should -Be $digits[0].Data
    }

    It 'saves as <_>' -ForEach 'jpg', 'webp', 'gif', 'png' {
        Export-CnnImage "digit.$_" $digits[0]
        (Import-CnnImage "digit.$_").Shape[1..2] | Should -Be 28, 28
    }

    It 'keeps a lower quality smaller' {
        $digits[0] | Export-CnnImage fine.jpg -Quality 100
        $digits[0] | Export-CnnImage coarse.jpg -Quality 20
        (Get-Item coarse.jpg).Length | Should -BeLessThan (Get-Item fine.jpg).Length
    }

    It 'passes on what it was given' {
        $digits[0] | Export-CnnImage digit.png -PassThru | Should -Be $digits[0]
        $edges | Export-CnnImage edges.png -PassThru | Should -BeOfType CnnViz.ConvolutionResult
    }

    It 'writes how the picture was made into the file' {
        $edges | Export-CnnImage edges.png
        $recipe = (Import-CnnImage edges.png).Recipe
        $recipe.Operation | Should -Be 'Invoke-CnnConvolution'
        $recipe.Parameters['Kernel'] | Should -Be 'SobelX'
    }

    It 'draws a map in colour, in those that are asked for too' {
        $map | Export-CnnImage map.png
        (Import-CnnImage map.png).Shape | Should -Be 3, 2, 3
        $map | Export-CnnImage grey.png -ColorMap grey
        $grey = Import-CnnImage grey.png
        $grey.Data[0] | Should -Be 0
        $grey.Data[5] | Should -Be 1
    }

    It 'draws several maps as a contact sheet' {
        [CnnViz.CnnTensor]::new([float[]](1..24), [int[]](6, 2, 2)) | Export-CnnImage sheet.png
        (Import-CnnImage sheet.png).Width | Should -BeGreaterThan 200
    }

    It 'writes the values into the pixels on request' {
        $map | Export-CnnImage values.png -Annotate
        (Import-CnnImage values.png).Width | Should -BeGreaterOrEqual 48
    }

    It 'keeps raw values as .npy' {
        $edges | Export-CnnImage edges.npy
        (Import-CnnImage edges.npy -Raw).Data | Should -Be $edges.Values.Data
    }

    It 'makes an animation of several pictures for one .gif' {
        $digits | Export-CnnImage digits.gif -Delay 50
        $bytes = [System.IO.File]::ReadAllBytes((Resolve-Path digits.gif))
        [System.Text.Encoding]::Latin1.GetString($bytes) | Should -BeLike 'GIF89a*NETSCAPE2.0*'
        (Import-CnnImage digits.gif).Shape[1..2] | Should -Be 28, 28
    }

    It 'names files in a folder after what they show, each its own' {
        $digits[0], $digits[1], $digits[0], $edges | Export-CnnImage -Directory deep/out
        (Get-ChildItem deep/out).Name | Sort-Object | Should -Be 'test-0-2.png', 'test-0-SobelX.png', 'test-0.png', 'test-1.png'
    }

    It 'names files by a script block' {
        $digits | Export-CnnImage -Path { "digit-$($_.Label).webp" }
        (Get-ChildItem).Name | Sort-Object | Should -Be (($digits.Label | ForEach-Object { "digit-$_.webp" }) | Sort-Object)
    }

    It 'takes files and paths as well' {
        $digits[0] | Export-CnnImage digit.png
        Get-ChildItem digit.png | Export-CnnImage digit.jpg
        'digit.png' | Export-CnnImage digit.webp
        (Get-ChildItem).Name | Should -HaveCount 3
    }

    It 'takes any object with a picture' {
        [pscustomobject]@{ Image = $digits[0]; Note = 'mine' } | Export-CnnImage digit.png
        (Import-CnnImage digit.png).Data | Should -Be $digits[0].Data
    }

    It 'leaves a file that is there, unless forced' {
        Set-Content digit.png 'keep'
        $digits[0] | Export-CnnImage digit.png -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.OutputExists,CnnViz.Commands.ExportCnnImageCommand'
        Get-Content digit.png | Should -Be 'keep'
        $digits[0] | Export-CnnImage digit.png -Force
        Import-CnnImage digit.png | Should -HaveCount 1
    }

    It 'writes nothing under -WhatIf' {
        $digits | Export-CnnImage -Directory out -WhatIf
        $digits | Export-CnnImage all.gif -WhatIf
        Get-ChildItem | Should -BeNullOrEmpty
    }

    It 'says <Id> of <Path>, and leaves nothing half written' -ForEach @(
        @{ Path = 'x.pdf'; Id = 'OutputFormatUnknown' }
        @{ Path = 'x'; Id = 'OutputFormatUnknown' }
        @{ Path = 'missing/x.png'; Id = 'OutputUnwritable' }
        @{ Path = 'nodrive:x.png'; Id = 'FileNotFound' }
    ) {
        $digits[0] | Export-CnnImage $Path -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.FullyQualifiedErrorId | Should -Be "CnnViz.$Id,CnnViz.Commands.ExportCnnImageCommand"
        Get-ChildItem -Force | Should -BeNullOrEmpty
    }

    It 'says that a file stands where the folder should' {
        Set-Content out 'a file'
        $digits[0] | Export-CnnImage -Directory out -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.OutputUnwritable,CnnViz.Commands.ExportCnnImageCommand'
    }

    It 'writes an animation for each name that a script block gives' {
        $digits + $digits | Export-CnnImage -Path { "$($_.Label).gif" }
        (Get-ChildItem *.gif).BaseName | Sort-Object | Should -Be ($digits.Label | Sort-Object -Unique)
        Import-CnnImage "$($digits[0].Label).gif" | Should -Not -BeNullOrEmpty
    }

    It 'does not put a second picture over the first' {
        Set-Content one.png 'mine'
        { $digits | Export-CnnImage one.png -Force } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ExportCnnImageCommand' -ExpectedMessage '*-Directory*'
        Get-Content one.png | Should -Be 'mine'
        $script:names = 'a.png', 'b.png', 'a.png' | ForEach-Object { [pscustomobject]@{ Path = $_; Image = $digits[0] } }
        { $names | Export-CnnImage } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ExportCnnImageCommand'
        (Get-ChildItem [ab].png).Name | Should -Be 'a.png', 'b.png'
    }

    It 'says what has no picture, and goes on' {
        1, $null, 'nowhere.png', $digits[0] | Export-CnnImage digit.png -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.NotAPicture,CnnViz.Commands.ExportCnnImageCommand', 'CnnViz.NotAPicture,CnnViz.Commands.ExportCnnImageCommand', 'CnnViz.FileNotFound,CnnViz.Commands.ExportCnnImageCommand'
        Get-ChildItem | Should -HaveCount 1
    }

    It 'lists the colour maps where it does not know one' {
        { $map | Export-CnnImage map.png -ColorMap rainbow } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ExportCnnImageCommand' -ExpectedMessage '*viridis*'
        (TabExpansion2 'Export-CnnImage x.png -ColorMap vi').CompletionMatches.CompletionText | Should -Be 'viridis'
    }
}
