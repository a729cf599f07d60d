namespace CnnViz.Synthesis.Dreaming;

/// <summary>The settings of published dreams.</summary>
public enum DreamPreset
{
    /// <summary>
    /// Mordvintsev, Olah and Tyka, 2015: half the sum of a layer's squares, steps of 1.5 of 255 times the gradient over the mean of its magnitudes, a random shift
    /// of up to 32 pixels, 10 steps at each of 4 sizes.
    /// </summary>
    Google2015,

    /// <summary>Source 004: the norm of a layer, plain gradient descent in the network's normalised input with weight decay 1e-4, at one size.</summary>
    Thesis004,

    /// <summary>Keras' example: weighted means of layers' squares, 20 steps at each of 3 sizes, each of which ends early once the objective is above 15.</summary>
    Keras,
}
