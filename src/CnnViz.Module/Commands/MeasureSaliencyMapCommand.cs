using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;
using CnnViz.Serialization;

namespace CnnViz.Commands;

/// <summary>Says whether saliency maps can be believed, and ranks those of one picture.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "SaliencyMap")]
[OutputType(typeof(SaliencyMeasurement), typeof(SaliencySummary))]
public sealed class MeasureSaliencyMapCommand : ModelCommand
{
    private static readonly SaliencyMeasureOptions Defaults = new();

    // The maps of one picture and class, which come one after another; all of them where a summary is wanted.
    private readonly List<SaliencyMeasurement> _measured = [];

    /// <summary>The maps, from Get-SaliencyMap. Those of one picture and class are ranked together where they follow each other.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public PSObject[] InputObject { get; set; } = [];

    /// <summary>The measures. Left out, those that ask the network about changed pictures alone; MaxSensitivity and Randomization make each map anew several times.</summary>
    [Parameter(Position = 0)]
    public SaliencyMeasure[] Measure { get; set; } = [.. Defaults.Measure];

    /// <summary>The model that the maps explain, for maps that do not bring it along.</summary>
    [Parameter]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource? Model { get; set; }

    /// <summary>One row for each method instead of one for each map: means and deviations over all pictures, the best method first.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>Pixels that a step of deletion or insertion changes; left out, a 28th of the picture, as RISE's evaluation has it at 224×224.</summary>
    [Parameter]
    [Alias("Step")]
    [ValidateRange(1, int.MaxValue)]
    public int? PixelStep { get; set; }

    /// <summary>The largest change of a normalised value in the noise of infidelity and sensitivity.</summary>
    [Parameter]
    public double NoiseRadius { get; set; } = Defaults.NoiseRadius;

    /// <summary>How often that noise is drawn.</summary>
    [Parameter]
    [ValidateRange(1, 100_000)]
    public int NoiseCount { get; set; } = Defaults.NoiseCount;

    /// <summary>Steps in which the weights become random, from the last layer to the first; 1 for all at once.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int RandomizationStep { get; set; } = Defaults.RandomizationStep;

    /// <summary>Random networks for each of these steps, whose correlations are averaged.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int RandomizationCount { get; set; } = Defaults.RandomizationCount;

    /// <summary>The pictures that go through the network together.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = Defaults.BatchSize;

    /// <summary>The seed of noise, of random weights and of the order of equally important pixels.</summary>
    [Parameter]
    public long Seed { get; set; }

    private SaliencyMeasureOptions Options => new()
    {
        Measure = Measure,
        PixelStep = PixelStep,
        NoiseRadius = NoiseRadius,
        NoiseCount = NoiseCount,
        RandomizationStep = RandomizationStep,
        RandomizationCount = RandomizationCount,
        BatchSize = BatchSize,
        Seed = Seed,
    };

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var item in InputObject)
            Attempt(() => Take(item));
    }

    /// <inheritdoc/>
    protected override void End()
    {
        if (Summary)
            WriteObject(SaliencyMeter.Summarize(SaliencyMeter.Rank(_measured)), enumerateCollection: true);
        else
            Flush();
    }

    private void Take(PSObject item)
    {
        var map = ResultConverter.Revive(item) as SaliencyMap ?? throw Errors.NotASaliencyMap(item.BaseObject, item.TypeNames[0]);
        var model = Model is null ? null : Open(Model);
        using var progress = ShowProgress();
        var measured = Compute(() => SaliencyMeter.Measure(map, Options, model, progress, Cancellation));
        foreach (var warning in measured.Warnings.Except(map.Warnings))
            WriteWarning(map.Source is null ? warning : $"{map.Source}: {warning}");
        if (!Summary && _measured.Count > 0 && !_measured[0].IsRivalOf(measured))
            Flush();
        _measured.Add(measured);
    }

    private void Flush()
    {
        var ranked = SaliencyMeter.Rank(_measured);
        _measured.Clear();
        WriteObject(ranked, enumerateCollection: true);
    }
}
