using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Native;

/// <summary>
/// An ATen operator, called through libtorch's dispatcher by name. The arguments named here are matched to the schema once, at first use;
/// those the schema has beside them take their defaults.
/// </summary>
/// <param name="name">Its name without namespace, such as <c>add</c>.</param>
/// <param name="overload">Its overload, such as <c>Tensor</c>; empty for the only one.</param>
/// <param name="arguments">The schema's names of the arguments that calls pass, in their order, separated by blanks.</param>
internal sealed class Operator(string name, string overload, string arguments)
{
    private nint _pointer;

    /// <summary>The name with its overload, for messages and tests.</summary>
    public string FullName => overload.Length == 0 ? $"aten::{name}" : $"aten::{name}.{overload}";

    /// <summary>Looks the operator up in this libtorch; an error names it where it is not there or differs.</summary>
    public nint Resolve()
    {
        if (_pointer != 0)
            return _pointer;
        NativeMethods.Check(NativeMethods.cnnviz_operator_find($"aten::{name}", overload, arguments, out var pointer));
        return _pointer = pointer;
    }

    /// <summary>Calls an operator that returns one tensor.</summary>
    public Tensor Call(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[1];
        Invoke(values, results);
        return Take(results[0]);
    }

    /// <summary>Calls an operator that changes its first argument, and gives that same object back, as TorchSharp does.</summary>
    public Tensor CallInPlace(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[1];
        Invoke(values, results);
        NativeMethods.cnnviz_tensor_free((nint)results[0].Bits);
        return (Tensor)values[0].Reference!;
    }

    /// <summary>Calls an operator that returns two tensors.</summary>
    public (Tensor, Tensor) CallTwo(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[2];
        Invoke(values, results);
        return (Take(results[0]), Take(results[1]));
    }

    /// <summary>Calls an operator that returns several tensors and keeps the first.</summary>
    public Tensor CallFirst(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[8];
        results.Clear();
        Invoke(values, results);
        foreach (var extra in results[1..])
        {
            if (extra.Kind == ValueKind.Tensor)
                NativeMethods.cnnviz_tensor_free((nint)extra.Bits);
        }
        return Take(results[0]);
    }

    /// <summary>Calls an operator that returns a list of tensors.</summary>
    public unsafe Tensor[] CallList(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[1];
        Invoke(values, results);
        var handles = new ReadOnlySpan<nint>((void*)results[0].Bits, results[0].Count);
        var tensors = new Tensor[handles.Length];
        for (var i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(handles[i]);
        NativeMethods.cnnviz_list_free((nint)results[0].Bits);
        return tensors;
    }

    /// <summary>Calls an operator that returns a number or a truth value.</summary>
    public Scalar CallScalar(params ReadOnlySpan<Argument> values)
    {
        Span<Value> results = stackalloc Value[1];
        Invoke(values, results);
        return results[0].Kind switch
        {
            ValueKind.Double => BitConverter.Int64BitsToDouble(results[0].Bits),
            ValueKind.Bool => results[0].Bits != 0,
            _ => results[0].Bits,
        };
    }

    private static Tensor Take(in Value value) => value.Kind == ValueKind.Tensor
        ? new Tensor((nint)value.Bits)
        : throw new InvalidOperationException($"libtorch gave {value.Kind} where a tensor was expected");

    [SkipLocalsInit]
    private unsafe void Invoke(ReadOnlySpan<Argument> values, Span<Value> results)
    {
        const int StackCells = 64;
        var pointer = Resolve();
        var cellCount = 0;
        foreach (ref readonly var value in values)
            cellCount += value.Cells;
        var given = stackalloc Value[values.Length];
        Span<long> cells = cellCount <= StackCells ? stackalloc long[StackCells] : new long[cellCount];
        int status;
        fixed (long* start = cells)
        fixed (Value* returned = results)
        {
            var next = start;
            for (var i = 0; i < values.Length; i++)
            {
                given[i] = values[i].Write(next);
                next += values[i].Cells;
            }
            status = NativeMethods.cnnviz_operator_call(pointer, given, returned, results.Length);
        }
        foreach (ref readonly var value in values)
            GC.KeepAlive(value.Reference);
        NativeMethods.Check(status);
    }
}
