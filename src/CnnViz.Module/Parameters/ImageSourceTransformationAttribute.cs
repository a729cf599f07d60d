using System.Collections;
using System.Management.Automation;
using CnnViz.Serialization;

namespace CnnViz.Parameters;

/// <summary>
/// Lets an <see cref="ImageSource"/> array parameter take what users have: paths (wildcards name several), http(s) addresses, files from
/// Get-ChildItem, pictures and tensors, and any result with an <c>Image</c>. Nothing is read here, and a path that leads nowhere is an
/// error of the reading, where it is one item's and has its id.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ImageSourceTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData is null ? null : Sources(engineIntrinsics.SessionState.Path, inputData).ToArray();

    internal static IEnumerable<ImageSource> Sources(PathIntrinsics paths, object? input)
    {
        var wrapper = input as PSObject;
        return (wrapper is null ? input : ResultConverter.Revive(wrapper)) switch
        {
            ImageSource source => [source],
            CnnTensor tensor => [ImageSource.FromTensor(tensor)],
            FileSystemInfo file => [ImageSource.FromPath(file.FullName)],
            Uri { IsAbsoluteUri: true, IsFile: false } address => [ImageSource.FromUrl(address)],
            Uri address => FromText(paths, address.IsAbsoluteUri ? address.LocalPath : address.OriginalString),
            string text => FromText(paths, text),
            IEnumerable several => several.Cast<object?>().SelectMany(item => Sources(paths, item)),
            { } thing => FromProperties(paths, ReferenceEquals(thing, wrapper?.BaseObject) ? wrapper : PSObject.AsPSObject(thing)),
            null => throw NotAPicture(null),
        };
    }

    private static IEnumerable<ImageSource> FromText(PathIntrinsics paths, string text)
    {
        if (ImageSource.IsAddress(text))
            return [ImageSource.Parse(text)];
        try
        {
            return SessionPaths.Resolve(paths, text).Select(ImageSource.FromPath);
        }
        catch (CnnVizException)
        {
            return [ImageSource.FromPath(text)];
        }
    }

    /// <summary>A result that carries its picture, or a file that came from another process as a bag of properties.</summary>
    private static IEnumerable<ImageSource> FromProperties(PathIntrinsics paths, PSObject thing)
    {
        if (thing.Properties["Image"]?.Value is { } image && Unwrap(image) is CnnTensor tensor)
            return [ImageSource.FromTensor(tensor)];
        if (thing.Properties["PSPath"]?.Value is string path)
            return [ImageSource.FromPath(SessionPaths.ResolveLiteral(paths, path))];
        throw NotAPicture(thing.BaseObject);
    }

    private static object Unwrap(object value) => value is PSObject wrapper ? wrapper.BaseObject : value;

    private static ArgumentTransformationMetadataException NotAPicture(object? found) =>
        new($"{(found is null ? "Nothing" : $"A {found.GetType().Name}")} is no picture. Expected a path, an http(s) address, a file from Get-ChildItem, "
            + "a CnnImage or CnnTensor, or a result with an Image.");
}
