BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:model = Import-CnnModel lenet5 -Seed 2
}

Describe 'Export-CnnModel' {
    BeforeEach {
        $path = Join-Path $TestDrive "$(New-Guid).safetensors"
    }

    It 'writes a file that needs nothing else to be imported' {
        $model | Export-CnnModel $path | Should -BeNullOrEmpty
        $copy = Import-CnnModel -Path $path
        $copy.Name | Should -Be $model.Name
        $copy.Labels | Should -Be $model.Labels
        $copy.WeightsHash | Should -Be $model.WeightsHash
    }

    It 'passes the model on with -PassThru' {
        Export-CnnModel $path -Model $model -PassThru | Should -Be $model
        $path | Should -Exist
    }

    It 'takes a model by name, and a path from the current location' {
        Push-Location $TestDrive
        try {
            Export-CnnModel four.safetensors -Model four-filters
            Join-Path $TestDrive four.safetensors | Should -Exist
        }
        finally {
            Pop-Location
        }
    }

    It 'writes nothing with -WhatIf' {
        $model | Export-CnnModel $path -WhatIf
        $path | Should -Not -Exist
    }

    It 'replaces a file only with -Force' {
        Set-Content $path before
        { $model | Export-CnnModel $path -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.OutputExists,CnnViz.Commands.ExportCnnModelCommand'
        Get-Content $path | Should -Be 'before'
        $model | Export-CnnModel $path -Force
        (Import-CnnModel -Path $path).WeightsHash | Should -Be $model.WeightsHash
    }

    It 'says why a path cannot be written: <Path>' -ForEach @(
        @{ Path = 'nothing/model.safetensors' }
        @{ Path = '.' }
    ) {
        { $model | Export-CnnModel (Join-Path $TestDrive $Path) -ErrorAction Stop } |
            Should -Throw -ErrorId 'CnnViz.OutputUnwritable,CnnViz.Commands.ExportCnnModelCommand'
    }

    It 'writes half the file with -Half' {
        $model | Export-CnnModel $path
        $whole = (Get-Item $path).Length
        $model | Export-CnnModel $path -Half -Force
        (Get-Item $path).Length | Should -BeLessThan (0.6 * $whole)
        (Import-CnnModel -Path $path).Precision | Should -Be 'Float32'
    }

    It 'folds batch normalisation into the convolutions' {
        Import-CnnModel vgg9_bn -Seed 1 | Export-CnnModel $path -FoldNormalization
        (Import-CnnModel -Path $path).Architecture | Should -Be 'vgg9'
        { $model | Export-CnnModel $path -FoldNormalization -Force } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.ExportCnnModelCommand'
    }

    It 'leaves no tensor and no temporary file behind' {
        $before = Get-TensorCount
        $model | Export-CnnModel $path
        Get-TensorCount | Should -Be $before
        Get-ChildItem $TestDrive -Force -Filter *.tmp | Should -BeNullOrEmpty
    }
}
