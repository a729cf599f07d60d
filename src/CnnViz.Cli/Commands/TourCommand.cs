using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Reporting;

namespace CnnViz.Cli.Commands;

/// <summary>Trains LeNet-5, looks inside of it and writes a page about it.</summary>
internal sealed class TourCommand : CliCommand
{
    private readonly RecordOptions<TourOptions> _options;

    public TourCommand()
        : base("tour", "The whole story: trains LeNet-5 on the built-in digits, looks inside of it, and writes a page with pictures and figures.",
            "cnnviz tour --directory out/tour",
            "cnnviz tour --quick --directory out/quick")
    {
        _options = new RecordOptions<TourOptions>(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var result = Make(context);
        context.Write(result, output =>
        {
            var accuracy = result.History[^1].TestAccuracy ?? 0;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{result.Page}: {result.Files.Count} files, {accuracy:0.00 %} of the test digits read rightly, {result.Seconds:0} s."));
        });
    }

    private TourResult Make(CommandContext context)
    {
        using var progress = context.ShowProgress();
        return Tour.Make(_options.Bind(context.Arguments), context.RunOptions(progress));
    }
}
