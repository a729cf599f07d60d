namespace CnnViz.Networks.Weights.PyTorch;

/// <summary>A view of a storage.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Offset">The value that it begins with.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Strides">The steps between neighbours along each dimension, in values.</param>
internal sealed record TorchTensor(TorchStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>True where all of it lies within its storage.</summary>
    /// <exception cref="OverflowException">It has more values than can be counted.</exception>
    public bool IsWithinStorage => Shape.Length == Strides.Length && Shape.Aggregate(1L, (product, extent) => checked(product * extent)) >= 0
        && Offset >= 0 && Shape.All(extent => extent >= 0) && Strides.All(stride => stride >= 0)
        && checked(Offset + WeightFile.Span(Shape, Strides)) <= Storage.Count;

    /// <summary>The entry of a file that has it under a name.</summary>
    public WeightEntry Entry(string name, long storagePosition) => new(name, Storage.Type, Shape)
    {
        Position = storagePosition + Offset * WeightEntry.Size(Storage.Type),
        Strides = IsContiguous ? null : Strides,
    };

    private bool IsContiguous
    {
        get
        {
            var expected = 1L;
            for (var axis = Shape.Length - 1; axis >= 0; axis--)
            {
                if (Shape[axis] != 1 && Strides[axis] != expected)
                    return Shape.Contains(0);
                expected *= Shape[axis];
            }
            return true;
        }
    }
}
