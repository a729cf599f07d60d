# Results in other processes, in files and as JSON.
BeforeAll {
    . (Join-Path $PSScriptRoot Fixtures.ps1)
    $script:manifest = "$(Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1'))"
    $script:model = Import-CnnModel lenet5-digits
    $script:digit = Get-CnnSample digits -Index 0
    $map = $digit | Get-SaliencyMap -Model $model
    $script:results = @(
        [CnnViz.CnnTensor]::new([float[]](1.5, [float]::NaN, [float]::Epsilon, -0.1), [int[]](2, 2))
        $digit
        $digit | Get-CnnPrediction -Model $model -Top 1
        $digit | Get-FeatureMap -Model $model -Layer conv1
        $map
        $digit | Get-SaliencyMap -Model $model -Objective 'class 3 + 0.5 * channel conv1 2'
        $map | Measure-SaliencyMap
        Get-CnnFilter -Model $model -Layer conv1 | Select-Object -First 1
        $digit | Invoke-CnnConvolution -Kernel SobelX
        Invoke-ClassMaximization -Model $model -Class 3 -Step 2
        $digit | New-AdversarialExample -Model $model -Method FGSM -Force
        $digit | Compare-CnnModel $model lenet5-digits
        Get-CnnLayer -Model $model | Select-Object -First 1
        Get-CnnArchitecture lenet5
        $map.Recipe
        $model.Preprocessing
        $model.History[0]
    )

    # Everything that a result says of itself, its numbers bit by bit.
    $serializer = [CnnViz.CnnTensor].Assembly.GetType('CnnViz.Serialization.ResultJson')
    function Get-Whole([object] $Result) { $serializer::Write(($Result -is [psobject] ? $Result.psobject.BaseObject : $Result)) }
}

Describe 'A result' {
    It 'comes out of Import-Clixml as what it was, bit for bit' {
        foreach ($result in $results) {
            $file = Join-Path $TestDrive 'result.xml'
            Export-Clixml -InputObject $result -LiteralPath $file
            $back = Import-Clixml -LiteralPath $file
            $back.GetType() | Should -Be $result.GetType()
            Get-Whole $back | Should -BeExactly (Get-Whole $result) -Because $result.GetType().Name
        }
    }

    It 'leaves its model behind, and works with another' {
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($results[4]))
        $results[4].Model | Should -Be $model
        $back.Model | Should -BeNullOrEmpty
        $back | Get-CnnPrediction -Model $model -Top 1 | ForEach-Object Class | Should -Be 3
    }

    It 'comes out of a job as what it was, and goes into one' {
        $job = Start-Job -ArgumentList $manifest, $digit {
            param($manifest, $picture)
            Import-Module $manifest
            $prediction = $picture | Get-CnnPrediction -Model lenet5-digits -Top 1
            $prediction
            @{ Nested = @($prediction.Image) }
            $picture | Get-SaliencyMap -Model lenet5-digits -Method GradCam
        }
        $prediction, $table, $map = Receive-Job $job -Wait -AutoRemoveJob
        $prediction | Should -BeOfType ([CnnViz.Prediction])
        $prediction.Image.Data | Should -Be $digit.Data
        $prediction.Class | Should -Be 3
        $table.Nested[0] | Should -BeOfType ([CnnViz.CnnImage])
        $map | Should -BeOfType ([CnnViz.SaliencyMap])
        $here = $digit | Get-SaliencyMap -Model $model -Method GradCam
        Get-Whole $map.Values | Should -BeExactly (Get-Whole $here.Values)
        $map | Export-CnnImage (Join-Path $TestDrive map.png)
        Test-Path (Join-Path $TestDrive map.png) | Should -BeTrue
    }

    It 'is a readable bag of properties where the module is not imported, and a result again afterwards' {
        $file = Join-Path $TestDrive 'bag.xml'
        $results[2] | Export-Clixml $file
        $said = Invoke-Pwsh -NoProfile -Command {
            param($file, $manifest)
            $bag = Import-Clixml $file
            '{0} {1} {2:n3}' -f $bag.pstypenames[0], $bag.Label, $bag.Probability
            Import-Module $manifest
            ([CnnViz.Prediction]$bag).Image.Width
            ($bag | Get-CnnPrediction -Model lenet5-digits -Top 1).Class
            "$Error"
        } -args $file, $manifest
        $said[0] | Should -BeLike 'Deserialized.CnnViz.Prediction 3 0.9*'
        $said[1..2] | Should -Be 28, 3
        $said[3] | Should -BeNullOrEmpty
    }

    It 'stays a bag where its text was damaged' {
        $text = [System.Management.Automation.PSSerializer]::Serialize($results[2]) -replace '"Rank":', '"Rank'
        $bag = [System.Management.Automation.PSSerializer]::Deserialize($text)
        $bag.pstypenames[0] | Should -Be 'Deserialized.CnnViz.Prediction'
        $bag.Label | Should -Be 3
    }

    It 'still travels after the module was removed and imported again' {
        $said = Invoke-Pwsh -NoProfile -Command {
            param($manifest)
            foreach ($time in 1, 2) {
                Import-Module $manifest -Force
                $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-CnnSample digits -Index 0)))
                $copy.GetType().FullName
                Remove-Module CnnViz
            }
            "$Error"
        } -args $manifest
        $said | Should -Be 'CnnViz.CnnImage', 'CnnViz.CnnImage', ''
    }
}

Describe 'ConvertTo-Json' {
    It 'is short: shapes and statistics, no numbers of tensors and no model' {
        foreach ($result in $results) {
            $json = $result | ConvertTo-Json -Compress -WarningAction Ignore
            $json.Length | Should -BeLessThan 6000 -Because $result.GetType().Name
            $json | Should -Not -Match '"(Data|Network)":'
        }
        $table = $digit | ConvertTo-Json | ConvertFrom-Json
        $table.Shape | Should -Be 1, 28, 28
        $table.Maximum | Should -Be 1
    }

    It 'writes the numbers where they are asked for' {
        ($results[0].Data | ConvertTo-Json -Compress) | Should -BeLike '`[1.5,*'
        $digit | Select-Object -ExpandProperty Data | Should -HaveCount 784
    }

    It 'takes a model' {
        $table = $model | ConvertTo-Json -WarningAction Ignore | ConvertFrom-Json
        $table.Name | Should -Be 'lenet5-digits'
        $table.ClassCount | Should -Be 10
    }
}

Describe 'What is live in a result' {
    It 'is there by its name, and in no list' {
        $prediction = $results[2]
        $prediction.Model | Should -Be $model
        $prediction | ForEach-Object Model | Should -Be $model
        ($prediction | Get-Member -MemberType Properties).Name | Should -Not -Contain 'Model'
        ($digit | Get-Member -MemberType Properties).Name | Should -Not -Contain 'Data'
        $digit.Data.GetType() | Should -Be ([float[]])
    }

    It 'can be set where it could be' {
        ([CnnViz.SampleOptions]@{ First = 3 }).First | Should -Be 3
        ([CnnViz.Recipe]@{ Operation = 'x' }).Operation | Should -Be 'x'
    }
}
