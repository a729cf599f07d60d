using CnnViz.Networks.Labels;

namespace CnnViz.Networks.Zoo;

/// <summary>An architecture that can be built by name.</summary>
/// <param name="Name">Its name, as torchvision has it where it does.</param>
/// <param name="Year">The year of its publication.</param>
/// <param name="ClassCount">The classes that it was published with.</param>
/// <param name="Builder">Builds it for a number of classes.</param>
public sealed record Architecture(string Name, int Year, int ClassCount, Func<int, Network> Builder)
{
    /// <summary>Builds it.</summary>
    /// <param name="classCount">The classes it is to tell apart; null for those that it was published with.</param>
    /// <exception cref="CnnVizException"><c>ArgumentInvalid</c>: less than 1, or others than the only ones that it knows.</exception>
    public Network Build(int? classCount = null)
    {
        if (classCount is < 1)
            throw Errors.ArgumentInvalid("ClassCount", classCount, "at least 1");
        var network = Builder(classCount ?? ClassCount);
        // The one of 1998 compares with pictures of the ten digits, and the four filters are four: they take no other number.
        return classCount is null || classCount == ClassCount || classCount == network.ClassCount
            ? network
            : throw Errors.ArgumentInvalid("ClassCount", classCount, $"{ClassCount}, the only number of classes of {Name}");
    }

    /// <summary>How pictures become its input; null for pixels as they are.</summary>
    public Preprocessing? Preprocessing { get; init; }

    /// <summary>The classes that it was published with; null where they have no names but their numbers.</summary>
    public ClassLabels? Labels { get; init; }
}
