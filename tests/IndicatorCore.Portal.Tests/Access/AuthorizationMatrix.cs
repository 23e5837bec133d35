using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IndicatorCore.Portal.Tests.Access;

/// <summary>Every endpoint, asked by every role, about its own subtree and about a foreign one: the status, and that nothing of others is in the answer.</summary>
public abstract class AuthorizationMatrix(MatrixSite site)
{
    private const string Api = "/api/v1";

    private static readonly Role[] s_strangers = [Role.None, Role.Wrong, Role.Expired, Role.Revoked];
    private static readonly Role[] s_readers = [Role.Factory, Role.City, Role.ForeignCity, Role.Province, Role.ForeignProvince, Role.All, Role.Admin];

    // who sees what: F002 is in 大连, F001 in 沈阳, both in 辽宁
    private static readonly Role[] s_ofF002 = [Role.Factory, Role.City, Role.Province, Role.All, Role.Admin];
    private static readonly Role[] s_ofF001 = [Role.ForeignCity, Role.Province, Role.All, Role.Admin];
    private static readonly Role[] s_ofEverything = [Role.All, Role.Admin];

    /// <summary>The endpoints: its route, an address of it, who gets 200, and what other readers get.</summary>
    private static readonly (string Route, string Path, Role[] Allowed, int Otherwise)[] s_reads =
    [
        ("/datasets", "/datasets", s_readers, 0),
        ("/datasets/{dataset}/revisions", "/datasets/sample/revisions", s_readers, 0),
        ("/catalog", "/catalog", s_readers, 0),
        ("/catalog/{id}", "/catalog/knr", s_readers, 0),
        ("/places", "/places", s_readers, 0),
        ("/results", "/results?limit=10000", s_readers, 0),
        ("/results", "/results?group=factory:F001&within=province:辽宁", s_readers, 0),
        ("/series", "/series?indicator=knr&level=factory&view=month", s_readers, 0),
        ("/declared", "/declared", s_readers, 0),
        ("/quality", "/quality", s_readers, 0),
        ("/difference", "/difference", s_readers, 0),
        ("/forms", "/forms", s_readers, 0),
        ("/alerts", "/alerts", s_readers, 0),
        ("/whoami", "/whoami", s_readers, 0),
        ("/coverage", "/coverage?factory=F002", s_ofF002, 404),
        ("/coverage", "/coverage?factory=F001", s_ofF001, 404),
        ("/coverage", "/coverage?factory=nobody", s_ofEverything, 404),
        ("/forms/{programme}", "/forms/liaoning-2024?factory=F002&format=json", s_ofF002, 404),
        ("/forms/{programme}", "/forms/liaoning-2024?factory=F001&format=xlsx", s_ofF001, 404),
        ("/forms/{programme}", "/forms/liaoning-2024?format=json", s_ofEverything, 403),
        ("/metrics", "/metrics", s_ofEverything, 403),
    ];

    public static TheoryData<string> Reads() => [.. s_reads.Select(static read => read.Path)];

    [SkippableTheory]
    [MemberData(nameof(Reads))]
    public async Task An_endpoint_answers_those_who_may_read(string path)
    {
        Here();
        var (route, _, allowed, otherwise) = s_reads.First(read => read.Path == path);
        var address = route == "/metrics" ? path : Api + path;
        foreach (var role in Enum.GetValues<Role>())
        {
            var expected = s_strangers.Contains(role) ? 401 : role == Role.Upload ? 403 : allowed.Contains(role) ? 200 : otherwise;
            using var answer = await site.SendAsync(role, HttpMethod.Get, address);
            Assert.True(expected == (int)answer.StatusCode, $"{role} {path}: {(int)answer.StatusCode}, not {expected}: {await answer.Content.ReadAsStringAsync()}");
            if (expected != 200)
            {
                Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }
    }

    [SkippableTheory]
    [InlineData("/uploads/stream?dataset=sample")]
    [InlineData("/uploads/state?dataset=sample")]
    public async Task Only_grants_of_everything_upload(string path)
    {
        Here();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var answer = await site.SendAsync(role, HttpMethod.Post, Api + path);
            var status = (int)answer.StatusCode;
            if (role is Role.Upload or Role.Admin)
            {
                Assert.True(status is 400 or 409 or 422, $"{role} {path}: {status}");   // let in, and found to be no Arrow
            }
            else
            {
                Assert.Equal(s_strangers.Contains(role) ? 401 : 403, status);
            }
        }

        using var after = await site.SendAsync(Role.Admin, HttpMethod.Get, $"{Api}/datasets");
        Assert.Equal(2, JsonNode.Parse(await after.Content.ReadAsStringAsync())!["datasets"]![0]!["revision"]!.GetValue<int>());
    }

    [SkippableTheory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    public async Task What_tells_nothing_is_for_everybody(string path)
    {
        Here();
        foreach (var role in Enum.GetValues<Role>())
        {
            using var answer = await site.SendAsync(role, HttpMethod.Get, path);
            Assert.Equal(200, (int)answer.StatusCode);
        }
    }

    [SkippableFact]
    public void No_endpoint_is_missing_here()
    {
        Here();
        string[] open = ["/health/live", "/health/ready", "/openapi/{documentName}.json", "/", "/{**path}", Api + "/{**rest}"];
        string[] uploads = [Api + "/uploads/stream", Api + "/uploads/state"];
        string[] evidence = [Api + "/results/{dataset}/{revision}/{row}"];
        var known = s_reads.Select(static read => read.Route == "/metrics" ? read.Route : Api + read.Route).Concat(open).Concat(uploads).Concat(evidence).Distinct().Order(StringComparer.Ordinal);
        var routes = site.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(static endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/'));
        Assert.Equal(known, routes.Distinct().Order(StringComparer.Ordinal));
    }

    [SkippableTheory]
    [InlineData("default", "")]
    [InlineData("month", "&level=factory&indicator=knr,cov_sample,eff_gain")]
    [InlineData("default", "&within=province:辽宁")]
    [InlineData("default", "&within=city:大连&within=factory:F001")]
    [InlineData("month", "&within=factory:F002&sort=-value")]
    [InlineData("default", "&level=city&sort=value")]
    public async Task Rows_are_those_of_the_own_subtree_all_of_them_and_no_others(string view, string filter)
    {
        Here();
        var address = $"{Api}/results?view={view}&limit=10000{filter}";
        var everything = await RowsAsync(Role.Admin, address);
        Assert.InRange(everything.Count, 1, 9_999);
        foreach (var role in s_readers)
        {
            var rows = await RowsAsync(role, address);
            Assert.Equal(everything.Where(row => IsVisible(role, row["group"]!.AsObject())).Select(static row => row.ToJsonString()), rows.Select(static row => row.ToJsonString()));
            using var csv = await site.SendAsync(role, HttpMethod.Get, address, accept: "text/csv");
            Assert.Equal(rows.Count + 1, (await csv.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
            using var page = await site.SendAsync(role, HttpMethod.Get, address.Replace("limit=10000", "limit=1", StringComparison.Ordinal));
            Assert.Equal(rows.Count, JsonNode.Parse(await page.Content.ReadAsStringAsync())!["total"]!.GetValue<int>());
        }
    }

    [SkippableFact]
    public async Task A_row_by_its_number_is_for_those_who_may_see_it()
    {
        Here();
        var rows = await RowsAsync(Role.Admin, $"{Api}/results?limit=10000");
        foreach (var row in rows.GroupBy(static row => row["group"]!.ToJsonString()).Select(static group => group.First()))
        {
            foreach (var role in Enum.GetValues<Role>())
            {
                using var answer = await site.SendAsync(role, HttpMethod.Get, $"{Api}/results/sample/2/{row["row"]}");
                var expected = s_strangers.Contains(role) ? 401 : role == Role.Upload ? 403 : IsVisible(role, row["group"]!.AsObject()) ? 200 : 404;
                Assert.True(expected == (int)answer.StatusCode, $"{role} {row["group"]!.ToJsonString()}: {(int)answer.StatusCode}, not {expected}");
            }
        }
    }

    [SkippableFact]
    public async Task Lists_of_factories_hold_the_own_ones()
    {
        Here();
        foreach (var (address, list) in new[] { ("/places", "places"), ("/declared", "declared"), ("/places?within=province:辽宁", "places"), ("/declared?within=city:大连&within=city:沈阳", "declared") })
        {
            var everything = await ListAsync(Role.Admin, address, list);
            Assert.NotEmpty(everything);
            foreach (var role in s_readers)
            {
                var seen = await ListAsync(role, address, list);
                Assert.Equal(
                    everything.Where(item => IsVisible(role, new JsonObject { ["factory"] = item["factory"]!.GetValue<string>() })).Select(static item => item.ToJsonString()),
                    seen.Select(static item => item.ToJsonString()));
            }
        }
    }

    [SkippableFact]
    public async Task Quality_differences_series_and_alerts_are_those_of_the_own_subtree()
    {
        Here();
        foreach (var (address, list, group) in new (string, string, Func<JsonObject, JsonObject?>)[]
        {
            ("/quality", "quality", static item => item["group"]!.AsObject()),
            ("/difference", "changes", static item => (item["new"] ?? item["old"])!["group"]!.AsObject()),
            ("/series?view=month&indicator=knr", "series", static item => item["group"]!.AsObject()),
            ("/alerts", "alerts", static item => item["group"]?.AsObject()),
        })
        {
            var everything = await ListAsync(Role.Admin, address, list);
            Assert.NotEmpty(everything);
            foreach (var role in s_readers)
            {
                var seen = await ListAsync(role, address, list);
                Assert.True(
                    everything.Where(item => group(item) is { } own ? IsVisible(role, own) : role is Role.All or Role.Admin).Select(static item => item.ToJsonString()).SequenceEqual(seen.Select(static item => item.ToJsonString())),
                    $"{role} {address}: {seen.Count} of {everything.Count}");
            }
        }

        var whole = JsonNode.Parse(await TextAsync(Role.All, $"{Api}/quality"))!;
        var part = JsonNode.Parse(await TextAsync(Role.Province, $"{Api}/quality"))!;
        Assert.NotNull(whole["inputs"]);
        Assert.Null(part["inputs"]);
        Assert.Null(part["quarantined"]);
    }

    [SkippableFact]
    public async Task Figures_that_may_not_be_shown_are_never_served()
    {
        Here();
        var kept = 0;
        foreach (var view in new[] { "default", "month" })
        {
            foreach (var row in await RowsAsync(Role.Admin, $"{Api}/results?view={view}&limit=10000&status=SUPPRESSED,NOT_AVAILABLE"))
            {
                // the one exception of the definitions: how much of a grid was measured, and what that bounds
                var isMeasuredShare = row["reason"]!.GetValue<string>() == "MEASURED_SHARE_LOW" && row["indicator"]!.GetValue<string>() is "cov_grid" or "cov_grid.measured_share";
                kept++;
                foreach (var name in isMeasuredShare ? [] : new[] { "value", "low", "high", "numerator", "denominator" })
                {
                    Assert.True(row[name] is null, row.ToJsonString());
                }
            }

            foreach (var series in await ListAsync(Role.Admin, $"/series?view={view}&indicator=eff_gain,cost_red,knr,cov_sample", "series"))
            {
                Assert.All(
                    series["points"]!.AsArray().Where(static point => point!["status"]!.GetValue<string>() is "SUPPRESSED" or "NOT_AVAILABLE"),
                    static point => Assert.True(point!["value"] is null && point["low"] is null && point["high"] is null));
            }
        }

        Assert.InRange(kept, 1, int.MaxValue);
    }

    [SkippableFact]
    public async Task What_one_caller_has_cached_answers_no_other()
    {
        Here();
        foreach (var path in new[] { "/results", "/places", "/declared", "/difference", "/quality" })
        {
            using var first = await site.SendAsync(Role.Admin, HttpMethod.Get, Api + path);
            var tag = first.Headers.ETag!.ToString();
            using var again = await site.SendAsync(Role.Admin, HttpMethod.Get, Api + path, known: tag);
            Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
            using var other = await site.SendAsync(Role.City, HttpMethod.Get, Api + path, known: tag);
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
            Assert.Contains("private", first.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public async Task No_answer_has_a_path_of_the_server_or_a_secret()
    {
        Here();
        foreach (var path in s_reads.Select(static read => read.Route == "/metrics" ? read.Path : Api + read.Path).Append($"{Api}/results/sample/2/0"))
        {
            foreach (var role in new[] { Role.None, Role.Wrong, Role.Factory, Role.Admin })
            {
                var text = await TextAsync(role, path);
                Assert.DoesNotContain(MatrixSite.Repository, text, StringComparison.Ordinal);
                Assert.DoesNotContain(Path.GetTempPath() + "indicatorcore", text, StringComparison.Ordinal);
                Assert.DoesNotContain("ic_data", text, StringComparison.Ordinal);
                Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            }
        }
    }

    private void Here()
    {
        if (!site.IsHere)
        {
            PostgreSqlServer.Require();
        }
    }

    // by what the registry says, and not by the code under test
    private bool IsVisible(Role role, JsonObject group)
    {
        var factory = group["factory"]?.GetValue<string>();
        var city = factory is not null ? site.Places[factory].City : group["city"]?.GetValue<string>();
        var isInLiaoning = factory is not null || city is not null || group["province"]?.GetValue<string>() == "辽宁";
        return role switch
        {
            Role.Factory => factory == "F002",
            Role.City => city == "大连",
            Role.ForeignCity => city == "沈阳",
            Role.Province => isInLiaoning,
            Role.ForeignProvince => false,
            _ => true,
        };
    }

    private Task<List<JsonObject>> RowsAsync(Role role, string address) => ListAsync(role, address[Api.Length..], "results");

    private async Task<List<JsonObject>> ListAsync(Role role, string path, string list)
    {
        using var answer = await site.SendAsync(role, HttpMethod.Get, path.StartsWith(Api, StringComparison.Ordinal) ? path : Api + path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        try
        {
            return [.. JsonNode.Parse(await answer.Content.ReadAsStringAsync())![list]!.AsArray().Select(static item => item!.AsObject())];
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{role} {path}: {await answer.Content.ReadAsStringAsync()}", problem);
        }
    }

    private async Task<string> TextAsync(Role role, string address)
    {
        using var answer = await site.SendAsync(role, HttpMethod.Get, address);
        return await answer.Content.ReadAsStringAsync();
    }
}
