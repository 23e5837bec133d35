using System.Globalization;
using System.Text.Json;
using IndicatorCore.Browser;
using IndicatorCore.Office.Workbooks;
using Microsoft.Playwright;

namespace IndicatorCore.Portal.Tests.Page;

/// <summary>The dashboard over the sample province, in a real browser.</summary>
[Trait("Category", "Slow")]
public sealed class DashboardTests(Chromium chromium, PortalSite site) : IClassFixture<Chromium>, IClassFixture<PortalSite>
{
    private static readonly string[] s_views = ["overview", "indicator", "phases", "coverage", "declared", "quality", "forms", "revisions", "alerts", "definitions"];

    [SkippableFact]
    public async Task The_overview_shows_the_headline_figures_as_they_were_published()
    {
        var reader = await OpenAsync(string.Empty);
        Assert.Equal("辽宁 5G工厂指标", await reader.HeadingAsync());
        Assert.Equal("?place=province:辽宁&lang=zh-CN", reader.Address);
        var cards = reader.Page.Locator(".card");
        Assert.Equal(4, await cards.CountAsync());
        foreach (var (card, id) in new[] { (0, "knr"), (1, "cov_grid"), (2, "eff_gain"), (3, "cost_red") })
        {
            var row = await RowAsync(reader, $"level=province&group=province:辽宁&indicator={id}");
            var text = await cards.Nth(card).InnerTextAsync();
            Assert.Contains(Percent(row.GetProperty("value").GetDouble()), text);
            Assert.Contains(row.GetProperty("flags").GetArrayLength() > 0 ? "可发布，有提示" : "可发布", text);
            if (row.GetProperty("low").ValueKind == JsonValueKind.Number)
            {
                Assert.Contains(Percent(row.GetProperty("low").GetDouble())[..^2], text);
            }
        }

        Assert.Contains("165 / 170 台关键设备", await cards.First.InnerTextAsync());
        Assert.Equal("12", await reader.Page.Locator(".lead dd").Nth(1).InnerTextAsync());
        await reader.PictureAsync("overview");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task A_figure_leads_to_its_definition_and_inputs_in_one_click()
    {
        var reader = await OpenAsync(string.Empty);
        await reader.Page.Locator(".card .value a").First.ClickAsync();
        var sheet = reader.Page.Locator("dialog.evidence");
        await sheet.Locator("table").WaitForAsync();
        var text = await sheet.InnerTextAsync();
        Assert.Contains("关键设备联网率 · 辽宁", text);
        Assert.Contains("knr@1", text);
        Assert.Contains("0.9705882352941176", text);
        Assert.Contains("connectivity-0001.arrow", text);
        Assert.DoesNotContain("/data/sample", text);
        Assert.Matches("row=[0-9]+", reader.Address);
        Assert.Equal("evidence-title", await reader.Page.EvaluateAsync<string>("document.activeElement.id"));
        await reader.PictureAsync("evidence", whole: false);

        await reader.Page.Keyboard.PressAsync("Escape");
        await sheet.WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await reader.Page.WaitForFunctionAsync("() => !location.search.includes('row=')");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task Drilling_down_leads_from_the_province_to_a_line_and_back()
    {
        var reader = await OpenAsync("?below=city");
        await reader.ClickAsync(".places tbody th a >> text=沈阳");
        Assert.Equal("沈阳 5G工厂指标", await reader.HeadingAsync());
        await reader.ClickAsync(".places tbody th a >> text=沈阳装备001工厂");
        Assert.Equal("沈阳装备001工厂 5G工厂指标", await reader.HeadingAsync());
        Assert.Equal("H1", await reader.Page.EvaluateAsync<string>("document.activeElement.tagName"));
        await reader.LeadAsync(() => reader.Page.SelectOptionAsync("#next-place", "line:F001-L01"));
        Assert.Equal("F001-L01 5G工厂指标", await reader.HeadingAsync());
        Assert.Equal("省辽宁市沈阳工厂沈阳装备001工厂产线F001-L01", (await reader.Page.InnerTextAsync(".crumbs")).Replace("\n", string.Empty, StringComparison.Ordinal).Replace(" ", string.Empty, StringComparison.Ordinal));
        await reader.LeadAsync(() => reader.Page.GoBackAsync());
        Assert.Equal("沈阳装备001工厂 5G工厂指标", await reader.HeadingAsync());
        await reader.ClickAsync(".crumbs a >> text=辽宁");
        Assert.Equal("辽宁 5G工厂指标", await reader.HeadingAsync());
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task What_is_suppressed_is_said_in_words_and_no_number_is_shown()
    {
        var reader = await OpenAsync("?place=city:沈阳");
        var values = await reader.Page.Locator(".card .value").AllInnerTextsAsync();
        Assert.All(values, static text => Assert.Equal("涉及单个企业，保密", text));
        await reader.Page.Locator(".card .value a").First.ClickAsync();
        await reader.Page.Locator("dialog.evidence .formula").WaitForAsync();
        Assert.Contains("泄露单个企业", await reader.Page.InnerTextAsync("dialog.evidence"));
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task The_language_switches_everything_and_is_remembered()
    {
        var reader = await OpenAsync("?place=factory:F006");
        await reader.ClickAsync("#language");
        Assert.Equal("5G factory indicators, 丹东建材006工厂", await reader.HeadingAsync());
        Assert.Equal("en", await reader.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.EndsWith("&lang=en", reader.Address);
        Assert.Equal("language", await reader.Page.EvaluateAsync<string>("document.activeElement.id"));
        var text = await reader.Page.InnerTextAsync("body");
        Assert.Contains("Networking rate of key devices", text);
        Assert.Contains("Published with a warning", text);
        Assert.DoesNotContain("关键设备", text);
        Assert.DoesNotContain("可发布", text);

        await reader.GoAsync("?view=quality");
        Assert.Equal("Data quality, 辽宁", await reader.HeadingAsync());
        Assert.Empty(reader.Faults);
    }

    [SkippableTheory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task Every_view_has_its_words_in_one_language(string language)
    {
        var reader = await OpenAsync($"?lang={language}");
        foreach (var view in s_views)
        {
            await reader.GoAsync($"?view={view}&lang={language}");
            var text = await reader.Page.EvaluateAsync<string>(
                "() => { const copy = document.body.cloneNode(true); copy.querySelectorAll('code, .formula, .facts, [lang], option, noscript').forEach(one => one.remove()); return copy.textContent; }");
            Assert.DoesNotContain(language == "en" ? "指标" : "indicator", text);
            Assert.DoesNotContain("undefined", text);
            Assert.DoesNotContain("[object", text);
            Assert.DoesNotContain("NaN", text);
        }

        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task A_chart_draws_what_its_table_and_the_endpoint_say()
    {
        var reader = await OpenAsync("?view=indicator&indicator=eff_gain&lang=en");
        await reader.Page.WaitForFunctionAsync("() => globalThis.echarts?.getInstanceByDom(document.querySelector('.drawing'))");
        var drawn = await reader.Page.EvaluateAsync<double?[]>("() => echarts.getInstanceByDom(document.querySelector('.drawing')).getOption().series[2].data.map(item => typeof item === 'object' && item ? item.value : item)");
        var points = (await reader.ApiAsync("series?view=month&indicator=eff_gain&level=province&group=province:辽宁")).GetProperty("series")[0].GetProperty("points")
            .EnumerateArray().Where(static point => point.GetProperty("value").ValueKind == JsonValueKind.Number).Select(static point => point.GetProperty("value").GetDouble()).ToList();
        Assert.InRange(points.Count, 6, 24);
        var known = drawn.Where(static value => value is not null).Select(static value => value!.Value).ToList();
        Assert.Equal(points.Count, known.Count);
        Assert.All(points.Zip(known), static pair => Assert.Equal(pair.First * 100, pair.Second, 9));

        var figure = reader.Page.Locator("figure.chart").First;
        Assert.Contains("Efficiency gain", await figure.Locator(".drawing").GetAttributeAsync("aria-label"));
        await figure.Locator("button").First.ClickAsync();
        var cells = await figure.Locator("tbody tr td:nth-child(2)").AllInnerTextsAsync();
        Assert.Equal(points.Select(Percent), cells.Where(static cell => cell.EndsWith('%')));
        await reader.PictureAsync("indicator");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task Places_are_ranked_only_as_far_as_their_intervals_allow()
    {
        var reader = await OpenAsync("?view=indicator&indicator=eff_gain&below=factory");
        await reader.Page.Locator("figure.chart").Nth(1).Locator("button").First.ClickAsync();
        var table = reader.Page.Locator("figure.chart").Nth(1).Locator("tbody tr");
        var rows = new List<(string Place, double Low, double High)>();
        for (var i = 0; i < await table.CountAsync(); i++)
        {
            var cells = await table.Nth(i).Locator("th, td").AllInnerTextsAsync();
            var bounds = cells[3].Replace("%", string.Empty, StringComparison.Ordinal).Split('–').Select(static text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            rows.Add((cells[0], bounds[0], bounds[1]));
        }

        Assert.InRange(rows.Count, 8, 12);
        foreach (var row in rows)
        {
            // who is certainly ahead, and who certainly behind; bounds are shown to 0.1 points
            var place = row.Place.Split('–').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            Assert.InRange(place[0], 1 + rows.Count(other => other.Low > row.High + 0.1), 1 + rows.Count(other => other.Low >= row.High - 0.1));
            Assert.InRange(place[^1], rows.Count - rows.Count(other => other.High <= row.Low + 0.1), rows.Count - rows.Count(other => other.High < row.Low - 0.1));
        }

        Assert.Contains(rows, static row => row.Place.Contains('–', StringComparison.Ordinal));
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task The_Liaoning_form_comes_as_a_workbook_with_the_published_figures()
    {
        var reader = await OpenAsync("?view=forms&factory=F001");
        var download = await reader.Page.RunAndWaitForDownloadAsync(() => reader.Page.ClickAsync("[data-programme='liaoning-2024'] [data-format=xlsx]"));
        Assert.EndsWith(".xlsx", download.SuggestedFilename);
        var path = Path.Combine(site.Scratch, "form.xlsx");
        await download.SaveAsAsync(path);
        var cells = WorkbookReader.Read(path).SelectMany(static sheet => sheet.Rows).SelectMany(static row => row.Cells).Where(static cell => cell.Length > 0).ToList();
        Assert.Contains("沈阳装备001有限公司", cells);
        Assert.Contains(cells, static cell => cell.Contains("关键设备联网率", StringComparison.Ordinal));
        var row = await RowAsync(reader, "level=factory&group=factory:F001&indicator=knr");
        var figure = Percent(row.GetProperty("value").GetDouble()).Replace(" ", string.Empty, StringComparison.Ordinal);
        Assert.Contains(cells, cell => cell.Replace(" ", string.Empty, StringComparison.Ordinal).Contains(figure, StringComparison.Ordinal) || cell == row.GetProperty("value").GetDouble().ToString("R", CultureInfo.InvariantCulture));
        await reader.Page.Locator("[data-programme='liaoning-2024'] [role=status]:has-text('.xlsx')").WaitForAsync();
        await reader.PictureAsync("forms");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task A_shared_address_opens_the_same_view_for_another_reader()
    {
        var reader = await OpenAsync("?view=indicator&place=factory:F002&indicator=cov_grid&lang=en");
        await reader.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await reader.Page.ClickAsync("#share");
        var shared = await reader.Page.EvaluateAsync<string>("navigator.clipboard.readText()");
        Assert.Contains("revision=", shared);
        var other = await OpenAsync(shared[site.Origin.AbsoluteUri.Length..]);
        Assert.Equal(await reader.HeadingAsync(), await other.HeadingAsync());
        Assert.Equal(await reader.Page.InnerTextAsync("#view .big"), await other.Page.InnerTextAsync("#view .big"));
        Assert.Equal("en", await other.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Empty(other.Faults);
    }

    [SkippableFact]
    public async Task The_coverage_map_counts_what_it_draws()
    {
        var reader = await OpenAsync("?view=coverage&factory=F003");
        await reader.Page.WaitForFunctionAsync("() => globalThis.echarts?.getInstanceByDom(document.querySelector('.drawing'))");
        var cells = (await reader.ApiAsync("coverage?factory=F003")).GetProperty("cells").EnumerateArray().ToList();
        var floor = cells.Min(static cell => cell.GetProperty("floor").GetInt32());
        var drawn = await reader.Page.EvaluateAsync<int[]>("() => echarts.getInstanceByDom(document.querySelector('.drawing')).getOption().series[0].data.map(item => item[2])");
        var covered = cells.Count(cell => cell.GetProperty("floor").GetInt32() == floor && cell.GetProperty("state").GetString() == "covered");
        Assert.Equal(covered, drawn.Count(static state => state == 2));
        Assert.Contains($"覆盖 {covered}", await reader.Page.GetAttributeAsync(".drawing", "aria-label"));
        await reader.PictureAsync("coverage");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task Declared_figures_can_be_narrowed_to_a_verdict()
    {
        var reader = await OpenAsync("?view=declared");
        var all = (await reader.ApiAsync("declared")).GetProperty("declared").EnumerateArray().ToList();
        Assert.Equal(all.Count, await reader.Page.Locator("tbody tr").CountAsync());
        await reader.ClickAsync(".filters a:has(.OVERSTATED)");
        var overstated = all.Count(static one => one.GetProperty("verdict").GetString() == "OVERSTATED");
        Assert.Equal(overstated, await reader.Page.Locator("tbody tr").CountAsync());
        Assert.Contains("verdict=OVERSTATED", reader.Address);
        await reader.PictureAsync("declared");
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task Tables_sort_and_the_page_skips_by_keyboard_alone()
    {
        var reader = await OpenAsync(string.Empty);
        await reader.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("skip", await reader.Page.EvaluateAsync<string>("document.activeElement.id"));
        await reader.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await reader.Page.EvaluateAsync<string>("document.activeElement.id"));
        var head = reader.Page.Locator(".places thead th").Nth(2);
        await head.Locator("button").FocusAsync();
        await reader.Page.Keyboard.PressAsync("Enter");
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
        var values = (await reader.Page.Locator(".places tbody tr td:nth-child(3) .cell-value").AllInnerTextsAsync()).Where(static text => text.EndsWith('%'))
            .Select(static text => double.Parse(text.AsSpan(0, text.Length - 2), CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(values.OrderDescending(), values);
        Assert.InRange(values.Count, 5, 12);
        Assert.Empty(reader.Faults);
    }

    /// <summary>What tools and ears need: names, one first heading, headings in order, landmarks, tables with heads.</summary>
    [SkippableFact]
    public async Task Every_control_has_a_name_and_every_view_an_outline()
    {
        var reader = await OpenAsync("?lang=en");
        foreach (var view in s_views)
        {
            await reader.GoAsync($"?view={view}&place=factory:F006&lang=en");
            await reader.Page.WaitForTimeoutAsync(200);
            var faults = await reader.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const faults = [];
                  const shown = one => one.checkVisibility();
                  for (const one of document.querySelectorAll('a, button, select, input, summary, dialog, nav, [role=img], [role=region]')) {
                    const name = one.getAttribute('aria-label') || (one.matches('dialog, nav') ? '' : one.textContent.trim()) || (one.labels?.length && one.labels[0].textContent.trim());
                    if (shown(one) && !name) { faults.push('no name: ' + one.outerHTML.slice(0, 100)); }
                  }
                  if (document.querySelectorAll('h1').length !== 1) { faults.push('not one h1'); }
                  let last = 1;
                  for (const one of document.querySelectorAll('h1, h2, h3, h4')) {
                    const level = Number(one.tagName[1]);
                    if (level > last + 1) { faults.push('heading skips to ' + level + ': ' + one.textContent); }
                    last = level;
                  }
                  for (const name of ['header', 'nav', 'main', 'footer']) { if (!document.querySelector(name)) { faults.push('no ' + name); } }
                  for (const one of document.querySelectorAll('table')) { if (!one.querySelector('th[scope=col]')) { faults.push('table without heads'); } }
                  const ids = [...document.querySelectorAll('[id]')].map(one => one.id);
                  for (const id of ids) { if (ids.indexOf(id) !== ids.lastIndexOf(id)) { faults.push('id twice: ' + id); } }
                  for (const one of document.querySelectorAll('[style]')) { if (!one.closest('.drawing') && one.getAttribute('style').includes('url')) { faults.push('style with an address'); } }
                  if (!document.querySelector('[aria-live]')) { faults.push('nothing is announced'); }
                  return faults;
                }
                """);
            Assert.True(faults.Length == 0, $"{view}: {string.Join("; ", faults)}");
        }

        Assert.Empty(reader.Faults);
    }

    /// <summary>Text on its real ground, as the browser computes both, in both themes.</summary>
    [SkippableTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task All_text_can_be_read_on_its_ground(ColorScheme scheme)
    {
        var reader = await OpenAsync(string.Empty, scheme: scheme);
        foreach (var address in new[] { string.Empty, "?view=declared", "?view=phases&place=factory:F006", "?view=revisions" })
        {
            await reader.GoAsync(address);
            var faults = await reader.Page.EvaluateAsync<string[]>(
                """
                () => {
                  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
                  const rgba = text => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1); return [...canvas.getImageData(0, 0, 1, 1).data]; };
                  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
                  const ground = one => { for (let at = one; at; at = at.parentElement) { const colour = rgba(getComputedStyle(at).backgroundColor); if (colour[3] === 255) { return colour; } } return rgba('white'); };
                  const faults = new Set();
                  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  while (walker.nextNode()) {
                    const one = walker.currentNode.parentElement;
                    if (!walker.currentNode.data.trim() || !one.checkVisibility() || one.closest('.visually-hidden, .skip, :disabled, option, noscript, .arrow')) { continue; }
                    const style = getComputedStyle(one);
                    const [a, b] = [light(rgba(style.color)), light(ground(one))];
                    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    const isLarge = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.6 && Number(style.fontWeight) >= 700);
                    if (contrast < (isLarge ? 3 : 4.5)) { faults.add(`${one.className || one.tagName} ${contrast.toFixed(2)}: ${walker.currentNode.data.trim().slice(0, 30)}`); }
                  }
                  return [...faults];
                }
                """);
            Assert.True(faults.Length == 0, $"{address}: {string.Join("; ", faults)}");
        }

        await reader.PictureAsync($"revisions-{scheme}");
        Assert.Empty(reader.Faults);
    }

    [SkippableTheory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    public async Task Nothing_runs_over_the_edge(int width, int height, ColorScheme scheme)
    {
        var reader = await Dashboard.OpenAsync(chromium, site.Origin, string.Empty, width, height, scheme);
        foreach (var view in s_views)
        {
            await reader.GoAsync($"?view={view}");
            await reader.Page.WaitForTimeoutAsync(300);
            Assert.True(await reader.Page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, view);
            await reader.PictureAsync($"{view}-{width}-{scheme}");
        }

        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task The_theme_can_be_chosen_and_is_remembered()
    {
        var reader = await OpenAsync(string.Empty);
        var light = await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        await reader.Page.SelectOptionAsync("#theme", "dark");
        var dark = await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor");
        Assert.NotEqual(light, dark);
        await reader.GoAsync("?view=indicator");
        Assert.Equal(dark, await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task It_prints_inside_the_paper()
    {
        var reader = await OpenAsync("?view=indicator&indicator=eff_gain&below=factory", scheme: ColorScheme.Dark);
        await reader.Page.WaitForFunctionAsync("() => globalThis.echarts?.getInstanceByDom(document.querySelector('.drawing'))");
        await reader.Page.EvaluateAsync("dispatchEvent(new Event('beforeprint'))");
        await reader.Page.EmulateMediaAsync(new() { Media = Media.Print });
        var widest = await reader.Page.EvaluateAsync<double>("Math.max(...[...document.querySelectorAll('canvas, table, .panel')].map(one => one.getBoundingClientRect().right))");
        Assert.InRange(widest, 300, 182 / 25.4 * 96 * 1.01);
        Assert.Equal("rgb(255, 255, 255)", await reader.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).backgroundColor"));
        Assert.InRange((await reader.Page.PdfAsync(new() { PreferCSSPageSize = true, PrintBackground = true })).Length, 30_000, 20_000_000);
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task A_place_or_revision_that_is_not_there_is_said_in_words()
    {
        var reader = await OpenAsync("?place=city:北京");
        Assert.Equal("没有找到", await reader.HeadingAsync());
        Assert.Contains("没有“city:北京”", await reader.Page.InnerTextAsync(".problem"));
        await reader.ClickAsync(".problem a");
        Assert.Equal("辽宁 5G工厂指标", await reader.HeadingAsync());
        await reader.GoAsync("?revision=99&lang=en");
        Assert.Contains("has no revision 99", await reader.Page.InnerTextAsync(".problem"));
        await reader.GoAsync("?view=forms&factory=F001&lang=en");
        await reader.Page.RouteAsync("**/forms/liaoning-2024?*", static route => route.FulfillAsync(new()
        {
            Status = 409,
            ContentType = "application/problem+json",
            Body = """{"title":"Conflict","status":409,"detail":"The state does not hold what the form asks."}""",
        }));
        await reader.Page.ClickAsync("[data-programme='liaoning-2024'] [data-format=docx]");
        await reader.Page.Locator("text=The state does not hold what the form asks.").WaitForAsync();
        Assert.All(reader.Faults, static fault => Assert.Contains("409", fault));
    }

    [SkippableFact]
    public async Task Figures_are_rounded_and_ranked_as_the_report_does()
    {
        var reader = await OpenAsync(string.Empty);
        var texts = await reader.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { figure, interval, difference, count, span } = await import('/modules/figure.js');
              return [
                figure(0.9705882352941176, 'ratio'), figure(0.0005, 'ratio'), figure(0.0015, 'ratio'), figure(-0.00001, 'ratio'), figure(1, 'ratio'), figure(1e-9, 'ratio'),
                figure(1234567.125, 'kWh'), figure(1234567.135, 'kWh'), figure(12, '1'), figure(null, 'ratio'), figure(18.4, 'ms'), figure(263333.51564075483, 'bit/s'),
                interval({ low: 0.5, high: 0.75, unit: 'ratio' }), interval({ low: null, high: null, unit: 'ratio' }), difference(0.467394471277184, 'pp'), difference(-2, '1'),
                count('12345678901234567890'), count(1234), span('2024-12-02T00:00:00+08:00', '2025-01-01T00:00:00+08:00'), span('2023-12-02T00:00:00+08:00', '2025-01-01T00:00:00+08:00'),
              ].map(text => text.replaceAll('\u00a0', ' '));
            }
            """);
        Assert.Equal(
            ["97.1 %", "0.0 %", "0.2 %", "0.0 %", "100.0 %", "0.0 %", "1,234,567.12 kWh", "1,234,567.14 kWh", "12", "", "18.4 ms", "263.33 kbit/s", "50.0 – 75.0 %", "", "+0.5 百分点", "-2",
                "12,345,678,901,234,567,890", "1,234", "2024年12月2日至31日", "2023年12月2日至2024年12月31日"],
            texts);
        var ranks = await reader.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const { rank } = await import('/modules/rank.js');
              const row = (factory, value, low = null, high = null) => ({ group: { factory }, value, low, high, unit: 'ratio' });
              const text = ranks => ranks.map(place => `${place.row.group.factory} ${place.text}`);
              return [
                ...text(rank([row('A', 0.9, 0.8, 0.95), row('B', 0.7, 0.65, 0.85), row('C', 0.5, 0.4, 0.6), row('D', null), row(null, 0.99)], true)),
                ...text(rank([row('A', 0.5001), row('B', 0.5002), row('C', 0.2)], true)),
                ...text(rank([row('A', 0.3), row('B', 0.1)], false)),
              ];
            }
            """);
        Assert.Equal(["A 1–2", "B 1–2", "C 3", "B 1–2", "A 1–2", "C 3", "B 1", "A 2"], ranks);
        Assert.Empty(reader.Faults);
    }

    [SkippableFact]
    public async Task A_newer_revision_is_announced_and_shown_on_demand()
    {
        await using var own = await PortalSite.StartAsync();
        var reader = await Dashboard.OpenAsync(chromium, own.Origin, "?lang=en");
        Assert.Equal(0, await reader.Page.Locator("#notice .notice").CountAsync());
        await own.PublishMoreAsync();
        await reader.Page.EvaluateAsync("document.dispatchEvent(new Event('visibilitychange'))");
        await reader.Page.Locator("#notice .notice").WaitForAsync();
        Assert.Contains("revision 1", await reader.Page.InnerTextAsync(".asof"));
        await reader.ClickAsync("#notice button");
        Assert.Contains("revision 2", await reader.Page.InnerTextAsync(".asof"));
        await reader.ClickAsync("#side a >> text=Revisions");
        Assert.Contains("rows differ", await reader.Page.InnerTextAsync("#view"));
        await reader.PictureAsync("revisions");
        await reader.GoAsync("?revision=1&lang=en");
        Assert.Contains("the newest is revision 2", await reader.Page.InnerTextAsync("#notice"));
        Assert.Empty(reader.Faults);
    }

    private static async Task<JsonElement> RowAsync(Dashboard reader, string query) => (await reader.ApiAsync($"results?view=default&{query}")).GetProperty("results")[0];

    private static string Percent(double value) => $"{decimal.Round((decimal)value * 100, 1, MidpointRounding.ToEven).ToString("0.0", CultureInfo.InvariantCulture)}\u00a0%";

    private Task<Dashboard> OpenAsync(string address, ColorScheme scheme = ColorScheme.Light) => Dashboard.OpenAsync(chromium, site.Origin, address, scheme: scheme);
}
