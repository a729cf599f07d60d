namespace CnnViz;

/// <summary>A dataset as it is trained and tested with.</summary>
/// <param name="Name">A short name: <c>digits</c>, or the folder's.</param>
/// <param name="Train">What a network learns from.</param>
/// <param name="Test">What it is judged by, with the same classes; null where the folder has no test part.</param>
public sealed record DatasetSplits(string Name, CnnDataset Train, CnnDataset? Test);
