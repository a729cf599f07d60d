using System.ComponentModel;
using System.Management.Automation;
using CnnViz.Parameters;
using CnnViz.Reading;

namespace CnnViz.Commands;

/// <summary>
/// What the cmdlets share that run pictures through a model: either may come down the pipeline, pictures are computed in batches and
/// their results written in the order of the pictures, and a bad picture is an error of its own while the others go on.
/// </summary>
/// <typeparam name="TOptions">What is asked of a picture. Neighbours of one size that are asked the same are computed together.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ImageCommand<TOptions> : ModelCommand
    where TOptions : class, IEquatable<TOptions>
{
    /// <summary>Pictures come down the pipeline, the model is an argument.</summary>
    protected const string ImagePipeline = nameof(ImagePipeline);

    /// <summary>Results come down the pipeline, each with its picture and its model.</summary>
    protected const string ResultPipeline = nameof(ResultPipeline);

    /// <summary>Models come down the pipeline, the pictures are an argument.</summary>
    protected const string ModelPipeline = nameof(ModelPipeline);

    /// <summary>Pictures by paths without wildcards.</summary>
    protected const string LiteralPathSet = nameof(LiteralPath);

    private readonly List<(ImageSource Source, TOptions Options, Task<(IReadOnlyList<CnnImage> Images, int ChannelCount)> Reading)> _batch = [];
    private ModelSource[] _sources = [];
    private CnnModel[] _models = [];
    private CnnModel? _batchModel;
    private TOptions? _checked;

    /// <summary>The pictures: paths (wildcards allowed), http(s) addresses, files, CnnImage or CnnTensor objects, or results with an Image.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ImagePipeline)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ModelPipeline)]
    [ImageSourceTransformation]
    [SupportsWildcards]
    public ImageSource[] Image { get; set; } = [];

    /// <summary>The paths of pictures, in which * ? and [ are letters of the name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The model: from Import-CnnModel, or its name or path. Several where the cmdlet says so.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ImagePipeline)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ModelPipeline)]
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = LiteralPathSet)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource[] Model { get; set; } = [];

    /// <summary>A result of another cmdlet, which brings its picture and its model along.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ResultPipeline)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>Auto resizes and crops all pictures but those made for the network; None takes them as they are; Standard resizes and crops all.</summary>
    [Parameter]
    public PreprocessingMode Preprocessing { get; set; }

    /// <summary>The tensors and .npy files are the network's input as they stand, C,H,W or N,C,H,W, normalised and of any size that it can take.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>The pictures computed together. 1 gives each result as soon as its picture comes.</summary>
    [Parameter]
    [ValidateRange(1, 4096)]
    public int BatchSize { get; set; } = 16;

    private bool IsModelPiped => ParameterSetName is ModelPipeline or LiteralPathSet;

    /// <summary>What is asked of the pictures of this moment: what comes down the pipeline may bring some of it.</summary>
    protected abstract TOptions Options { get; }

    /// <summary>What is done to pictures: by <see cref="Preprocessing"/> and <see cref="Raw"/>.</summary>
    protected PreprocessingMode Mode => Raw ? PreprocessingMode.Raw : Preprocessing;

    /// <summary>Whether -Model may name several.</summary>
    protected virtual bool TakesSeveralModels => false;

    /// <summary>The models of this moment; the first is the one that pictures are prepared for.</summary>
    protected IReadOnlyList<CnnModel> Models => _models;

    /// <summary>Throws where the model cannot give what is asked for, before any picture is read.</summary>
    protected virtual void Check(CnnModel model, TOptions options)
    {
    }

    /// <summary>The results of some pictures, in their order; an error among them is that of one picture, and the others go on.</summary>
    /// <param name="model">The model, checked.</param>
    /// <param name="images">The pictures as the network sees them, of one size, at most <see cref="BatchSize"/>.</param>
    /// <param name="options">What is asked of them.</param>
    protected abstract IEnumerable<object> Read(CnnModel model, IReadOnlyList<CnnImage> images, TOptions options);

    /// <summary>Reads a picture in the form that <see cref="Read"/> takes, on any thread.</summary>
    /// <returns>The pictures, one but for a raw tensor of several, and the channels that they had.</returns>
    protected virtual (IReadOnlyList<CnnImage> Images, int ChannelCount) Load(CnnModel model, ImageSource source, PreprocessingMode mode, CancellationToken cancellation) =>
        NetworkInput.Read(model, source, mode, cancellation);

    /// <summary>Says what is worth a warning or a word about a result, before it is written.</summary>
    protected virtual void Comment(object result)
    {
    }

    /// <inheritdoc/>
    protected sealed override void Begin()
    {
        if (Raw && Preprocessing is not (PreprocessingMode.Auto or PreprocessingMode.Raw))
            throw Errors.ArgumentInvalid(nameof(Preprocessing), Preprocessing, "to be left out with -Raw, which takes tensors as they stand");
        if (ParameterSetName == ImagePipeline && Model.Length > 0)
            Require(() => Use(Model, Options));
    }

    /// <inheritdoc/>
    protected sealed override void Process()
    {
        var (sources, model) = ParameterSetName switch
        {
            LiteralPathSet => (LiteralPath.Select(path => ImageSource.FromPath(ResolveFile(path))), Model),
            ResultPipeline => ResultInput.Of(InputObject, nameof(InputObject)) is var (image, owner) ? ([image], [owner]) : default((IEnumerable<ImageSource>, ModelSource[])),
            _ => (Image, Model),
        };
        var options = Options;
        Use(model, options);
        foreach (var source in sources)
        {
            Add(source, options);
            if (_batch.Count >= BatchSize)
                Flush();
        }
        if (IsModelPiped)
            Flush();
    }

    /// <inheritdoc/>
    protected sealed override void End() => Flush();

    private void Use(ModelSource[] sources, TOptions options)
    {
        if (sources.Length > 1 && !TakesSeveralModels)
            throw Errors.ArgumentInvalid(nameof(Model), $"{sources.Length} models", "one model");
        if (!sources.SequenceEqual(_sources))
            (_models, _sources) = (Array.ConvertAll(sources, Open), sources);
        var model = _models[0];
        var isSame = ReferenceEquals(model, _batchModel);
        if (isSame && options.Equals(_checked))
            return;
        if (!isSame)
        {
            Flush();
            foreach (var (source, opened) in sources.Zip(_models))
                WarnOfRandomWeights(source, opened);
        }
        Check(model, options);
        (_batchModel, _checked) = (model, options);
    }

    /// <summary>Reading and resizing go on at all cores while the batch fills; nothing is computed on those threads that needs libtorch.</summary>
    private void Add(ImageSource source, TOptions options)
    {
        Cancellation.ThrowIfCancellationRequested();
        var (model, mode, cancellation) = (_batchModel!, Mode, Cancellation);
        _batch.Add((source, options, Task.Run(() => Load(model, source, mode, cancellation), cancellation)));
    }

    private void Flush()
    {
        var batch = _batch.ToArray();
        _batch.Clear();
        var run = new List<CnnImage>(batch.Length);
        TOptions? asked = null;
        foreach (var (source, options, reading) in batch)
        {
            Attempt(() =>
            {
                var (images, channelCount) = reading.GetAwaiter().GetResult();
                SayConversion(_batchModel!, source, channelCount);
                foreach (var image in images)
                {
                    if (run.Count == BatchSize || (run.Count > 0 && !(NetworkInput.IsAlike(run[0], image) && options.Equals(asked))))
                        Write(run, asked!);
                    run.Add(image);
                    asked = options;
                }
            });
        }
        if (run.Count > 0)
            Write(run, asked!);
    }

    /// <summary>Computes pictures together and writes their results.</summary>
    private void Write(List<CnnImage> run, TOptions options)
    {
        CnnImage[] images = [.. run];
        run.Clear();
        Attempt(() =>
        {
            foreach (var result in Compute(() => Read(_batchModel!, images, options).ToArray()))
            {
                if (result is CnnVizException refusal)
                {
                    Attempt(() => throw refusal);
                    continue;
                }
                Comment(result);
                WriteObject(result);
            }
        });
    }
}
