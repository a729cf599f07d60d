namespace CnnViz.Synthesis.Style;

/// <summary>The forms of the losses of a style transfer, with the weights and the optimiser that go with them.</summary>
public enum StylePreset
{
    /// <summary>
    /// Each loss as a part of what is wanted: 1 for maps, or a matrix, of nothing. So the same weights do for every network, whatever the size of its activations.
    /// </summary>
    Standard,

    /// <summary>Source 000: content divided by 4·H·W·F, style by 4·F²·(H·W)².</summary>
    Thesis000,

    /// <summary>Gatys, Ecker and Bethge 2015: half the sum of squares for content, style divided by 4·F²·(H·W)², layers weighted by shares.</summary>
    Gatys,

    /// <summary>Johnson's neural-style: means of squares, Gram matrices divided by C·H·W; made for VGG-19 with Caffe's preprocessing.</summary>
    NeuralStyle,
}
