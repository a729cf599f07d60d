namespace CnnViz;

/// <summary>A dataset as it is trained and tested with.</summary>
/// <param name="Name">A short name: <c>digits</c>, or the folder's.</param>
/// <param name="Train">What a network learns from.</param>
/// <param name="Test">What it is judged by, with the same classes; null where the folder has no test part.</param>
public sealed record DatasetSplits(string Name, CnnDataset Train, CnnDataset? Test)
{
    /// <summary>One of the parts.</summary>
    /// <param name="split">Which; where null the test part, or the training part where there is no other.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: the dataset has no test part.</exception>
    public CnnDataset Part(DatasetSplit? split) => split switch
    {
        DatasetSplit.Train => Train,
        DatasetSplit.Test => Test ?? throw Errors.ArgumentInvalid("The split", split, $"Train, or none at all: {Name} has no test part"),
        _ => Test ?? Train,
    };
}
