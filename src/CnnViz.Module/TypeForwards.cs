using System.Runtime.CompilerServices;
using CnnViz;

// PowerShell looks for type names in the module's assembly only: [CnnViz.CnnTensor] is found here.
[assembly: TypeForwardedTo(typeof(CnnDataset))]
[assembly: TypeForwardedTo(typeof(CnnErrorCategory))]
[assembly: TypeForwardedTo(typeof(CnnImage))]
[assembly: TypeForwardedTo(typeof(CnnModel))]
[assembly: TypeForwardedTo(typeof(CnnTensor))]
[assembly: TypeForwardedTo(typeof(CnnVizException))]
[assembly: TypeForwardedTo(typeof(DatasetSplits))]
[assembly: TypeForwardedTo(typeof(EpochResult))]
[assembly: TypeForwardedTo(typeof(ErrorTranslation))]
[assembly: TypeForwardedTo(typeof(Errors))]
[assembly: TypeForwardedTo(typeof(LayerInfo))]
[assembly: TypeForwardedTo(typeof(Preprocessing))]
[assembly: TypeForwardedTo(typeof(Recipe))]
[assembly: TypeForwardedTo(typeof(RuntimeReport))]
[assembly: TypeForwardedTo(typeof(SampleOptions))]
