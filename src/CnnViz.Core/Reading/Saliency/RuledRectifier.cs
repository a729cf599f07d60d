using CnnViz.Networks;
using CnnViz.Networks.Operations;
using CnnViz.Runtime;
using static TorchSharp.torch;

namespace CnnViz.Reading.Saliency;

/// <summary>The rule by which the rectifiers of a recorded pass let gradients through; may change between two ways back through the same record.</summary>
internal sealed class RectifierSwitch
{
    /// <summary>The rule of the next way back.</summary>
    public RectifierRule Rule { get; set; }
}

/// <summary>
/// A rectifier whose way back follows a switch. Every rectifier is a node of the graph, so none is missed, wherever a network computes it
/// (shared modules, in-place and functional calls hide them from hooks).
/// </summary>
/// <param name="Activation">The rectifier.</param>
/// <param name="Switch">Its rule.</param>
internal sealed record RuledRectifier(Activation Activation, RectifierSwitch Switch) : Operation
{
    /// <inheritdoc/>
    public override string Type => Activation.Type;

    /// <summary>True for an operation that has rules.</summary>
    public static bool Is(Operation operation) => operation is Activation { Function: ActivationFunction.Relu or ActivationFunction.Relu6 };

    /// <summary>Why a rule does nothing to a model; null where it does.</summary>
    public static string? Obstacle(CnnModel model, RectifierRule rule) => rule == RectifierRule.Gradient || model.Network.Nodes.Any(node => Is(node.Operation))
        ? null
        : "it has no rectifier (ReLU), and without one this is the plain gradient";

    /// <summary>Puts ruled rectifiers in the places of plain ones.</summary>
    public static Func<Node, Operation?> Substitute(RectifierSwitch rule) => node => Is(node.Operation) ? new RuledRectifier((Activation)node.Operation, rule) : null;

    /// <inheritdoc/>
    public override int[] OutputShape(IReadOnlyList<int[]> inputs) => Activation.OutputShape(inputs);

    /// <inheritdoc/>
    public override Tensor Apply(OperationCall call) => Function.apply(call.Input, Activation.Function == ActivationFunction.Relu6, Switch);

    private sealed class Function : GuardedFunction<Function>
    {
        private const string Bounded = nameof(Bounded);
        private const float Bound = 6;

        protected override Tensor Forward(autograd.AutogradContext context, object[] arguments)
        {
            var (input, isBounded) = ((Tensor)arguments[0], (bool)arguments[1]);
            var output = isBounded ? input.relu6() : input.relu();
            context.save_for_backward([output]);
            context.save_data(Bounded, isBounded);
            context.save_data(nameof(Switch), arguments[2]);
            return output;
        }

        protected override List<Tensor> Backward(autograd.AutogradContext context, Tensor gradient)
        {
            using var scope = NewDisposeScope();
            var output = context.get_saved_variables()[0];
            var rule = ((RectifierSwitch)context.get_data(nameof(Switch))).Rule;
            if (rule == RectifierRule.Deconvnet)
                return [gradient.relu().MoveToOuterDisposeScope(), null!, null!];
            // 1 where the rectifier let the value through; signs are computed with vectors, comparisons are not.
            var open = output.sign();
            if ((bool)context.get_data(Bounded))
                open.mul_((Bound - output).sign());
            var passed = rule == RectifierRule.Guided ? gradient.relu().mul_(open) : open.mul_(gradient);
            return [passed.MoveToOuterDisposeScope(), null!, null!];
        }
    }
}
