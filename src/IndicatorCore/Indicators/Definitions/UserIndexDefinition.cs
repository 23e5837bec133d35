using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Phases;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>One user-defined indicator that compares a baseline with the time after: Fisher's index, or the gain of a quotient.</summary>
internal sealed class UserIndexDefinition : UserTableDefinition
{
    private const int PrintedPlaces = 12;

    private readonly IndexForm _form;

    /// <summary>Makes the definition.</summary>
    /// <param name="plan">The plan of its table.</param>
    /// <param name="figure">Its place among the plan's figures.</param>
    public UserIndexDefinition(UserPlan plan, int figure)
        : base(plan, figure)
    {
        var indicator = Figure.Indicator;
        var places = indicator.Aggregate == UserAggregate.Fisher ? indicator.Denominator!.Places : PrintedPlaces;
        _form = new IndexForm
        {
            Indicator = indicator.Id,
            Factor = (int)BigInteger.Pow(10, PrintedPlaces - places),
            Divisor = 1,
            IsReduction = indicator.Better == UserBetter.Lower,
            HasPooled = false,
        };
    }

    /// <inheritdoc/>
    public override IEnumerable<IndicatorRow> Compute(ReportContext report)
    {
        var skipped = report.SkipFlag(Description);
        return Figure.Indicator.Aggregate == UserAggregate.Fisher ? Index(report).Rows(report, skipped) : Gain(report).Rows(report, skipped);
    }

    /// <inheritdoc/>
    /// <remarks>The matched input, of a gain the denominator, of the after phase by line.</remarks>
    public override IEnumerable<DisclosureShare> Shares(ReportContext report, ReportContext parts) => Figure.Indicator.Aggregate == UserAggregate.Fisher
        ? Index(report).Shares(report, parts.Profile, [Description.Id])
        : Gain(report).Shares(report, parts.Profile, [Description.Id]);

    private PhaseQuestion<AmountCell> Index(ReportContext report)
    {
        var strata = Figure.Indicator.Index!;
        var products = report.Engine.Keys.Products;
        var (above, below) = (Figure.Above!.Value, Figure.Below!.Value);
        var (produced, unmatched) = (Figure.Produced!.Value, Figure.Unmatched!.Value);
        return Question<AmountCell>(
            report,
            (record, leaf, line) => new AmountCell
            {
                StratumLine = strata.ByLine ? line : null,
                Product = strata.ByProduct && leaf.Product >= 0 ? products.Name(leaf.Product) : null,
                Output = UserRecord.Sum(record[above.At..]),
                Input = UserRecord.Sum(record[below.At..]),
                Produced = UserRecord.Sum(record[produced.At..]),
                InputWithoutOutput = UserRecord.Sum(record[unmatched.At..]),
            },
            (request, lines) => AmountIndex.Compute(request, lines, _form));
    }

    private PhaseQuestion<QuotientCell> Gain(ReportContext report)
    {
        var (above, below) = (Figure.Above!.Value, Figure.Below);
        return Question<QuotientCell>(
            report,
            (record, _, _) => new QuotientCell { Above = above.Of(record), Below = below?.Of(record) ?? BigInteger.One },
            (request, lines) => [QuotientGain.Compute(request, lines, _form, below is not null, above.Places + (below?.Places ?? 0))]);
    }

    private PhaseQuestion<TCell> Question<TCell>(
        ReportContext report, CellMaker<TCell> make, Func<PhaseRequest, LineCells<TCell>, IReadOnlyList<PhaseFigure>> figures)
        where TCell : PhaseCell
    {
        var store = report.State.User[Plan.Number];
        var names = report.Engine.Keys.Lines.Names();
        var record = new long[Plan.RecordLength];
        var cells = new (Leaf Leaf, TCell Cell)[store.Count];
        for (var slot = 0; slot < cells.Length; slot++)
        {
            store.CopyRecord(slot, record);
            var place = store.Places[slot];
            var line = place.Leaf.Line < 0 ? null : names[place.Leaf.Line];
            var rows = store.Rows(slot);
            cells[slot] = (place.Leaf, make(record, place.Leaf, line) with
            {
                Line = line,
                Day = report.Panes.DayOf(place.Pane),
                Rows = record[Plan.CountsAt],
                ValidRows = record[Plan.CountsAt + Figure.Counted],
                Duplicates = rows.Duplicates,
                Conflicts = rows.Conflicts,
                FirstTimestamp = rows.First ?? long.MaxValue,
                LastTimestamp = rows.Last ?? long.MinValue,
            });
        }

        var isMissing = Array.Exists(Figure.Columns, column => !store.Has(column));
        return new PhaseQuestion<TCell>
        {
            Definition = Description.Definition,
            Table = Table,
            Panes = _ => Enumerable.Range(0, store.Count).Select(slot => store.Places[slot].Pane).Distinct(),
            Cells = cells,
            Figures = figures,
            Unavailable = _ => isMissing ? ResultReason.MissingColumn : null,
            Spans = Figure.Indicator.Index is { Baseline: { } baseline, After: { } after } ? (baseline, after) : null,
        };
    }

    private delegate TCell CellMaker<TCell>(ReadOnlySpan<long> record, Leaf leaf, string? line);
}
