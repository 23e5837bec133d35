using System.Text.Json.Nodes;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Serving;

/// <summary>What a key of a province, a city or a factory sees: its own part of the tree and nothing else, at every endpoint.</summary>
[Collection("sample server")]
public sealed class ScopeTests(SampleServer sample)
{
    private const string Dalian = "%E5%A4%A7%E8%BF%9E";
    private const string Liaoning = "%E8%BE%BD%E5%AE%81";
    private PortalServer Server => sample.Server;

    public static TheoryData<string> Scopes() => ["province:辽宁", "city:大连", "factory:F002", "factory:nobody"];

    private static readonly string[] s_rowEndpoints =
    [
        "results?limit=10000", $"results?limit=10000&within=province:{Liaoning}", $"results?limit=10000&within=city:{Dalian}", "results?limit=10000&within=factory:F001",
        "results?limit=10000&view=month", "quality",
    ];

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Rows_lie_within_the_scope(string scope)
    {
        var key = await Server.KeyAsync("read " + scope);
        var places = (await Server.JsonAsync("places", await Server.KeyAsync("read all")))["places"]!.AsArray();
        foreach (var path in s_rowEndpoints)
        {
            var answer = await Server.JsonAsync(path, key);
            var rows = (answer["results"] ?? answer["quality"])!.AsArray();
            Assert.All(rows, row => Assert.True(IsWithin(row!["group"]!.AsObject(), scope, places), $"{path} as {scope}: {row}"));
            if (scope == "city:大连" && path.StartsWith("results?limit=10000&view", StringComparison.Ordinal))
            {
                Assert.NotEmpty(rows);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task A_row_of_others_is_as_if_it_were_not_there(string scope)
    {
        var everything = await Server.KeyAsync("read all");
        var key = await Server.KeyAsync("read " + scope);
        var mine = (await Server.JsonAsync("results?limit=10000", key))["results"]!.AsArray().Select(static row => (long)row!["row"]!).ToHashSet();
        foreach (var row in (await Server.JsonAsync("results?limit=10000", everything))["results"]!.AsArray().Select(static row => (long)row!["row"]!).Where(static row => row % 7 == 0))
        {
            Assert.Equal(mine.Contains(row) ? 200 : 404, await Server.StatusAsync($"results/sample/1/{row}", key));
        }
    }

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task What_stands_beside_rows_is_held_to_the_scope_too(string scope)
    {
        var key = await Server.KeyAsync("read " + scope);
        var all = (await Server.JsonAsync("places", await Server.KeyAsync("read all")))["places"]!.AsArray();
        var mine = all.Where(place => IsWithin(new JsonObject { ["factory"] = (string?)place!["factory"] }, scope, all)).Select(static place => (string?)place!["factory"]).ToList();
        Assert.Equal(mine, (await Server.JsonAsync("places", key))["places"]!.AsArray().Select(static place => (string?)place!["factory"]));
        Assert.All((await Server.JsonAsync("declared", key))["declared"]!.AsArray(), figure => Assert.Contains((string?)figure!["factory"], mine));
        foreach (var factory in all.Select(static place => (string?)place!["factory"]))
        {
            var expected = mine.Contains(factory) ? 200 : 404;
            Assert.Equal(expected, await Server.StatusAsync($"coverage?factory={factory}", key));
            if (expected == 404)
            {
                Assert.Equal(404, await Server.StatusAsync($"forms/liaoning-2024?factory={factory}", key));
            }
        }

        Assert.Equal(403, await Server.StatusAsync("forms/national-2024", key));
        var quality = await Server.JsonAsync("quality", key);
        Assert.Null(quality["inputs"]);
        Assert.Null(quality["quarantined"]);
        Assert.Equal(403, await Server.StatusAsync("/metrics", key));
    }

    [Fact]
    public async Task Of_a_manifest_a_scope_sees_no_inputs()
    {
        var key = await Server.KeyAsync("read city:大连");
        var row = (long)(await Server.JsonAsync("results?limit=1", key))["results"]![0]!["row"]!;
        Assert.Empty((await Server.JsonAsync($"results/sample/1/{row}", key))["manifest"]!["inputs"]!.AsArray());
        Assert.NotEmpty((await Server.JsonAsync($"results/sample/1/{row}", await Server.KeyAsync("read all")))["manifest"]!["inputs"]!.AsArray());
    }

    [Fact]
    public async Task No_answer_names_a_folder_of_the_server()
    {
        var key = await Server.KeyAsync("read all");
        var row = (long)(await Server.JsonAsync("results?limit=1", key))["results"]![0]!["row"]!;
        foreach (var path in new[] { "datasets", "datasets/sample/revisions", "places", "results?limit=1000", $"results/sample/1/{row}", "declared", "coverage?factory=F001", "quality", "difference", "forms", "forms/liaoning-2024?factory=F001", "results?x=1", "nothing" })
        {
            using var response = await Server.GetAsync(path, key);
            var text = await response.Content.ReadAsStringAsync();
            foreach (var folder in new[] { Server.Folder.Path, Sample.File(string.Empty), "/tmp/", Sample.Repository(), Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) + "/" })
            {
                Assert.DoesNotContain(folder, text, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task What_is_suppressed_is_in_no_answer()
    {
        var key = await Server.KeyAsync("read all");
        var rows = (await Server.JsonAsync("results?limit=10000&status=SUPPRESSED", key))["results"]!.AsArray();
        Assert.NotEmpty(rows);
        Assert.Contains(rows, static row => (string?)row!["reason"] == "DISCLOSURE");

        // the share that is too low is what explains it, and is kept (indicator-definitions 1.2)
        Assert.All(rows.Where(static row => (string?)row!["indicator"] != "cov_grid.measured_share"), static row => Assert.Null(row!["value"]));
        Assert.All(rows.Where(static row => (string?)row!["reason"] == "DISCLOSURE"), static row =>
        {
            Assert.Null(row!["numerator"]);
            Assert.Null(row["denominator"]);
            Assert.Null(row["low"]);
            Assert.Null(row["high"]);
            Assert.Null(row["evidence"]);
        });
        foreach (var point in (await Server.JsonAsync("series?level=city", key))["series"]!.AsArray().SelectMany(static one => one!["points"]!.AsArray()).Where(static point => (string?)point!["status"] == "SUPPRESSED"))
        {
            Assert.Null(point!["value"]);
        }
    }

    private static bool IsWithin(JsonObject group, string scope, JsonArray places)
    {
        var (kind, value) = (scope[..scope.IndexOf(':', StringComparison.Ordinal)], scope[(scope.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        if ((string?)group["factory"] is { } factory)
        {
            return (kind == "factory" && factory == value)
                || (kind != "factory" && places.Any(place => (string?)place!["factory"] == factory && (string?)place[kind] == value));
        }

        return (string?)group["city"] is { } city
            ? (kind == "city" && city == value) || (kind == "province" && places.Where(place => (string?)place!["city"] == city).All(place => (string?)place!["province"] == value))
            : kind == "province" && (string?)group["province"] == value;
    }
}
