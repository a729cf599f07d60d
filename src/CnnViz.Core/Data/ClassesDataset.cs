namespace CnnViz.Data;

/// <summary>The pictures of some classes of another dataset, as a task of its own: these classes are numbered from 0 on.</summary>
/// <param name="whole">The dataset that holds the pictures.</param>
/// <param name="classes">Which classes, in their new order.</param>
/// <param name="indices">The pictures of these classes.</param>
internal sealed class ClassesDataset(CnnDataset whole, int[] classes, int[] indices)
    : CnnDataset($"{whole.Name}/{classes[0]}-{classes[^1]}", Array.ConvertAll(classes, index => whole.Labels[index]), indices.Length, whole.ImageShape)
{
    public override void CopyPixels(int index, Span<byte> pixels) => whole.CopyPixels(indices[index], pixels);

    protected internal override CnnImage ReadImage(int index)
    {
        var image = whole.ReadImage(indices[index]);
        return new CnnImage(image.Data, image.ChannelCount, image.Height, image.Width) { Source = image.Source, Label = image.Label, Class = ReadClass(index) };
    }

    protected internal override int ReadClass(int index) => Array.IndexOf(classes, whole.ReadClass(indices[index]));
}
