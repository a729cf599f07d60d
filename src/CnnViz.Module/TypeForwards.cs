using System.Runtime.CompilerServices;
using CnnViz;

// PowerShell looks for type names in the module's assembly only: [CnnViz.CnnTensor] is found here.
[assembly: TypeForwardedTo(typeof(CnnErrorCategory))]
[assembly: TypeForwardedTo(typeof(CnnImage))]
[assembly: TypeForwardedTo(typeof(CnnTensor))]
[assembly: TypeForwardedTo(typeof(CnnVizException))]
[assembly: TypeForwardedTo(typeof(ErrorTranslation))]
[assembly: TypeForwardedTo(typeof(Errors))]
[assembly: TypeForwardedTo(typeof(Recipe))]
[assembly: TypeForwardedTo(typeof(RuntimeReport))]
