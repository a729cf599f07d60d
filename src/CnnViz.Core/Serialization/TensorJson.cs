using System.Globalization;
using System.Runtime.InteropServices;
using Newtonsoft.Json;

namespace CnnViz.Serialization;

/// <summary>
/// Tensors and pictures: the shape, and the values as one block of base64 (float32, little-endian). One that stands in a result several times is written once.
/// </summary>
internal sealed class TensorJson : JsonConverter<CnnTensor>
{
    /// <inheritdoc/>
    public override void WriteJson(JsonWriter writer, CnnTensor? value, JsonSerializer serializer)
    {
        var references = serializer.ReferenceResolver!;
        var isKnown = references.IsReferenced(serializer, value!);
        var block = new Block { Id = references.GetReference(serializer, value!) };
        if (!isKnown)
        {
            var image = value as CnnImage;
            block = block with
            {
                Shape = value!.Shape,
                Layout = value.Layout,
                Values = MemoryMarshal.AsBytes(value.Data.AsSpan()).ToArray(),
                Image = image is null ? null : new ImagePart
                {
                    Source = image.Source,
                    Label = image.Label,
                    Class = image.Class,
                    IsNetworkInput = image.IsNetworkInput,
                    Recipe = image.Recipe,
                    PreparedFor = image.PreparedFor,
                    IsNormalized = image.IsNormalized,
                },
            };
        }
        serializer.Serialize(writer, block);
    }

    /// <inheritdoc/>
    public override CnnTensor? ReadJson(JsonReader reader, Type objectType, CnnTensor? existingValue, bool hasExistingValue, JsonSerializer serializer)
    {
        if (serializer.Deserialize<Block>(reader) is not { } block)
            return null;
        var references = serializer.ReferenceResolver!;
        if (block.Values is null)
            return (CnnTensor)references.ResolveReference(serializer, block.Id);
        var tensor = Tensor(block, MemoryMarshal.Cast<byte, float>(block.Values).ToArray());
        references.AddReference(serializer, block.Id, tensor);
        return tensor;
    }

    private static CnnTensor Tensor(Block block, float[] values)
    {
        if (block.Image is not { } image)
            return new CnnTensor(values, block.Shape, block.Layout);
        if (block.Shape is not [var channels, var height, var width])
            throw new JsonSerializationException(string.Create(CultureInfo.InvariantCulture, $"A picture of {block.Shape.Length} dimensions."));
        return new CnnImage(values, channels, height, width)
        {
            Source = image.Source,
            Label = image.Label,
            Class = image.Class,
            IsNetworkInput = image.IsNetworkInput,
            Recipe = image.Recipe,
            PreparedFor = image.PreparedFor,
            IsNormalized = image.IsNormalized,
        };
    }

    private sealed record Block
    {
        public required string Id { get; init; }

        public int[] Shape { get; init; } = [];

        public string? Layout { get; init; }

        public byte[]? Values { get; init; }

        public ImagePart? Image { get; init; }
    }

    /// <summary>What a picture knows beside its pixels.</summary>
    private sealed record ImagePart
    {
        public string? Source { get; init; }

        public string? Label { get; init; }

        public int? Class { get; init; }

        public bool IsNetworkInput { get; init; }

        public Recipe? Recipe { get; init; }

        public Preprocessing? PreparedFor { get; init; }

        public bool IsNormalized { get; init; }
    }
}
