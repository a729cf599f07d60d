using static TorchSharp.torch;

namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>What a pickle may call a name: a function of this project that makes a tensor's description or a plain container.</summary>
/// <param name="arguments">The arguments of the call.</param>
internal delegate object? PickleFunction(object?[] arguments);

/// <summary>
/// The names that a pickle may use, and what they mean here. A pickle can name any function of Python and have it called, which is how files
/// run programs; these names mean functions of this class, and there are no others.
/// </summary>
internal static class PickleGlobals
{
    private static readonly Dictionary<string, object> Known = new(StringComparer.Ordinal)
    {
        ["torch._utils._rebuild_tensor"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_tensor_v2"] = (PickleFunction)Tensor,
        ["torch._utils._rebuild_parameter"] = (PickleFunction)Parameter,
        ["torch._utils._rebuild_parameter_with_state"] = (PickleFunction)Parameter,
        ["torch.nn.parameter.Parameter"] = (PickleFunction)Parameter,
        ["torch.Size"] = (PickleFunction)First,
        ["torch.device"] = (PickleFunction)First,
        ["collections.OrderedDict"] = (PickleFunction)Mapping,
        ["collections.Counter"] = (PickleFunction)Mapping,
        ["collections.defaultdict"] = (PickleFunction)(_ => new PickleDictionary()),
        ["builtins.dict"] = (PickleFunction)Mapping,
        ["builtins.list"] = (PickleFunction)First,
        ["builtins.tuple"] = (PickleFunction)First,
        ["builtins.set"] = (PickleFunction)First,
        ["builtins.frozenset"] = (PickleFunction)First,
        ["builtins.bytes"] = (PickleFunction)First,
        ["builtins.int"] = (PickleFunction)First,
        ["builtins.float"] = (PickleFunction)First,
        ["_codecs.encode"] = (PickleFunction)First,
        ["torch.DoubleStorage"] = ScalarType.Float64,
        ["torch.FloatStorage"] = ScalarType.Float32,
        ["torch.HalfStorage"] = ScalarType.Float16,
        ["torch.BFloat16Storage"] = ScalarType.BFloat16,
        ["torch.LongStorage"] = ScalarType.Int64,
        ["torch.IntStorage"] = ScalarType.Int32,
        ["torch.ShortStorage"] = ScalarType.Int16,
        ["torch.CharStorage"] = ScalarType.Int8,
        ["torch.ByteStorage"] = ScalarType.Byte,
        ["torch.BoolStorage"] = ScalarType.Bool,
        ["torch.float64"] = ScalarType.Float64,
        ["torch.float32"] = ScalarType.Float32,
        ["torch.float16"] = ScalarType.Float16,
        ["torch.bfloat16"] = ScalarType.BFloat16,
        ["torch.int64"] = ScalarType.Int64,
        ["torch.int32"] = ScalarType.Int32,
        ["torch.int16"] = ScalarType.Int16,
        ["torch.int8"] = ScalarType.Int8,
        ["torch.uint8"] = ScalarType.Byte,
        ["torch.bool"] = ScalarType.Bool,
    };

    /// <summary>What a name means: a <see cref="PickleFunction"/> or a <see cref="ScalarType"/>; null for a name that is not allowed.</summary>
    public static object? Find(string name) => Known.GetValueOrDefault(name);

    /// <summary>A storage, an offset, a shape, strides, and what only training needs.</summary>
    private static TorchTensor Tensor(object?[] arguments)
    {
        if (arguments is not [TorchStorage storage, long offset, var shape, var strides, ..])
            throw new FormatException("a tensor without storage, offset, shape and strides");
        var tensor = new TorchTensor(storage, offset, Extents(shape), Extents(strides));
        return tensor.IsWithinStorage
            ? tensor
            : throw new FormatException(
                $"a tensor of shape [{string.Join(", ", tensor.Shape)}], strides [{string.Join(", ", tensor.Strides)}] and offset {offset} in a storage of {storage.Count} values");
    }

    private static TorchTensor Parameter(object?[] arguments) => arguments is [TorchTensor tensor, ..]
        ? tensor
        : throw new FormatException("a parameter without its tensor");

    private static object First(object?[] arguments) => arguments is [{ } first, ..] ? first : Array.Empty<object?>();

    /// <summary>A mapping of nothing, of another, or of a list of pairs; the list is used up, so that a file cannot have it copied again and again.</summary>
    private static PickleDictionary Mapping(object?[] arguments)
    {
        if (arguments is [PickleDictionary other])
            return other;
        var mapping = new PickleDictionary();
        if (arguments is not [List<object?> pairs])
            return mapping;
        foreach (var pair in pairs)
        {
            if (pair is not IList<object?> { Count: 2 } two)
                throw new FormatException("a mapping of something else than pairs");
            mapping.Set(two[0], two[1]);
        }
        pairs.Clear();
        return mapping;
    }

    private static long[] Extents(object? value) => value is object?[] { Length: <= WeightEntry.MaximumRank } extents
        ? [.. extents.Select(extent => extent is long number ? number : throw new FormatException("a shape of something else than whole numbers"))]
        : throw new FormatException($"a shape that is no tuple of at most {WeightEntry.MaximumRank} numbers");
}
