using System.Globalization;
using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>Turns the tallies of a row into its figures: index, publication rules, parts and evidence.</summary>
internal sealed class PhaseComposer
{
    private readonly PhaseRequest _request;
    private readonly IndexForm _form;
    private readonly PhaseSample _sample;
    private readonly LocalDayRange? _span;

    /// <summary>A composer for one row.</summary>
    public PhaseComposer(PhaseRequest request, IndexForm form, PhaseSample sample)
    {
        _request = request;
        _form = form;
        _sample = sample;

        // 10.2: a calendar window is the row's window; NO_BASELINE has "the calendar window, or null bounds without one".
        _span = request.IsCalendarWindow ? request.Window : sample.HasBaseline ? sample.After : null;
    }

    /// <summary>The whole on one tally, with its reason when nothing can be computed at all.</summary>
    public PhaseVerdict Judge(IPhaseTally tally, ResultReason? unavailable)
    {
        var verdict = new PhaseVerdict { Tally = tally, Flags = _sample.Flags };
        if (unavailable is not null)
        {
            return verdict with { Status = ResultStatus.NotAvailable, Reason = unavailable };
        }

        var profile = _request.Profile;
        var hasMatched = tally.HasMatched;
        var isLow = !hasMatched;
        var warns = !hasMatched;
        for (var phase = 0; phase < 2; phase++)
        {
            // Exact comparison: "matched input share < 70 % in either phase (warning < 90 %)".
            var share = 100 * tally.Matched(phase);
            isLow |= share < profile.MatchedSharePercent * tally.Total(phase);
            warns |= share < profile.MatchedShareWarnPercent * tally.Total(phase);
        }

        if (warns)
        {
            verdict = verdict with { Flags = verdict.Flags | ResultFlags.MatchedShareWarn };
        }

        if (hasMatched)
        {
            var sums = tally.Sums(_form);
            verdict = verdict with { Sums = sums, Flags = verdict.Flags | Shape(sums, tally) };
            if (HasZeroDenominator(sums))
            {
                return verdict with { Status = ResultStatus.NotAvailable, Reason = ResultReason.ZeroDenominator };
            }
        }

        return Floor(profile) is { } floor ? verdict.Suppress(floor)
            : isLow ? verdict.Suppress(ResultReason.MatchedShareLow)
            : verdict with { Status = Published(verdict.Flags) };
    }

    /// <summary>The whole as a figure, with its interval.</summary>
    public PhaseFigure Whole(PhaseVerdict verdict, PhaseTally tally, Evidence evidence)
    {
        var figure = Figure(_form.Whole ?? _form.Indicator, verdict, evidence) with { MatchedByLine = tally.MatchedByLine() };
        if (!verdict.IsPublished)
        {
            return figure;
        }

        figure = figure with { Value = RootValue(verdict.Sums) };
        return Interval(tally) is { } interval ? figure with { Low = interval.Low, High = interval.High } : figure;
    }

    /// <summary>Paasche, Laspeyres, pooled and mix effect.</summary>
    public IEnumerable<PhaseFigure> IndexParts(PhaseVerdict whole, Evidence evidence)
    {
        var sums = whole.Sums;
        yield return Ratio(
            "paasche", whole, evidence, sums.ProjectedAfter * _form.Divisor, sums.InputAfter * _form.Factor,
            new ExactNumber(sums.ProjectedAfter, 12), _form.Print(sums.InputAfter));
        yield return Ratio(
            "laspeyres", whole, evidence, sums.InputBase * _form.Factor, sums.ProjectedBase * _form.Divisor,
            _form.Print(sums.InputBase), new ExactNumber(sums.ProjectedBase, 12));

        var tally = whole.Tally;
        var (above, below) = Pooled(tally);
        var pooled = !tally.HasCommonUnit ? whole.Withhold(ResultReason.NoCommonUnit)
            : above.IsZero || below.IsZero ? whole.Withhold(ResultReason.ZeroDenominator)
            : whole;
        yield return Ratio(
            "pooled", pooled, evidence, above, below,
            _form.Print(tally.PooledOutput(1), tally.PooledInput(0)), _form.Print(tally.PooledOutput(0), tally.PooledInput(1)));

        var mix = Figure(_form.Part("mix_effect"), pooled, evidence);
        yield return pooled.IsPublished
            ? mix with { Value = _form.MixEffect(above, below, sums.FisherAbove, sums.FisherBelow) }
            : mix;
    }

    /// <summary>The same index on another input kind or cost scope: no numerator, no interval.</summary>
    /// <remarks>"Parts take the worst status of their whole" and "carry the flags of their whole"; its own warnings are added.</remarks>
    public PhaseFigure Scope(string part, PhaseVerdict own, PhaseVerdict whole, Evidence evidence)
    {
        var flags = own.Flags | whole.Flags;
        var worst = whole.Status >= own.Status ? whole : own;
        var verdict = own with
        {
            Flags = flags,
            Status = worst.IsPublished ? Published(flags) : worst.Status,
            Reason = worst.Reason,
        };
        var figure = Figure(_form.Part(part), verdict, evidence);
        return verdict.IsPublished
            ? figure with { Value = RootValue(own.Sums) }
            : figure;
    }

    /// <summary>The evidence of a tally, its additions in the order of interface 4.</summary>
    public Evidence Evidence(IPhaseTally tally, string? input, long valid, long missing)
    {
        var hasPhases = _sample.After is not null;
        var additions = new KeyValuePair<string, EvidenceValue>[input is null ? 8 : 9];   // as many as there are: reports hold one a figure
        var count = 0;
        void Add(string name, EvidenceValue value) => additions[count++] = new(name, value);
        Add("profile", new() { Text = _request.Profile.Name });
        if (input is not null)
        {
            Add("input", new() { Text = input });
        }

        Add("baseline_start", new() { Instant = Instant(_sample.Baseline?.Start) });
        Add("baseline_end", new() { Instant = Instant(_sample.Baseline?.End) });
        Add("matched_share_base", new() { Number = Share(tally, 0) });
        Add("matched_share_after", new() { Number = Share(tally, 1) });
        Add("n_days_base", new() { Count = hasPhases ? _sample.ProductionDays[0].Count : null });
        Add("n_days_after", new() { Count = hasPhases ? _sample.ProductionDays[1].Count : null });
        Add("evidence_ids", new() { Texts = _sample.EvidenceIds });
        return new Evidence
        {
            Received = _sample.Rows + _sample.Duplicates + _sample.Conflicts,
            Duplicates = _sample.Duplicates,
            Conflicts = _sample.Conflicts,
            Valid = valid,
            Missing = missing,
            FirstTimestamp = _sample.FirstTimestamp == long.MaxValue ? null : _sample.FirstTimestamp,
            LastTimestamp = _sample.LastTimestamp == long.MinValue ? null : _sample.LastTimestamp,
            Additional = additions,
        };
    }

    private static ResultStatus Published(ResultFlags flags) =>
        flags == ResultFlags.None ? ResultStatus.Published : ResultStatus.PublishedWithWarning;

    /// <summary>The pooled E = (Q1 ÷ L1) ÷ (Q0 ÷ L0): numerator Q1·L0, denominator L1·Q0 (10.2).</summary>
    private static (BigInteger Above, BigInteger Below) Pooled(IPhaseTally tally) =>
        (tally.PooledOutput(1) * tally.PooledInput(0), tally.PooledInput(1) * tally.PooledOutput(0));

    private static double? Share(IPhaseTally tally, int phase)
    {
        var total = tally.Total(phase);
        return total.IsZero ? null : ExactRatio.ToDouble(tally.Matched(phase), total);
    }

    private long? Instant(int? day) => day is { } known ? _request.DayStart(known) : null;

    /// <summary>The denominators as published: Σ l1 and Σ q0·h1, or Σ q1·c0 and Σ C0.</summary>
    private bool HasZeroDenominator(IndexSums sums) =>
        _form.IsReduction ? sums.ProjectedAfter.IsZero || sums.InputBase.IsZero : sums.ProjectedBase.IsZero || sums.InputAfter.IsZero;

    private ResultFlags Shape(IndexSums sums, IPhaseTally tally)
    {
        if (HasZeroDenominator(sums))
        {
            return ResultFlags.None;
        }

        var flags = ResultFlags.None;
        BigInteger paascheAbove = sums.ProjectedAfter * _form.Divisor, paascheBelow = sums.InputAfter * _form.Factor;
        BigInteger laspeyresAbove = sums.InputBase * _form.Factor, laspeyresBelow = sums.ProjectedBase * _form.Divisor;
        if (_form.IsReduction)
        {
            (paascheAbove, paascheBelow) = (paascheBelow, paascheAbove);
            (laspeyresAbove, laspeyresBelow) = (laspeyresBelow, laspeyresAbove);
        }

        // |E_P − E_L| > 1/10, all denominators above zero.
        var difference = BigInteger.Abs((paascheAbove * laspeyresBelow) - (laspeyresAbove * paascheBelow));
        if (10 * difference > paascheBelow * laspeyresBelow)
        {
            flags |= ResultFlags.StructureChanged;
        }

        // "SIMPSON iff pooled and mix-adjusted value have strictly opposite signs"; both signs are those of E − 1.
        var (above, below) = Pooled(tally);
        if (_form.HasPooled && tally.HasCommonUnit && above.Sign > 0 && below.Sign > 0
            && above.CompareTo(below) * sums.FisherAbove.CompareTo(sums.FisherBelow) < 0)
        {
            flags |= ResultFlags.Simpson;
        }

        return flags;
    }

    /// <summary>The first floor that the phases do not reach, or null.</summary>
    public ResultReason? Floor(DefinitionProfile profile)
    {
        for (var phase = 0; phase < 2; phase++)
        {
            if (_sample.ProductionDays[phase].Count < profile.MinimumProductionDays)
            {
                return ResultReason.TooFewDays;
            }
        }

        if (_sample.Weeks(0) < profile.MinimumProductionWeeks || _sample.Weeks(1) < profile.MinimumProductionWeeks)
        {
            return ResultReason.TooFewWeeks;
        }

        return _sample.Months is { } months
            && (months[0].Count < profile.MinimumCostMonths || months[1].Count < profile.MinimumCostMonths)
            ? ResultReason.TooFewMonths
            : null;
    }

    /// <summary>A figure without its value.</summary>
    public PhaseFigure Figure(string indicator, PhaseVerdict verdict, Evidence evidence) => new()
    {
        Indicator = indicator,
        Span = _span,
        Status = verdict.Status,
        Reason = verdict.Reason,
        Flags = verdict.Flags,
        Evidence = evidence,
    };

    /// <summary>A part that is a plain ratio: E with E's numerator and denominator, or R with those of 1 − R.</summary>
    private PhaseFigure Ratio(
        string part,
        PhaseVerdict verdict,
        Evidence evidence,
        BigInteger above,
        BigInteger below,
        ExactNumber printedAbove,
        ExactNumber printedBelow)
    {
        var figure = Figure(_form.Part(part), verdict, evidence);
        return !verdict.IsPublished ? figure : figure with
        {
            Value = _form.Value(above, below),
            Numerator = _form.IsReduction ? printedBelow : printedAbove,
            Denominator = _form.IsReduction ? printedAbove : printedBelow,
        };
    }

    private (double Low, double High)? Interval(PhaseTally tally)
    {
        // "Below 28 days no interval", and none without days to draw.
        var least = _request.Profile.MinimumIntervalDays;
        if (!_sample.IsDaily || _span is not { } span || _sample.ProductionDays.Any(days => days.Count < least))
        {
            return null;
        }

        var seedText = $"{_form.Definition}|{_request.GroupText}|{Date(span.Start)}|{Date(span.End)}";
        var matched = tally.Strata.Where(static stratum => stratum.IsMatched).ToArray();
        return DayBlockBootstrap.Run(matched, _form, seedText) is { } limits ? (RootValue(limits.Low), RootValue(limits.High)) : null;
    }

    private double RootValue(IndexSums sums) => _form.RootValue(sums.FisherAbove, sums.FisherBelow);

    private static string Date(int day) => CalendarDay.ToDate(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
