using static TorchSharp.torch;

namespace CnnViz.Runtime;

/// <summary>
/// Matrix products, computed so that an error becomes an exception: the native function of TorchSharp's <c>matmul</c>
/// lets exceptions of C++ escape, which ends the process; those of <c>mm</c> and <c>bmm</c> do not.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>The product of two matrices. One of them may be a stack of matrices, the left one a row.</summary>
    /// <param name="left"><c>[…, N, K]</c>, or <c>[K]</c>.</param>
    /// <param name="right"><c>[K, M]</c>, or <c>[…, K, M]</c> for a single matrix on the left.</param>
    public static Tensor Times(this Tensor left, Tensor right)
    {
        using var scope = NewDisposeScope();
        var product = (left.dim(), right.dim()) switch
        {
            (1, 2) => left.unsqueeze(0).mm(right).squeeze(0),
            (2, 2) => left.mm(right),
            (2, _) => TimesEach(left, right),
            _ => left.flatten(0, -2).mm(right).view([.. left.shape[..^1], right.shape[^1]]),
        };
        return product.MoveToOuterDisposeScope();
    }

    private static Tensor TimesEach(Tensor left, Tensor stack)
    {
        var matrices = stack.flatten(0, -3);
        var products = left.unsqueeze(0).expand(matrices.shape[0], -1, -1).bmm(matrices);
        return products.view([.. stack.shape[..^2], left.shape[0], stack.shape[^1]]);
    }
}
