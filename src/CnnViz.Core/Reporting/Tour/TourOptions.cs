using System.ComponentModel;

namespace CnnViz.Reporting;

/// <summary>The settings of a tour.</summary>
public sealed record TourOptions
{
    /// <summary>The folder for the page and its pictures; it is made, and a tour's files that are there already are replaced.</summary>
    [Description("The folder for the page and its pictures; the files of an earlier tour are replaced.")]
    public string Directory { get; init; } = "out/tour";

    /// <summary>A tour in a few seconds: a short training with a tenth of the pictures, no speed measured.</summary>
    [Description("In a few seconds: a short training with a tenth of the pictures.")]
    public bool Quick { get; init; }

    /// <summary>The seed of every random choice.</summary>
    [Description("The seed of every random choice.")]
    public long Seed { get; init; }
}
