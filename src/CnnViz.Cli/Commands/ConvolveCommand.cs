using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Options;
using CnnViz.Cli.Output;
using CnnViz.Imaging;

namespace CnnViz.Cli.Commands;

/// <summary>Lays a filter over pictures.</summary>
internal sealed class ConvolveCommand : CliCommand
{
    private readonly ImageArgument _images;
    private readonly RecordOptions<ConvolutionOptions> _options;
    private readonly PictureOptions _pictures;

    private readonly Option<string> _kernel = new("--kernel", "-k")
    {
        Description = $"{string.Join(", ", Kernel.All.Select(kernel => kernel.Name))}, or weights row by row: '0,1,0;1,-4,1;0,1,0'.",
        Required = true,
        HelpName = "name|weights",
    };

    public ConvolveCommand()
        : base("convolve", "Lays a filter over pictures. Signed results are drawn with red above 0 and blue below.",
            "cnnviz convolve photo.jpg --kernel SobelX --output edges.png",
            "cnnviz convolve photo.jpg --kernel '0,1,0;1,-4,1;0,1,0' --output values.npy")
    {
        _images = new ImageArgument(this);
        _kernel.CompletionSources.Add(_ => Kernel.All.Select(kernel => kernel.Name));
        Add(_kernel);
        _options = new RecordOptions<ConvolutionOptions>(this);
        _pictures = new PictureOptions(this);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var text = context.Arguments.GetRequiredValue(_kernel);
        var kernel = ParseWeights(text) is { } weights ? new Kernel(Kernel.OwnName, weights) : Kernel.Parse(text);
        var options = _options.Bind(context.Arguments);
        var results = new List<ConvolutionResult>();
        foreach (var image in _images.Read(context))
            context.Attempt(() => results.Add(ImageFilter.Apply(image, kernel, options)));
        var files = _pictures.Save(context, results);
        context.Write(
            new { Results = results.Select(result => new { result.Source, result.Values }), Files = files },
            output => TextTable.Write(output, results,
                ("Image", result => result.Source ?? ""),
                ("Shape", result => string.Join('×', result.Values.Shape)),
                ("Minimum", result => result.Values.Minimum.ToString("0.0000", CultureInfo.InvariantCulture)),
                ("Maximum", result => result.Values.Maximum.ToString("0.0000", CultureInfo.InvariantCulture))));
    }

    /// <summary>Rows between semicolons, weights between commas; null where the text holds no number.</summary>
    private static float[,]? ParseWeights(string text)
    {
        if (!text.Any(char.IsAsciiDigit))
            return null;
        var rows = text.Split(';').Select(row => row.Split(',')).ToArray();
        var weights = new float[rows.Length, rows[0].Length];
        for (var y = 0; y < rows.Length; y++)
        {
            for (var x = 0; x < rows[0].Length; x++)
            {
                if (rows[y].Length != rows[0].Length || !float.TryParse(rows[y][x], NumberStyles.Float, CultureInfo.InvariantCulture, out weights[y, x]))
                    throw Errors.ArgumentInvalid("Kernel", text, "rows of as many numbers each, such as '0,1,0;1,-4,1;0,1,0'");
            }
        }
        return weights;
    }
}
