namespace TorchSharp.Native;

/// <summary>Every ATen operator that is called, with the arguments that calls pass. A test resolves each in the libtorch at hand.</summary>
internal static class Ops
{
    // Making tensors.
    public static readonly Operator Empty = new("empty", "memory_format", "size dtype device");
    public static readonly Operator Full = new("full", "", "size fill_value dtype device");
    public static readonly Operator Arange = new("arange", "start_step", "start end step dtype device");
    public static readonly Operator Rand = new("rand", "generator", "size generator dtype device");
    public static readonly Operator Randn = new("randn", "generator", "size generator dtype device");
    public static readonly Operator RandPerm = new("randperm", "generator", "n generator dtype device");
    public static readonly Operator EmptyLike = new("empty_like", "", "self");
    public static readonly Operator ZerosLike = new("zeros_like", "", "self");
    public static readonly Operator OnesLike = new("ones_like", "", "self");

    // Element by element.
    public static readonly Operator Add = new("add", "Tensor", "self other alpha");
    public static readonly Operator AddScalar = new("add", "Scalar", "self other");
    public static readonly Operator AddInPlace = new("add_", "Tensor", "self other alpha");
    public static readonly Operator AddScalarInPlace = new("add_", "Scalar", "self other");
    public static readonly Operator Sub = new("sub", "Tensor", "self other");
    public static readonly Operator SubScalar = new("sub", "Scalar", "self other");
    public static readonly Operator SubInPlace = new("sub_", "Tensor", "self other");
    public static readonly Operator Rsub = new("rsub", "Scalar", "self other");
    public static readonly Operator Mul = new("mul", "Tensor", "self other");
    public static readonly Operator MulScalar = new("mul", "Scalar", "self other");
    public static readonly Operator MulInPlace = new("mul_", "Tensor", "self other");
    public static readonly Operator MulScalarInPlace = new("mul_", "Scalar", "self other");
    public static readonly Operator Div = new("div", "Tensor", "self other");
    public static readonly Operator DivScalar = new("div", "Scalar", "self other");
    public static readonly Operator DivInPlace = new("div_", "Tensor", "self other");
    public static readonly Operator DivScalarInPlace = new("div_", "Scalar", "self other");
    public static readonly Operator Pow = new("pow", "Tensor_Scalar", "self exponent");
    public static readonly Operator AddCMul = new("addcmul", "", "self tensor1 tensor2 value");
    public static readonly Operator AddCMulInPlace = new("addcmul_", "", "self tensor1 tensor2 value");
    public static readonly Operator AddCDivInPlace = new("addcdiv_", "", "self tensor1 tensor2 value");
    public static readonly Operator Neg = new("neg", "", "self");
    public static readonly Operator Abs = new("abs", "", "self");
    public static readonly Operator Sign = new("sign", "", "self");
    public static readonly Operator Exp = new("exp", "", "self");
    public static readonly Operator Log = new("log", "", "self");
    public static readonly Operator Sqrt = new("sqrt", "", "self");
    public static readonly Operator Square = new("square", "", "self");
    public static readonly Operator Round = new("round", "", "self");
    public static readonly Operator Floor = new("floor", "", "self");
    public static readonly Operator Sin = new("sin", "", "self");
    public static readonly Operator Cos = new("cos", "", "self");
    public static readonly Operator Clamp = new("clamp", "", "self min max");
    public static readonly Operator ClampInPlace = new("clamp_", "", "self min max");
    public static readonly Operator Maximum = new("maximum", "", "self other");
    public static readonly Operator Minimum = new("minimum", "", "self other");
    public static readonly Operator IsNan = new("isnan", "", "self");
    public static readonly Operator IsFinite = new("isfinite", "", "self");
    public static readonly Operator Eq = new("eq", "Tensor", "self other");
    public static readonly Operator EqScalar = new("eq", "Scalar", "self other");
    public static readonly Operator Ge = new("ge", "Scalar", "self other");
    public static readonly Operator Gt = new("gt", "Scalar", "self other");
    public static readonly Operator Le = new("le", "Scalar", "self other");
    public static readonly Operator Lt = new("lt", "Scalar", "self other");
    public static readonly Operator EqInPlace = new("eq_", "Tensor", "self other");
    public static readonly Operator GeInPlace = new("ge_", "Scalar", "self other");
    public static readonly Operator Where = new("where", "self", "condition self other");
    public static readonly Operator FillInPlace = new("fill_", "Scalar", "self value");
    public static readonly Operator CopyInPlace = new("copy_", "", "self src non_blocking");
    public static readonly Operator UniformInPlace = new("uniform_", "", "self from to generator");
    public static readonly Operator NormalInPlace = new("normal_", "", "self mean std generator");
    public static readonly Operator BernoulliInPlace = new("bernoulli_", "float", "self p generator");

    // Over dimensions.
    public static readonly Operator Sum = new("sum", "", "self dtype");
    public static readonly Operator SumDim = new("sum", "dim_IntList", "self dim keepdim dtype");
    public static readonly Operator Mean = new("mean", "", "self");
    public static readonly Operator MeanDim = new("mean", "dim", "self dim keepdim dtype");
    public static readonly Operator Std = new("std", "correction", "self dim correction keepdim");
    public static readonly Operator Var = new("var", "correction", "self dim correction keepdim");
    public static readonly Operator Norm = new("norm", "ScalarOpt_dim", "self p dim keepdim");
    public static readonly Operator Max = new("max", "", "self");
    public static readonly Operator MaxDim = new("max", "dim", "self dim keepdim");
    public static readonly Operator Min = new("min", "", "self");
    public static readonly Operator AMax = new("amax", "", "self dim keepdim");
    public static readonly Operator AMin = new("amin", "", "self dim keepdim");
    public static readonly Operator ArgMax = new("argmax", "", "self dim keepdim");
    public static readonly Operator TopK = new("topk", "", "self k dim largest sorted");
    public static readonly Operator ArgSort = new("argsort", "", "self dim descending");
    public static readonly Operator Any = new("any", "", "self");
    public static readonly Operator All = new("all", "", "self");
    public static readonly Operator Softmax = new("softmax", "int", "self dim dtype");
    public static readonly Operator LogSoftmax = new("log_softmax", "int", "self dim dtype");
    public static readonly Operator LogSumExp = new("logsumexp", "", "self dim keepdim");
    public static readonly Operator Item = new("item", "", "self");

    // Shape.
    public static readonly Operator Reshape = new("reshape", "", "self shape");
    public static readonly Operator View = new("view", "", "self size");
    public static readonly Operator Flatten = new("flatten", "using_ints", "self start_dim end_dim");
    public static readonly Operator Transpose = new("transpose", "int", "self dim0 dim1");
    public static readonly Operator Permute = new("permute", "", "self dims");
    public static readonly Operator Unsqueeze = new("unsqueeze", "", "self dim");
    public static readonly Operator Squeeze = new("squeeze", "", "self");
    public static readonly Operator SqueezeDim = new("squeeze", "dim", "self dim");
    public static readonly Operator Expand = new("expand", "", "self size implicit");
    public static readonly Operator Narrow = new("narrow", "", "self dim start length");
    public static readonly Operator AsStrided = new("as_strided", "", "self size stride storage_offset");
    public static readonly Operator Select = new("select", "int", "self dim index");
    public static readonly Operator Slice = new("slice", "Tensor", "self dim start end step");
    public static readonly Operator IndexSelect = new("index_select", "", "self dim index");
    public static readonly Operator Gather = new("gather", "", "self dim index");
    public static readonly Operator Flip = new("flip", "", "self dims");
    public static readonly Operator Roll = new("roll", "", "self shifts dims");
    public static readonly Operator Repeat = new("repeat", "", "self repeats");
    public static readonly Operator Contiguous = new("contiguous", "", "self");
    public static readonly Operator Clone = new("clone", "", "self");
    public static readonly Operator Detach = new("detach", "", "self");
    public static readonly Operator Alias = new("alias", "", "self");
    public static readonly Operator To = new("to", "dtype_layout", "self dtype device non_blocking copy");
    public static readonly Operator Cat = new("cat", "", "tensors dim");
    public static readonly Operator Stack = new("stack", "", "tensors dim");
    public static readonly Operator Split = new("split", "Tensor", "self split_size dim");
    public static readonly Operator SplitSizes = new("split_with_sizes", "", "self split_sizes dim");

    // Linear algebra.
    public static readonly Operator MatMul = new("matmul", "", "self other");
    public static readonly Operator BMM = new("bmm", "", "self mat2");

    // Spectra.
    public static readonly Operator InverseRealFft2 = new("fft_irfft2", "", "self s dim norm");
    public static readonly Operator ViewAsComplex = new("view_as_complex", "", "self");

    // Layers.
    public static readonly Operator Conv2d = new("conv2d", "", "input weight bias stride padding dilation groups");
    public static readonly Operator ConvTranspose2d =
        new("conv_transpose2d", "input", "input weight bias stride padding output_padding groups dilation");
    public static readonly Operator Linear = new("linear", "", "input weight bias");
    public static readonly Operator BatchNorm =
        new("batch_norm", "", "input weight bias running_mean running_var training momentum eps cudnn_enabled");
    public static readonly Operator MaxPool2d = new("max_pool2d", "", "self kernel_size stride padding dilation ceil_mode");
    public static readonly Operator MaxPool2dWithIndices = new("max_pool2d_with_indices", "", "self kernel_size stride padding dilation ceil_mode");
    public static readonly Operator AvgPool2d = new("avg_pool2d", "", "self kernel_size stride padding ceil_mode count_include_pad divisor_override");
    public static readonly Operator AdaptiveAvgPool2d = new("adaptive_avg_pool2d", "", "self output_size");
    public static readonly Operator Relu = new("relu", "", "self");
    public static readonly Operator Relu6 = new("relu6", "", "self");
    public static readonly Operator Tanh = new("tanh", "", "self");
    public static readonly Operator Sigmoid = new("sigmoid", "", "self");
    public static readonly Operator SigmoidInPlace = new("sigmoid_", "", "self");
    public static readonly Operator Elu = new("elu", "", "self alpha");
    public static readonly Operator LeakyRelu = new("leaky_relu", "", "self negative_slope");
    public static readonly Operator CrossEntropy = new("cross_entropy_loss", "", "self target weight reduction ignore_index label_smoothing");
    public static readonly Operator ConstantPad = new("constant_pad_nd", "", "self pad value");
    public static readonly Operator ReflectionPad2d = new("reflection_pad2d", "", "self padding");
    public static readonly Operator ReplicationPad2d = new("replication_pad2d", "", "self padding");
    public static readonly Operator AffineGrid = new("affine_grid_generator", "", "theta size align_corners");
    public static readonly Operator GridSample = new("grid_sampler", "", "input grid interpolation_mode padding_mode align_corners");
    public static readonly Operator Unfold = new("im2col", "", "self kernel_size dilation padding stride");
}
