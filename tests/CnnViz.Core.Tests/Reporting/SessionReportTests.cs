using System.Text.RegularExpressions;
using CnnViz.Attacks;
using CnnViz.Data;
using CnnViz.Imaging;
using CnnViz.Reading;
using CnnViz.Reporting;
using CnnViz.Running;
using CnnViz.Synthesis.Maximization;

namespace CnnViz.Tests.Reporting;

/// <summary>A session's page holds all it shows, and its controls do what they say.</summary>
public sealed partial class SessionReportTests : IDisposable
{
    private readonly CnnModel _model = ModelSource.Parse("lenet5-digits").Open();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _model.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void All_is_in_the_page_and_every_picture_has_words()
    {
        var page = SessionReport.Make(Session(), "A <session>").ToHtml();
        Assert.Contains("<h1>A &lt;session&gt;</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(External(), page);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        var pictures = Picture().Matches(page);
        Assert.True(pictures.Count > 10);
        Assert.All(pictures, picture => Assert.Matches("src=\"data:image/(webp|jpeg);base64,[^\"]+\" width=\"\\d+\" height=\"\\d+\".* alt=\"[^\"]+\"", picture.Value));
        Assert.Single(Script().Matches(page));
        Assert.Contains("script-src 'sha256-", page, StringComparison.Ordinal);
        Assert.Contains("\"operation\": \"Get-SaliencyMap\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"result blink\"", page, StringComparison.Ordinal);
        Assert.Contains("class=\"result slider\"", page, StringComparison.Ordinal);
        Assert.Equal(2, Chart().Count(page));
        Assert.True(page.Length < 900_000, $"{page.Length} bytes");
    }

    [Fact]
    public void Results_stand_with_the_picture_that_they_are_of()
    {
        var page = SessionReport.Make([.. Session(), new CnnImage([0.5f], 1, 1, 1), new CnnImage([0.7f], 1, 1, 1)]);
        Assert.Equal(["digits/test#0", "digits/test#1", "Made of noise", "Filters", "Robustness", "Pictures"], page.Sections.Select(section => section.Title));
        Assert.Equal(("2", "pictures looked at"), page.Facts[1]);
    }

    [Fact]
    public void What_is_small_keeps_its_pixels_and_what_is_large_is_made_smaller()
    {
        var random = new SplitMix64(1);
        var noise = new CnnImage([.. Enumerable.Range(0, 3 * 900 * 1600).Select(_ => random.NextSingle())], 3, 900, 1600);
        var photo = PagePicture.Of(noise, "noise");
        Assert.Equal(("image/jpeg", 1280, 720), (photo.MediaType, photo.Width, photo.Height));
        var exact = PagePicture.Of(noise, "noise", isExact: true);
        Assert.Equal(ImageExport.RoundTo8Bits(noise).Data, ImageSource.FromBytes(exact.Data, "page").Read().Data);
    }

    [BrowserFact]
    public async Task A_browser_enlarges_blinks_and_slides_and_has_nothing_to_say()
    {
        var path = _folder["report.html"];
        SessionReport.Make(Session()).Save(path, force: false);
        await using var browser = await Browser.Open(path);
        var page = browser.Page;

        var large = page.Locator("#large");
        Assert.False(await large.IsVisibleAsync());
        await page.Locator(".zoom").First.ClickAsync();
        Assert.True(await large.IsVisibleAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('#large img').naturalWidth > 0"));
        await large.ClickAsync();
        Assert.False(await large.IsVisibleAsync());

        var seen = page.Locator(".blink .zoom img:not([hidden])").First;
        var blink = page.Locator(".blink .controls button").First;
        Assert.Equal("adversarial", await seen.GetAttributeAsync("data-name"));
        await blink.ClickAsync();
        Assert.Equal("clean", await seen.GetAttributeAsync("data-name"));
        await blink.ClickAsync();
        Assert.Equal("adversarial", await seen.GetAttributeAsync("data-name"));

        await page.Locator(".slider input").First.FillAsync("0");
        Assert.Equal("1 of 4", await page.Locator(".slider output").First.TextContentAsync());
        Assert.Equal("1 of 4", await page.Locator(".slider .zoom img:not([hidden])").First.GetAttributeAsync("data-name"));

        // Nothing is wider than the page, on a phone either.
        await page.SetViewportSizeAsync(390, 844);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"));
        Assert.Equal(0, await page.EvaluateAsync<int>("[...document.images].filter(image => image.src && !(image.complete && image.naturalWidth)).length"));
        Assert.Empty(browser.Messages);
    }

    private object[] Session()
    {
        CnnImage[] digits = [.. Enumerable.Range(0, 2).Select(Datasets.Digits().Test!.GetImage)];
        var recorder = new CnnViz.Synthesis.FrameRecorder();
        var made = ClassMaximizer.Make(_model, new MaximizationOptions { Class = ["3"], Step = 6 }, new RunOptions { Frame = recorder.Add, FrameInterval = 2 }).Images[0];
        using var robustness = new RobustnessRun(_model, Datasets.Digits().Test!, new RobustnessOptions { Epsilon = [0, 0.1], First = 8, Attack = new AttackOptions { Step = 2 } });
        Run.ToEnd(robustness, new RunOptions());
        return
        [
            .. Predictor.Predict(_model, digits, new PredictionOptions { Top = 3 }).SelectMany(predictions => predictions),
            .. FeatureReader.Read(_model, digits, new FeatureMapOptions { Layer = ["conv1"] }),
            .. SaliencyReader.Read(_model, digits, new SaliencyOptions { Method = [SaliencyMethod.GradCam, SaliencyMethod.Gradient] }),
            .. AdversarialMaker.Make([_model], digits, new AttackOptions { Epsilon = 0.2, Step = 5 }, new RunOptions()).Examples,
            made with { Frames = [.. recorder.Frames.Take(3), made.Image] },
            .. FilterReader.Read(_model, "conv1", [0, 1]),
            .. robustness.Points(),
        ];
    }

    [GeneratedRegex("(src|href)=\"(?!data:|#)", RegexOptions.IgnoreCase)]
    private static partial Regex External();

    [GeneratedRegex("<img src[^>]*>")]
    private static partial Regex Picture();

    [GeneratedRegex("<script")]
    private static partial Regex Script();

    [GeneratedRegex("<svg ")]
    private static partial Regex Chart();
}
