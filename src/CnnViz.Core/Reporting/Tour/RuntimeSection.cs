using System.Globalization;
using CnnViz.Runtime;

namespace CnnViz.Reporting;

/// <summary>What computed all this.</summary>
internal sealed class RuntimeSection : ITourSection
{
    public string Title => "What computes here";

    public IReadOnlyList<ReportBlock> Draw(TourContext context)
    {
        var report = RuntimeInspection.Inspect(measureSpeed: !context.Options.Quick);
        List<IReadOnlyList<string>> rows =
        [
            ["TorchSharp", report.TorchSharpVersion],
            ["libtorch", report.LibTorchVersion],
            ["oneDNN", report.OneDnn.ToString()],
            ["processor", report.Processor],
            ["threads", string.Create(CultureInfo.InvariantCulture, $"{report.Threads} on {report.PhysicalCores} physical cores")],
            ["devices", string.Join(", ", report.Devices)],
        ];
        if (report.Float32Gflops is { } speed)
            rows.Add(["float32 speed", speed.ToString("0 'Gflop/s'", CultureInfo.InvariantCulture)]);
        return [new ReportTable(["", ""], rows), .. report.Advice.Select(advice => new Paragraph(advice))];
    }
}
