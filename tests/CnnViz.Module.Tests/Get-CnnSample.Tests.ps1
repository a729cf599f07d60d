BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Get-CnnSample' {
    It 'gives labelled pictures, of the test part unless told' {
        $sample = Get-CnnSample digits -Index 4
        $sample | Should -BeOfType CnnViz.CnnImage
        $sample.Shape | Should -Be 1, 28, 28
        $sample.Label | Should -Be "$($sample.Class)"
        $sample.Source | Should -Be 'digits/test#4'
        (Get-CnnSample digits -Index 4 -Split Train).Source | Should -Be 'digits/train#4'
    }

    It 'takes the listed ones, in their order' {
        (Get-CnnSample digits -Index 9, 2, 5).Source | Should -Be 'digits/test#9', 'digits/test#2', 'digits/test#5'
    }

    It 'takes the first of a class' {
        $sixes = Get-CnnSample digits -Class 6 -First 4
        $sixes | Should -HaveCount 4
        $sixes.Label | Select-Object -Unique | Should -Be '6'
    }

    It 'takes a random order that the seed determines' {
        $one = (Get-CnnSample digits -First 5 -Seed 1).Source
        (Get-CnnSample digits -First 5 -Seed 1).Source | Should -Be $one
        (Get-CnnSample digits -First 5 -Seed 2).Source | Should -Not -Be $one
    }

    It 'takes what Import-CnnDataset gives, from the pipeline or as an argument, and a part of it' {
        $dataset = Import-CnnDataset digits
        ($dataset | Get-CnnSample -First 1).Source | Should -Be 'digits/test#0'
        (Get-CnnSample $dataset.Train -First 1).Source | Should -Be 'digits/train#0'
        'digits' | Get-CnnSample -First 1 | Should -HaveCount 1
    }

    It 'draws only as many as are asked for' {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        Get-CnnSample digits -Split Train | Select-Object -First 1 | Should -HaveCount 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
    }

    It 'says of a broken file that it is, and goes on' {
        $null = New-Item (Join-Path $TestDrive set/a) -ItemType Directory
        Get-CnnSample digits -First 1 | Export-CnnImage (Join-Path $TestDrive set/a/1.png) -PassThru | Export-CnnImage (Join-Path $TestDrive set/a/3.png)
        Set-Content (Join-Path $TestDrive set/a/2.png) 'broken'
        $samples = Get-CnnSample (Join-Path $TestDrive set) -ErrorVariable failure -ErrorAction SilentlyContinue
        $samples.Source | Split-Path -Leaf | Should -Be '1.png', '3.png'
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.ImageUnreadable,CnnViz.Commands.GetCnnSampleCommand'
    }

    It 'says <Id> of <Parameters>' -ForEach @(
        @{ Parameters = @{ Dataset = 'digitz' }; Id = 'DatasetNotFound' }
        @{ Parameters = @{ Dataset = 5 }; Id = 'ArgumentInvalid' }
        @{ Parameters = @{ Dataset = 'digits'; Class = 'ten' }; Id = 'ClassUnknown' }
    ) {
        { Get-CnnSample @Parameters } | Should -Throw -ErrorId "CnnViz.$Id,CnnViz.Commands.GetCnnSampleCommand"
    }

    It 'says which index is out of range' {
        Get-CnnSample digits -Index 10000 -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.IndexOutOfRange,CnnViz.Commands.GetCnnSampleCommand'
    }

    It 'says that a dataset has no test part' {
        $train = (Import-CnnDataset digits).Train
        { $train | Get-CnnSample -Split Test } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.GetCnnSampleCommand'
    }

    It 'completes names and labels' {
        (TabExpansion2 'Get-CnnSample digits -Class ').CompletionMatches.CompletionText | Should -Contain '7'
    }
}

Describe 'The views' {
    It 'of pictures, tensors and results say what they are, not their values' {
        $image = Get-CnnSample digits -Index 0
        $text = $image, $image | Format-Table | Out-String -Width 120
        $text | Should -BeLike '*28 × 28*grey*digits/test#0*'
        $image | Format-List | Out-String | Should -BeLike '*Source*digits/test#0*Range*0 to 1*'
        $edge = $image | Invoke-CnnConvolution SobelX
        $edge | Out-String | Should -BeLike '*SobelX*1 × 28 × 28*'
        $edge | Format-List | Out-String | Should -BeLike '*-2  0  2*'
        $edge.Values | Out-String | Should -BeLike '*1 × 28 × 28*CHW*784*'
        foreach ($view in $text, ($image | Format-List | Out-String), ($edge | Format-List | Out-String)) {
            $view.Length | Should -BeLessThan 2000
        }
    }

    It 'of datasets say their parts' {
        Import-CnnDataset digits | Out-String -Width 120 | Should -BeLike '*digits*60*000*10*000*10*1 × 28 × 28*'
    }
}
