namespace CnnViz.Reporting;

/// <summary>A piece of a report page that knows how it looks in HTML.</summary>
public abstract record ReportBlock
{
    /// <summary>The piece as HTML that is complete in itself: every text escaped, nothing fetched from elsewhere.</summary>
    internal abstract string ToHtml();

    /// <summary>Whether it does something that the page's script has to do.</summary>
    internal virtual bool NeedsScript => false;
}
