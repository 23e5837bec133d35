using Microsoft.Playwright;

namespace IndicatorCore.Browser;

/// <summary>A real Chromium: Debian's, or the one that CHROMIUM names. Tests skip where there is none, unless INDICATORCORE_REQUIRE asks for it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] s_arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A page of a new, empty profile.</summary>
    public async Task<IPage> NewPageAsync(int width, int height)
    {
        var path = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(path))
        {
            var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
            Assert.False(required.Contains("chromium", StringComparer.Ordinal), "Chromium is required but absent.");
            Skip.If(true, "Chromium is not here (CHROMIUM or /usr/bin/chromium).");
        }

        _playwright ??= await Playwright.CreateAsync();
        _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = s_arguments });
        return await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height }, Locale = "zh-CN" });
    }

    /// <inheritdoc/>
    public Task InitializeAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
