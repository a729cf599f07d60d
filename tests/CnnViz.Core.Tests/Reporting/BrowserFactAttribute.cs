namespace CnnViz.Tests.Reporting;

/// <summary>A test in a real browser, where there is one.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Browser.Program is null)
            Skip = "There is no Chromium on the PATH.";
    }
}
