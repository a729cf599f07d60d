using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using CnnViz.Networks;
using CnnViz.Networks.Labels;
using Newtonsoft.Json;
using static TorchSharp.torch;

namespace CnnViz;

/// <summary>
/// A network with its weights, its preprocessing and its labels: the only object that owns native memory. Dispose it when it is not needed any more;
/// forgotten ones are freed by the garbage collector. Reading it from several threads at once is safe.
/// </summary>
public sealed class CnnModel : IDisposable
{
    private readonly long _nativeBytes;
    private readonly Lock _rewriting = new();
    private Dictionary<string, Tensor>? _weights;
    private IReadOnlyDictionary<string, Tensor>? _folded;
    private Interpreter? _answering;
    private Interpreter? _logits;
    private string? _weightsHash;

    /// <summary>Takes the weights over.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">All its parameters and buffers; the model owns them from here on.</param>
    internal CnnModel(Network network, Dictionary<string, Tensor> weights)
    {
        Network = network;
        _weights = weights;
        Name = network.Architecture;
        Classes = ClassLabels.Of(network);
        Preprocessing = Preprocessing.None(network.InputShape[0], network.InputShape[1], network.InputShape[2]);
        _nativeBytes = weights.Values.Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
        // The garbage collector does not see native memory; without this a forgotten VGG would look like a few hundred bytes.
        GC.AddMemoryPressure(Math.Max(1, _nativeBytes));
    }

    /// <summary>Returns the memory pressure; the tensors have finalisers of their own.</summary>
    ~CnnModel()
    {
        if (_weights is not null)
            GC.RemoveMemoryPressure(Math.Max(1, _nativeBytes));
    }

    /// <summary>What it is called, in views and recipes.</summary>
    public string Name
    {
        get;
        init
        {
            field = value;
            Network = Network.Called(value);
        }
    }

    /// <summary>The architecture, such as <c>lenet5</c>.</summary>
    public string Architecture => Network.Architecture;

    /// <summary>The file it was read from; null for a built-in or new one.</summary>
    public string? Source { get; init; }

    /// <summary>The shape of an image as it goes in, <c>[C, H, W]</c>.</summary>
    public int[] InputShape => Network.InputShape;

    /// <summary>The classes it tells apart.</summary>
    public int ClassCount => Network.ClassCount;

    /// <summary>Its trainable values.</summary>
    public long ParameterCount => Network.ParameterCount;

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Labels { get => Classes.Names; init => Classes = new ClassLabels(value); }

    /// <summary>The WordNet ids of the classes, such as <c>n02268443</c>; null where they have none.</summary>
    public IReadOnlyList<string>? WordNetIds => Classes.WordNetIds;

    /// <summary>The classes: names, and WordNet ids where they have any.</summary>
    [JsonIgnore]
    public ClassLabels Classes { get; internal set; }

    /// <summary>The epochs of its training; empty where it is not known.</summary>
    public IReadOnlyList<EpochResult> History { get; init => field = value.ToArray(); } = [];

    /// <summary>How it was trained; null where that is not known.</summary>
    public Recipe? Recipe { get; init; }

    /// <summary>What is doubtful about it, such as weights that are not finite; empty where nothing is.</summary>
    public IReadOnlyList<string> Warnings { get; init => field = value.ToArray(); } = [];

    /// <summary>How a picture becomes its input.</summary>
    public Preprocessing Preprocessing { get; init; }

    /// <summary>Where it computes: <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device => Weights.Values.Select(tensor => tensor.device.ToString()).FirstOrDefault("cpu");

    /// <summary>The numbers that it computes with.</summary>
    public Precision Precision => DataType == ScalarType.BFloat16 ? Precision.BFloat16 : Precision.Float32;

    /// <summary>The nodes, as data.</summary>
    [JsonIgnore]
    public Network Network { get; private set; }

    /// <summary>SHA-256 over names and values of all parameters and buffers, lower-case hex: the same for the same weights, however stored.</summary>
    public string WeightsHash => _weightsHash ??= ComputeHash();

    /// <summary>The type of its weights, which its inputs have to have too.</summary>
    internal ScalarType DataType => Weights.Values.Select(tensor => tensor.dtype).FirstOrDefault(IsFractional, ScalarType.Float32);

    internal IReadOnlyDictionary<string, Tensor> Weights => _weights ?? throw Errors.ModelDisposed(Name);

    /// <summary>A model with seeded random weights.</summary>
    /// <param name="network">The network.</param>
    /// <param name="seed">The seed: the same seed gives the same weights.</param>
    /// <param name="device">Where it is to compute; the processor where null.</param>
    /// <param name="preprocessing">How a picture becomes its input; null for pixels as they are.</param>
    public static CnnModel CreateRandom(Network network, long seed, Device? device = null, Preprocessing? preprocessing = null)
    {
        using var generator = new Generator((ulong)seed);
        var weights = InitialWeights(network, generator);
        if (device is not null)
        {
            foreach (var name in weights.Keys)
                weights[name] = weights[name].to(device, disposeAfter: true).DetachFromDisposeScope();
        }
        var (channels, height, width) = (network.InputShape[0], network.InputShape[1], network.InputShape[2]);
        return new CnnModel(network, weights) { Preprocessing = preprocessing ?? Preprocessing.None(channels, height, width) };
    }

    /// <summary>The logits for a batch that is normalised already.</summary>
    /// <param name="images">The batch, <c>[N, C, H, W]</c>, on the model's device.</param>
    /// <returns>The logits as float32, the caller's to dispose.</returns>
    public Tensor Run(Tensor images)
    {
        using var scope = NewDisposeScope();
        return Logits().Run(images.to(DataType)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>Turns its weights into other numbers.</summary>
    internal void ConvertTo(Precision precision)
    {
        var type = precision == Precision.BFloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        ForgetRewrite();
        foreach (var (name, tensor) in Weights.ToArray())
        {
            if (IsFractional(tensor.dtype) && tensor.dtype != type)
                _weights![name] = tensor.to(type, disposeAfter: true).DetachFromDisposeScope();
        }
    }

    /// <summary>Runs the network with these weights.</summary>
    internal Interpreter Interpreter() => new(Network, Weights);

    /// <summary>
    /// Runs the network as <see cref="InferenceRewrite"/> rearranges it; made when it is first needed, and freed with the model. Every node gives what it gives in
    /// the original, up to rounding, and what nobody needs any more is left out; gradients flow through it as well.
    /// </summary>
    internal Interpreter Answering()
    {
        lock (_rewriting)
        {
            var weights = Weights;
            if (_answering is null)
            {
                var network = InferenceRewrite.Apply(Network, weights, out _folded);
                var all = new Dictionary<string, Tensor>(weights, StringComparer.Ordinal);
                foreach (var (name, tensor) in _folded)
                    all[name] = tensor;
                _answering = new Interpreter(network, all);
            }
            return _answering;
        }
    }

    /// <summary>As <see cref="Answering"/>, and with what <see cref="PoolingRewrite"/> saves: for the output alone.</summary>
    internal Interpreter Logits()
    {
        lock (_rewriting)
        {
            var answering = Answering();
            return _logits ??= answering.With(PoolingRewrite.Apply(answering.Network));
        }
    }

    /// <summary>A copy of a parameter or buffer.</summary>
    /// <param name="name">Its full name, such as <c>conv1.weight</c>.</param>
    /// <exception cref="CnnVizException"><c>LayerNotFound</c>, with the nearest names; <c>ModelDisposed</c>.</exception>
    public CnnTensor GetParameter(string name)
    {
        if (!Weights.TryGetValue(name, out var parameter))
            throw Errors.LayerNotFound(Name, name, NearestNames.Of(name, Weights.Keys));
        return TensorTransfer.ToManaged(parameter, parameter.ndim == 4 ? "NCHW" : null);
    }

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        var weights = Interlocked.Exchange(ref _weights, null);
        if (weights is null)
            return;
        ForgetRewrite();
        foreach (var tensor in weights.Values)
            tensor.Dispose();
        GC.RemoveMemoryPressure(Math.Max(1, _nativeBytes));
        GC.SuppressFinalize(this);
    }

    /// <summary>Name, architecture and size.</summary>
    public override string ToString() => $"{Name} ({Architecture}, {ParameterCount:N0} parameters)";

    internal static Dictionary<string, Tensor> InitialWeights(Network network, Generator generator)
    {
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (name, spec) in network.Parameters)
            weights[name] = Initial(spec, generator);
        return weights;
    }

    internal static Tensor Initial(ParameterSpec spec, Generator generator)
    {
        var parameter = empty(spec.Extents, spec.DataType).DetachFromDisposeScope();
        spec.Initial.Fill(parameter, generator);
        return parameter;
    }

    private static bool IsFractional(ScalarType type) => type is ScalarType.Float32 or ScalarType.BFloat16;

    private void ForgetRewrite()
    {
        lock (_rewriting)
        {
            foreach (var tensor in _folded?.Values ?? [])
                tensor.Dispose();
            (_folded, _answering, _logits) = (null, null, null);
        }
    }

    private string ComputeHash()
    {
        using var scope = NewDisposeScope();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, parameter) in Weights.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(MemoryMarshal.AsBytes(parameter.shape.AsSpan()));
            hash.AppendData(parameter.cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
