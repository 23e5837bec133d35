using IndicatorCore.Adapters.Registry;
using IndicatorCore.Html;
using IndicatorCore.Indicators;
using Microsoft.Playwright;

namespace IndicatorCore.Browser;

/// <summary>The HTML report of the sample export in a real browser, on screen and on paper.</summary>
[Trait("Category", "Slow")]
public sealed class HtmlReportTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report-").FullName;
    private readonly List<string> _faults = [];

    [SkippableFact]
    public async Task Every_chart_is_drawn_and_nothing_is_fetched()
    {
        var page = await OpenAsync(1280, 900);
        var charts = page.Locator(".chart");
        var count = await charts.CountAsync();
        Assert.InRange(count, 6, 60);
        for (var i = 0; i < count; i++)
        {
            Assert.InRange(await charts.Nth(i).Locator("svg path").CountAsync(), 4, int.MaxValue);
            Assert.NotEqual(string.Empty, await charts.Nth(i).GetAttributeAsync("aria-label"));
        }

        Assert.Equal("辽宁 5G工厂指标报告", await page.InnerTextAsync("h1"));
        await Screenshot(page, "desktop");
        Assert.Empty(_faults);
    }

    [SkippableFact]
    public async Task The_language_switches_text_and_charts()
    {
        var page = await OpenAsync(1280, 900);
        Assert.Contains("关键设备联网率", await page.InnerTextAsync("main"));
        await page.ClickAsync("#language");
        var text = await page.InnerTextAsync("main");
        Assert.Contains("Networking rate of key devices", text);
        Assert.DoesNotContain("关键设备联网率", text);
        Assert.EndsWith("#lang=en", page.Url);
        Assert.Equal("Networking rate of key devices", await page.GetAttributeAsync("#trend-0", "aria-label"));
        Assert.Empty(_faults);
    }

    [SkippableFact]
    public async Task Another_floor_of_the_map_can_be_chosen()
    {
        var page = await OpenAsync(1280, 900);
        var before = await page.InnerHTMLAsync("#map");
        await page.SelectOptionAsync("#map-choice", "1");
        await page.WaitForFunctionAsync("before => document.getElementById('map').innerHTML !== before", before);
        Assert.Empty(_faults);
    }

    [SkippableFact]
    public async Task A_figure_leads_to_its_evidence_in_one_click()
    {
        var page = await OpenAsync(1280, 900);
        await page.Locator(".card.main a").First.ClickAsync();
        Assert.Equal("knr@1", await page.Locator("tr:target td").Nth(1).InnerTextAsync());
    }

    [SkippableFact]
    public async Task It_prints_on_A4_with_charts_inside_the_paper()
    {
        var page = await OpenAsync(1280, 900);
        await page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        var widest = await page.EvaluateAsync<double>("Math.max(...[...document.querySelectorAll('svg, table')].map(element => element.getBoundingClientRect().right))");
        Assert.InRange(widest, 300, 182 / 25.4 * 96 * 1.01);
        await page.EvaluateAsync("dispatchEvent(new Event('afterprint'))");
        var pdf = await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true, PrintBackground = true });
        Assert.InRange(pdf.Length, 50_000, 20_000_000);
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } kept)
        {
            await File.WriteAllBytesAsync(Path.Combine(kept, "report.pdf"), pdf);
        }

        Assert.Empty(_faults);
    }

    [SkippableFact]
    public async Task On_a_telephone_nothing_runs_over_the_edge()
    {
        var page = await OpenAsync(390, 800);
        Assert.InRange(await page.EvaluateAsync<double>("document.documentElement.scrollWidth"), 1, 390);
        await Screenshot(page, "telephone");
        Assert.Empty(_faults);
    }

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        var data = Path.Combine(Repository(), "data", "sample");
        var query = new IndicatorQuery { Registry = RegistryReader.Read(Path.Combine(data, "registry")), GroupBy = ["province", "factory"], CoverageCells = true };
        var figures = await ComputeAsync(query, data);
        var series = await ComputeAsync(query with { GroupBy = ["province"], Window = Window.Week, CoverageCells = false }, data);
        await using var file = File.Create(Path.Combine(_folder, "report.html"));
        HtmlReport.Write(new HtmlReportContent { Figures = figures, Series = series }, file);
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static async Task<IndicatorReport> ComputeAsync(IndicatorQuery query, string data)
    {
        await using var engine = new IndicatorEngine(query);
        await engine.ReadAsync(data);
        return engine.Finish();
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "IndicatorCore.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return folder;
    }

    private static async Task Screenshot(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } kept)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(kept, name + ".png"), FullPage = true });
        }
    }

    private async Task<IPage> OpenAsync(int width, int height)
    {
        var page = await chromium.NewPageAsync(width, height);
        var url = new Uri(Path.Combine(_folder, "report.html")).AbsoluteUri;
        page.Request += (_, request) => Note(request.Url.StartsWith(url, StringComparison.Ordinal) ? null : $"fetched {request.Url}");
        page.PageError += (_, error) => Note(error);
        page.Console += (_, message) => Note(message.Type == "error" ? message.Text : null);
        await page.GotoAsync(url);
        return page;
    }

    private void Note(string? fault)
    {
        if (fault is not null)
        {
            _faults.Add(fault);
        }
    }
}
