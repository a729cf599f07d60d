using CnnViz.Networks.Operations;

namespace CnnViz.Networks.Sequential;

/// <summary>What the descriptions of layers mean.</summary>
internal static class LayerKinds
{
    private const string Flatten = "flatten";

    private static readonly (string Name, ActivationFunction Function)[] Activations =
    [
        ("relu", ActivationFunction.Relu), ("relu6", ActivationFunction.Relu6), ("elu", ActivationFunction.Elu), ("tanh", ActivationFunction.Tanh),
        ("sigmoid", ActivationFunction.Sigmoid), ("scaledtanh", ActivationFunction.ScaledTanh),
    ];

    private static readonly (string Name, Initializer Initial)[] Initials = [("he", new Initializer.HeNormal()), ("glorot", new Initializer.GlorotUniform())];

    private static readonly string[] ActivationNames = Array.ConvertAll(Activations, activation => activation.Name);
    private static readonly string[] InitialNames = Array.ConvertAll(Initials, initial => initial.Name);

    /// <summary>The first words of descriptions.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["conv", "deconv", "maxpool", "avgpool", "globalpool", "depthpool", "lrn", "batchnorm", Flatten, "dense", "dropout", "pad", .. ActivationNames];

    /// <summary>The operations that a description stands for, each with the word that it is named by, in order.</summary>
    /// <param name="words">The description.</param>
    /// <param name="input">The shape of what comes in.</param>
    /// <exception cref="CnnVizException"><c>LayerInvalid</c>: a word that is not understood, or a layer that cannot stand here.</exception>
    public static IReadOnlyList<(string Kind, Operation Operation)> Read(DescriptionWords words, int[] input)
    {
        var kind = words.OneOf(Names);
        IReadOnlyList<(string, Operation)> layers = kind switch
        {
            "conv" => Convolution(words, Maps(words, input)),
            "deconv" => TransposedConvolution(words, Maps(words, input)),
            "maxpool" => [(kind, MaxPooling(words))],
            "avgpool" => [(kind, AveragePooling(words))],
            "globalpool" => [(kind, new AdaptiveAveragePooling(1)), (Flatten, new Flatten())],
            "depthpool" => [(kind, new DepthwisePooling(words.Count("the maps of which the largest is taken", 2)))],
            "lrn" => [(kind, Normalization(words))],
            "batchnorm" => [(kind, new BatchNormalization(Maps(words, input)))],
            Flatten => [(kind, new Flatten())],
            "dense" => Dense(words, input),
            "dropout" => [(kind, new Dropout(words.Number("the part that is dropped", isBelowOne: true)))],
            "pad" => [(kind, new ConstantPadding(words.Count("the pixels on each side")))],
            _ => [Activation(kind)],
        };
        if (!words.IsAtEnd)
            words.OneOf([]);
        return layers;
    }

    private static int Maps(DescriptionWords words, int[] input) =>
        input.Length == 3 ? input[0] : throw Errors.LayerInvalid(words.Text, "", $"maps to come in, and not the {input[0]} values of a row");

    private static List<(string, Operation)> Convolution(DescriptionWords words, int maps)
    {
        var convolution = new Convolution(maps, words.Count("the maps that it makes"), words.Size("the kernel"));
        List<(string, Operation)> behind = [];
        while (!words.IsAtEnd)
        {
            switch (words.OneOf(["same", "valid", "stride", "pad", "nobias", .. ActivationNames, .. InitialNames]))
            {
                case "same":
                    var (height, width) = (convolution.KernelSize.Vertical, convolution.KernelSize.Horizontal);
                    if (height % 2 == 0 || width % 2 == 0)
                        throw Errors.LayerInvalid(words.Text, "same", "a kernel with a middle, such as 3x3, or 'pad' with a number");
                    convolution = convolution with { Padding = (height / 2, width / 2) };
                    break;
                case "valid":
                    convolution = convolution with { Padding = 0 };
                    break;
                case "stride":
                    convolution = convolution with { Stride = words.Count("the stride") };
                    break;
                case "pad":
                    convolution = convolution with { Padding = words.Count("the padding", 0) };
                    break;
                case "nobias":
                    convolution = convolution with { HasBias = false };
                    break;
                case var name when InitialNames.Contains(name):
                    convolution = convolution with { Initial = Initial(name) };
                    break;
                case var name:
                    behind.Add(Activation(name));
                    break;
            }
        }
        return [("conv", convolution), .. behind];
    }

    private static List<(string, Operation)> TransposedConvolution(DescriptionWords words, int maps)
    {
        var convolution = new TransposedConvolution(maps, words.Count("the maps that it makes"), words.Size("the kernel"));
        List<(string, Operation)> behind = [];
        while (!words.IsAtEnd)
        {
            switch (words.OneOf(["stride", "pad", "nobias", .. ActivationNames]))
            {
                case "stride":
                    convolution = convolution with { Stride = words.Count("the stride") };
                    break;
                case "pad":
                    convolution = convolution with { Padding = words.Count("the padding", 0) };
                    break;
                case "nobias":
                    convolution = convolution with { HasBias = false };
                    break;
                case var name:
                    behind.Add(Activation(name));
                    break;
            }
        }
        return [("deconv", convolution), .. behind];
    }

    private static MaxPooling MaxPooling(DescriptionWords words)
    {
        var (size, stride, padding) = Window(words);
        return new MaxPooling(size, stride, padding);
    }

    private static AveragePooling AveragePooling(DescriptionWords words)
    {
        var (size, stride, padding) = Window(words);
        return new AveragePooling(size, stride, padding);
    }

    private static (int Size, int Stride, int Padding) Window(DescriptionWords words)
    {
        var size = words.Count("the side of the windows");
        var (stride, padding) = (size, 0);
        while (!words.IsAtEnd)
        {
            if (words.OneOf(["stride", "pad"]) == "stride")
                stride = words.Count("the stride");
            else
                padding = words.Count("the padding", 0);
        }
        return padding <= size / 2 ? (size, stride, padding) : throw Errors.LayerInvalid(words.Text, "pad", $"at most half of the window, {size / 2}");
    }

    private static LocalResponseNormalization Normalization(DescriptionWords words)
    {
        var layer = new LocalResponseNormalization(words.Count("the maps that are summed over"));
        while (!words.IsAtEnd)
        {
            layer = words.OneOf(["alpha", "beta", "k"]) switch
            {
                "alpha" => layer with { Alpha = words.Number("alpha") },
                "beta" => layer with { Beta = words.Number("beta") },
                _ => layer with { Offset = words.Number("k") },
            };
        }
        return layer;
    }

    private static List<(string, Operation)> Dense(DescriptionWords words, int[] input)
    {
        if (input is not [var values])
            throw Errors.LayerInvalid(words.Text, "dense", $"'flatten' or 'globalpool' before it: its input is {string.Join('×', input)}");
        var dense = new Dense(values, words.Count("the values that it gives"));
        List<(string, Operation)> behind = [];
        while (!words.IsAtEnd)
        {
            var name = words.OneOf([.. ActivationNames, .. InitialNames]);
            if (InitialNames.Contains(name))
                dense = dense with { Initial = Initial(name) };
            else
                behind.Add(Activation(name));
        }
        return [("dense", dense), .. behind];
    }

    /// <summary>An activation. The two rectifiers are counted together: the sixth of them is relu6.</summary>
    private static (string Kind, Operation Operation) Activation(string name) =>
        (name == "relu6" ? "relu" : name, new Activation(Array.Find(Activations, known => known.Name == name).Function));

    private static Initializer Initial(string name) => Array.Find(Initials, known => known.Name == name).Initial;
}
