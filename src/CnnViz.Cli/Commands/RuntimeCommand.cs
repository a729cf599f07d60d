using System.CommandLine;
using System.Globalization;
using CnnViz.Cli.Output;
using CnnViz.Runtime;

namespace CnnViz.Cli.Commands;

/// <summary>Tells what computes here.</summary>
internal sealed class RuntimeCommand : CliCommand
{
    private readonly Option<bool> _noSpeed = new("--no-speed") { Description = "Do not measure the speed, which takes two seconds." };

    public RuntimeCommand()
        : base("runtime", "Tells which libtorch computes here, and how fast, and what to do about it.", "cnnviz runtime", "cnnviz runtime --no-speed --json")
    {
        Add(_noSpeed);
        AddCommonOptions();
    }

    protected override void Run(CommandContext context)
    {
        var report = RuntimeInspection.Inspect(!context.Arguments.GetValue(_noSpeed), context.Cancellation);
        context.Write(report, output => TextTable.WriteFacts(output,
        [
            ("TorchSharp", report.TorchSharpVersion),
            ("libtorch", $"{report.LibTorchVersion} {report.LibTorchDirectory}"),
            ("oneDNN", report.OneDnn.ToString()),
            ("Images", report.ImageCodec),
            ("Processor", report.Processor),
            ("Threads", string.Create(CultureInfo.InvariantCulture, $"{report.Threads} on {report.PhysicalCores} physical cores")),
            ("bfloat16", report.HasBFloat16 ? "in hardware" : "not in hardware"),
            ("Devices", string.Join(", ", report.Devices)),
            .. Speed("float32 speed", report.Float32Gflops),
            .. Speed("bfloat16 speed", report.BFloat16Gflops),
            .. report.Advice.Select(advice => ("Advice", advice)),
        ]));
    }

    private static (string Name, string Value)[] Speed(string name, double? gflops) =>
        gflops is { } speed ? [(name, speed.ToString("0 'Gflop/s'", CultureInfo.InvariantCulture))] : [];
}
