# What every cmdlet inherits, tested with a cmdlet written here.
BeforeAll {
    $script:manifest = Resolve-Path (Join-Path $PSScriptRoot '../../CnnViz.psd1')
    Import-Module $manifest -Force

    $assembly = [CnnViz.RuntimeReport].Assembly
    $source = @'
        using System;
        using System.Management.Automation;
        using System.Threading;
        using CnnViz;
        using CnnViz.Commands;
        using CnnViz.Running;

        [Cmdlet(VerbsDiagnostic.Test, "Sample")]
        public sealed class TestSampleCommand : CnnCommand
        {
            [Parameter(Position = 0, ValueFromPipeline = true)] public string Item { get; set; }
            [Parameter] public SwitchParameter Literal { get; set; }
            public static bool IsDisposed;

            protected override void Process()
            {
                switch (Item)
                {
                    case "bad": throw Errors.ImageUnreadable(Item, "It is bad.");
                    case "fatal": throw Errors.DeviceUnknown(Item, "cpu");
                    case "defect": throw new InvalidTimeZoneException("A defect.");
                    case "wait": Cancellation.WaitHandle.WaitOne(); Cancellation.ThrowIfCancellationRequested(); break;
                    case "long": Work(); break;
                    case "path": foreach (var file in ResolveInput("*.txt", Literal)) WriteObject(file); break;
                    case "variable": WriteObject(ResolveFile("variable:x")); break;
                    case "nothing": WriteObject(ResolveInput("*.nothing"), true); break;
                    default: WriteObject(Item); break;
                }
            }

            private void Work()
            {
                using var progress = ShowProgress();
                for (var done = 1; done <= 8; done++)
                {
                    Thread.Sleep(250);
                    progress.Report(At(done));
                    var other = new Thread(() => progress.Report(At(99)));
                    other.Start();
                    other.Join();
                }
            }

            private static RunProgress At(int done) =>
                new("Working", done, 8, $"loss {done}", TimeSpan.FromSeconds(done), TimeSpan.FromSeconds(8 - done));

            protected override void Dispose(bool disposing)
            {
                IsDisposed = true;
                base.Dispose(disposing);
            }
        }
'@
    $folder = Split-Path (Get-Command Test-CnnRuntime).ImplementingType.Assembly.Location
    $compiled = Join-Path $TestDrive 'Sample.dll'
    Add-Type -TypeDefinition $source -OutputAssembly $compiled -CompilerOptions '/nowarn:1701' `
        -ReferencedAssemblies (Join-Path $folder CnnViz.dll), (Join-Path $folder CnnViz.Core.dll), System.Management.Automation, System.Threading, System.Threading.Thread, netstandard
    # Into the module's own context, where its base class is.
    $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($assembly)
    $script:sample = $context.LoadFromAssemblyPath($compiled)
    Import-Module -Assembly $sample
}

Describe 'An error of one item' {
    It 'is written with its id, category and target, and the pipeline goes on' {
        $results = 'one', 'bad', 'two' | Test-Sample -ErrorVariable failures -ErrorAction SilentlyContinue
        $results | Should -Be 'one', 'two'
        $failures | Should -HaveCount 1
        $failures[0].FullyQualifiedErrorId | Should -BeExactly 'CnnViz.ImageUnreadable,TestSampleCommand'
        $failures[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $failures[0].TargetObject | Should -Be 'bad'
    }

    It 'ends the pipeline with -ErrorAction Stop' {
        { 'bad', 'two' | Test-Sample -ErrorAction Stop } | Should -Throw -ErrorId 'CnnViz.ImageUnreadable,TestSampleCommand'
    }
}

Describe 'A fatal error' {
    It 'ends the pipeline, and what the cmdlet holds is freed' {
        $sample.GetType('TestSampleCommand')::IsDisposed = $false
        { 'fatal', 'two' | Test-Sample } | Should -Throw -ErrorId 'CnnViz.DeviceUnknown,TestSampleCommand'
        $sample.GetType('TestSampleCommand')::IsDisposed | Should -BeTrue
    }

    It 'is not made of a defect' {
        { 'defect' | Test-Sample } | Should -Throw -ExceptionType ([InvalidTimeZoneException]) -ErrorId '*TimeZone*'
    }
}

Describe 'Stopping' {
    It 'ends a pipeline of which the first object is enough, and frees what the cmdlet holds' {
        $sample.GetType('TestSampleCommand')::IsDisposed = $false
        'one', 'bad' | Test-Sample | Select-Object -First 1 | Should -Be 'one'
        $sample.GetType('TestSampleCommand')::IsDisposed | Should -BeTrue
    }

    It 'lets break through' {
        $seen = foreach ($number in 1..3) {
            'one' | Test-Sample | ForEach-Object { break }
            $number
        }
        $seen | Should -BeNullOrEmpty
    }

    It 'reaches a computation under way, without an error' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($manifest, $sample) Import-Module $manifest; Import-Module -Assembly $sample; Test-Sample wait').AddArgument("$manifest").AddArgument($sample)
        $running = $shell.BeginInvoke()
        Start-Sleep -Milliseconds 1500
        $running.IsCompleted | Should -BeFalse
        $shell.Stop()
        $running.AsyncWaitHandle.WaitOne(5000) | Should -BeTrue
        $shell.InvocationStateInfo.State | Should -Be 'Stopped'
        $shell.Streams.Error | Should -BeNullOrEmpty
        $shell.Dispose()
    }
}

Describe 'Progress' {
    It 'comes a few times a second after the first one, with the time left, and ends' {
        $shell = [powershell]::Create()
        $null = $shell.AddScript('param($manifest, $sample) Import-Module $manifest; Import-Module -Assembly $sample; Test-Sample long').AddArgument("$manifest").AddArgument($sample)
        $null = $shell.Invoke()
        $records = $shell.Streams.Progress.Where{ $_.Activity -eq 'Working' }
        $records.Count | Should -BeGreaterOrEqual 2
        $records.Count | Should -BeLessOrEqual 8
        $records[0].StatusDescription | Should -Match '^(\d) of 8 loss \1$'
        $records[0].PercentComplete | Should -BeGreaterThan 25
        $records[0].SecondsRemaining | Should -BeGreaterOrEqual 0
        $records[-1].RecordType | Should -Be 'Completed'
        $shell.Dispose()
    }
}

Describe 'A path' {
    BeforeAll {
        Push-Location $TestDrive
        $null = New-Item a.txt, b.txt
    }

    AfterAll {
        Pop-Location
    }

    It 'with wildcards names the files that fit, from the current location' {
        'path' | Test-Sample | Split-Path -Leaf | Should -Be 'a.txt', 'b.txt'
    }

    It 'is taken letter for letter where it is literal' {
        'path' | Test-Sample -Literal | Should -Be (Join-Path $TestDrive '*.txt')
    }

    It 'that nothing fits is an error of this item' {
        'nothing', 'variable', 'next' | Test-Sample -ErrorVariable failures -ErrorAction SilentlyContinue | Should -Be 'next'
        $failures.FullyQualifiedErrorId | Should -Be (, 'CnnViz.FileNotFound,TestSampleCommand' * 2)
    }
}
