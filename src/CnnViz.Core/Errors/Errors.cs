using static CnnViz.CnnErrorCategory;

namespace CnnViz;

/// <summary>The one place where errors are made: stable ids, and messages that say what was found, expected and to be done.</summary>
public static partial class Errors
{
    private const string SaveStateDict = "Where you trust it, load it in Python and save the weights alone: torch.save(model.state_dict(), 'weights.pth'); then import weights.pth.";

    /// <summary>A file or folder that does not exist.</summary>
    public static CnnVizException FileNotFound(string path) =>
        new("FileNotFound", ObjectNotFound, $"'{path}' does not exist. Check the path; relative paths start from the current location.", path);

    /// <summary>A file that is there and cannot be read.</summary>
    public static CnnVizException FileUnreadable(string path, Exception inner) =>
        new("FileUnreadable", ReadError, $"'{path}' cannot be read: {inner.Message}", path, inner: inner);

    /// <summary>A file that is not a picture, or a damaged one.</summary>
    public static CnnVizException ImageUnreadable(string source, string reason, Exception? inner = null) =>
        new("ImageUnreadable", InvalidData,
            $"'{source}' is not a picture that can be read: {reason} Expected PNG, JPEG, WebP, GIF, BMP, TIFF or a float32 .npy tensor.", source, inner: inner);

    /// <summary>Something that has no picture.</summary>
    public static CnnVizException NotAPicture(object? found) =>
        new("NotAPicture", InvalidArgument,
            $"{(found is null ? "Nothing" : $"A value of type {found.GetType().Name}")} shows no picture. Expected a path, an http(s) address, a file, a CnnImage or CnnTensor, or a result with a picture.", found);

    /// <summary>A picture that breaks off.</summary>
    public static CnnVizException ImageTruncated(string source, string reason, Exception? inner = null) =>
        new("ImageTruncated", InvalidData, $"'{source}' breaks off or is damaged: {reason} Copy or download it again.", source, inner: inner);

    /// <summary>A picture with more pixels than the limit.</summary>
    public static CnnVizException ImageTooLarge(string source, string found, long limit) =>
        new("ImageTooLarge", LimitsExceeded,
            $"'{source}' has {found}, more than the limit of {limit:N0} pixels. Make it smaller, or raise the limit where you trust its origin.", source);

    /// <summary>An address that gives no picture, or no weights, which is fatal.</summary>
    public static CnnVizException DownloadFailed(string url, string reason, Exception? inner = null, bool isFatal = false) =>
        new("DownloadFailed", ResourceUnavailable, $"'{url}' could not be downloaded: {reason}", url, isFatal, inner);

    /// <summary>A name that is no architecture's.</summary>
    public static CnnVizException ArchitectureUnknown(string name, IEnumerable<string> nearest) =>
        new("ArchitectureUnknown", ObjectNotFound, $"There is no architecture '{name}'. The nearest: {string.Join(", ", nearest)}. Get-CnnArchitecture lists all of them.", name);

    /// <summary>An architecture that was published without weights.</summary>
    public static CnnVizException WeightsUnknown(string architecture, IEnumerable<string> known) =>
        new("WeightsUnknown", ObjectNotFound,
            $"No published weights of {architecture} are known. Leave -Pretrained out for random ones, or give a weight file. Known: {string.Join(", ", known)}.", architecture, isFatal: true);

    /// <summary>Weights that are not there while the network may not be used.</summary>
    public static CnnVizException WeightsNotCached(string architecture, string path, string url) =>
        new("WeightsNotCached", ObjectNotFound,
            $"The weights of {architecture} are not in the cache: '{path}' does not exist. Leave -Offline out to have them downloaded, or put the file from {url} there.", path, isFatal: true);

    /// <summary>Weights that arrived whole and are not the right ones.</summary>
    public static CnnVizException WeightsCorrupt(string url, string found, string expected) =>
        new("WeightsCorrupt", InvalidData,
            $"What '{url}' gave is not the file that is expected: its SHA-256 is {found}, expected {expected}{(expected.Length < 64 ? "…" : "")}. It was thrown away; check CNNVIZ_WEIGHTS_URL and the proxy.", url, isFatal: true);

    /// <summary>Weights that were right when they came into the cache and are not any more.</summary>
    public static CnnVizException CachedWeightsDamaged(string path, Exception inner) =>
        new("WeightsCorrupt", InvalidData, $"{inner.Message} It was right when it came into the cache: delete it, and it is downloaded again.", path, isFatal: true, inner: inner);

    /// <summary>An output that is there already.</summary>
    public static CnnVizException OutputExists(string path) =>
        new("OutputExists", ResourceExists, $"'{path}' exists already. Use -Force to replace it, or choose another name.", path);

    /// <summary>An output that cannot be written.</summary>
    public static CnnVizException OutputUnwritable(string path, string reason, Exception? inner = null) =>
        new("OutputUnwritable", WriteError, $"'{path}' cannot be written: {reason}", path, inner: inner);

    /// <summary>A file name whose ending names no format that can be written.</summary>
    public static CnnVizException OutputFormatUnknown(string path, string expected) =>
        new("OutputFormatUnknown", InvalidArgument, $"'{path}' has no ending that names a format to write. Expected {expected}.", path);

    /// <summary>A data file (IDX, folder, .npy) whose content does not hold together.</summary>
    public static CnnVizException DatasetInvalid(string path, string reason, Exception? inner = null) =>
        new("DatasetInvalid", InvalidData, $"'{path}' is not a dataset that can be read: {reason}", path, inner: inner);

    /// <summary>A dataset name or path that leads nowhere.</summary>
    public static CnnVizException DatasetNotFound(string name, string expected) =>
        new("DatasetNotFound", ObjectNotFound, $"There is no dataset '{name}'. Expected {expected}.", name, isFatal: true);

    /// <summary>A dataset that would take more memory than the limit.</summary>
    public static CnnVizException DatasetTooLarge(string path, string found, long limit) =>
        new("DatasetTooLarge", LimitsExceeded, $"'{path}' has {found}, more than the limit of {limit:N0} bytes. Split it, or take a part of it.", path);

    /// <summary>A whole of which parts have not been computed.</summary>
    public static CnnVizException ShardsMissing(string of, IReadOnlyList<string> missing) =>
        new("ShardsMissing", ObjectNotFound, $"Of '{of}' these shards are missing: {string.Join(", ", missing)}. Run them again, each with its -Shard.", of, isFatal: true);

    /// <summary>Parts that are not of one whole.</summary>
    public static CnnVizException ShardsDiffer(string of, string reason) =>
        new("ShardsDiffer", InvalidData, $"The shards of '{of}' do not make one whole: {reason} Merge those of one run, each once.", of, isFatal: true);

    /// <summary>A class that the dataset does not have.</summary>
    public static CnnVizException ClassUnknown(string dataset, string found, IReadOnlyList<string> labels) =>
        new("ClassUnknown", InvalidArgument,
            $"{dataset} has no class '{found}'. Expected 0 to {labels.Count - 1}, or a label: {string.Join(", ", labels.Take(20))}{(labels.Count > 20 ? ", …" : "")}.", found, isFatal: true);

    /// <summary>A class that the model does not have.</summary>
    public static CnnVizException ClassUnknown(string model, string found, IReadOnlyList<string> nearest, int count) =>
        new("ClassUnknown", InvalidArgument,
            $"{model} has no class '{found}'. Expected 0 to {count - 1}, Top1 to Top{count}, a WordNet id or a label; the nearest: {string.Join(", ", nearest)}.", found, isFatal: true);

    /// <summary>A label that several classes have.</summary>
    public static CnnVizException ClassAmbiguous(string model, string found, IReadOnlyList<string> fitting) =>
        new("ClassAmbiguous", InvalidArgument,
            $"'{found}' fits {fitting.Count} classes of {model}: {string.Join(", ", fitting.Take(20))}{(fitting.Count > 20 ? ", …" : "")}. Give the index or the whole label.", found, isFatal: true);

    /// <summary>A file with labels that does not hold together.</summary>
    public static CnnVizException LabelFileInvalid(string path, string reason, Exception? inner = null) =>
        new("LabelFileInvalid", InvalidData, $"'{path}' does not name the classes: {reason}", path, isFatal: true, inner: inner);

    /// <summary>A tensor whose shape does not fit.</summary>
    public static CnnVizException ShapeMismatch(string what, IEnumerable<int> found, string expected) =>
        new("ShapeMismatch", InvalidArgument, $"{what} has shape [{string.Join(", ", found)}]; expected {expected}.", what);

    /// <summary>A layer that the model does not have.</summary>
    public static CnnVizException LayerNotFound(string model, string layer, IEnumerable<string> nearest) =>
        new("LayerNotFound", ObjectNotFound,
            $"{model} has no layer '{layer}'. The nearest: {string.Join(", ", nearest)}. Get-CnnLayer lists all of them.", layer);

    /// <summary>A channel, index or class outside of its range; the owner is what it belongs to, such as a layer.</summary>
    public static CnnVizException IndexOutOfRange(string what, long found, long count, int first = 0, string? owner = null) =>
        new("IndexOutOfRange", InvalidArgument, $"{what} {found}{(owner is null ? "" : $" of {owner}")} is out of range: there are {count}, numbered {first} to {first + count - 1}.", found);

    /// <summary>A parameter value that cannot be used.</summary>
    public static CnnVizException ArgumentInvalid(string name, object? found, string expected) =>
        new("ArgumentInvalid", InvalidArgument, $"{name} is '{found}'; expected {expected}.", found, isFatal: true);

    /// <summary>A device that is not there.</summary>
    public static CnnVizException DeviceUnknown(string device, string available) =>
        new("DeviceUnknown", ResourceUnavailable, $"There is no device '{device}'. Available here: {available}.", device, isFatal: true);

    /// <summary>A model name that is neither built in nor a file.</summary>
    public static CnnVizException ModelNotFound(string name, IEnumerable<string> nearest)
    {
        var reason = Directory.Exists(name) ? "it is a folder. Give a file in it"
            : Path.GetFileName(name) != name ? "the file does not exist. Check the path; relative paths start from the current location"
            : $"it is neither a file nor a name; the nearest: {string.Join(", ", nearest)}. Get-CnnArchitecture lists all of them";
        return new("ModelNotFound", ObjectNotFound, $"There is no model '{name}': {reason}.", name, isFatal: true);
    }

    /// <summary>A weight file that does not hold together.</summary>
    public static CnnVizException ModelFileInvalid(string path, string reason, Exception? inner = null) =>
        new("ModelFileInvalid", InvalidData, $"'{path}' is not a model file that can be read: {reason}", path, isFatal: true, inner: inner);

    /// <summary>A weight file whose entries are not the parameters of an architecture.</summary>
    public static CnnVizException WeightsMismatch(string path, string verdict, IReadOnlyList<string> differences) =>
        new("WeightsMismatch", InvalidData,
            $"The entries of '{path}' {verdict}: {string.Join("; ", differences.Take(10))}{(differences.Count > 10 ? $"; and {differences.Count - 10} more" : "")}.",
            path, isFatal: true);

    /// <summary>An architecture that the project does not have.</summary>
    public static CnnVizException ArchitectureUnknown(string path, string architecture, IEnumerable<string> nearest) =>
        new("ArchitectureUnknown", ObjectNotFound,
            $"'{path}' cannot be read as '{architecture}': there is no such architecture. The nearest: {string.Join(", ", nearest)}. Get-CnnArchitecture lists all of them.", architecture, isFatal: true);

    /// <summary>Labels that are not as many as the classes.</summary>
    public static CnnVizException LabelCountMismatch(string model, int found, int classCount) =>
        new("LabelCountMismatch", InvalidArgument, $"There are {found} labels for {model}, which tells {classCount} classes apart. Expected one for each class.", found, isFatal: true);

    /// <summary>A weight file that names a function or class of Python beyond tensors and plain containers.</summary>
    public static CnnVizException WeightFileUnsafe(string path, string global) =>
        new("WeightFileUnsafe", InvalidData,
            $"'{path}' asks for '{global}', which is neither a tensor nor a plain container; opening such a file can run code, so it was not opened. {SaveStateDict}", path, isFatal: true);

    /// <summary>A weight file that holds an object of a class instead of tensors.</summary>
    public static CnnVizException WeightFileIsObject(string path, string className) =>
        new("WeightFileUnsafe", InvalidData,
            $"'{path}' holds a whole object of the class '{className}' instead of a state dict; opening such a file runs the class's code, so it was not opened. {SaveStateDict}",
            path, isFatal: true);

    /// <summary>A TorchScript archive.</summary>
    public static CnnVizException WeightFileIsProgram(string path) =>
        new("WeightFileUnsafe", InvalidData,
            $"'{path}' is a TorchScript archive: a program with its weights, and programs of files are not run. Where you trust it, in Python: torch.save(torch.jit.load('{Path.GetFileName(path)}').state_dict(), 'weights.pth'); then import weights.pth.",
            path, isFatal: true);

    /// <summary>A model that ends in maps and is asked for classes.</summary>
    public static CnnVizException ModelWithoutClasses(string name, string lastLayer) =>
        new("ModelWithoutClasses", InvalidOperation,
            $"'{name}' tells no classes apart: it ends in the maps of '{lastLayer}'. Expected a classifier; Get-FeatureMap shows what this one makes of a picture.", name, isFatal: true);

    /// <summary>A method that a model cannot be read with.</summary>
    public static CnnVizException MethodUnsupported(string model, string method, string reason) =>
        new("MethodUnsupported", InvalidOperation, $"{method} cannot be made of '{model}': {reason}. Choose another method or model.", method);

    /// <summary>A layer without maps, where maps are needed.</summary>
    public static CnnVizException LayerWithoutExtent(string model, string layer, IEnumerable<int> shape, string last) =>
        new("LayerWithoutExtent", InvalidArgument,
            $"Layer '{layer}' of {model} has shape [{string.Join(", ", shape)}] and no extent, so a class activation map of it would be one value. Expected a layer of maps; the last is '{last}'.",
            layer);

    /// <summary>An input of a size that a network cannot take.</summary>
    public static CnnVizException ImageTooSmall(string source, IEnumerable<int> found, string model, int smallest) =>
        new("ImageTooSmall", InvalidArgument,
            $"'{source}' has shape [{string.Join(", ", found)}], which {model} cannot take. The smallest square has a side of {smallest} pixels; leave -Raw and -Preprocessing out to have pictures resized.", source);

    /// <summary>A picture of which a layer is nothing.</summary>
    public static CnnVizException ImageTooSmallForLayer(string source, string found, string model, string layer, int smallest) =>
        new("ImageTooSmall", InvalidArgument,
            $"'{source}' is worked at as {found}, of which {layer} of {model} makes nothing. Expected a shorter side of at least {smallest} pixels; give a larger -Size or -Scale, or layers that are less deep.", source);

    /// <summary>A size for which there is not memory enough.</summary>
    public static CnnVizException MemoryInsufficient(int count, int height, int width, object needed, object available, (int Height, int Width)? largest) =>
        new("MemoryInsufficient", LimitsExceeded,
            $"A step {(count == 1 ? "" : $"of {count} pictures ")}at {width}x{height} needs about {needed} of memory, and there are {available}. "
            + (largest is { } size ? $"The largest that fits is about {size.Width}x{size.Height}" : "No size fits")
            + $"; -MemoryLimit computes larger ones in parts{(count == 1 ? "" : ", and a smaller -BatchSize needs less")}.", $"{width}x{height}", isFatal: true);

    /// <summary>Layers that two models do not have in common.</summary>
    public static CnnVizException LayerMismatch(string reference, string difference, IEnumerable<string> layers) =>
        new("LayerMismatch", InvalidArgument,
            $"No layer of '{string.Join("', '", layers)}' stands in both {reference} and {difference} with the same shape. Expected layers that both have; Get-CnnLayer lists them.", difference, isFatal: true);

    /// <summary>Two models that differ more than is allowed.</summary>
    public static CnnVizException ModelsDiffer(string reference, string difference, string how) =>
        new("ModelsDiffer", LimitsExceeded, $"{difference} differs from {reference}: {how}.", difference, isFatal: true);

    /// <summary>A picture with values that are no numbers.</summary>
    public static CnnVizException ImageNotFinite(string source, int count) =>
        new("ImageNotFinite", InvalidData, $"'{source}' has {count} values that are not finite (NaN or infinite). Expected finite numbers only; look at how it was made.", source);

    /// <summary>A saliency map that has lost the model that it explains.</summary>
    public static CnnVizException MapWithoutModel(string method, string? source) =>
        new("MapWithoutModel", InvalidArgument,
            $"The {method} map of '{source}' has no model with it: one that was saved or comes from another process leaves it behind. Give it with -Model, or make the map anew with Get-SaliencyMap.", source);

    /// <summary>A saliency map of something else than a class, where probabilities are wanted.</summary>
    public static CnnVizException MapWithoutClass(string method, string objective) =>
        new("MapWithoutClass", InvalidArgument,
            $"The {method} map explains '{objective}' and no class, and its faithfulness is measured by a class's probability. Expected a map that was made with -Target.", objective);

    /// <summary>Something else than a saliency map.</summary>
    public static CnnVizException NotASaliencyMap(object? found, string type) =>
        new("NotASaliencyMap", InvalidArgument,
            $"A value of type {type} is no saliency map. Expected what Get-SaliencyMap gives.", found);

    /// <summary>A saliency map with values that are no numbers.</summary>
    public static CnnVizException MapNotFinite(string method, int count) =>
        new("MapNotFinite", InvalidData, $"The {method} map has {count} values that are not finite (NaN or infinite), so its pixels have no order. Look at the warnings of the map.", method);

    /// <summary>A model that has been disposed.</summary>
    public static CnnVizException ModelDisposed(string name) =>
        new("ModelDisposed", InvalidOperation, $"The model '{name}' has been disposed. Import it again.", name, isFatal: true);

    /// <summary>The description of a layer that is not understood, or of one that cannot stand where it does.</summary>
    public static CnnVizException LayerInvalid(string layer, string word, string expected) =>
        new("LayerInvalid", InvalidArgument, $"The layer '{layer}' cannot be built{(word.Length == 0 ? "" : $" at '{word}'")}. Expected {expected}.", layer, isFatal: true);

    /// <summary>The description of an objective that is not understood.</summary>
    public static CnnVizException ObjectiveInvalid(string objective, string word, string expected) =>
        new("ObjectiveInvalid", InvalidArgument, $"The objective '{objective}' is not understood{(word.Length == 0 ? "" : $" at '{word}'")}. Expected {expected}.", objective, isFatal: true);

    /// <summary>A training whose loss is no number any more.</summary>
    public static CnnVizException TrainingDiverged(int epoch, double learningRate) =>
        new("TrainingDiverged", InvalidOperation,
            FormattableString.Invariant($"The loss is no number any more in epoch {epoch}, at a learning rate of {learningRate:g3}. Take a smaller -LearningRate; -CheckpointPath keeps the epochs before."), learningRate, isFatal: true);

    /// <summary>A synthesis whose objective is no number any more.</summary>
    public static CnnVizException SynthesisDiverged(int step, double stepSize) =>
        new("SynthesisDiverged", InvalidOperation,
            FormattableString.Invariant($"The objective is no number any more at step {step}, with steps of {stepSize:g3}. The picture before it is kept; take a smaller -StepSize."), stepSize);

    /// <summary>A picture that a network misreads before any attack.</summary>
    public static CnnVizException AlreadyMisread(string source, string model, string label, string seenAs) =>
        new("AlreadyMisread", InvalidOperation,
            $"{source}: {model} takes this {label} for {seenAs} already, so that there is nothing to attack. Use -Force to attack it all the same.", source);

    /// <summary>A class to reach that a network sees already.</summary>
    public static CnnVizException TargetIsPresent(string source, string model, string label) =>
        new("TargetIsPresent", InvalidArgument, $"{source}: {model} sees {label} in it already. Give another -Target, or leave it out to have any other class.", source);

    /// <summary>Something else than an adversarial example of this process.</summary>
    public static CnnVizException NotAnExample(object? found, string type) =>
        new("NotAnExample", InvalidArgument,
            $"A value of type {type} is no adversarial example of this process. Expected what New-AdversarialExample gives; a picture from a file no longer knows its clean one.", found);

    /// <summary>Adversarial examples that do not bring their models along, where no other is named.</summary>
    public static CnnVizException ExamplesWithoutModel() =>
        new("ExamplesWithoutModel", InvalidArgument, "The examples have left their models behind. Say with -Model which models are to be shown them.", null);

    /// <summary>A robustness that is below what was asked for.</summary>
    public static CnnVizException RobustnessBelow(string model, double epsilon, double found, double minimum) =>
        new("RobustnessBelow", LimitsExceeded, FormattableString.Invariant(
            $"{model} reads {100 * found:0.0} % rightly at epsilon {epsilon:0.####}; at least {100 * minimum:0.0} % were asked for."), model);

    /// <summary>A picture whose smallest octave does not reach the layers of a synthesis.</summary>
    public static CnnVizException OctaveTooSmall(
        string source, (int Width, int Height) size, int octaves, double scale, (int Width, int Height) octave, string layers, string model, int smallest) =>
        new("OctaveTooSmall", InvalidArgument,
            FormattableString.Invariant($"'{source}' of {size.Width}×{size.Height} pixels is too small: of {octaves} octaves of scale {scale:0.##} one has {octave.Width}×{octave.Height} pixels, and {model} takes no such picture up to {layers}; it takes {smallest}×{smallest}. Take fewer octaves, a smaller scale, or a larger -Size."), source);

    /// <summary>A picture that cannot be computed within the memory that is allowed.</summary>
    public static CnnVizException MemoryLimitTooSmall(string limit, string needed, int height, int width, (int Height, int Width)? largest) =>
        new("MemoryLimitTooSmall", LimitsExceeded,
            $"At {width}x{height} pixels this network and objective need at least {needed}, and the limit is {limit}. "
            + (largest is { } size ? $"The largest size that fits is {size.Width}x{size.Height}: take it, or raise -MemoryLimit." : "No size fits: raise -MemoryLimit."), limit, isFatal: true);

    /// <summary>A checkpoint that belongs to another run.</summary>
    public static CnnVizException CheckpointMismatch(string path, string reason) =>
        new("CheckpointMismatch", InvalidData, $"The checkpoint '{path}' cannot be resumed: {reason}", path, isFatal: true);

    /// <summary>Something that does not say how it was made.</summary>
    public static CnnVizException RecipeNotFound(string source) =>
        new("RecipeNotFound", ObjectNotFound,
            $"'{source}' has no recipe. Expected a picture that this project saved, a .recipe.json, or a result; programs that edit pictures often drop their text.", source);

    /// <summary>A recipe that does not hold together.</summary>
    public static CnnVizException RecipeInvalid(string operation, string reason, Exception? inner = null) =>
        new("RecipeInvalid", InvalidData, $"The recipe of {operation} cannot be run: {reason}", operation, inner: inner);

    /// <summary>A recipe of something that is not run again.</summary>
    public static CnnVizException RecipeNotReplayable(string operation, IEnumerable<string> known) =>
        new("RecipeNotReplayable", InvalidOperation, $"A recipe of '{operation}' cannot be run again. Those of these operations can: {string.Join(", ", known)}.", operation);

    /// <summary>A picture, model or dataset of a recipe that is not there any more.</summary>
    public static CnnVizException RecipeInputMissing(string operation, string name, string? source, string parameter) =>
        new("RecipeInputMissing", ObjectNotFound,
            $"The {name} of this {operation} is not to be found: {(source is null ? "it was in memory only" : $"it was '{source}'")}. Give it with {parameter}.", source ?? name);

    /// <summary>A picture, model or dataset that is not the recipe's.</summary>
    public static CnnVizException RecipeInputDiffers(string operation, string name, string? source, string found, string expected, string parameter) =>
        new("RecipeInputDiffers", InvalidData,
            $"The {name} '{source}' is not the one of this {operation}: its SHA-256 begins with {found}, expected {expected}. Give the right one with {parameter}, or use -Force to go on with this one.",
            source);

    /// <summary>A report of nothing.</summary>
    public static CnnVizException NothingToReport(string path) =>
        new("NothingToReport", InvalidArgument, $"Nothing came down the pipeline that '{path}' could show. Expected pictures, results or files of pictures.", path);

    /// <summary>An error that libtorch reports while computing.</summary>
    public static CnnVizException ComputationFailed(string what, Exception inner) =>
        new("ComputationFailed", InvalidOperation, $"{what} failed: {WithoutTrace(inner.Message)}", what, inner: inner);

    /// <summary>libtorch's message ends with the addresses of its functions.</summary>
    private static string WithoutTrace(string message) => message.Split("\nException raised from")[0];
}
