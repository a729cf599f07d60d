BeforeAll {
    Import-Module (Join-Path $PSScriptRoot '../../CnnViz.psd1') -Force
}

Describe 'Invoke-CnnConvolution' {
    BeforeAll {
        # A bright right half: 0 0 1 1 in each of four rows.
        $script:step = [CnnViz.CnnImage]::new([float[]]((0, 0, 1, 1) * 4), 1, 4, 4)
        $script:colour = [CnnViz.CnnImage]::new([float[]]((0.2, 0.4, 0.6, 0.8) * 12), 3, 4, 4)
    }

    It 'gives raw, signed values, a picture of them and how they were made' {
        $edge = $step | Invoke-CnnConvolution SobelX -Padding Valid
        $edge | Should -BeOfType CnnViz.ConvolutionResult
        $edge.Shape | Should -Be 1, 2, 2
        $edge.Values.Data | Should -Be 4, 4, 4, 4
        $edge.Image | Should -BeOfType CnnViz.CnnImage
        $edge.Recipe.Parameters['Padding'] | Should -Be 'Valid'
        ($step | Invoke-CnnConvolution SobelX).Minimum | Should -Be -4
    }

    It 'takes a kernel as <Name>' -ForEach @(
        @{ Name = 'rows'; Kernel = { @((0, 1), (2, 3)) } }
        @{ Name = 'rows of rows'; Kernel = { @(@(0, 1.0), @([long]2, [byte]3)) } }
        @{ Name = 'a float[,]'; Kernel = { $array = [float[,]]::new(2, 2); $array[0, 1] = 1; $array[1, 0] = 2; $array[1, 1] = 3; , $array } }
        @{ Name = 'an int[,]'; Kernel = { $array = [int[,]]::new(2, 2); $array[0, 1] = 1; $array[1, 0] = 2; $array[1, 1] = 3; , $array } }
        @{ Name = 'a tensor'; Kernel = { [CnnViz.CnnTensor]::new([float[]](0..3), [int[]](2, 2)) } }
    ) {
        $result = $step | Invoke-CnnConvolution (& $Kernel) -Padding Valid
        $result.Values.Data[0..2] | Should -Be 0, 4, 6
        $result.Recipe.Parameters['Kernel'] | Should -Be '[[0,1],[2,3]]'
    }

    It 'keeps the size with Same, shrinks with Valid and a stride, grows with -Transpose' {
        ($step | Invoke-CnnConvolution BoxBlur).Shape | Should -Be 1, 4, 4
        ($step | Invoke-CnnConvolution BoxBlur -Padding Valid).Shape | Should -Be 1, 2, 2
        ($step | Invoke-CnnConvolution BoxBlur -Stride 2).Shape | Should -Be 1, 2, 2
        ($step | Invoke-CnnConvolution BoxBlur -Stride 2 -Transpose).Shape | Should -Be 1, 8, 8
    }

    It 'treats each channel of a colour picture by itself' {
        $same = $colour | Invoke-CnnConvolution @(, (, 1))
        $same.Values.Data | Should -Be $colour.Data
        $same.Image.ChannelCount | Should -Be 3
    }

    It 'shows what keeps the brightness as it is, and what does not around grey' {
        $plain = [CnnViz.CnnImage]::new([float[]](, 0.5 * 75), 3, 5, 5)
        ($plain | Invoke-CnnConvolution Sharpen -Padding Valid).Image.Data | ForEach-Object { $_ | Should -BeGreaterThan 0.499 }
        $edge = $colour | Invoke-CnnConvolution SobelY -Padding Valid
        $edge.Image.Data | Should -Not -Contain 1
    }

    It 'goes into the next filter as a picture' {
        $step | Invoke-CnnConvolution GaussianBlur | Invoke-CnnConvolution SobelX | Should -BeOfType CnnViz.ConvolutionResult
    }

    It 'takes paths, and goes on after one that cannot be read' {
        $path = Join-Path $TestDrive step.png
        $step | Export-CnnImage $path
        $results = 'nowhere.png', $path | Invoke-CnnConvolution Edge -ErrorVariable failure -ErrorAction SilentlyContinue
        $results.Source | Should -Be $path
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.FileNotFound,CnnViz.Commands.InvokeCnnConvolutionCommand'
    }

    It 'says of <Kernel> what is expected' -ForEach @(
        @{ Kernel = 'Soble'; Message = '*SobelX*' }
        @{ Kernel = @((1, 2), (, 3)); Message = '*1 numbers*2, as the first row has*' }
        @{ Kernel = @(1, 2); Message = '*A row of the kernel*' }
        @{ Kernel = @(, ('a', 'b')); Message = "*'a'*a number*" }
        @{ Kernel = 5; Message = '*2-D array*' }
    ) {
        { $step | Invoke-CnnConvolution $Kernel } | Should -Throw -ErrorId 'CnnViz.ArgumentInvalid,CnnViz.Commands.InvokeCnnConvolutionCommand' -ExpectedMessage $Message
    }

    It 'says that a kernel does not fit within the picture' {
        $step | Invoke-CnnConvolution LineVertical -Padding Valid -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure.FullyQualifiedErrorId | Should -Be 'CnnViz.ShapeMismatch,CnnViz.Commands.InvokeCnnConvolutionCommand'
    }

    It 'completes the names of filters' {
        (TabExpansion2 'Invoke-CnnConvolution Line').CompletionMatches.CompletionText | Should -Be 'LineVertical', 'LineHorizontal'
    }
}
