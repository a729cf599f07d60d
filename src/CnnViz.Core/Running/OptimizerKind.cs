namespace CnnViz.Running;

/// <summary>The optimisers that a training can choose.</summary>
public enum OptimizerKind
{
    /// <summary>Adam; weight decay is added to the gradient (L2).</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent, with momentum; weight decay is added to the gradient (L2).</summary>
    Sgd,
}
