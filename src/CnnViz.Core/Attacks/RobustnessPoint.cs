namespace CnnViz;

/// <summary>How many pictures a model still reads rightly when each may be changed by so much.</summary>
public sealed record RobustnessPoint
{
    /// <summary>The largest change, of pixels in [0,1].</summary>
    public required double Epsilon { get; init; }

    /// <summary>How distance was measured: Linf or L2.</summary>
    public required string Norm { get; init; }

    /// <summary>The attacks that a picture had to withstand.</summary>
    public required string Method { get; init; }

    /// <summary>The pictures.</summary>
    public required int Count { get; init; }

    /// <summary>How many of them are read rightly without an attack; only these are attacked.</summary>
    public required int CleanCorrect { get; init; }

    /// <summary>How many withstand.</summary>
    public required int Robust { get; init; }

    /// <summary>The part of all pictures that is read rightly under attack, in [0,1].</summary>
    public double Accuracy => Count == 0 ? double.NaN : (double)Robust / Count;

    /// <summary>The part of the pictures read rightly at first that withstands, in [0,1].</summary>
    public double Withstood => CleanCorrect == 0 ? double.NaN : (double)Robust / CleanCorrect;

    /// <summary>Where the accuracy lies at least, at a confidence of 95 % (Wilson 1927).</summary>
    public required double Lower { get; init; }

    /// <summary>Where it lies at most.</summary>
    public required double Upper { get; init; }

    /// <summary>The accuracy under attack of each class that is among the pictures.</summary>
    public IReadOnlyList<ClassRobustness> Classes { get; init => field = value.ToArray(); } = [];

    /// <summary>The model's name.</summary>
    public required string ModelName { get; init; }

    /// <summary>The dataset's name.</summary>
    public required string Dataset { get; init; }

    /// <summary>Which part of the pictures it is of, such as <c>2/8</c>; null for all of them.</summary>
    public string? Shard { get; init; }

    /// <summary>How it was measured.</summary>
    public required Recipe Recipe { get; init; }

    /// <summary>In a few words.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{ModelName} on {Dataset}, {Method} {Epsilon:0.####}: {100 * Accuracy:0.0} %");
}
