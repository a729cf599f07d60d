@{
    RootModule           = 'bin/module/CnnViz.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = 'e4f7a89c-7a89-45dd-8af2-abdfaf365964'
    Author               = 'CnnViz contributors'
    CompanyName          = 'CnnViz contributors'
    Copyright            = 'Copyright (c) CnnViz contributors. MIT licence.'
    Description          = 'Looks inside convolutional networks: trains, reads and draws them with cmdlets that pipe images, models and results to each other.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @(
        'bin/module/CnnViz.Format.ps1xml'
        'bin/module/CnnViz.Images.Format.ps1xml'
        'bin/module/CnnViz.Models.Format.ps1xml'
        'bin/module/CnnViz.Readings.Format.ps1xml'
        'bin/module/CnnViz.Faithfulness.Format.ps1xml'
        'bin/module/CnnViz.Synthesis.Format.ps1xml'
        'bin/module/CnnViz.Attacks.Format.ps1xml'
        'bin/module/CnnViz.Recipes.Format.ps1xml'
        'bin/module/CnnViz.Pictures.Format.ps1xml'
    )
    TypesToProcess       = @('bin/module/CnnViz.Types.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'Compare-CnnModel'
        'Export-CnnImage'
        'Export-CnnModel'
        'Export-CnnReport'
        'Get-CnnArchitecture'
        'Get-CnnFilter'
        'Get-CnnLayer'
        'Get-CnnPrediction'
        'Get-CnnRecipe'
        'Get-CnnSample'
        'Get-FeatureMap'
        'Get-SaliencyMap'
        'Import-CnnDataset'
        'Import-CnnImage'
        'Import-CnnModel'
        'Install-CnnRuntime'
        'Invoke-ClassMaximization'
        'Invoke-CnnConvolution'
        'Invoke-CnnRecipe'
        'Invoke-CnnTraining'
        'Invoke-DeepDream'
        'Invoke-LeNetTraining'
        'Invoke-StyleTransfer'
        'Join-CnnImage'
        'Measure-CnnRobustness'
        'Measure-CnnTransfer'
        'Measure-SaliencyMap'
        'Merge-CnnRobustness'
        'New-AdversarialExample'
        'New-CnnModel'
        'Select-CnnShard'
        'Show-CnnImage'
        'Test-CnnRuntime'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('PSEdition_Core', 'Linux', 'Windows', 'MacOS', 'DeepLearning', 'CNN', 'Visualization', 'Interpretability', 'PyTorch', 'libtorch')
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
