using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Zoo;

/// <summary>LeNet-5, as the Kraków thesis of 2019 builds it and as LeCun, Bottou, Bengio and Haffner published it in 1998.</summary>
public static class LeNet5
{
    /// <summary>The name of the thesis' variant.</summary>
    public const string ThesisName = "lenet5";

    /// <summary>The name of the thesis' variant with 3×3 kernels.</summary>
    public const string SmallKernelName = "lenet5-3x3";

    /// <summary>The name of the original.</summary>
    public const string OriginalName = "lenet5-1998";

    private const int CodeHeight = 12;

    // Stylised 7×12 pictures of the digits 0 to 4 and 5 to 9, our own drawing after figure 3 of the paper.
    private const string DigitPictures = """
        ..###.. ...##.. .#####. ####### ....##.
        .#####. ..###.. ####### ######. ...###.
        ##...## .####.. ##...## ....##. ..####.
        ##...## ...##.. .....## ...##.. .##.##.
        ##...## ...##.. .....## ..####. ##..##.
        ##...## ...##.. ....##. ..##### ##..##.
        ##...## ...##.. ...##.. .....## #######
        ##...## ...##.. ..##... .....## #######
        ##...## ...##.. .##.... .....## ....##.
        ##...## ...##.. ##..... ##...## ....##.
        .#####. .###### ####### ####### ....##.
        ..###.. .###### ####### .#####. ....##.
        ####### ..####. ####### ..###.. ..###..
        ####### .##.... ####### .#####. .#####.
        ##..... ##..... .....## ##...## ##...##
        ##..... ##..... ....##. ##...## ##...##
        ######. ##.###. ....##. .#####. ##...##
        ####### ####### ...##.. .#####. .######
        .....## ##...## ...##.. ##...## ..#####
        .....## ##...## ..##... ##...## .....##
        .....## ##...## ..##... ##...## .....##
        ##...## ##...## .##.... ##...## ....##.
        ####### .#####. .##.... .#####. .####..
        .#####. ..###.. .##.... ..###.. .###...
        """;

    // Table I of the paper: the input maps that each map of C3 sees.
    private static readonly int[][] C3Inputs =
    [
        [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
        [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
        [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
        [0, 1, 2, 3, 4, 5],
    ];

    /// <summary>
    /// The thesis' variant: padding 2, conv 6, batch normalisation, tanh, max-pool, conv 16, batch normalisation, tanh, max-pool,
    /// dropout 0.4 and 0.3, dense 400-120-84-10 with tanh between.
    /// </summary>
    /// <param name="kernelSize">5, or 3 for the thesis' comparison of filters.</param>
    /// <param name="classCount">The classes.</param>
    public static Network Thesis(int kernelSize = 5, int classCount = 10)
    {
        if (kernelSize is not (3 or 5))
            throw Errors.ArgumentInvalid("KernelSize", kernelSize, "5 or 3");
        var builder = new NetworkBuilder()
            .Add("conv1", new Convolution(1, 6, kernelSize) { Padding = 2 })
            .Add("bn1", new BatchNormalization(6))
            .Add("tanh1", new Activation(ActivationFunction.Tanh))
            .Add("pool1", new MaxPooling(2))
            .Add("conv2", new Convolution(6, 16, kernelSize))
            .Add("bn2", new BatchNormalization(16))
            .Add("tanh2", new Activation(ActivationFunction.Tanh))
            .Add("pool2", new MaxPooling(2))
            .Add("flatten", new Flatten());
        var side = ((28 + 4 - kernelSize + 1) / 2 - kernelSize + 1) / 2;
        return builder
            .Add("dropout1", new Dropout(0.4))
            .Add("dropout2", new Dropout(0.3))
            .Add("fc1", new Dense(16 * side * side, 400))
            .Add("tanh3", new Activation(ActivationFunction.Tanh))
            .Add("fc2", new Dense(400, 120))
            .Add("tanh4", new Activation(ActivationFunction.Tanh))
            .Add("fc3", new Dense(120, 84))
            .Add("tanh5", new Activation(ActivationFunction.Tanh))
            .Add("fc4", new Dense(84, classCount))
            .Build(kernelSize == 5 ? ThesisName : SmallKernelName, [1, 28, 28]);
    }

    /// <summary>
    /// The network of 1998: trainable subsampling, the partial connections of C3, 1.7159·tanh(2x/3), and an output layer that measures
    /// the distance to stylised pictures of the digits. Its picture is 28×28 with background −0.1 and ink 1.175, framed by 2 pixels of background.
    /// </summary>
    public static Network Original()
    {
        var squash = new Activation(ActivationFunction.ScaledTanh);
        return new NetworkBuilder()
            .Add("pad", new ConstantPadding(2, Value: -0.1))
            .Add("c1", LeCun(new Convolution(1, 6, 5)))
            .Add("c1.squash", squash)
            .Add("s2", new Subsampling(6))
            .Add("s2.squash", squash)
            .Add("c3", LeCun(new Convolution(6, 16, 5) { Connections = [.. C3Inputs.SelectMany(inputs => Enumerable.Range(0, 6).Select(i => inputs.Contains(i)))] }))
            .Add("c3.squash", squash)
            .Add("s4", new Subsampling(16))
            .Add("s4.squash", squash)
            .Add("c5", LeCun(new Convolution(16, 120, 5)))
            .Add("c5.squash", squash)
            .Add("flatten", new Flatten())
            .Add("f6", new Dense(120, 84) { Initial = new Initializer.Uniform(2.4 / 121) })
            .Add("f6.squash", squash)
            .Add("output", new RadialBasis(DigitCodes(), 10))
            .Build(OriginalName, [1, 28, 28]);
    }

    /// <summary>The paper's start: uniform within ±2.4 by the number of inputs, the bias counted; with a table of connections, their mean number.</summary>
    private static Convolution LeCun(Convolution convolution)
    {
        var maps = convolution.Connections is { } table ? (double)table.Count(connected => connected) / convolution.OutputChannels : convolution.InputChannels;
        return convolution with { Initial = new Initializer.Uniform(2.4 / (maps * convolution.KernelSize.Product + 1)) };
    }

    /// <summary>The pictures as rows of ±1, digit after digit.</summary>
    private static float[] DigitCodes()
    {
        var lines = DigitPictures.Split('\n', StringSplitOptions.TrimEntries);
        var codes = new List<float>();
        for (var digit = 0; digit < 10; digit++)
        {
            for (var row = 0; row < CodeHeight; row++)
                codes.AddRange(lines[digit / 5 * CodeHeight + row].Split(' ')[digit % 5].Select(cell => cell == '#' ? 1f : -1f));
        }
        return [.. codes];
    }
}
