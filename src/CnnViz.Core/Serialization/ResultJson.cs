using Newtonsoft.Json;

namespace CnnViz.Serialization;

/// <summary>
/// Results as one text that another process makes the same results of, bit for bit: what can be set of them as JSON, tensors as base64, the live model left out.
/// </summary>
public static class ResultJson
{
    private static readonly JsonSerializerSettings Settings = new()
    {
        ContractResolver = new ResultContract(),
        SerializationBinder = new ResultBinder(),
        Converters = [new TensorJson()],
        // Lists have defaults, which are to be replaced and not added to.
        ObjectCreationHandling = ObjectCreationHandling.Replace,
        NullValueHandling = NullValueHandling.Ignore,
        DateParseHandling = DateParseHandling.None,
        MetadataPropertyHandling = MetadataPropertyHandling.ReadAhead,
    };

    /// <summary>The types that travel: tensors, pictures, and the records that cmdlets give, apart from datasets, which are read from files.</summary>
    public static IReadOnlyList<Type> Types { get; } =
    [
        .. typeof(CnnTensor).Assembly.GetExportedTypes().Where(type => type.Namespace == nameof(CnnViz) && type != typeof(DatasetSplits)
            && (type.IsAssignableTo(typeof(CnnTensor)) || type.IsAssignableTo(typeof(IEquatable<>).MakeGenericType(type)))),
    ];

    /// <summary>The text of a result.</summary>
    /// <param name="result">One of <see cref="Types"/>.</param>
    public static string Write(object result) => JsonConvert.SerializeObject(result, Settings);

    /// <summary>The result that a text was made of.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">One of <see cref="Types"/>.</param>
    /// <exception cref="JsonException">The text is not that of such a result.</exception>
    public static object Read(string text, Type type) =>
        JsonConvert.DeserializeObject(text, type, Settings) ?? throw new JsonSerializationException($"The text holds no {type.Name}.");
}
