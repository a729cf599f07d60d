namespace CnnViz.Data;

/// <summary>Picture files with their classes; a file is opened when its picture is asked for, never before.</summary>
internal sealed class ImageFolderDataset(string name, string[] labels, string[] paths, int[] classes)
    : CnnDataset(name, labels, paths.Length, imageShape: null)
{
    protected internal override CnnImage ReadImage(int index)
    {
        var image = ImageSource.FromPath(paths[index]).Read();
        return new CnnImage(image.Data, image.ChannelCount, image.Height, image.Width)
        {
            Source = paths[index],
            Class = classes[index],
            Label = Labels[classes[index]],
            IsNetworkInput = image.IsNetworkInput,
            Recipe = image.Recipe,
        };
    }

    protected internal override int ReadClass(int index) => classes[index];
}
