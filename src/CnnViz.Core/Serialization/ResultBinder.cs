using CnnViz.Objectives;
using Newtonsoft.Json;
using Newtonsoft.Json.Serialization;

namespace CnnViz.Serialization;

/// <summary>Names the kinds of objectives and of results, and finds nothing else by a name: a text from another machine chooses no other types.</summary>
internal sealed class ResultBinder : ISerializationBinder
{
    /// <inheritdoc/>
    public void BindToName(Type serializedType, out string? assemblyName, out string? typeName) => (assemblyName, typeName) = (null, serializedType.Name);

    /// <inheritdoc/>
    public Type BindToType(string? assemblyName, string typeName) =>
        typeof(Objective).Assembly.GetType($"{typeof(Objective).Namespace}.{typeName}") is { } type && type.IsAssignableTo(typeof(Objective))
            ? type
            : ResultJson.Types.FirstOrDefault(result => result.Name == typeName) ?? throw new JsonSerializationException($"There is no objective and no result '{typeName}'.");
}
