using System.Numerics;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Points of zones by their quantities (indicator-definitions 9).</summary>
public sealed class ZoneScoringTests
{
    private const string Table = """
        {
          "id": "test", "version": 2,   // comments are allowed
          "items": {
            "5G基站数量": [[0, 0], [100, 2], [400, 6]],
            "5G网络覆盖率（每万人拥有5G基站数量）": [[10, 0], [16, 6]],
            "相关知识产权数量": [[1, 1.99]],
          },
        }
        """;

    [Fact]
    public void Countable_items_are_scored_where_no_expert_entered_points()
    {
        // 200 stations for 150,000 residents: 13.33 per 10,000
        var registry = Registry(("5G基站数量", "200"), ("相关知识产权数量", "7"), ("国家级、省级工业互联网平台数量", "3"), ("专项政策制定及实施情况得分", "4.5"), ("相关知识产权数量得分", "0.5"));
        var report = Report(registry, ZoneScoring.Parse(Table, "t"));
        var entered = report.Row("zone_score.entered", "zone=Z");
        Assert.Equal(("4/25", "REVIEW"), (entered.Fraction(), entered.FlagText()));

        // 2 + 4/3 = 3.33; 3 1/3 = 3.33; entered 4.5 and 0.5
        Assert.Equal("11.66", report.Row("zone_score.partial", "zone=Z").Numerator.ToString());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", report.Row("zone_score", "zone=Z").StatusText());
        Assert.Equal("test@2", entered.Evidence("scoring"));
        Assert.Equal("2", entered.Evidence("n_computed"));
        Assert.Equal(64, entered.Evidence("scoring_digest")!.Length);
        var missing = entered.Evidence!.Additional.Single(static pair => pair.Key == "missing_items").Value.Texts!;
        Assert.Equal(21, missing.Count);
        Assert.Contains("国家级、省级工业互联网平台数量", missing);   // a quantity, and no function for it
        Assert.Contains(report.Manifest.Options, static option => option.Key == "scoring" && option.Value.StartsWith("test@2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void W16_with_one_item_missing_is_partial_24_of_25()
    {
        (string, string)[] points = [.. ZoneTable.Items.Where(static item => item.Name is not ("5G基站数量" or "成果转化情况")).Select(static item => ($"{item.Name}得分", "1"))];
        var registry = Registry([("5G基站数量", "250"), .. points]);
        var report = Report(registry, ZoneScoring.Parse(Table, "t"));
        var entered = report.Row("zone_score.entered", "zone=Z");
        Assert.Equal("24/25", entered.Fraction());
        Assert.Equal("NOT_AVAILABLE(NO_DATA)", report.Row("zone_score", "zone=Z").StatusText());
        Assert.Equal(["成果转化情况"], entered.Evidence!.Additional.Single(static pair => pair.Key == "missing_items").Value.Texts);
        Assert.Equal("27", report.Row("zone_score.partial", "zone=Z").Numerator.ToString());

        // without the table the quantity makes no points
        Assert.Equal("23/25", Report(registry, scoring: null).Row("zone_score.entered", "zone=Z").Fraction());
    }

    [Fact]
    public void All_items_make_a_score()
    {
        (string, string)[] points = [.. ZoneTable.Items.Where(static item => item.Name != "5G基站数量").Select(static item => ($"{item.Name}得分", $"{item.Cap}"))];
        var row = Report(Registry([("5G基站数量", "1000"), .. points]), ZoneScoring.Parse(Table, "t")).Row("zone_score", "zone=Z");
        Assert.Equal((100.0, "100", "PUBLISHED"), (row.Value, row.Numerator.ToString(), row.StatusText()));
    }

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(50, 1, 100)]
    [InlineData(100, 1, 200)]
    [InlineData(10_000, 1, 600)]
    [InlineData(1, 4, 0)]           // 0.25 · 2 = 0.5 hundredths: to even
    [InlineData(3, 4, 2)]           // 1.5 hundredths: to even
    [InlineData(401, 4, 202)]       // 100.25: 200 + 0.3333
    public void Points_are_interpolated_exactly_and_rounded_half_to_even(int numerator, int denominator, long hundredths)
    {
        (BigInteger, long)[] curve = [(0, 0), (100_000_000, 200), (101_000_000, 208), (400_000_000, 600)];
        Assert.Equal(hundredths, ZoneScoreDefinition.Score(curve, numerator, denominator));
    }

    [Fact]
    public void Points_never_fall_and_stay_within_the_ends() => Prop.ForAll(
        Gen.Choose(0, 500).Two().ToArbitrary(),
        static pair =>
        {
            (BigInteger, long)[] curve = [(7_000_000, 3), (100_300_000, 211), (400_000_000, 597)];
            var (less, more) = (Math.Min(pair.Item1, pair.Item2), Math.Max(pair.Item1, pair.Item2));
            var (low, high) = (ZoneScoreDefinition.Score(curve, less, 1), ZoneScoreDefinition.Score(curve, more, 1));
            return low <= high && low >= 3 && high <= 597;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("{}", "lacks id")]
    [InlineData("""{ "id": "a", "version": 0, "items": {} }""", "version")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "成果转化情况": [[0, 1]] } }""", "items.成果转化情况 is no countable item")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[0, 0], [10, 6.01]] } }""", "items.5G基站数量[1][1] is above the cap of 6")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[0, 3], [10, 2]] } }""", "items.5G基站数量[1] does not follow")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[5, 1], [5, 2]] } }""", "items.5G基站数量[1] does not follow")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[0, 0.001]] } }""", "at most two decimals")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[-1, 0]] } }""", "must be from 0")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [] } }""", "1 to 1000 pairs")]
    [InlineData("""{ "id": "a", "version": 1, "items": { "5G基站数量": [[0]] } }""", "must be a pair")]
    [InlineData("""{ "id": "a", "version": 1, "more": 1, "items": { "5G基站数量": [[0, 0]] } }""", "is not a key")]
    public void What_a_table_may_not_say_is_refused_with_file_and_place(string json, string problem)
    {
        var fault = Assert.Throws<ConfigurationException>(() => ZoneScoring.Parse(json, "scoring.json"));
        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.Equal("scoring.json", fault.Location.File);
    }

    [Fact]
    public void Spelling_does_not_change_the_digest_and_meaning_does()
    {
        var table = ZoneScoring.Parse(Table, "t");
        Assert.Equal(table.Digest, ZoneScoring.Parse(Table.Replace("100, 2]", "100.0, 2.00]", StringComparison.Ordinal), "u").Digest);
        Assert.NotEqual(table.Digest, ZoneScoring.Parse(Table.Replace("100, 2]", "100, 2.01]", StringComparison.Ordinal), "u").Digest);
        Assert.NotEqual(table.Digest, ZoneScoring.Parse(Table.Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal), "u").Digest);
        Assert.Equal(["5G基站数量", "5G网络覆盖率（每万人拥有5G基站数量）", "相关知识产权数量"], table.Items);
    }

    private static IndicatorRegistry Registry(params (string Heading, string Text)[] additional) => new()
    {
        Zones = [new ZoneRecord { Zone = "Z", Population = 150_000, Additional = additional.ToDictionary(static pair => pair.Heading, static pair => pair.Text) }],
    };

    private static IndicatorReport Report(IndicatorRegistry registry, ZoneScoring? scoring) => Reports.Of(
        Reports.NoFloor with { Registry = registry, Scoring = scoring, Select = ["zone_score"], GroupBy = ["zone"], Window = Window.Default },
        ExportBuilder.Connectivity().Row("2024-03-01 08:00", "D1", "nr"));
}
