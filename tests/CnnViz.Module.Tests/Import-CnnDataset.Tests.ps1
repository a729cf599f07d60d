BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force

    # IDX: two zero bytes, the type, the number of dimensions, each extent big-endian, the values.
    function Write-IdxFile([string] $Path, [int[]] $Extent, [byte[]] $Value, [byte] $Type = 8) {
        $header = [byte[]](0, 0, $Type, $Extent.Count) + ($Extent | ForEach-Object { [byte[]](0, 0, ($_ -shr 8), ($_ -band 255)) })
        [System.IO.File]::WriteAllBytes((Join-Path $PWD $Path), [byte[]]($header + $Value))
    }
}

Describe 'Import-CnnDataset' {
    BeforeEach {
        $script:folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
    }

    AfterEach {
        Pop-Location
    }

    It 'opens the built-in digits by name' {
        $digits = Import-CnnDataset digits
        $digits | Should -BeOfType CnnViz.DatasetSplits
        $digits.Train.Count | Should -Be 60000
        $digits.Test.Count | Should -Be 10000
        $digits.Train.Labels | Should -Be ('0'..'9' | ForEach-Object { "$_" })
        (TabExpansion2 'Import-CnnDataset di').CompletionMatches[0].CompletionText | Should -Be 'digits'
    }

    It 'draws other digits from another seed, and the same from the same' {
        $first = Import-CnnDataset digits -Seed 1 | Get-CnnSample -Index 0
        $second = Import-CnnDataset digits -Seed 2 | Get-CnnSample -Index 0
        $again = Import-CnnDataset digits -Seed 1 | Get-CnnSample -Index 0
        $second.Data | Should -Not -Be $first.Data
        $again.Data | Should -Be $first.Data
    }

    It 'opens the built-in patterns, at any size, as they are and clean' {
        $patterns = Import-CnnDataset patterns
        $patterns.Train.Count | Should -Be 48000
        $patterns.Test.Labels.Count | Should -Be 32
        $leaf = Get-CnnSample patterns -Class leaves -First 1
        $leaf.Shape | Should -Be 3, 64, 64
        $leaf.Label | Should -Be 'leaves'
        $large = Import-CnnDataset patterns -Size 100 -Clean | Get-CnnSample -Class leaves -First 1
        $large.Shape | Should -Be 3, 100, 100
        $large.Source | Should -Be $leaf.Source
        (Import-CnnDataset patterns -Seed 1 | Get-CnnSample -Class leaves -First 1).Data | Should -Not -Be $leaf.Data
        (TabExpansion2 'Import-CnnDataset pa').CompletionMatches[0].CompletionText | Should -Be 'patterns'
        { Import-CnnDataset digits -Size 100 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ImportCnnDatasetCommand'
    }

    It 'opens IDX files' {
        Write-IdxFile train-images-idx3-ubyte -Extent 2, 1, 2 -Value 0, 255, 51, 102
        Write-IdxFile train-labels-idx1-ubyte -Extent 2 -Value 7, 3
        $dataset = Import-CnnDataset -Path .
        $dataset.Train.Count | Should -Be 2
        $dataset.Test | Should -BeNullOrEmpty
        ($dataset | Get-CnnSample).Label | Should -Be '7', '3'
        (Import-CnnDataset $folder).Train.Count | Should -Be 2 -Because 'a name may be a folder'
    }

    It 'opens a folder of pictures a class' {
        $null = New-Item train/cat, train/dog, test/dog -ItemType Directory
        Get-CnnSample digits -First 1 | Export-CnnImage train/cat/a.png -PassThru | Export-CnnImage train/dog/b.png -PassThru | Export-CnnImage test/dog/c.png
        $dataset = Get-Item . | Import-CnnDataset
        $dataset.Train.Labels | Should -Be 'cat', 'dog'
        ($dataset | Get-CnnSample -Split Train).Label | Should -Be 'cat', 'dog'
        ($dataset | Get-CnnSample).Label | Should -Be 'dog'
    }

    It 'says of <Case> what is wrong' -ForEach @(
        @{ Case = 'a wrong magic'; Message = '*0x0D*'; Make = { Write-IdxFile train-images-idx3-ubyte -Extent 1, 1, 1 -Value 0 -Type 13; Write-IdxFile train-labels-idx1-ubyte -Extent 1 -Value 0 } }
        @{ Case = 'too few values'; Message = '*'; Make = { Write-IdxFile train-images-idx3-ubyte -Extent 9, 1, 1 -Value 0; Write-IdxFile train-labels-idx1-ubyte -Extent 1 -Value 0 } }
        @{ Case = 'another number of labels'; Message = '*2 labels for the 1 images*'; Make = { Write-IdxFile train-images-idx3-ubyte -Extent 1, 1, 1 -Value 0; Write-IdxFile train-labels-idx1-ubyte -Extent 2 -Value 0, 1 } }
        @{ Case = 'missing labels'; Message = '*train-labels-idx1-ubyte*'; Make = { Write-IdxFile train-images-idx3-ubyte -Extent 1, 1, 1 -Value 0 } }
        @{ Case = 'an empty folder'; Message = '*a folder a class*'; Make = { } }
    ) {
        & $Make
        Import-CnnDataset -Path . -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.DatasetInvalid,CnnViz.Commands.ImportCnnDatasetCommand'
        $failure[0].Exception.Message | Should -BeLike $Message
    }

    It 'says what names there are, and which path is missing' {
        { Import-CnnDataset digitz } | Should -Throw -ErrorId 'CnnViz.DatasetNotFound,CnnViz.Commands.ImportCnnDatasetCommand' -ExpectedMessage '*digits*'
        Import-CnnDataset -Path nowhere -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.ImportCnnDatasetCommand'
    }

    It 'has no seed for a folder' {
        { Import-CnnDataset $folder -Seed 1 } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ImportCnnDatasetCommand'
    }

    It 'looks where PowerShell is, not where its process was started' {
        $processFolder = [Environment]::CurrentDirectory
        try {
            $null = New-Item elsewhere/only -ItemType Directory
            [Environment]::CurrentDirectory = "$PWD/elsewhere"
            { Import-CnnDataset only } | Should -Throw -ErrorId 'CnnViz.DatasetNotFound,CnnViz.Commands.ImportCnnDatasetCommand'
        }
        finally {
            [Environment]::CurrentDirectory = $processFolder
        }
    }
}
