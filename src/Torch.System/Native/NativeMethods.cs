using System.Runtime.InteropServices;

namespace TorchSharp.Native;

/// <summary>The functions of libcnnviz_torch. A status other than 0 means that <see cref="cnnviz_error"/> has a text for this thread.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = NativeLoader.TorchLibrary;

    /// <summary>Throws what the native side reported.</summary>
    /// <exception cref="ExternalException">The status is not 0.</exception>
    public static void Check(int status)
    {
        if (status == 0)
            return;
        var text = Marshal.PtrToStringUTF8(cnnviz_error()) ?? "";
        ManagedFunctions.Rethrow(text);
#pragma warning disable CA2201 // What TorchSharp throws for an error of libtorch: code written against it catches this type.
        throw new ExternalException(text);
#pragma warning restore CA2201
    }

    [LibraryImport(Library)]
    public static partial nint cnnviz_error();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int cnnviz_operator_find(string name, string overload, string arguments, out nint result);

    [LibraryImport(Library)]
    public static partial int cnnviz_operator_call(nint @operator, Value* values, Value* results, int capacity);

    [LibraryImport(Library)]
    public static partial void cnnviz_list_free(nint handles);

    [LibraryImport(Library)]
    public static partial void cnnviz_tensor_free(nint handle);

    [LibraryImport(Library)]
    public static partial nint cnnviz_tensor_alias(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long cnnviz_tensor_dim(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long cnnviz_tensor_numel(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int cnnviz_tensor_dtype(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int cnnviz_tensor_device_type(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int cnnviz_tensor_device_index(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int cnnviz_tensor_is_contiguous(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial long cnnviz_tensor_element_size(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial int cnnviz_tensor_requires_grad(nint handle);

    [LibraryImport(Library), SuppressGCTransition]
    public static partial void cnnviz_tensor_sizes(nint handle, long* sizes, long* strides);

    [LibraryImport(Library)]
    public static partial int cnnviz_tensor_data(nint handle, out nint data);

    [LibraryImport(Library)]
    public static partial int cnnviz_tensor_set_requires_grad(nint handle, int value);

    [LibraryImport(Library)]
    public static partial int cnnviz_tensor_is_leaf(nint handle);

    [LibraryImport(Library)]
    public static partial int cnnviz_tensor_grad(nint handle, out nint grad);

    [LibraryImport(Library)]
    public static partial int cnnviz_tensor_set_grad(nint handle, nint grad);

    [LibraryImport(Library)]
    public static partial int cnnviz_grad_enabled();

    [LibraryImport(Library)]
    public static partial void cnnviz_grad_set_enabled(int enabled);

    [LibraryImport(Library)]
    public static partial int cnnviz_backward(
        ReadOnlySpan<nint> tensors, ReadOnlySpan<nint> gradients, int count, int retainGraph, int createGraph, ReadOnlySpan<nint> inputs, int inputCount);

    [LibraryImport(Library)]
    public static partial int cnnviz_grad(
        ReadOnlySpan<nint> outputs, ReadOnlySpan<nint> gradients, int count, ReadOnlySpan<nint> inputs, int inputCount,
        int retainGraph, int createGraph, int allowUnused, Span<nint> results);

    [LibraryImport(Library)]
    public static partial int cnnviz_function_attach(
        ReadOnlySpan<nint> inputs, int inputCount, nint output, long key,
        delegate* unmanaged<long, nint*, int, nint*, int, int> apply, delegate* unmanaged<long, void> forget);

    [LibraryImport(Library)]
    public static partial nint cnnviz_torch_version();

    [LibraryImport(Library)]
    public static partial nint cnnviz_torch_directory();

    [LibraryImport(Library)]
    public static partial int cnnviz_describe(delegate* unmanaged<nint, nint, void> receive);

    [LibraryImport(Library)]
    public static partial int cnnviz_threads();

    [LibraryImport(Library)]
    public static partial int cnnviz_set_threads(int count);

    [LibraryImport(Library)]
    public static partial int cnnviz_cuda_devices();

    [LibraryImport(Library)]
    public static partial int cnnviz_cuda_synchronize(int index);

    [LibraryImport(Library)]
    public static partial int cnnviz_generator_create(ulong seed, int deviceType, int deviceIndex, out nint result);

    [LibraryImport(Library)]
    public static partial void cnnviz_generator_free(nint generator);

    [LibraryImport(Library)]
    public static partial int cnnviz_generator_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    public static partial ulong cnnviz_generator_initial_seed(nint generator);

    [LibraryImport(Library)]
    public static partial int cnnviz_generator_state(nint generator, out nint state);

    [LibraryImport(Library)]
    public static partial int cnnviz_generator_set_state(nint generator, nint state);
}
