using System.Management.Automation;
using CnnViz.Files;
using CnnViz.Networks;
using CnnViz.Networks.Weights;
using CnnViz.Parameters;

namespace CnnViz.Commands;

/// <summary>Writes a model as a safetensors file that holds all that importing it back needs.</summary>
[Cmdlet(VerbsData.Export, "CnnModel", SupportsShouldProcess = true)]
[OutputType(typeof(CnnModel))]
public sealed class ExportCnnModelCommand : ModelCommand
{
    /// <summary>The model: from Import-CnnModel or a training, or a name.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [ModelSourceTransformation]
    [ArgumentCompleter(typeof(ModelNameCompleter))]
    public ModelSource Model { get; set; } = null!;

    /// <summary>The file to write, .safetensors by custom; its folder must exist.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public string Path { get; set; } = "";

    /// <summary>Writes float16: half the file. Read again, the weights are float32, rounded to 11 significant bits.</summary>
    [Parameter]
    public SwitchParameter Half { get; set; }

    /// <summary>Writes the plain network that batch normalisation folded into the convolutions gives: vgg16 for a vgg16_bn. It answers the same, faster.</summary>
    [Parameter]
    public SwitchParameter FoldNormalization { get; set; }

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Passes on the model.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process()
    {
        var path = ResolveFile(Path);
        OutputFile.CheckFree(path, Force);
        if (!ShouldProcess(path, $"Export the model {Model}"))
            return;
        var model = Open(Model);
        Compute(() =>
        {
            using var folded = FoldNormalization ? NormalizationFolding.Apply(model) : null;
            ModelFile.Save(folded ?? model, path, Force, Half);
            return model;
        });
        if (PassThru)
            WriteObject(model);
    }
}
