namespace CnnViz.Tests.Reporting;

/// <summary>A test in a real browser, where there is one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Path is null)
            Skip = "There is no Chromium on the PATH.";
    }
}
