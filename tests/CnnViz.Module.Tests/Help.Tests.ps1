# The pages of docs/cmdlets and what Get-Help makes of them.
BeforeDiscovery {
    $pages = foreach ($file in Get-ChildItem (Join-Path $PSScriptRoot '../../docs/cmdlets/*.md')) {
        $examples = [regex]::Matches((Get-Content $file -Raw), '(?ms)^### (Example \d+: .*?)$.*?^```powershell$(.*?)^```$')
        @{
            Name     = $file.BaseName
            Examples = @($examples | ForEach-Object { @{ Title = $_.Groups[1].Value; Code = $_.Groups[2].Value } })
        }
    }
    $topics = (Get-ChildItem (Join-Path $PSScriptRoot '../../docs/about/*.help.txt')).Name -replace '\.help\.txt$'
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Fixtures.ps1')
    $script:root = Resolve-Path (Join-Path $PSScriptRoot '../..')
    $script:cmdlets = (Get-Module CnnViz).ExportedCmdlets.Values
    $common = [System.Management.Automation.Cmdlet]::CommonParameters

    function Get-OwnParameter($Cmdlet) {
        $Cmdlet.Parameters.Values | Where-Object Name -NotIn $common
    }

    # In a runspace and a folder of its own, as a user would run it.
    function Invoke-Example([string] $Code) {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        $shell = [powershell]::Create()
        try {
            $null = $shell.AddScript('Import-Module $args[0]; Set-Location $args[1]; $ErrorActionPreference = "Stop"').
                AddArgument("$root/CnnViz.psd1").AddArgument("$folder").Invoke()
            $shell.Commands.Clear()
            $null = $shell.AddScript($Code).Invoke()
            "$($shell.Streams.Error)" | Should -BeNullOrEmpty
        }
        finally {
            $shell.Dispose()
        }
    }

    function Invoke-HelpTool([string] $Word, [string] $Folder) {
        & dotnet (Join-Path $root 'bin/help/CnnViz.Help.dll') $Word (Join-Path $root 'bin/module/CnnViz.dll') $Folder 2>&1 | ForEach-Object { "$_" }
    }
}

Describe 'The pages' {
    It 'are those that the build would write: one for each cmdlet, with its facts and nothing left to write' {
        Invoke-HelpTool check (Join-Path $root 'docs/cmdlets') | Should -BeNullOrEmpty
        $LASTEXITCODE | Should -Be 0
    }

    It 'say of each parameter what PowerShell says of it' {
        foreach ($cmdlet in $cmdlets) {
            $text = Get-Content (Join-Path $root "docs/cmdlets/$($cmdlet.Name).md") -Raw
            $said = foreach ($section in [regex]::Matches($text, '(?ms)^### -(?<name>\w+)$.*?(?=^##)')) {
                foreach ($block in [regex]::Matches($section.Value, '(?ms)^```yaml$(.*?)^```$')) {
                    $facts = @{}
                    $block.Groups[1].Value -split '\n' -match ':' | ForEach-Object { $key, $value = $_ -split ':\s*', 2; $facts[$key] = $value }
                    foreach ($set in $facts['Parameter Sets'] -split ', ' -replace '^\(All\)$', '__AllParameterSets') {
                        '{0} {1} [{2}] {3}: {4} {5} {6}' -f $section.Groups['name'].Value, $facts['Type'], $facts['Aliases'], $set,
                        $facts['Required'], $facts['Position'], $facts['Accept pipeline input']
                    }
                }
            }
            $is = foreach ($parameter in Get-OwnParameter $cmdlet) {
                $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
                foreach ($set in $parameter.ParameterSets.GetEnumerator()) {
                    $pipeline = @(if ($set.Value.ValueFromPipelineByPropertyName) { 'ByPropertyName' }) + @(if ($set.Value.ValueFromPipeline) { 'ByValue' })
                    '{0} {1} [{2}] {3}: {4} {5} {6}' -f $parameter.Name, $type.Name, ($parameter.Aliases -join ', '), $set.Key,
                    $set.Value.IsMandatory, ($set.Value.Position -lt 0 ? 'Named' : $set.Value.Position), ($pipeline ? "True ($($pipeline -join ', '))" : 'False')
                }
            }
            ($said | Sort-Object) -join "`n" | Should -BeExactly (($is | Sort-Object) -join "`n") -Because $cmdlet.Name
        }
    }

    It 'are refused where <What>' -ForEach @(
        @{ What = 'a parameter is missing'; Old = '(?s)### -Top\n.*?(?=### )'; New = ''; Says = "found '### CommonParameters', expected '### -Top'" }
        @{ What = 'a parameter is superfluous'; Old = '### -Top\n'; New = "### -Bottom`n`nNone.`n`n### -Top`n"; Says = "found '### -Bottom', expected '### -Top'" }
        @{ What = 'a position is wrong'; Old = '(?s)(### -Top\n.*?)Position: Named'; New = '$1Position: 7'; Says = "found 'Position: 7', expected 'Position: Named'" }
        @{ What = 'a type is wrong'; Old = '(?s)(### -Top\n.*?)Type: Int32'; New = '$1Type: Int64'; Says = "found 'Type: Int64', expected 'Type: Int32'" }
        @{ What = 'what is mandatory is wrong'; Old = '(?s)(### -Top\n.*?)Required: False'; New = '$1Required: True'; Says = "found 'Required: True', expected 'Required: False'" }
        @{ What = 'what comes from the pipeline is wrong'; Old = '(?s)(### -Top\n.*?)input: False'; New = '$1input: True (ByValue)'; Says = 'Accept pipeline input: True (ByValue)' }
        @{ What = 'the syntax is wrong'; Old = 'Get-CnnPrediction \[-Image\]'; New = 'Get-CnnPrediction -Image'; Says = "found 'Get-CnnPrediction -Image" }
        @{ What = 'a text is still a draft'; Old = 'How many classes to name'; New = '{{ What Top does }}'; Says = 'is still to be written' }
    ) {
        $folder = Join-Path $TestDrive ($What -replace ' ')
        Copy-Item (Join-Path $root 'docs/cmdlets') $folder -Recurse
        $page = Join-Path $folder 'Get-CnnPrediction.md'
        (Get-Content $page -Raw) -replace $Old, $New | Set-Content $page -NoNewline
        $said = Invoke-HelpTool check $folder
        $LASTEXITCODE | Should -Be 1
        $said | Should -HaveCount 1
        $said | Should -Match '^.*Get-CnnPrediction\.md\(\d+\): error: '
        $said | Should -Match ([regex]::Escape($Says))
    }

    It 'are drafted for a new cmdlet, and brought up to date without a loss of prose' {
        $folder = Join-Path $TestDrive 'update'
        Copy-Item (Join-Path $root 'docs/cmdlets') $folder -Recurse
        Remove-Item (Join-Path $folder 'Show-CnnImage.md')
        $page = Join-Path $folder 'Get-CnnPrediction.md'
        $text = Get-Content $page -Raw
        Set-Content $page ($text -replace 'Position: Named', 'Position: 9') -NoNewline
        @(Invoke-HelpTool update $folder).Count | Should -Be 2
        Get-Content $page -Raw | Should -BeExactly $text
        Get-Content (Join-Path $folder 'Show-CnnImage.md') -Raw | Should -Match 'Example 1: \{\{'
        Invoke-HelpTool check $folder | Should -BeLike '*Show-CnnImage.md(*is still to be written'
    }
}

Describe 'Get-Help' {
    It 'knows what every cmdlet does, and how, with at least three examples' {
        foreach ($cmdlet in $cmdlets) {
            $help = Get-Help $cmdlet.Name -Full
            $help.Synopsis | Should -Match '^\w.*\.$' -Because $cmdlet.Name
            ($help.description.Text -join '').Length | Should -BeGreaterThan 100 -Because $cmdlet.Name
            @($help.examples.example).Count | Should -BeGreaterOrEqual 3 -Because $cmdlet.Name
            $help.examples.example.code | Should -Match $cmdlet.Noun
            $help.returnValues.returnValue.type.name | Should -Be $cmdlet.OutputType.Name -Because $cmdlet.Name
        }
    }

    It 'describes every parameter' {
        $count = 0
        $silent = foreach ($cmdlet in $cmdlets) {
            $described = (Get-Help $cmdlet.Name -Full).parameters.parameter
            foreach ($parameter in Get-OwnParameter $cmdlet) {
                $count++
                $text = ($described | Where-Object Name -EQ $parameter.Name).description.Text -join ' '
                if ($text.Length -lt 12) {
                    "$($cmdlet.Name) -$($parameter.Name)"
                }
            }
        }
        Write-Host "      $count parameters of $(@($cmdlets).Count) cmdlets."
        $silent | Should -BeNullOrEmpty
        (Get-Help Get-SaliencyMap -Parameter Method).description.Text -join ' ' | Should -Match 'Accepted values: Gradient, .*GradCam'
    }

    It 'shows the syntax that PowerShell knows' {
        foreach ($cmdlet in $cmdlets) {
            $words = { param($text) [regex]::Matches($text, '\[?(?<!\w)-\w+\]?').Value | Sort-Object }
            $shown = @((Get-Help $cmdlet.Name).syntax.syntaxItem).Count
            $shown | Should -Be $cmdlet.ParameterSets.Count -Because $cmdlet.Name
            $page = Get-Content (Join-Path $root "docs/cmdlets/$($cmdlet.Name).md") -Raw
            $lines = [regex]::Matches($page, "(?m)^$($cmdlet.Name) .*\[<CommonParameters>\]$").Value
            foreach ($set in $cmdlet.ParameterSets) {
                $expected = & $words $set.ToString()
                @($lines | Where-Object { -not (Compare-Object (& $words $_) $expected) }).Count | Should -BeGreaterThan 0 -Because "$($cmdlet.Name), $($set.Name)"
            }
        }
    }

    It 'finds the topic <_>' -ForEach $topics {
        $text = Get-Help $_ | Out-String
        $text | Should -Match 'SHORT DESCRIPTION'
        $text | Should -Match 'SEE ALSO'
        $text | Should -Match $_
    }

    It 'works in a shell of another language' {
        $text = Invoke-Pwsh -NoProfile -NonInteractive -Command {
            [cultureinfo]::CurrentUICulture = 'pl-PL'
            Import-Module $args[0]
            (Get-Help Get-SaliencyMap -Parameter Method).description.Text
            (Get-Help about_CnnViz_Models) -join ''
        } -args (Join-Path $root 'CnnViz.psd1') | Out-String
        $text | Should -Match 'GradCam'
        $text | Should -Match 'WEIGHT FILES'
    }
}

Describe 'An example of <Name>' -ForEach $pages {
    It 'runs as it stands: <Title>' -ForEach $Examples {
        Invoke-Example $Code
    }
}

Describe 'The first page' {
    It 'has a tour that runs as it stands' {
        $tour = [regex]::Match((Get-Content (Join-Path $root 'README.md') -Raw), '(?ms)^## A tour of ten lines$.*?^```powershell$(.*?)^```$').Groups[1].Value
        $tour | Should -Match 'Invoke-DeepDream'
        Invoke-Example $tour
    }

    It 'links to what is there' {
        foreach ($page in Get-Item (Join-Path $root '*.md'), (Join-Path $root 'docs/*.md'), (Join-Path $root 'docs/cmdlets/*.md')) {
            $text = (Get-Content $page -Raw) -replace '(?ms)^```.*?^```$'
            foreach ($link in [regex]::Matches($text, '\]\((?!https?:|#)([^)#\s]+)').ForEach({ $_.Groups[1].Value })) {
                Join-Path $page.DirectoryName $link | Should -Exist -Because "$($page.Name) links to it"
            }
        }
    }
}
