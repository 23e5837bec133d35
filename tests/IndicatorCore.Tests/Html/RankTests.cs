using IndicatorCore.Html;
using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Html;

/// <summary>Places among groups, as far as intervals tell them apart.</summary>
public sealed class RankTests
{
    [Fact]
    public void Places_are_told_apart_only_where_intervals_do_not_overlap()
    {
        var ranks = Rank.Of([Row("A", 0.9, 0.85, 0.95), Row("B", 0.88, 0.80, 0.91), Row("C", 0.5, 0.4, 0.6), Row("D", 0.1, 0.0, 0.2)], descending: true);
        Assert.Equal(["A 1–2", "B 1–2", "C 3", "D 4"], ranks.Select(Text));
    }

    [Fact]
    public void Figures_without_an_interval_that_are_shown_alike_share_their_places()
    {
        var ranks = Rank.Of([Row("A", 0.97301), Row("B", 0.97299), Row("C", 0.5)], descending: true);
        Assert.Equal(["A 1–2", "B 1–2", "C 3"], ranks.Select(Text));
    }

    [Fact]
    public void Where_less_is_better_the_least_is_first() =>
        Assert.Equal(["A 1", "C 2", "B 3"], Rank.Of([Row("A", 0.1), Row("B", 0.9), Row("C", 0.5)], descending: false).Select(Text));

    [Fact]
    public void What_is_suppressed_is_not_ranked() =>
        Assert.Equal(["A 1"], Rank.Of([Row("A", 0.1), Row("B", null)], descending: true).Select(Text));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    public void Every_place_is_between_first_and_last_of_someone_as_a_count_by_pairs_says(int seed)
    {
        var random = new Random(seed);
        List<IndicatorRow> rows = [.. Enumerable.Range(0, 30).Select(i => Row($"{i:00}", random.Next(100) / 100.0) is var row && random.Next(2) == 0
            ? row with { Low = row.Value - (random.Next(10) / 100.0), High = row.Value + (random.Next(10) / 100.0) }
            : row)];
        foreach (var rank in Rank.Of(rows, descending: true))
        {
            var (low, high) = Bounds(rank.Row);
            Assert.Equal(1 + rows.Count(row => Bounds(row).Low > high), rank.First);
            Assert.Equal(rows.Count - rows.Count(row => Bounds(row).High < low), rank.Last);
        }
    }

    private static (double Low, double High) Bounds(IndicatorRow row) => row.Low is { } low ? (low, row.High!.Value) : (Math.Round(row.Value!.Value * 1_000), Math.Round(row.Value.Value * 1_000));

    private static string Text(Rank rank) => $"{rank.Row.Group[0].Value} {rank.Text}";

    private static IndicatorRow Row(string group, double? value, double? low = null, double? high = null) => new()
    {
        Indicator = "knr",
        Definition = "knr@1",
        Group = [KeyValuePair.Create("factory", (string?)group)],
        Value = value,
        Low = low,
        High = high,
        Status = value is null ? ResultStatus.Suppressed : ResultStatus.Published,
    };
}
