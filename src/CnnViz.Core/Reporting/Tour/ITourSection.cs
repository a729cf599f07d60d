namespace CnnViz.Reporting;

/// <summary>A part of the tour: draws its pictures and says what is seen.</summary>
public interface ITourSection
{
    /// <summary>Its heading.</summary>
    string Title { get; }

    /// <summary>Draws it.</summary>
    /// <param name="context">The trained network, the digits, and where pictures go.</param>
    IReadOnlyList<ReportBlock> Draw(TourContext context);
}
