using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>A line's phases by its go-live (indicator-definitions 4); days are local, ends exclusive.</summary>
internal sealed record PhaseSpans
{
    public const int Ramp = 30;

    public required int GoLive { get; init; }

    public required int Reference { get; init; }

    public required bool IsRemodelled { get; init; }

    /// <summary>after = [g + 30 d, g + 30 d + n) with n = available whole days, 28 ≤ n ≤ 304.</summary>
    public (int Start, int End) After => (GoLive + Ramp, Math.Min(GoLive + Ramp + 304, Reference));

    /// <summary>baseline = after shifted back by 364 d.</summary>
    public (int Start, int End) Baseline => (After.Start - 364, After.End - 364);

    /// <summary>"after [g + 30 d, g + 120 d)", "the fallback after span is cut at the reference date".</summary>
    public (int Start, int End) FallbackAfter => (GoLive + Ramp, Math.Min(GoLive + 120, Reference));

    /// <summary>"baseline [g - 120 d, g - 30 d)".</summary>
    public (int Start, int End) FallbackBaseline => (GoLive - 120, GoLive - Ramp);

    /// <summary>
    /// Whether a month counts for cost in the after phase: "a period counts iff it lies wholly inside the after span". A line that the
    /// ledger knows always has the preferred span, which <see cref="CostLedger"/> checks.
    /// </summary>
    public bool CountsAfter(int month) =>
        LocalCalendar.MonthStart(month) >= After.Start && LocalCalendar.MonthStart(month + 1) <= After.End;

    /// <summary>"its baseline is the same period 12 calendar months earlier and counts iff it ends at or before g − 30 d".</summary>
    public bool CountsBefore(int month) => CountsAfter(month + 12) && LocalCalendar.MonthStart(month + 1) <= GoLive - Ramp;

    /// <summary>The phase of a month for cost: 0 baseline, 1 after, null neither.</summary>
    public int? CostPhase(int month) => CountsAfter(month) ? 1 : CountsBefore(month) ? 0 : null;

    /// <summary>The phases, or null when the line has no go-live with 28 whole days behind its ramp.</summary>
    public static PhaseSpans? Of(LineModel line, int reference)
    {
        // "A line re-modelled twice has two gs: use the last one before the after span and flag."
        for (var i = line.GoLives.Count - 1; i >= 0; i--)
        {
            if (reference - (line.GoLives[i] + Ramp) >= 28)
            {
                return new PhaseSpans { GoLive = line.GoLives[i], Reference = reference, IsRemodelled = line.GoLives.Count > 1 };
            }
        }

        return null;
    }

    public static bool Contains((int Start, int End) span, int day) => day >= span.Start && day < span.End;
}
