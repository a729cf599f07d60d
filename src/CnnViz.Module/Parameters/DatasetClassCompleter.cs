using System.Collections;
using System.Management.Automation;
using CnnViz.Data;

namespace CnnViz.Parameters;

/// <summary>Completes the labels of the dataset that <c>-Dataset</c> names or holds; no files are read for it.</summary>
public sealed class DatasetClassCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<string> Names(IDictionary boundParameters) =>
        (boundParameters["Dataset"] is PSObject wrapper ? wrapper.BaseObject : boundParameters["Dataset"]) switch
        {
            DatasetSplits splits => splits.Train.Labels,
            CnnDataset dataset => dataset.Labels,
            string name when Datasets.Names.Contains(name, StringComparer.OrdinalIgnoreCase) => Datasets.Open(name).Train.Labels,
            _ => [],
        };
}
