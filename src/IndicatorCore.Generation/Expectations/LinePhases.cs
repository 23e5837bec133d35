using System.Collections;
using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>What is kept of a line with phases.</summary>
internal sealed class LinePhases
{
    private readonly (int Start, int End)[] _spans;
    private readonly BitArray _productionDays;
    private readonly int _firstDay;
    private readonly StratumTotals[][] _totals;
    private bool? _isFallback;

    public LinePhases(LineModel line, PhaseSpans spans, int firstDay, int endDay)
    {
        Line = line;
        Spans = spans;
        _firstDay = firstDay;
        _productionDays = new BitArray(endDay - firstDay);
        _spans = [spans.Baseline, spans.After, spans.FallbackBaseline, spans.FallbackAfter];
        _totals = [.. line.Products.Select(static _ => new StratumTotals[] { new(), new(), new(), new() })];
        CostOutput = [.. line.Products.Select(static _ => new StratumTotals[] { new(), new() })];
    }

    public LineModel Line { get; }

    public PhaseSpans Spans { get; }

    /// <summary>Output by product and phase in the months that count for cost.</summary>
    public StratumTotals[][] CostOutput { get; }

    /// <summary>"If the shifted span has &lt; 28 production days" of the line, the fallback spans hold, flag NO_SEASON_MATCH. Asked once all rows are made.</summary>
    public bool IsFallback => _isFallback ??= DaysIn(Spans.Baseline).Count() < 28;

    public (int Start, int End) Baseline => IsFallback ? Spans.FallbackBaseline : Spans.Baseline;

    public (int Start, int End) After => IsFallback ? Spans.FallbackAfter : Spans.After;

    /// <summary>Whether there is "accepted output in the baseline span"; a line without one does not contribute.</summary>
    public bool HasBaseline => DaysIn(Baseline).Any();

    public void Add(ProductModel product, int day, long? outputMilli, int? labour, int? busy)
    {
        // "Production day = local day with accepted q > 0."
        if (outputMilli > 0)
        {
            _productionDays[day - _firstDay] = true;
        }

        for (var i = 0; i < _spans.Length; i++)
        {
            if (PhaseSpans.Contains(_spans[i], day))
            {
                _totals[product.Slot][i].Add(outputMilli, labour, busy);
            }
        }

        if (Spans.CostPhase(LocalCalendar.Month(day)) is { } phase)
        {
            CostOutput[product.Slot][phase].Add(outputMilli, labour, busy);
        }
    }

    /// <summary>The totals of a product in a phase: 0 baseline, 1 after.</summary>
    public StratumTotals Totals(ProductModel product, int phase) => _totals[product.Slot][phase + (IsFallback ? 2 : 0)];

    /// <summary>The production days of a span.</summary>
    public IEnumerable<int> DaysIn((int Start, int End) span)
    {
        for (var day = Math.Max(span.Start, _firstDay); day < Math.Min(span.End, _firstDay + _productionDays.Length); day++)
        {
            if (_productionDays[day - _firstDay])
            {
                yield return day;
            }
        }
    }
}
