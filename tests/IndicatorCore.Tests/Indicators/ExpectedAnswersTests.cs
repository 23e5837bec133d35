using System.Text.Json;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;
using Order = IndicatorCore.Generation.RowOrder;

namespace IndicatorCore.Tests.Indicators;

/// <summary>The engine against the answers that a generated province carries, which were reckoned without it.</summary>
public sealed class ExpectedAnswersTests
{
    [Theory]
    [InlineData("cn-nr-a")]
    [InlineData("test-no-floor")]
    public void The_sample_gives_its_expected_answers(string profile) =>
        Compare(Path.Combine(Shared.Repository, "data", "sample"), profile);

    [Theory]
    [InlineData(21UL, GenerationLayout.Tables, Order.TimeMajor)]
    [InlineData(22UL, GenerationLayout.Tables, Order.Shuffled)]
    [InlineData(23UL, GenerationLayout.Telemetry, Order.TimeMajor)]
    [InlineData(24UL, GenerationLayout.Tables, Order.TimeMajor)]
    [InlineData(25UL, GenerationLayout.Telemetry, Order.Shuffled)]
    public void A_small_province_gives_its_expected_answers(ulong seed, GenerationLayout layout, Order order)
    {
        using var folder = new TemporaryFolder();
        Generate(folder.Path, seed, 20_000, layout, order, factories: 3);
        Compare(folder.Path, seed % 2 == 0 ? "cn-nr-a" : "test-no-floor");
    }

    [Theory]
    [InlineData(GenerationLayout.Tables, 1)]
    [InlineData(GenerationLayout.Telemetry, 1)]
    [InlineData(GenerationLayout.Tables, 3)]
    public void A_fleet_that_reports_at_a_pace_gives_its_expected_answers(GenerationLayout layout, int days)
    {
        using var folder = new TemporaryFolder();
        var summary = new ProvinceGenerator(new GenerationOptions
        {
            OutputDirectory = folder.Path,
            Factories = 3,
            Lines = 2,
            Devices = 9,
            Days = days,
            Period = TimeSpan.FromMinutes(20),
            Layout = layout,
            Periods = days == 3,
        }).Generate();
        Assert.Equal((6, 54), (summary.Lines, summary.Devices));
        Compare(folder.Path, "cn-nr-a");
        Compare(folder.Path, "test-no-floor");
    }

    [Theory]
    [Trait("Category", "Slow")]
    [InlineData(GenerationLayout.Tables, 11UL)]
    [InlineData(GenerationLayout.Telemetry, 12UL)]
    public void A_generated_province_gives_its_expected_answers(GenerationLayout layout, ulong seed)
    {
        using var folder = new TemporaryFolder();
        Generate(folder.Path, seed, 60_000, layout, Order.TimeMajor, factories: 6);
        Compare(folder.Path, "cn-nr-a");
        Compare(folder.Path, "test-no-floor");
    }

    /// <summary>
    /// Five seeds, or those of <c>INDICATORCORE_SEEDS=1..100</c>; <c>INDICATORCORE_SEED_ROWS</c> rows each, a million unless told. Every second one
    /// declares no periods, every third is shuffled, every fourth is one wide table.
    /// </summary>
    [Fact]
    [Trait("Category", "Slow")]
    public void Provinces_of_a_million_rows_give_their_expected_answers()
    {
        var seeds = (Environment.GetEnvironmentVariable("INDICATORCORE_SEEDS") ?? "1..5").Split("..").Select(ulong.Parse).ToList();
        var rows = long.Parse(Environment.GetEnvironmentVariable("INDICATORCORE_SEED_ROWS") ?? "1000000");
        for (var seed = seeds[0]; seed <= seeds[1]; seed++)
        {
            using var folder = new TemporaryFolder();
            Generate(
                folder.Path,
                seed,
                rows,
                seed % 4 == 3 ? GenerationLayout.Telemetry : GenerationLayout.Tables,
                seed % 3 == 2 ? Order.Shuffled : Order.TimeMajor,
                factories: null,
                periods: seed % 2 == 1);
            Compare(folder.Path, seed % 5 < 3 ? "cn-nr-a" : "test-no-floor");
        }
    }

    private static void Generate(
        string folder, ulong seed, long rows, GenerationLayout layout, Order order, int? factories, bool periods = true) =>
        new ProvinceGenerator(new GenerationOptions
        {
            OutputDirectory = folder,
            Seed = seed,
            Rows = rows,
            Factories = factories,
            Layout = layout,
            Order = order,
            Periods = periods,
        }).Generate();

    private static void Compare(string folder, string profile)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")));
        var root = expected.RootElement;
        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(folder, "registry")),
            GroupBy = ["factory", "line", "enterprise"],
            Profile = DefinitionProfileReader.Read(profile),
            Threads = 2,
        };
        var report = Reports.OfFiles(query, folder);
        var whole = Reports.OfFiles(query with { GroupBy = [] }, folder);
        var zones = Reports.OfFiles(query with { GroupBy = ["zone"], Select = ["bs_per_10k", "zone_5g_factories", "zone_platforms"] }, folder);
        var found = report.Rows.Concat(whole.Rows).Concat(zones.Rows).ToLookup(Key);
        var answered = root.GetProperty("profiles").GetProperty(profile).EnumerateArray().Select(static row => row.GetProperty("indicator").GetString()).ToHashSet();
        Assert.True(answered.Count >= 60, $"only {answered.Count} indicators and parts have answers");
        var unexpected = report.Rows.Where(static row => row.Group[0].Key is "factory" or "line").Concat(whole.Rows)
            .Where(row => answered.Contains(row.Indicator) && !IsLeftOut(row)).Select(static row => $"{Key(row)} {row.StatusText()}").ToHashSet();

        var differences = new List<string>();
        var compared = 0;
        foreach (var row in root.GetProperty("profiles").GetProperty(profile).EnumerateArray())
        {
            compared++;
            var key = Key(row);
            if (found[key].ToList() is [var actual])
            {
                unexpected.Remove($"{key} {actual.StatusText()}");
                differences.AddRange(Differences(row, actual).Select(difference => $"{key}: {difference}"));
            }
            else
            {
                differences.Add($"{key}: {found[key].Count()} rows");
            }
        }

        Assert.StartsWith(profile == "cn-nr-a" ? "applied: " : "not applied: ", whole.Manifest.Disclosure, StringComparison.Ordinal);
        Assert.Equal(profile == "cn-nr-a" ? "not applied: no grouping above enterprise" : "not applied: profile test-no-floor", report.Manifest.Disclosure);
        differences.AddRange(unexpected.Select(static row => $"{row}: not among the answers"));
        Assert.True(differences.Count == 0, $"{differences.Count} differences in {compared} rows of {folder}:\n{string.Join('\n', differences.Take(400))}");
        Assert.True(compared > 300, $"only {compared} rows compared");
        Assert.Equal(root.GetProperty("rows").GetInt64(), report.Manifest.Rows);
        Assert.Equal(root.GetProperty("replayed_inputs").GetInt64(), report.Manifest.ReplayedInputs);
        Assert.Equal(root.GetProperty("replayed_rows").GetInt64(), report.Manifest.ReplayedRows);
        Assert.Equal(root.GetProperty("cells_outside_plan").GetInt64(), report.Manifest.CellsOutsidePlan);
        Assert.Equal(
            root.GetProperty("quarantined").EnumerateObject().Select(static pair => KeyValuePair.Create(pair.Name, pair.Value.GetInt64()))
                .OrderBy(static pair => pair.Key, StringComparer.Ordinal),
            report.Manifest.Quarantined);
    }

    // what expected.json says it leaves out
    private static bool IsLeftOut(IndicatorRow row) =>
        row.Indicator is "eff_gain.labour" or "eff_gain.machine" or "cost_red.without_project_cost"
        || row.Reason is ResultReason.NoBaseline
        || (row.Group.Count > 0 && row.Group[0].Value is null && row.Indicator is "knr" or "knr.sustained" or "knr_5g")
        || (row.Group.Count > 0 && row.Indicator == "n_unregistered" && row.Value == 0);

    private static IEnumerable<string> Differences(JsonElement expected, IndicatorRow actual)
    {
        foreach (var property in expected.EnumerateObject())
        {
            var found = property.Name switch
            {
                "indicator" or "group" or "evidence" => null,
                "window_start" => Instant(actual.WindowStart),
                "window_end" => Instant(actual.WindowEnd),
                "value" => Number(actual.Value),
                "numerator" => actual.Numerator?.ToString() ?? "null",
                "denominator" => actual.Denominator?.ToString() ?? "null",

                // the answers leave bootstrap limits out
                "low" => actual.Indicator is "eff_gain" or "cost_red" ? null : Number(actual.Low),
                "high" => actual.Indicator is "eff_gain" or "cost_red" ? null : Number(actual.High),
                "status" => $"\"{ResultNames.Of(actual.Status)}\"",
                "reason" => actual.Reason is { } reason ? $"\"{ResultNames.Of(reason)}\"" : "null",
                "flags" => JsonSerializer.Serialize(ResultNames.Of(actual.Flags)),
                _ => $"a property {property.Name} that the test does not know",
            };
            if (found is not null && found != (property.Name is "value" or "low" or "high" && property.Value.ValueKind == JsonValueKind.Number
                ? Number(property.Value.GetDouble())
                : Compact(property.Value)))
            {
                yield return $"{property.Name} expected {Compact(property.Value)}, found {found}";
            }
        }

        if (expected.TryGetProperty("evidence", out var evidence) && evidence.ValueKind == JsonValueKind.Object)
        {
            foreach (var item in evidence.EnumerateObject())
            {
                var found = EvidenceText(actual, item.Name);
                if (found is not null && found != Compact(item.Value))
                {
                    yield return $"evidence {item.Name} expected {Compact(item.Value)}, found {found}";
                }
            }
        }
    }

    // null = nothing that the engine shows
    private static string? EvidenceText(IndicatorRow row, string name)
    {
        if (row.Evidence is not { } evidence)
        {
            return "none";
        }

        switch (name)
        {
            case "n_received":
                return Number(evidence.Received);
            case "n_valid":
                return Number(evidence.Valid);
            case "n_missing":
                return Number(evidence.Missing);
            case "n_invalid":
                return Number(evidence.Invalid);
            case "n_unserved":
                return Number(evidence.Unserved);
            case "cells_covered" or "cells_measured" or "cells_target" or "n_months_base" or "n_months_after":
                return null;
            default:
                var value = evidence.Additional.FirstOrDefault(pair => pair.Key == name).Value;
                return value.Instant is not null ? Instant(value.Instant)
                    : value.Text is not null ? $"\"{value.Text}\""
                    : value.Count is { } count ? Number(count)
                    : Number(value.Number);
        }
    }

    private static string Compact(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => JsonSerializer.Serialize(value.EnumerateArray().Select(static item => item.GetString())),
        _ => value.GetRawText(),
    };

    private static string Number(double? value) => value is { } known ? JsonSerializer.Serialize(known) : "null";

    private static string Instant(long? nanoseconds) => nanoseconds is { } known
        ? DateTimeOffset.UnixEpoch.AddTicks(known / 100).ToOffset(TimeSpan.FromHours(8)).ToString("'\"'yyyy-MM-dd'T'HH:mm:sszzz'\"'", System.Globalization.CultureInfo.InvariantCulture)
        : "null";

    private static string Key(IndicatorRow row) => $"{row.Indicator} {{{Reports.GroupText(row)}}}";

    private static string Key(JsonElement row) =>
        $"{row.GetProperty("indicator").GetString()} {{{string.Join(',', row.GetProperty("group").EnumerateObject().Select(static pair => $"{pair.Name}={pair.Value.GetString()}"))}}}";
}
