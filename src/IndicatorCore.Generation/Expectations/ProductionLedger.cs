using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Output and input by line, product and phase.</summary>
internal sealed class ProductionLedger
{
    private readonly LinePhases?[] _lines;

    public ProductionLedger(ProvinceModel province)
    {
        _lines = [.. province.Lines.Select(line => PhaseSpans.Of(line, province.EndDay) is { } spans
            ? new LinePhases(line, spans, province.StartDay, province.EndDay)
            : null)];
    }

    public void Add(ProductionRow row)
    {
        // A record belongs to its phase by interval start (1.2); null and NaN are MISSING, never 0 (1.4).
        _lines[row.Line.Index]?.Add(
            row.Product, LocalCalendar.DayOf(row.Start), row.HasGood ? row.GoodMilli : null, row.LabourTwentieths, row.BusyTwentieths);
    }

    /// <summary>The line's phases, or null when it has none.</summary>
    public LinePhases? Of(LineModel line) => _lines[line.Index];
}
