using System.Text.Json;
using IndicatorCore.Browser;
using Microsoft.Playwright;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>A reader of the page in a browser profile of their own, who notes every fault.</summary>
internal sealed class Dashboard
{
    private const float Patience = 20_000;
    private readonly List<string> _faults = [];
    private readonly string _origin;

    private Dashboard(IPage page, string origin)
    {
        (Page, _origin) = (page, origin);
        page.SetDefaultTimeout(Patience);
        page.PageError += (_, error) => _faults.Add(error);
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                _faults.Add($"fetched {request.Url}");
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                _faults.Add(message.Text);
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What the browser complained of, or was fetched from elsewhere.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Opens an address of the portal, such as <c>?view=quality</c>, in a fresh profile.</summary>
    public static async Task<Dashboard> OpenAsync(Chromium chromium, Uri origin, string address, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var page = await chromium.NewPageAsync(width, height);
        await page.EmulateMediaAsync(new() { ColorScheme = scheme });
        var dashboard = new Dashboard(page, origin.AbsoluteUri);
        await dashboard.GoAsync(address);
        return dashboard;
    }

    /// <summary>Opens another address.</summary>
    public async Task GoAsync(string address)
    {
        await Page.GotoAsync(_origin + address);
        await ReadyAsync();
    }

    /// <summary>Waits until the view is there.</summary>
    public Task ReadyAsync() => Page.WaitForFunctionAsync("() => document.querySelector('#main')?.getAttribute('aria-busy') === 'false' || document.querySelector('dialog.sign-in[open]')");

    /// <summary>Does something and waits for the view that it leads to.</summary>
    public async Task LeadAsync(Func<Task> action)
    {
        var heading = await Page.QuerySelectorAsync("#view > h1");
        await action();
        if (heading is not null)
        {
            await Page.WaitForFunctionAsync("heading => !heading.isConnected", heading);
        }

        await ReadyAsync();
    }

    /// <summary>Clicks what leads to another view.</summary>
    public Task ClickAsync(string selector) => LeadAsync(() => Page.ClickAsync(selector));

    /// <summary>The heading of the view.</summary>
    public Task<string> HeadingAsync() => Page.InnerTextAsync("#view h1");

    /// <summary>The address without the origin, decoded.</summary>
    public string Address => Uri.UnescapeDataString(Page.Url[_origin.Length..]);

    /// <summary>JSON of an endpoint, without the page.</summary>
    public async Task<JsonElement> ApiAsync(string path)
    {
        var answer = await Page.APIRequest.GetAsync($"{_origin}api/v1/{path}");
        Assert.True(answer.Ok, await answer.TextAsync());
        return (await answer.JsonAsync())!.Value;
    }

    /// <summary>Keeps a picture where SCREENSHOTS names a folder.</summary>
    public async Task PictureAsync(string name, bool whole = true)
    {
        if (Environment.GetEnvironmentVariable("SCREENSHOTS") is { Length: > 0 } folder)
        {
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole });
        }
    }
}
