using System.Text.Json;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;

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
    [Trait("Category", "Slow")]
    [InlineData(GenerationLayout.Tables, 11UL)]
    [InlineData(GenerationLayout.Telemetry, 12UL)]
    public void A_generated_province_gives_its_expected_answers(GenerationLayout layout, ulong seed)
    {
        using var folder = new TemporaryFolder();
        new ProvinceGenerator(new GenerationOptions { OutputDirectory = folder.Path, Seed = seed, Rows = 60_000, Factories = 6, Layout = layout }).Generate();
        Compare(folder.Path, "cn-nr-a");
        Compare(folder.Path, "test-no-floor");
    }

    private static void Compare(string folder, string profile)
    {
        using var expected = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "expected.json")));
        var root = expected.RootElement;
        using var engine = new IndicatorEngine(new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(folder, "registry")),
            GroupBy = ["factory", "line"],
            Profile = DefinitionProfileReader.Read(profile),
            Threads = 2,
        });
        engine.ReadAsync(folder).GetAwaiter().GetResult();
        var report = engine.Finish();
        using var whole = new IndicatorEngine(engine.Query with { GroupBy = [] });
        whole.ReadAsync(folder).GetAwaiter().GetResult();
        var wholeReport = whole.Finish();
        var found = report.Rows.Concat(wholeReport.Rows).ToLookup(Key);

        var differences = new List<string>();
        var compared = 0;
        foreach (var row in root.GetProperty("profiles").GetProperty(profile).EnumerateArray())
        {
            compared++;
            var key = Key(row);
            if (found[key].ToList() is [var actual])
            {
                differences.AddRange(Differences(row, actual).Select(difference => $"{key}: {difference}"));
            }
            else
            {
                differences.Add($"{key}: {found[key].Count()} rows");
            }
        }

        Assert.StartsWith(profile == "cn-nr-a" ? "applied: " : "not applied: ", wholeReport.Manifest.Disclosure, StringComparison.Ordinal);
        Assert.Equal(profile == "cn-nr-a" ? "not applied: no grouping above enterprise" : "not applied: profile test-no-floor", report.Manifest.Disclosure);
        Assert.True(differences.Count == 0, $"{differences.Count} differences in {compared} rows:\n{string.Join('\n', differences.Take(400))}");
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
