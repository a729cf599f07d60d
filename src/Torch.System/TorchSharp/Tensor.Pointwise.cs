using TorchSharp.Native;

namespace TorchSharp;

#pragma warning disable CS1591 // The names are TorchSharp's and PyTorch's, and mean what they mean there: element by element, broadcasting.

public static partial class torch
{
    public partial class Tensor
    {
        public static Tensor operator +(Tensor left, Tensor right) => left.add(right);

        public static Tensor operator +(Tensor left, Scalar right) => left.add(right);

        public static Tensor operator +(Tensor left, double right) => left.add((Scalar)right);

        public static Tensor operator -(Tensor left, Tensor right) => left.sub(right);

        public static Tensor operator -(Tensor left, Scalar right) => left.sub(right);

        public static Tensor operator -(Tensor left, double right) => left.sub((Scalar)right);

        public static Tensor operator -(double left, Tensor right) => Ops.Rsub.Call(right, (Scalar)left);

        public static Tensor operator -(Tensor tensor) => tensor.neg();

        public static Tensor operator *(Tensor left, Tensor right) => left.mul(right);

        public static Tensor operator *(Tensor left, Scalar right) => left.mul(right);

        public static Tensor operator *(Tensor left, double right) => left.mul((Scalar)right);

        public static Tensor operator *(double left, Tensor right) => right.mul((Scalar)left);

        public static Tensor operator /(Tensor left, Tensor right) => left.div(right);

        public static Tensor operator /(Tensor left, Scalar right) => left.div(right);

        public static Tensor operator /(Tensor left, double right) => left.div((Scalar)right);

        public Tensor add(Tensor target) => Ops.Add.Call(this, target, Argument.None);

        public Tensor add(Tensor target, Scalar alpha) => Ops.Add.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Ops.AddScalar.Call(this, scalar);

        public Tensor add_(Tensor target) => Ops.AddInPlace.CallInPlace(this, target, Argument.None);

        public Tensor add_(Tensor target, Scalar alpha) => Ops.AddInPlace.CallInPlace(this, target, alpha);

        public Tensor add_(Scalar scalar) => Ops.AddScalarInPlace.CallInPlace(this, scalar);

        public Tensor sub(Tensor target) => Ops.Sub.Call(this, target);

        public Tensor sub(Scalar target) => Ops.SubScalar.Call(this, target);

        public Tensor sub_(Tensor target) => Ops.SubInPlace.CallInPlace(this, target);

        public Tensor mul(Tensor target) => Ops.Mul.Call(this, target);

        public Tensor mul(Scalar target) => Ops.MulScalar.Call(this, target);

        public Tensor mul_(Tensor target) => Ops.MulInPlace.CallInPlace(this, target);

        public Tensor mul_(Scalar target) => Ops.MulScalarInPlace.CallInPlace(this, target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Exact(rounding_mode, Ops.Div).Call(this, target);

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Exact(rounding_mode, Ops.DivScalar).Call(this, target);

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => Exact(rounding_mode, Ops.DivInPlace).CallInPlace(this, target);

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => Exact(rounding_mode, Ops.DivScalarInPlace).CallInPlace(this, target);

        public Tensor pow(Scalar exponent) => Ops.Pow.Call(this, exponent);

        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.AddCMul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.AddCMulInPlace.CallInPlace(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value) => Ops.AddCDivInPlace.CallInPlace(this, tensor1, tensor2, value);

        public Tensor neg() => Ops.Neg.Call(this);

        public Tensor abs() => Ops.Abs.Call(this);

        public Tensor sign() => Ops.Sign.Call(this);

        public Tensor exp() => Ops.Exp.Call(this);

        public Tensor log() => Ops.Log.Call(this);

        public Tensor sqrt() => Ops.Sqrt.Call(this);

        public Tensor square() => Ops.Square.Call(this);

        public Tensor floor() => Ops.Floor.Call(this);

        public Tensor sin() => Ops.Sin.Call(this);

        public Tensor cos() => Ops.Cos.Call(this);

        public Tensor relu() => Ops.Relu.Call(this);

        public Tensor relu6() => Ops.Relu6.Call(this);

        public Tensor tanh() => Ops.Tanh.Call(this);

        public Tensor sigmoid() => Ops.Sigmoid.Call(this);

        public Tensor sigmoid_() => Ops.SigmoidInPlace.CallInPlace(this);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Ops.Clamp.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Ops.ClampInPlace.CallInPlace(this, min, max);

        public Tensor maximum(Tensor other) => Ops.Maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Ops.Minimum.Call(this, other);

        public Tensor isnan() => Ops.IsNan.Call(this);

        public Tensor isfinite() => Ops.IsFinite.Call(this);

        public Tensor eq(Tensor target) => Ops.Eq.Call(this, target);

        public Tensor eq(Scalar target) => Ops.EqScalar.Call(this, target);

        public Tensor eq_(Tensor target) => Ops.EqInPlace.CallInPlace(this, target);

        public Tensor ge(Scalar target) => Ops.Ge.Call(this, target);

        public Tensor ge_(Scalar target) => Ops.GeInPlace.CallInPlace(this, target);

        public Tensor gt(Scalar target) => Ops.Gt.Call(this, target);

        public Tensor le(Scalar target) => Ops.Le.Call(this, target);

        public Tensor lt(Scalar target) => Ops.Lt.Call(this, target);

        public Tensor fill_(Scalar value) => Ops.FillInPlace.CallInPlace(this, value);

        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.CopyInPlace.CallInPlace(this, source, nonBlocking);

        public Tensor uniform_(double from, double to, Generator? generator = null) => Ops.UniformInPlace.CallInPlace(this, from, to, generator);

        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Ops.NormalInPlace.CallInPlace(this, mean, std, generator);

        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Ops.BernoulliInPlace.CallInPlace(this, p, generator);

        private static Operator Exact(RoundingMode mode, Operator operation) => mode == RoundingMode.None
            ? operation
            : throw new NotSupportedException("Torch.System divides without rounding; round the quotient instead.");
    }

    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all.</summary>
        None = 0,

        /// <summary>Towards zero.</summary>
        trunc = 1,

        /// <summary>Downwards.</summary>
        floor = 2,
    }
}
