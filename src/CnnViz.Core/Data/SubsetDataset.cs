namespace CnnViz.Data;

/// <summary>Some pictures of another dataset, in an order of its own.</summary>
/// <param name="whole">The dataset that holds the pictures; never itself a subset.</param>
/// <param name="indices">Which, each within range.</param>
internal sealed class SubsetDataset(CnnDataset whole, int[] indices)
    : CnnDataset(whole.Name, whole.Labels, indices.Length, whole.ImageShape)
{
    public override void CopyPixels(int index, Span<byte> pixels) => whole.CopyPixels(indices[index], pixels);

    protected internal override CnnImage ReadImage(int index) => whole.ReadImage(indices[index]);

    protected internal override int ReadClass(int index) => whole.ReadClass(indices[index]);

    private protected override CnnDataset CreateSubset(int[] chosen) => new SubsetDataset(whole, Array.ConvertAll(chosen, i => indices[i]));
}
