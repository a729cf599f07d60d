using System.Reflection;
using System.Runtime.InteropServices;
using CnnViz.Backend;
using TorchSharp;

namespace CnnViz.Tests.Backend;

public sealed class OperatorTableTests
{
    /// <summary>By reflection, as the table is internal to Torch.System and is not there with the other backend.</summary>
    public static TheoryData<string> Operators
    {
        get
        {
            var names = new TheoryData<string>();
            foreach (var entry in Table?.GetFields(BindingFlags.Static | BindingFlags.Public) ?? [])
                names.Add(entry.Name);
            return names;
        }
    }

    private static Type? Table => typeof(torch).Assembly.GetType("TorchSharp.Native.Ops");

    [Theory]
    [MemberData(nameof(Operators))]
    public void Every_operator_resolves_in_this_libtorch(string name)
    {
        var entry = Table!.GetField(name)!.GetValue(null)!;
        var pointer = (nint)entry.GetType().GetMethod("Resolve")!.Invoke(entry, null)!;
        Assert.NotEqual(0, pointer);
    }

    [Fact]
    public void An_operator_that_is_not_there_is_named()
    {
        var type = typeof(torch).Assembly.GetType("TorchSharp.Native.Operator");
        if (type is null)
            return;
        var missing = Activator.CreateInstance(type, "no_such_thing", "Tensor", "self")!;
        var error = Assert.Throws<TargetInvocationException>(() => type.GetMethod("Resolve")!.Invoke(missing, null));
        Assert.IsType<ExternalException>(error.InnerException);
        Assert.Contains($"libtorch {TorchRuntime.LibTorchVersion} has no operator aten::no_such_thing.Tensor", error.InnerException.Message, StringComparison.Ordinal);
    }
}
