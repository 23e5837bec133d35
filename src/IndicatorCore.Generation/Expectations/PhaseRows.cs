using System.Numerics;
using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Turns sums into the rows of <c>eff_gain</c> or <c>cost_red</c>.</summary>
internal static class PhaseRows
{
    private static readonly string[] s_parts = ["", ".laspeyres", ".mix_effect", ".paasche", ".pooled"];

    public static IEnumerable<ExpectedRow> Of(string indicator, Scope scope, bool floors, PhaseSums? sums, string reasonWithout = "NO_BASELINE")
    {
        if (sums is null)
        {
            // "NO_BASELINE if no line has an after part in the window or no accepted output in the baseline span; null bounds" (10.2).
            return s_parts.Select(part => new ExpectedRow
            {
                Indicator = indicator + part,
                Key = scope.Key,
                Group = scope.Group,
                Status = "NOT_AVAILABLE",
                Reason = reasonWithout,
            });
        }

        return WithBaseline(indicator, scope, floors, sums);
    }

    private static List<ExpectedRow> WithBaseline(string indicator, Scope scope, bool floors, PhaseSums sums)
    {
        var isCost = indicator == "cost_red";
        var flags = sums.Flags;
        if (sums.HasMatch)
        {
            // "if |E_P − E_L| > 10 percentage points flag STRUCTURE_CHANGED": |a/b − c/d| > 1/10.
            var difference = (sums.PaascheNumerator * sums.LaspeyresDenominator) - (sums.LaspeyresNumerator * sums.PaascheDenominator);
            if (BigInteger.Abs(difference) * 10 > sums.PaascheDenominator * sums.LaspeyresDenominator)
            {
                flags.Add("STRUCTURE_CHANGED");
            }
        }

        var (poorBefore, poorAfter) = (MatchedBelow(sums, 0, 70), MatchedBelow(sums, 1, 70));
        if (MatchedBelow(sums, 0, 90) || MatchedBelow(sums, 1, 90))
        {
            flags.Add("MATCHED_SHARE_WARN");
        }

        // The ratio that both indices share: eff_gain = r − 1, cost_red = 1 − r.
        var hasCommonUnit = sums.Units.Count <= 1;
        var (pooledTop, pooledBottom) = isCost
            ? (sums.PooledInput[1] * sums.PooledOutput[0], sums.PooledOutput[1] * sums.PooledInput[0])
            : (sums.PooledOutput[1] * sums.PooledInput[0], sums.PooledInput[1] * sums.PooledOutput[0]);
        var (root, unit) = sums.HasMatch
            ? Exact.Root(sums.PaascheNumerator * sums.LaspeyresNumerator, sums.PaascheDenominator * sums.LaspeyresDenominator)
            : (BigInteger.Zero, BigInteger.One);
        if (sums.HasMatch && hasCommonUnit && (pooledTop - pooledBottom).Sign * (root - unit).Sign < 0)
        {
            // "SIMPSON iff pooled and mix-adjusted value have strictly opposite signs."
            flags.Add("SIMPSON");
        }

        var disclosed = Disclosure.Suppresses(scope, floors, sums.Enterprises);
        var fewPeriods = floors && Math.Min(sums.Periods[0].Count, sums.Periods[1].Count) < (isCost ? 3 : 28);
        var verdict = Verdict.Of(
            null,
            [
                disclosed ? "DISCLOSURE" : null,
                fewPeriods ? (isCost ? "TOO_FEW_MONTHS" : "TOO_FEW_DAYS") : null,
                !sums.HasMatch || poorBefore || poorAfter ? "MATCHED_SHARE_LOW" : null,
            ],
            flags);
        var noUnit = new Verdict("NOT_AVAILABLE", "NO_COMMON_UNIT");
        var sign = isCost ? -1 : 1;

        ExpectedRow Row(string part, Verdict own, Func<double> value, string? numerator, string? denominator) => new()
        {
            Indicator = indicator + part,
            Key = scope.Key,
            Group = scope.Group,
            WindowStart = sums.WindowStart,
            WindowEnd = sums.WindowEnd,
            Value = own.Shows ? value() : null,
            Numerator = own.Shows ? numerator : null,
            Denominator = own.Shows ? denominator : null,
            Status = own.Status,
            Reason = own.Reason,
            Flags = disclosed ? [] : [.. flags],
            Evidence = part.Length == 0 && !disclosed ? Evidence(sums, isCost) : [],
        };

        double Plain(BigInteger top, BigInteger bottom) => Exact.Nearest((top - bottom) * sign, bottom);

        return
        [
            Row(string.Empty, verdict, () => Exact.Nearest((root - unit) * sign, unit), null, null),
            Row(".laspeyres", verdict, () => Plain(sums.LaspeyresNumerator, sums.LaspeyresDenominator),
                Exact.Text(sums.LaspeyresNumerator, 12), Exact.Text(sums.LaspeyresDenominator, 12)),
            Row(".mix_effect", hasCommonUnit ? verdict : noUnit,
                () => Exact.Nearest(((pooledTop * unit) - (root * pooledBottom)) * sign, pooledBottom * unit), null, null),
            Row(".paasche", verdict, () => Plain(sums.PaascheNumerator, sums.PaascheDenominator),
                Exact.Text(sums.PaascheNumerator, 12), Exact.Text(sums.PaascheDenominator, 12)),

            // Thousandths times fen are scale 5; thousandths times twentieths of an hour are five times as many at scale 5.
            Row(".pooled", hasCommonUnit ? verdict : noUnit, () => Plain(pooledTop, pooledBottom),
                Exact.Text(pooledTop * (isCost ? 1 : 5), 5), Exact.Text(pooledBottom * (isCost ? 1 : 5), 5)),
        ];
    }

    private static bool MatchedBelow(PhaseSums sums, int phase, int percent) => sums.Matched[phase] * 100 < sums.Total[phase] * percent;

    private static List<KeyValuePair<string, object>> Evidence(PhaseSums sums, bool isCost)
    {
        var evidence = new List<KeyValuePair<string, object>>
        {
            // "its baseline is the same period 12 calendar months earlier": from the first to the last month that counts (section 5)
            new("baseline_start", isCost ? LocalCalendar.MonthStart(sums.Periods[0].Min()) : sums.BaselineStart),
            new("baseline_end", isCost ? LocalCalendar.MonthStart(sums.Periods[0].Max() + 1) : sums.BaselineEnd),
            new("matched_share_base", Exact.Nearest(sums.Matched[0], sums.Total[0])),
            new("matched_share_after", Exact.Nearest(sums.Matched[1], sums.Total[1])),
        };
        if (isCost)
        {
            evidence.Add(new("n_months_base", sums.Periods[0].Count));
            evidence.Add(new("n_months_after", sums.Periods[1].Count));
        }
        else
        {
            evidence.Add(new("input", sums.Input!));
            evidence.Add(new("n_days_base", sums.Periods[0].Count));
            evidence.Add(new("n_days_after", sums.Periods[1].Count));
        }

        return evidence;
    }
}
