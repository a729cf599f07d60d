using System.Globalization;
using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Reading.Saliency;
using CnnViz.Runtime;
using TorchSharp;
using static TorchSharp.torch;

namespace CnnViz.Tests.Runtime;

/// <summary>
/// On this machine, with oneDNN on or off as the guard decided, every operation of a network agrees with double
/// precision: forward, and the gradients of inputs and parameters, for several batches and threads.
/// </summary>
[Collection(Alone.Name)]
public sealed class OperationAccuracyTests
{
    private static readonly int[] Batches = [1, 2, 8, 20];

    private static readonly Dictionary<string, Case> Cases = new()
    {
        // The shapes that went wrong where oneDNN did not know the cache sizes.
        ["5×5 convolution 1→6"] = new(new Convolution(1, 6, 5), [1, 28, 28]),
        ["5×5 convolution 10→20"] = new(new Convolution(10, 20, 5), [10, 12, 12]),
        ["5×5 convolution 20→50"] = new(new Convolution(20, 50, 5), [20, 12, 12]),
        ["3×3 convolution 24→64"] = new(new Convolution(24, 64, 3), [24, 14, 14]),
        ["3×3 convolution 48→64 of stride 2"] = new(
            new Convolution(48, 64, 3) { Stride = 2, Padding = 1 }, [48, 14, 14]),
        ["1×1 convolution 512→1000"] = new(new Convolution(512, 1000, 1), [512, 4, 4]),
        ["7×7 convolution 3→64 of stride 2"] = new(new Convolution(3, 64, 7) { Stride = 2, Padding = 3 }, [3, 28, 28]),
        ["11×11 convolution 3→64 of stride 4"] = new(
            new Convolution(3, 64, 11) { Stride = 4, Padding = 2 }, [3, 31, 31]),
        ["1×7 convolution"] = new(new Convolution(12, 10, (1, 7)) { Padding = (0, 3), HasBias = false }, [12, 9, 9]),
        ["depthwise convolution"] = new(
            new Convolution(24, 24, 3) { Stride = 2, Padding = 1, Groups = 24 }, [24, 13, 13]),
        ["grouped convolution"] = new(new Convolution(32, 64, 3) { Padding = 1, Groups = 4 }, [32, 9, 9]),
        ["channels-last convolution"] = new(
            new Convolution(16, 24, 3) { Padding = 1, IsChannelsLast = true }, [16, 11, 11]),
        ["convolution with a connection table"] = new(
            new Convolution(6, 16, 5) { Connections = [.. Enumerable.Range(0, 96).Select(i => i % 3 != 0)] }, [6, 14, 14]),
        ["transposed convolution"] = new(
            new TransposedConvolution(10, 12, 3) { Stride = 2, Padding = 1, OutputPadding = 1 }, [10, 7, 7]),
        ["dense 400→120"] = new(new Dense(400, 120), [400]),
        ["dense 2048→1000"] = new(new Dense(2048, 1000), [2048]),
        ["batch normalisation"] = new(new BatchNormalization(12), [12, 9, 9]),
        ["batch normalisation in training"] = new(new BatchNormalization(12), [12, 9, 9]) { IsTraining = true },
        ["convolution, normalisation and pooling in one"] = new(Pooled(6, 10), [6, 12, 12])
        {
            IsTraining = true,
            Owners = [("conv", Pooled(6, 10).Convolution), ("bn", Pooled(6, 10).Normalization)],
        },
        ["max-pooling"] = new(new MaxPooling(3, 2, 1), [12, 13, 13]),
        ["max-pooling beyond the edge"] = new(new MaxPooling(3, 2) { CeilMode = true }, [12, 14, 14]),
        ["average pooling"] = new(new AveragePooling(3, 2, 1), [12, 13, 13]),
        ["adaptive average pooling"] = new(new AdaptiveAveragePooling(7), [12, 13, 13]),
        ["global average pooling"] = new(new AdaptiveAveragePooling(1), [12, 13, 13]),
        ["depthwise max-pooling"] = new(new DepthwisePooling(4), [12, 9, 9]),
        ["local response normalisation"] = new(new LocalResponseNormalization(5, 0.5), [12, 9, 9]),
        ["subsampling"] = new(new Subsampling(6), [6, 12, 12]),
        ["radial basis functions"] = new(
            new RadialBasis([.. Enumerable.Range(0, 840).Select(i => i % 5 < 2 ? 1f : -1f)], 10), [84]),
        ["ReLU"] = new(new Activation(ActivationFunction.Relu), [12, 9, 9]),
        ["ReLU6"] = new(new Activation(ActivationFunction.Relu6), [12, 9, 9]),
        ["tanh"] = new(new Activation(ActivationFunction.Tanh), [12, 9, 9]),
        ["scaled tanh"] = new(new Activation(ActivationFunction.ScaledTanh), [12, 9, 9]),
        ["sigmoid"] = new(new Activation(ActivationFunction.Sigmoid), [12, 9, 9]),
        ["ELU"] = new(new Activation(ActivationFunction.Elu), [12, 9, 9]),
        ["vectorised tanh"] = new(new VectorizedTanh(), [12, 9, 9]),
        ["guided ReLU"] = new(
            new RuledRectifier(
                new Activation(ActivationFunction.Relu), new RectifierSwitch { Rule = RectifierRule.Guided }), [12, 9, 9]),
        ["addition"] = new(new Addition(), [12, 9, 9], [12, 9, 9], [12, 9, 9]),
        ["concatenation"] = new(new Concatenation(), [12, 9, 9], [5, 9, 9]),
        ["channel shuffle"] = new(new ChannelShuffle(3), [12, 9, 9]),
        ["channel slice"] = new(new ChannelSlice(3, 5), [12, 9, 9]),
        ["padding"] = new(new ConstantPadding(2, 0.5), [12, 9, 9]),
        ["flattening"] = new(new Flatten(), [12, 9, 9]),
        ["zero-padded shortcut"] = new(new ZeroPaddedShortcut(12, 24, 2), [12, 9, 9]),
        ["frozen batch normalisation"] = new(new Frozen(new BatchNormalization(12)), [12, 9, 9]) { IsTraining = true },
        ["dropout in inference"] = new(new Dropout(0.5), [12, 9, 9]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_agrees_with_double_precision(string name)
    {
        var threads = get_num_threads();
        try
        {
            foreach (var batch in Batches)
            {
                using var scope = NewDisposeScope();
                var pass = new Pass(Cases[name], batch, ScalarType.Float32);
                var expected = pass.Run(ScalarType.Float64);
                foreach (var count in (int[])[1, 2])
                {
                    set_num_threads(count);
                    var found = pass.Run(ScalarType.Float32);
                    AssertClose(expected, found, 1e-4, $"{name}, batch {batch}, {count} threads");
                }
            }
        }
        finally
        {
            set_num_threads(threads);
        }
    }

    /// <summary>bfloat16 has 8 bits: sums are off by up to 1 % of the largest. Nothing is trained in it.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void An_operation_in_bfloat16_agrees_with_double_precision_to_two_percent(string name)
    {
        if (Cases[name].IsTraining || Cases[name].Operation is VectorizedTanh)
            return;
        foreach (var batch in (int[])[1, 8])
        {
            using var scope = NewDisposeScope();
            var pass = new Pass(Cases[name], batch, ScalarType.BFloat16);
            var (expected, found) = (pass.Run(ScalarType.Float64), pass.Run(ScalarType.BFloat16));
            AssertClose(expected, found, 2e-2, $"{name} in bfloat16, batch {batch}");
        }
    }

    [Fact]
    public void No_operation_is_left_out()
    {
        var checkedTypes = Cases.Values.Select(@case => @case.Operation.GetType()).Append(typeof(Input)).ToHashSet();
        Assert.DoesNotContain(typeof(Convolution).Assembly.GetTypes(), type =>
            type.IsSubclassOf(typeof(Operation)) && type.Namespace == typeof(Convolution).Namespace
            && !checkedTypes.Contains(type));
    }

    [Theory]
    [InlineData(3, 5, 17, 11)]
    [InlineData(14, 14, 224, 224)]
    public void An_enlargement_agrees_with_double_precision(int height, int width, int toHeight, int toWidth)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        var maps = rand([2, 3, height, width], generator: generator);
        var expected = nn.functional.interpolate(
            maps.to(ScalarType.Float64), [toHeight, toWidth], mode: InterpolationMode.Bilinear, align_corners: false);
        AssertClose([expected], [Enlargement.Bilinear(maps, toHeight, toWidth)], 1e-5, "enlargement");
    }

    private static PooledConvolution Pooled(int input, int output) =>
        new(
            new Convolution(input, output, 5) { Padding = 2, HasBias = false }, new BatchNormalization(output), "conv", "bn");

    private static void AssertClose(Tensor[] expected, Tensor[] found, double tolerance, string place)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            var largest = Math.Max(expected[i].abs().max().ToDouble(), 1e-30);
            var deviation = (found[i].to(ScalarType.Float64) - expected[i]).abs().max().ToDouble() / largest;
            var text = deviation.ToString("G3", CultureInfo.InvariantCulture);
            var mode = $"oneDNN is {TorchSetup.OneDnn}";
            Assert.True(deviation <= tolerance, $"{place}: result {i} deviates by {text}; {mode}");
        }
    }

    /// <summary>An operation with the shapes of its inputs, without the batch.</summary>
    private sealed record Case(Operation Operation, params int[][] Shapes)
    {
        public bool IsTraining { get; init; }

        /// <summary>The nodes whose parameters it uses; its own if null.</summary>
        public (string Name, Operation Operation)[] Owners { get; init; } = [(nameof(Operation), Operation)];
    }

    /// <summary>Inputs and parameters that all number types represent exactly, so that only the computation differs.</summary>
    private sealed class Pass
    {
        private readonly Case _case;
        private readonly Tensor[] _inputs;
        private readonly Dictionary<string, Tensor> _parameters = [];
        private readonly HashSet<string> _trainable = [];

        public Pass(Case @case, int batch, ScalarType narrowest)
        {
            using var generator = new Generator(11);
            _case = @case;
            _inputs =
                [.. @case.Shapes.Select(shape => Numbers([batch, .. shape.Select(extent => (long)extent)], -1, 1))];
            foreach (var (owner, operation) in @case.Owners)
            {
                foreach (var spec in operation.Parameters)
                {
                    var name = $"{owner}.{spec.Name}";
                    _parameters[name] = spec.DataType == ScalarType.Int64 ? zeros([], ScalarType.Int64)
                        : spec.Name == "running_var" ? Numbers(spec.Extents, 0.5, 1.5)
                        : Numbers(spec.Extents, -1, 1);
                    if (spec.IsTrainable)
                        _trainable.Add(name);
                }
            }

            Tensor Numbers(long[] shape, double low, double high) =>
                (rand(shape, generator: generator) * (high - low) + low).to(narrowest).to(ScalarType.Float64);
        }

        /// <summary>The output and the gradients of a weighted sum of it.</summary>
        public Tensor[] Run(ScalarType type)
        {
            using var generator = new Generator(12);
            Tensor[] inputs = [.. _inputs.Select(input => input.to(type, copy: true).requires_grad_())];
            var parameters = _parameters.ToDictionary(pair => pair.Key, pair =>
                pair.Value.dtype == ScalarType.Int64 ? pair.Value.clone() : pair.Value.to(type, copy: true));
            foreach (var name in _trainable)
                parameters[name].requires_grad_();
            var call = new OperationCall(nameof(Operation), parameters, inputs, _case.IsTraining, generator);
            var output = _case.Operation.Apply(call);
            var weights = (rand(output.shape, generator: generator) - 0.5).to(ScalarType.BFloat16).to(type);
            Tensor[] wanted = [.. inputs, .. _trainable.Select(name => parameters[name])];
            return [output.detach(), .. BackwardPass.Gradients([output], wanted, [weights])];
        }
    }
}
