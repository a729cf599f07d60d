namespace CnnViz.Reading.Saliency;

/// <summary>How one method makes maps of a batch of pictures.</summary>
/// <param name="method">The method.</param>
/// <param name="kind">What its values mean.</param>
internal abstract class SaliencyAlgorithm(SaliencyMethod method, SaliencyKind kind)
{
    /// <summary>The method.</summary>
    public SaliencyMethod Method => method;

    /// <summary>What its values mean.</summary>
    public SaliencyKind Kind => kind;

    /// <summary>True where it reads the maps of a layer.</summary>
    public virtual bool UsesLayer => false;

    /// <summary>True where it needs the gradient with respect to those maps.</summary>
    public virtual bool UsesLayerGradient => false;

    /// <summary>True where it needs the gradient with respect to the input, so that the shared pass records from there.</summary>
    public virtual bool UsesInputGradient => false;

    /// <summary>What rectifiers let through on its way back to the input.</summary>
    public virtual RectifierRule Rule => RectifierRule.Gradient;

    /// <summary>True where its definition speaks of a class and of nothing else.</summary>
    public virtual bool NeedsClass => false;

    /// <summary>Why this model cannot be read so; null where it can.</summary>
    /// <param name="model">The model.</param>
    public virtual string? Obstacle(CnnModel model) => null;

    /// <summary>The layer that the method's definition prescribes; null where any can be named.</summary>
    /// <param name="model">The model, without obstacle.</param>
    public virtual LayerChoice? OwnLayer(CnnModel model) => null;

    /// <summary>The error for options that it reads and cannot use, <c>ArgumentInvalid</c>; null where all are fine.</summary>
    /// <param name="options">What is wanted.</param>
    public virtual CnnVizException? Invalid(SaliencyOptions options) => null;

    /// <summary>The maps of every target.</summary>
    /// <param name="pass">The pictures and what is known of them.</param>
    /// <returns>One for each target of the pass, its values in the outer tensor scope.</returns>
    public abstract Attribution[] Compute(SaliencyPass pass);
}
