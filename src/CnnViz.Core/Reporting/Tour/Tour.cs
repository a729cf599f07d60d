using System.Diagnostics;
using System.Globalization;
using CnnViz.Data;
using CnnViz.Files;
using CnnViz.Networks.Weights;
using CnnViz.Running;
using CnnViz.Training;

namespace CnnViz.Reporting;

/// <summary>
/// The whole story in one folder: trains LeNet-5 on the built-in digits, looks inside of it, and writes a page with pictures and figures.
/// </summary>
public static class Tour
{
    private const int QuickPictures = 6_000;
    private const int QuickTests = 1_000;
    private const int Epochs = 3;

    private static readonly ITourSection[] Sections =
    [
        new SamplesSection(),
        new OwnFiltersSection(),
        new FourFiltersSection(),
        new LayersSection(),
        new TrainingSection(),
        new LearnedFiltersSection(),
        new FirstLayerSection(),
        new SecondLayerSection(),
        new PredictionsSection(),
        new SaliencySection(),
        new AttackSection(),
        new MaximizationSection(),
        new TransferSection(),
        new DreamSection(),
        new StyleSection(),
        new ZooSection(),
        new DeepNetworkSection(),
        new RuntimeSection(),
    ];

    /// <summary>Makes the tour.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="run">Progress and cancellation; a tour has no checkpoint.</param>
    /// <exception cref="CnnVizException"><c>OutputUnwritable</c>, <c>RuntimeMissing</c>.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled; files that were written remain.</exception>
    public static TourResult Make(TourOptions options, RunOptions run)
    {
        var clock = Stopwatch.StartNew();
        OutputFile.MakeFolder(options.Directory);
        var digits = Datasets.Digits(options.Seed);
        var data = options.Quick ? digits with { Train = digits.Train.Subset(..QuickPictures), Test = digits.Test!.Subset(..QuickTests) } : digits;
        var settings = new LeNetTrainingOptions { Epoch = Epochs, Seed = options.Seed, BatchSize = options.Quick ? 64 : 256 };
        using var model = LeNetTraining.Train(data, settings, run);
        run.Cancellation.ThrowIfCancellationRequested();

        var context = new TourContext(options, data, model!);
        var sections = new List<ReportSection>();
        foreach (var section in Sections)
        {
            run.Cancellation.ThrowIfCancellationRequested();
            run.Progress?.Report(new RunProgress("Drawing the tour", sections.Count, Sections.Length, section.Title, clock.Elapsed, null));
            sections.Add(new ReportSection(section.Title, section.Draw(context)));
        }
        ModelFile.Save(model!, context.AddFile($"{model!.Name}.safetensors"), force: true);
        var page = Path.Join(options.Directory, "index.html");
        new ReportPage("Inside a small convolutional network", Lead(data), Facts(model), sections).Save(page, force: true);
        return new TourResult(page, context.Files, model.History, clock.Elapsed.TotalSeconds);
    }

    private static string Lead(DatasetSplits data) => string.Create(CultureInfo.InvariantCulture,
        $"LeNet-5 learned to read {data.Train.Count:N0} drawn digits a moment ago, on this machine. Here is what goes into it, what it has learned to look for, what it sees, and where it errs.");

    private static (string Value, string Name)[] Facts(CnnModel model)
    {
        var last = model.History[^1];
        return
        [
            (last.TestAccuracy!.Value.ToString("0.00 %", CultureInfo.InvariantCulture), "of test digits read rightly"),
            (model.ParameterCount.ToString("N0", CultureInfo.InvariantCulture), "learned numbers"),
            (model.History.Count.ToString(CultureInfo.InvariantCulture), "passes over the training digits"),
            (model.History.Sum(epoch => epoch.Seconds).ToString("0.0 s", CultureInfo.InvariantCulture), "of training"),
        ];
    }
}
