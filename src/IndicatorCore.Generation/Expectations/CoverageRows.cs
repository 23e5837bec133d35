using System.Numerics;

namespace IndicatorCore.Generation.Expectations;

/// <summary>The rows of <c>cov_sample</c>, <c>cov_grid</c>, <c>cov_area_m2</c> and <c>cov_grid.measured_share</c> (indicator-definitions 3).</summary>
internal static class CoverageRows
{
    public static IEnumerable<ExpectedRow> Of(Scope scope, bool floors, Ledger ledger, int firstDay, int referenceDay)
    {
        var count = ledger.Coverage.Of(scope.Lines);
        if (count.Received == 0)
        {
            yield break;
        }

        yield return Sample(scope, floors, ledger, count) with { WindowStart = firstDay, WindowEnd = referenceDay };
        foreach (var row in scope.IsLine ? NotApplicable(scope) : Grid(scope, floors, ledger))
        {
            yield return row with { WindowStart = firstDay, WindowEnd = referenceDay };
        }
    }

    private static ExpectedRow Sample(Scope scope, bool floors, Ledger ledger, CoverageCount count)
    {
        // "above 5 % missing: warning, above 20 %: suppress", of all classes (10.2); test-no-floor drops both.
        var flags = new List<string>();
        if (floors && count.Missing * 100 > count.Classified * 5)
        {
            flags.Add("MISSING_SHARE_WARN");
        }

        if (count.IsSingleDeviceDay)
        {
            flags.Add("SINGLE_DEVICE_DAY");
        }

        var disclosed = Disclosure.Suppresses(scope, floors, scope.Factories.Select(factory => KeyValuePair.Create(
            factory.Enterprise, (BigInteger)ledger.Coverage.Of(scope.Lines.Where(line => line.Factory.Index == factory.Index)).Usable)));
        var verdict = Verdict.Of(
            count.Usable == 0 ? "ZERO_DENOMINATOR" : null,
            [
                disclosed ? "DISCLOSURE" : null,
                floors && count.Usable < 300 ? "TOO_FEW_SAMPLES" : null,
                floors && count.Missing * 100 > count.Classified * 20 ? "MISSING_SHARE_HIGH" : null,
            ],
            flags);
        return new ExpectedRow
        {
            Indicator = "cov_sample",
            Key = scope.Key,
            Group = scope.Group,
            Value = verdict.Shows ? Exact.Nearest(count.Covered, count.Usable) : null,
            Numerator = verdict.Shows ? Exact.Text(count.Covered, 0) : null,
            Denominator = verdict.Shows ? Exact.Text(count.Usable, 0) : null,
            Status = verdict.Status,
            Reason = verdict.Reason,
            Flags = disclosed ? [] : flags,
            Evidence = disclosed ? [] :
            [
                new("n_received", count.Received), new("n_valid", count.Valid), new("n_missing", count.Missing),
                new("n_invalid", count.Invalid), new("n_unserved", count.Unserved),
            ],
        };
    }

    private static IEnumerable<ExpectedRow> NotApplicable(Scope scope) =>
        new[] { "cov_area_m2", "cov_grid", "cov_grid.measured_share" }.Select(indicator => new ExpectedRow
        {
            Indicator = indicator,
            Key = scope.Key,
            Group = scope.Group,
            Status = "NOT_AVAILABLE",
            Reason = "GROUP_NOT_APPLICABLE",
        });

    private static IEnumerable<ExpectedRow> Grid(Scope scope, bool floors, Ledger ledger)
    {
        var inPlan = new CoverageCount();
        var (target, measured, covered) = (0, 0, 0);
        var measuredByEnterprise = new List<KeyValuePair<string, BigInteger>>();
        foreach (var factory in scope.Factories)
        {
            var before = measured;
            target += factory.TargetCells;
            foreach (var cell in ledger.Coverage.Cells(factory))
            {
                // measured iff n_valid + n_unserved >= 5; covered iff measured and 100·n_cov >= 95·(n_valid + n_unserved).
                inPlan.Add(cell);
                if (cell.Usable >= 5)
                {
                    measured++;
                    covered += 100 * cell.Covered >= 95 * cell.Usable ? 1 : 0;
                }
            }

            measuredByEnterprise.Add(KeyValuePair.Create(factory.Enterprise, (BigInteger)(measured - before)));
        }

        IReadOnlyList<string> flags = inPlan.IsSingleDeviceDay ? ["SINGLE_DEVICE_DAY"] : [];
        var disclosed = Disclosure.Suppresses(scope, floors, measuredByEnterprise);
        var verdict = Verdict.Of(
            measured == 0 ? "ZERO_DENOMINATOR" : null,
            [
                disclosed ? "DISCLOSURE" : null,
                floors && inPlan.Usable < 300 ? "TOO_FEW_SAMPLES" : null,
                floors && measured < 20 ? "TOO_FEW_CELLS" : null,

                // "published only if measured / target >= 0.80".
                measured * 100 < target * 80 ? "MEASURED_SHARE_LOW" : null,
            ],
            flags);

        // "Exception: cov_grid suppressed with MEASURED_SHARE_LOW keeps low, high and cov_grid.measured_share" (1.7).
        var keeps = verdict.Shows || verdict.Reason == "MEASURED_SHARE_LOW";
        var row = new ExpectedRow
        {
            Indicator = "cov_grid",
            Key = scope.Key,
            Group = scope.Group,
            Value = verdict.Shows ? Exact.Nearest(covered, measured) : null,
            Numerator = verdict.Shows ? Exact.Text(covered, 0) : null,
            Denominator = verdict.Shows ? Exact.Text(measured, 0) : null,
            Low = keeps ? Exact.Nearest(covered, target) : null,
            High = keeps ? Exact.Nearest(covered + target - measured, target) : null,
            Status = verdict.Status,
            Reason = verdict.Reason,
            Flags = disclosed ? [] : flags,
            Evidence = disclosed ? [] : [new("cells_covered", covered), new("cells_measured", measured), new("cells_target", target)],
        };
        yield return row;

        // covered · g², as cov_grid is published; cells are of 10 m
        yield return row with
        {
            Indicator = "cov_area_m2",
            Value = verdict.Shows ? covered * 100 : null,
            Numerator = verdict.Shows ? Exact.Text(covered * 100, 0) : null,
            Denominator = null,
            Low = verdict.Shows ? covered * 100 : null,
            High = verdict.Shows ? (covered + target - measured) * 100 : null,
            Evidence = [],
        };
        yield return row with
        {
            Indicator = "cov_grid.measured_share",
            Value = keeps ? Exact.Nearest(measured, target) : null,
            Numerator = keeps ? Exact.Text(measured, 0) : null,
            Denominator = keeps ? Exact.Text(target, 0) : null,
            Low = null,
            High = null,
            Evidence = [],
        };
    }
}
