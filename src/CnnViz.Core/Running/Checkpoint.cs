using System.Text.Json;
using CnnViz.Files;
using CnnViz.Networks.Weights;
using static TorchSharp.torch;

namespace CnnViz.Running;

/// <summary>The state of a run: named tensors and texts, kept as a safetensors file.</summary>
public sealed class Checkpoint : IDisposable
{
    private const string IdentityKey = "cnnviz.run";
    private readonly Dictionary<string, Tensor> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Throws where a run cannot keep its checkpoint, so that a long one asks before it starts.</summary>
    /// <param name="path">The file; null for none.</param>
    /// <param name="resume">Whether the run goes on from it.</param>
    /// <param name="force">Whether a file that is there already may be replaced.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: to be resumed from nothing; <c>OutputExists</c> or <c>OutputUnwritable</c>.</exception>
    public static void CheckPath(string? path, bool resume, bool force)
    {
        if (path is not null)
            OutputFile.CheckFree(path, force || resume);
        else if (resume)
            throw Errors.ArgumentInvalid("Resume", resume, "a -CheckpointPath to go on from");
    }

    /// <summary>Keeps a copy of a tensor.</summary>
    public void Put(string name, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        _tensors.GetValueOrDefault(name)?.Dispose();
        _tensors[name] = tensor.detach().cpu().clone().DetachFromDisposeScope();
    }

    /// <summary>Keeps a text.</summary>
    public void Put(string name, string text) => _texts[name] = text;

    /// <summary>A tensor that was kept; it stays the checkpoint's.</summary>
    public Tensor Tensor(string name) => _tensors[name];

    /// <summary>Whether a tensor of that name was kept.</summary>
    public bool Holds(string name) => _tensors.ContainsKey(name);

    /// <summary>A text that was kept.</summary>
    public string Text(string name) => _texts[name];

    /// <summary>Keeps what a part of a run writes down, under a name of its own.</summary>
    public void PutPart(string name, Action<Checkpoint> save)
    {
        using var part = new Checkpoint();
        save(part);
        foreach (var (key, tensor) in part._tensors)
            Put($"{name}/{key}", tensor);
        foreach (var (key, text) in part._texts)
            Put($"{name}/{key}", text);
    }

    /// <summary>What <see cref="PutPart"/> kept, as the part wrote it down; it is the caller's.</summary>
    public Checkpoint Part(string name)
    {
        var (part, prefix) = (new Checkpoint(), $"{name}/");
        foreach (var (key, tensor) in _tensors.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            part.Put(key[prefix.Length..], tensor);
        foreach (var (key, text) in _texts.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal)))
            part.Put(key[prefix.Length..], text);
        return part;
    }

    /// <summary>Puts copies of all tensors into another checkpoint.</summary>
    public void CopyTo(Checkpoint other)
    {
        foreach (var (name, tensor) in _tensors)
            other.Put(name, tensor);
    }

    /// <summary>Writes the file, in place of an earlier one.</summary>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string> identity)
    {
        Put(IdentityKey, JsonSerializer.Serialize(identity));
        SafetensorsFile.Write(path, [.. _tensors], _texts, force: true);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="CnnVizException"><c>CheckpointMismatch</c>: it belongs to another run, or is none.</exception>
    public static Checkpoint Load(string path, IReadOnlyDictionary<string, string> identity)
    {
        var content = Read(path);
        var checkpoint = new Checkpoint();
        foreach (var (name, tensor) in content.Tensors)
            checkpoint._tensors[name] = tensor;
        foreach (var (name, text) in content.Metadata)
            checkpoint._texts[name] = text;
        var reason = Mismatch(checkpoint._texts.GetValueOrDefault(IdentityKey), identity);
        if (reason is null)
            return checkpoint;
        checkpoint.Dispose();
        throw Errors.CheckpointMismatch(path, $"{reason} Use the same settings, or another path.");
    }

    private static WeightContent Read(string path)
    {
        try
        {
            return WeightFile.Read(path);
        }
        catch (CnnVizException damage) when (damage.ErrorId is "ModelFileInvalid" or "WeightFileUnsafe")
        {
            throw Errors.CheckpointMismatch(path, "it is no checkpoint of a run, or a damaged one. Use another path, or leave -Resume out to begin anew.");
        }
    }

    private static string? Mismatch(string? kept, IReadOnlyDictionary<string, string> identity)
    {
        Dictionary<string, string>? found;
        try
        {
            found = kept is null ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(kept);
        }
        catch (JsonException)
        {
            found = null;
        }
        if (found is null)
            return "it is no checkpoint of a run.";
        string[] different =
        [
            .. found.Keys.Union(identity.Keys).Where(key => found.GetValueOrDefault(key) != identity.GetValueOrDefault(key))
                .Select(key => $"{key} was '{Short(found.GetValueOrDefault(key))}' and is '{Short(identity.GetValueOrDefault(key))}'"),
        ];
        return different.Length == 0 ? null : $"it belongs to another run: {string.Join("; ", different)}.";
    }

    /// <summary>Of a digest, which nobody reads to its end, the beginning.</summary>
    private static string? Short(string? value) => value is { Length: 64 } && value.All(char.IsAsciiHexDigitLower) ? $"{value[..8]}…" : value;

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        foreach (var tensor in _tensors.Values)
            tensor.Dispose();
        _tensors.Clear();
    }
}
