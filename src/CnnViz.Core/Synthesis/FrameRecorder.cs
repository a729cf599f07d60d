using CnnViz.Imaging;

namespace CnnViz.Synthesis;

/// <summary>Collects pictures of a run for an animation: small enough to be kept and sent, all of one size.</summary>
/// <param name="longestSide">The longer side of the frames, at most.</param>
public sealed class FrameRecorder(int longestSide = FrameRecorder.UsualSide)
{
    /// <summary>The longer side of the frames unless told.</summary>
    public const int UsualSide = 480;

    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(100);
    private readonly List<CnnImage> _frames = [];

    /// <summary>The frames so far.</summary>
    public int Count => _frames.Count;

    /// <summary>The frames in order.</summary>
    public IReadOnlyList<CnnImage> Frames => [.. _frames];

    /// <summary>Takes a picture.</summary>
    public void Add(CnnImage picture)
    {
        var factor = Math.Min(1, (double)longestSide / Math.Max(picture.Height, picture.Width));
        _frames.Add(factor == 1 ? picture : ImageResize.Resize(picture, Math.Max(1, (int)Math.Round(picture.Height * factor)), Math.Max(1, (int)Math.Round(picture.Width * factor))));
    }

    /// <summary>Writes the animation; earlier octaves' frames are enlarged to the last one's size. Nothing is written where there is no frame.</summary>
    /// <param name="path">The file, ending in .gif.</param>
    /// <param name="force">Replaces a file that is there already.</param>
    /// <exception cref="CnnVizException">As <see cref="ImageExport.SaveAnimation"/>.</exception>
    public void Save(string path, bool force)
    {
        if (_frames.Count == 0)
            return;
        var (height, width) = (_frames[^1].Height, _frames[^1].Width);
        CnnImage[] frames = [.. _frames.Select(frame => (frame.Height, frame.Width) == (height, width) ? frame : ImageResize.Resize(frame, height, width))];
        ImageExport.SaveAnimation(frames, path, Delay, new ImageWriteOptions { Force = force });
    }
}
