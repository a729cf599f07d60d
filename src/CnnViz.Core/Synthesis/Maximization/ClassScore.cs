namespace CnnViz.Synthesis.Maximization;

/// <summary>What of a class is made as large as can be.</summary>
public enum ClassScore
{
    /// <summary>Its logit (Simonyan et al. 2013), which may grow beside that of a class that is alike.</summary>
    Logit,

    /// <summary>The logarithm of its probability, which can also grow by what speaks against all others.</summary>
    Probability,

    /// <summary>Its logit, and the logarithm of its probability until that is sure.</summary>
    Both,
}
