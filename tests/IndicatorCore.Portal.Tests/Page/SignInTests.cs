using IndicatorCore.Browser;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>Access keys, as a reader meets them.</summary>
[Trait("Category", "Slow")]
public sealed class SignInTests(Chromium chromium) : IClassFixture<Chromium>
{
    [SkippableFact]
    public async Task A_wrong_key_is_refused_in_words_and_a_right_one_opens_the_page()
    {
        await using var site = await PortalSite.StartAsync();
        var token = await site.IssueAsync("辽宁省工信厅", PlaceScope.All);
        var reader = await Dashboard.OpenAsync(chromium, site.Origin, string.Empty);
        var page = reader.Page;
        Assert.Equal("key", await page.EvaluateAsync<string>("document.activeElement.id"));
        await reader.PictureAsync("sign-in", whole: false);

        await page.FillAsync("#key", "ic_wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#key-error:has-text('密钥不正确')").WaitForAsync();
        Assert.Equal(0, await page.Locator(".card").CountAsync());

        await page.FillAsync("#key", token);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".card .value").First.WaitForAsync();
        Assert.Equal("辽宁 5G工厂指标", await reader.HeadingAsync());
        await page.ClickAsync("#account");
        Assert.Contains("辽宁省工信厅", await page.InnerTextAsync(".popover"));
        Assert.Null(await page.EvaluateAsync<string?>("localStorage.getItem('indicators.key')"));
        Assert.DoesNotContain(token, page.Url);

        // for this tab until it is closed
        await reader.GoAsync("?view=quality");
        Assert.Equal("数据质量：辽宁", await reader.HeadingAsync());
        await page.ClickAsync("#account");
        await page.ClickAsync("#sign-out");
        await page.Locator("dialog.sign-in").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Locator("h1:has-text('需要访问密钥')").WaitForAsync();
        Assert.Equal(0, await page.Locator(".card").CountAsync());
        Assert.All(reader.Faults, static fault => Assert.Contains("401", fault));
    }

    [SkippableFact]
    public async Task A_key_of_a_factory_opens_its_factory_and_nothing_above()
    {
        await using var site = await PortalSite.StartAsync();
        var token = await site.IssueAsync("F002", new PlaceScope(PlaceKind.Factory, "F002"));
        var reader = await Dashboard.OpenAsync(chromium, site.Origin, string.Empty);
        await reader.Page.FillAsync("#key", token);
        await reader.Page.Keyboard.PressAsync("Enter");
        await reader.Page.Locator(".card .value").First.WaitForAsync();
        Assert.Equal("大连电子002工厂 5G工厂指标", await reader.HeadingAsync());
        Assert.Equal(0, await reader.Page.Locator(".crumbs a").CountAsync());
        Assert.Contains("F002-L01", await reader.Page.InnerTextAsync(".places"));
        await reader.PictureAsync("factory-key");

        await reader.GoAsync("?place=province:辽宁");
        Assert.Contains("无权查看", await reader.Page.InnerTextAsync(".problem"));
        await reader.GoAsync("?view=forms");
        Assert.Equal(0, await reader.Page.Locator("[data-programme='liaoning-2024-summary']").CountAsync());
        foreach (var view in new[] { "indicator", "phases", "coverage", "declared", "quality", "revisions", "alerts", "definitions" })
        {
            await reader.GoAsync($"?view={view}");
            Assert.Equal(0, await reader.Page.Locator(".problem").CountAsync());
        }

        Assert.All(reader.Faults, static fault => Assert.Contains("401", fault));
    }
}
