using System.ComponentModel;
using CnnViz.Running;

namespace CnnViz.Training;

/// <summary>The settings of a LeNet-5 training; the cmdlet and the command line read their options from here.</summary>
public sealed record LeNetTrainingOptions
{
    internal const int UsualKernelSize = 5;

    /// <summary>The built-in dataset <c>digits</c>, or a folder with IDX files or class folders.</summary>
    [Description("The built-in dataset 'digits', or a folder with IDX files or with a folder a class.")]
    public string Dataset { get; init; } = "digits";

    /// <summary>Which LeNet-5.</summary>
    [Description("Thesis (batch normalisation, max-pooling, dropout) or LeCun1998 (as published).")]
    public LeNetVariant Variant { get; init; }

    /// <summary>The side of the kernels of the thesis' variant: 5, or 3.</summary>
    [Description("The side of the kernels, 5 or 3; Thesis only.")]
    public int KernelSize { get; init; } = UsualKernelSize;

    /// <summary>Passes over the training pictures.</summary>
    [Description("Passes over the training pictures.")]
    public int Epoch { get; init; } = 5;

    /// <summary>Pictures a step; null for the variant's own: 256, and 64 for LeCun1998, which learns better from small batches.</summary>
    [Description("Pictures a step; left out, the variant's own: 256, and 64 for LeCun1998.")]
    public int? BatchSize { get; init; }

    /// <summary>The learning rate of Adam; null for the variant's own: 0.001, with augmentation 0.003, for LeCun1998 0.004.</summary>
    [Description("The learning rate of Adam; left out, the variant's own.")]
    public double? LearningRate { get; init; }

    /// <summary>How the learning rate goes over the training; null for constant, with augmentation and for LeCun1998 a cosine.</summary>
    [Description("Constant or Cosine; left out, the variant's own.")]
    public Schedule? Schedule { get; init; }

    /// <summary>Varies the pictures by small rotations, scalings and shifts.</summary>
    [Description("Vary the pictures by small rotations, scalings and shifts.")]
    public bool Augment { get; init; }

    /// <summary>The seed of every random choice.</summary>
    [Description("The seed of every random choice.")]
    public long Seed { get; init; }
}
