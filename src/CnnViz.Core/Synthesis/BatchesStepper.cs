using System.Globalization;
using CnnViz.Imaging;
using CnnViz.Running;

namespace CnnViz.Synthesis;

/// <summary>
/// Many pictures in batches that memory holds, one after another, as one run: one progress, one checkpoint. What is done is kept in managed memory.
/// </summary>
public sealed class BatchesStepper : PictureStepper
{
    private readonly IReadOnlyList<Func<ImageStepper>> _batches;
    private readonly List<(CnnTensor Pictures, double[][] Histories)> _done = [];
    private ImageStepper _current;
    private bool _wasDivided;

    /// <summary>Makes the first batch's start.</summary>
    /// <param name="subject">All that is made, in words that tell this run from others.</param>
    /// <param name="settings">The settings of all batches, which tell this run from others too.</param>
    /// <param name="batches">Makes each batch; pictures of one size, with as many steps.</param>
    public BatchesStepper(string subject, IReadOnlyDictionary<string, string> settings, IReadOnlyList<Func<ImageStepper>> batches)
    {
        _batches = batches;
        _current = batches[0]();
        Identity = new Dictionary<string, string>([.. _current.Identity, .. settings.ExceptBy(_current.Identity.Keys, setting => setting.Key)]) { ["Synthesis"] = subject };
    }

    /// <inheritdoc/>
    public override string Activity => _current.Activity;

    /// <inheritdoc/>
    public override int StepCount => _batches.Count * _current.StepCount;

    /// <inheritdoc/>
    public override string Status => _current.Status;

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Identity { get; }

    /// <inheritdoc/>
    public override bool IsCheckpointDue => _current.IsCheckpointDue;

    /// <inheritdoc/>
    public override CnnImage? Frame => _current.Frame;

    /// <inheritdoc/>
    public override bool IsRaw => _current.IsRaw;

    /// <inheritdoc/>
    public override bool IsDivided => _wasDivided || _current.IsDivided;

    /// <inheritdoc/>
    public override CnnTensor Pictures()
    {
        CnnTensor[] batches = [.. _done.Select(batch => batch.Pictures), _current.Pictures()];
        // A batch that was ended at a smaller size stands beside whole ones.
        var (height, width) = (batches[0].Shape[2], batches[0].Shape[3]);
        if ((batches[^1].Shape[2], batches[^1].Shape[3]) != (height, width))
            batches[^1] = ImageResize.Resize(batches[^1], height, width);
        return new CnnTensor([.. batches.SelectMany(batch => batch.Data)], [batches.Sum(batch => batch.Shape[0]), .. batches[0].Shape[1..]], "NCHW");
    }

    /// <inheritdoc/>
    public override double[] HistoryOf(int picture)
    {
        foreach (var (_, histories) in _done)
        {
            if (picture < histories.Length)
                return histories[picture];
            picture -= histories.Length;
        }
        return _current.HistoryOf(picture);
    }

    /// <inheritdoc/>
    public override void Step(CancellationToken cancellation)
    {
        if (_current.IsDone)
        {
            var pictures = _current.Pictures();
            _done.Add((pictures, [.. Enumerable.Range(0, pictures.Shape[0]).Select(_current.HistoryOf)]));
            Enter(_done.Count);
        }
        _current.Step(cancellation);
        CompletedSteps++;
    }

    /// <inheritdoc/>
    public override void KeepBest() => _current.KeepBest();

    /// <inheritdoc/>
    public override void Save(Checkpoint checkpoint)
    {
        checkpoint.Put("batches", _done.Count.ToString(CultureInfo.InvariantCulture));
        for (var i = 0; i < _done.Count; i++)
        {
            using var pictures = TensorTransfer.ToNative(_done[i].Pictures);
            checkpoint.Put($"batch.{i}.pictures", pictures);
            checkpoint.Put($"batch.{i}.histories", string.Join(';', _done[i].Histories.Select(history => string.Join(' ', history.Select(Text)))));
        }
        _current.Save(checkpoint);
    }

    /// <inheritdoc/>
    public override void Restore(Checkpoint checkpoint)
    {
        _done.Clear();
        var count = int.Parse(checkpoint.Text("batches"), CultureInfo.InvariantCulture);
        for (var i = 0; i < count; i++)
        {
            var histories = checkpoint.Text($"batch.{i}.histories").Split(';').Select(history => Array.ConvertAll(history.Split(' '), Number));
            _done.Add((TensorTransfer.ToManaged(checkpoint.Tensor($"batch.{i}.pictures"), "NCHW"), [.. histories]));
        }
        Enter(count);
        _current.Restore(checkpoint);
        CompletedSteps = count * _current.StepCount + _current.CompletedSteps;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _current.Dispose();
    }

    private static string Text(double score) => score.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private void Enter(int batch)
    {
        // The last batch may be smaller, and all pictures are judged alike. One that goes on from a checkpoint has made the first here.
        _wasDivided |= _current.IsDivided;
        _current.Dispose();
        _current = _batches[batch]();
    }
}
