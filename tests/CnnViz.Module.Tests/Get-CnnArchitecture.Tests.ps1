BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:before = $env:XDG_CACHE_HOME
    $env:XDG_CACHE_HOME = Join-Path $TestDrive cache
}

AfterAll {
    $env:XDG_CACHE_HOME = $before
}

Describe 'Get-CnnArchitecture' {
    It 'lists everything that Import-CnnModel builds by name' {
        $architectures = Get-CnnArchitecture
        $architectures | Should -BeOfType ([CnnViz.ArchitectureInfo])
        $architectures.Name | Should -Contain 'lenet5'
        $architectures.Name | Should -Contain 'vgg19'
        $architectures.Year | Should -Be ($architectures.Year | Sort-Object)
    }

    It 'tells size, input and published weights' {
        $vgg = Get-CnnArchitecture vgg19
        $vgg.ParameterCount | Should -Be 143667240
        $vgg.InputShape | Should -Be 3, 224, 224
        [Math]::Round($vgg.Top1, 5) | Should -Be 0.72376
        $vgg.WeightsBytes | Should -Be 574673361
        $vgg.IsCached | Should -BeFalse
        $vgg.WeightsPath | Should -Be (Join-Path $env:XDG_CACHE_HOME cnnviz vgg19-dcbb9e9d.pth)
        $vgg | Out-String | Should -Match 'vgg19 +2014 +143,667,240 +3×224×224 +1000 +72\.4.?% +574\.7 MB +no'
        (Get-CnnArchitecture lenet5).Top1 | Should -BeNullOrEmpty
    }

    It 'sees weights that are in the cache' {
        $null = New-Item (Join-Path $env:XDG_CACHE_HOME cnnviz squeezenet1_1-b8a52dc0.pth) -Force
        (Get-CnnArchitecture squeezenet1_1).IsCached | Should -BeTrue
    }

    It 'takes wildcards and several names, from the pipeline too' {
        (Get-CnnArchitecture 'vgg1?_bn').Name | Should -Be 'vgg11_bn', 'vgg13_bn', 'vgg16_bn', 'vgg19_bn'
        ('lenet5', 'alexnet' | Get-CnnArchitecture).Name | Should -Be 'lenet5', 'alexnet'
    }

    It 'names the nearest for one that is not there, and goes on' {
        $found = Get-CnnArchitecture vgg91, vgg19 -ErrorVariable failures -ErrorAction SilentlyContinue
        $found | Should -HaveCount 1
        $failures.FullyQualifiedErrorId | Should -Be 'CnnViz.ArchitectureUnknown,CnnViz.Commands.GetCnnArchitectureCommand'
        $failures[0].Exception.Message | Should -Match 'vgg19'
    }

    It 'completes names' {
        (TabExpansion2 'Get-CnnArchitecture vgg').CompletionMatches.CompletionText | Should -Contain 'vgg16_bn'
    }
}
