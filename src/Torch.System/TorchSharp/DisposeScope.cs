using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>
/// Disposes the tensors that were made while it was the innermost scope of its thread, when it is closed.
/// Scopes belong to one thread and are closed in the reverse order of their opening.
/// </summary>
public sealed class DisposeScope : IDisposable
{
    [ThreadStatic]
    private static DisposeScope? _innermost;

    private readonly DisposeScope? _outer;
    private readonly HashSet<IDisposable> _members = new(ReferenceEqualityComparer.Instance);

    private DisposeScope(DisposeScope? outer) => _outer = outer;

    /// <summary>The tensors that it would dispose now.</summary>
    public int DisposablesCount => _members.Count;

    internal static DisposeScope? Innermost => _innermost;

    internal static DisposeScope Open() => _innermost = new DisposeScope(_innermost);

    /// <summary>True where closing this scope would dispose the object.</summary>
    public bool Contains(IDisposable disposable) => _members.Contains(disposable);

    /// <summary>Takes an object in, out of the scope it was in.</summary>
    public void Attach(IDisposable disposable)
    {
        if (disposable is Tensor tensor)
        {
            tensor.Scope?._members.Remove(tensor);
            tensor.Scope = this;
        }
        _members.Add(disposable);
    }

    /// <summary>Lets an object out: nothing disposes it but its owner.</summary>
    public T Detach<T>(T disposable) where T : IDisposable
    {
        _members.Remove(disposable);
        if (disposable is Tensor tensor)
            tensor.Scope = null;
        return disposable;
    }

    /// <summary>Gives an object to the scope around this one; lets it out where there is none.</summary>
    public T MoveToOuter<T>(T disposable) where T : IDisposable
    {
        Detach(disposable);
        _outer?.Attach(disposable);
        return disposable;
    }

    /// <summary>Closes the scope.</summary>
    public void Dispose()
    {
        foreach (var member in _members)
        {
            if (member is Tensor tensor)
                tensor.Scope = null;
            member.Dispose();
        }
        _members.Clear();
        for (var scope = _innermost; scope is not null; scope = scope._outer)
        {
            if (scope != this)
                continue;
            _innermost = _outer;
            return;
        }
    }

    internal void Forget(Tensor tensor) => _members.Remove(tensor);
}
