using IndicatorCore.Indicators;

namespace IndicatorCore.Html;

/// <summary>The place of a group among others, as far as it can be told.</summary>
/// <param name="Row">The group's figure.</param>
/// <param name="First">The best place that it may have, from 1.</param>
/// <param name="Last">The worst.</param>
internal readonly record struct Rank(IndicatorRow Row, int First, int Last)
{
    /// <summary>The place as text: 3, or 2–5.</summary>
    public string Text => First == Last ? $"{First}" : $"{First}–{Last}";

    /// <summary>
    /// Ranks published figures. Of two groups one is ahead only when its whole interval is; figures without an interval that are shown alike
    /// share their places.
    /// </summary>
    /// <param name="rows">Figures of one indicator.</param>
    /// <param name="descending">Whether a greater figure is better.</param>
    public static IReadOnlyList<Rank> Of(IEnumerable<IndicatorRow> rows, bool descending)
    {
        List<IndicatorRow> published = [.. rows.Where(static row => row.Value is not null)];
        var bounds = published.ConvertAll(row => descending ? Bounds(row) : (Low: -Bounds(row).High, High: -Bounds(row).Low));
        double[] lows = [.. bounds.Select(static bound => bound.Low).Order()];
        double[] highs = [.. bounds.Select(static bound => bound.High).Order()];
        return
        [
            .. published.Select((row, i) => new Rank(row, 1 + Above(lows, bounds[i].High), published.Count - Below(highs, bounds[i].Low)))
                .OrderBy(rank => descending ? -rank.Row.Value : rank.Row.Value)
                .ThenBy(static rank => FigureText.Group(rank.Row.Group), StringComparer.Ordinal),
        ];
    }

    private static (double Low, double High) Bounds(IndicatorRow row)
    {
        if (row is { Low: { } low, High: { } high })
        {
            return (low, high);
        }

        var scale = row.Unit == "ratio" ? 1_000 : 100;
        var shown = Math.Round(row.Value!.Value * scale);
        return (shown, shown);
    }

    private static int Above(double[] sorted, double bound)
    {
        var at = Array.BinarySearch(sorted, bound);
        at = at < 0 ? ~at : at;
        while (at < sorted.Length && sorted[at] <= bound)
        {
            at++;
        }

        return sorted.Length - at;
    }

    private static int Below(double[] sorted, double bound)
    {
        var at = Array.BinarySearch(sorted, bound);
        at = at < 0 ? ~at : at;
        while (at > 0 && sorted[at - 1] >= bound)
        {
            at--;
        }

        return at;
    }
}
