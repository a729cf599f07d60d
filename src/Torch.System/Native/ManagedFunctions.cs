using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// Functions whose backward is managed code, kept by key as long as libtorch keeps their node.
/// An exception is caught at the boundary, and rethrown once libtorch has given control back.
/// </summary>
internal static unsafe partial class ManagedFunctions
{
    private static readonly ConcurrentDictionary<long, Entry> Backwards = new();
    private static readonly ConcurrentDictionary<long, ExceptionDispatchInfo> Failures = new();
    private static long _lastKey;

    /// <summary>The nodes that libtorch holds at present.</summary>
    public static int Count => Backwards.Count;

    /// <summary>Makes <paramref name="output"/> the result of a function of <paramref name="inputs"/> with this backward.</summary>
    /// <param name="inputs">The tensors that gradients go to.</param>
    /// <param name="output">The result, not yet part of a graph.</param>
    /// <param name="context">What the backward needs; disposed when libtorch drops the node.</param>
    /// <param name="backward">From the gradient of the output to those of the inputs.</param>
    public static void Attach(Tensor[] inputs, Tensor output, IDisposable context, Func<Tensor, Tensor?[]> backward)
    {
        var key = Interlocked.Increment(ref _lastKey);
        Backwards[key] = new Entry(context, backward);
        var handles = Array.ConvertAll(inputs, tensor => tensor.Handle);
        NativeMethods.Check(NativeMethods.cnnviz_function_attach(handles, handles.Length, output.Handle, key, &Apply, &Forget));
        GC.KeepAlive(inputs);
    }

    /// <summary>Throws the exception of the backward that this error of libtorch names, with its own stack trace; nothing where it names none.</summary>
    public static void Rethrow(string error)
    {
        var match = FailedBackward().Match(error);
        if (match.Success && Failures.TryRemove(long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), out var failure))
            failure.Throw();
    }

    [UnmanagedCallersOnly]
    private static int Apply(long key, nint* gradients, int count, nint* results, int capacity)
    {
        var given = new Tensor?[count];
        for (var i = 0; i < count; i++)
            given[i] = gradients[i] == 0 ? null : new Tensor(gradients[i]);
        try
        {
            if (given[0] is not { } gradient)
                return 0;
            using var scope = NewDisposeScope();
            if (!Backwards.TryGetValue(key, out var entry))
                throw new InvalidOperationException("This graph was differentiated already and what it kept is freed; give retain_graph: true the first time.");
            var answers = entry.Backward(gradient);
            if (answers.Length > capacity)
                throw new InvalidOperationException($"A backward gave {answers.Length} gradients for {capacity} inputs.");
            for (var i = 0; i < answers.Length; i++)
                results[i] = answers[i] is { } answer ? NativeMethods.cnnviz_tensor_alias(answer.Handle) : 0;
            return 0;
        }
#pragma warning disable CA1031 // No exception may cross into libtorch; it is rethrown by Rethrow.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Failures[key] = ExceptionDispatchInfo.Capture(error);
            return 1;
        }
        finally
        {
            foreach (var tensor in given)
                tensor?.Dispose();
        }
    }

    [UnmanagedCallersOnly]
    private static void Forget(long key)
    {
        if (Backwards.TryRemove(key, out var entry))
            entry.Context.Dispose();
    }

    [GeneratedRegex(@"managed backward (\d+) failed")]
    private static partial Regex FailedBackward();

    private sealed record Entry(IDisposable Context, Func<Tensor, Tensor?[]> Backward);
}
