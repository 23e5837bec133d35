using System.Numerics;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// One indicator: what it is called and means, which state it needs, and how that state becomes rows. The engine knows no
/// indicator by name: adding one is one file, and one line in <see cref="DefinitionCatalog"/>.
/// </summary>
internal abstract class IndicatorDefinition
{
    private const int WeightScale = 24;   // beyond every figure's decimals, so that weights compare

    /// <summary>What the catalogue says.</summary>
    public abstract IndicatorDescription Description { get; }

    /// <summary>The states that it needs.</summary>
    public abstract TableNeeds Needs { get; }

    /// <summary>The table whose data decides which groups and windows have rows.</summary>
    public abstract string Table { get; }

    /// <summary>Makes the rows of all levels, groups and windows, parts included, in any order.</summary>
    public abstract IEnumerable<IndicatorRow> Compute(ReportContext report);

    /// <summary>Makes figures by column, one table a level at most, for definitions of very many groups and windows; their rows come from these tables alone.</summary>
    public virtual IEnumerable<IndicatorTable> Tables(ReportContext report) => [];

    /// <summary>Whether it is computed only when <c>--select</c> names it.</summary>
    public virtual bool IsOnlyByName => false;

    /// <summary>Whether its figures are made of what enterprises contribute, so that disclosure control judges them (indicator-definitions 10.1).</summary>
    public virtual bool IsDisclosed => true;

    /// <summary>Whether disclosure control judges a row, where it judges the definition at all.</summary>
    public virtual bool IsJudged(IndicatorRow row) => true;

    /// <summary>Whether a part is judged on what contributes to it, and not on what contributes to the whole.</summary>
    public virtual bool PartsAreJudgedAlone => false;

    /// <summary>What places contribute to the figures of groups that disclosure applies to.</summary>
    /// <param name="report">The report.</param>
    /// <param name="parts">The same report without floors, its disclosed levels split by enterprise and factory.</param>
    public virtual IEnumerable<DisclosureShare> Shares(ReportContext report, ReportContext parts)
    {
        foreach (var row in Compute(parts).Concat(Tables(parts).SelectMany(static table => table.Columns.SelectMany(column => Enumerable.Range(0, table.Length).Select(column.Row)))))
        {
            if (row.Indicator == Description.Id || PartsAreJudgedAlone)
            {
                yield return ShareOf(row);
            }
        }
    }

    /// <summary>What a row of a place contributes.</summary>
    /// <param name="row">The row, its group ending in enterprise and factory.</param>
    protected DisclosureShare ShareOf(IndicatorRow row)
    {
        var (enterprise, factory) = (row.Group[^2].Value, row.Group[^1].Value);
        return new DisclosureShare(
            row.Indicator,
            [.. row.Group.SkipLast(2)],
            row.WindowStart,
            enterprise is not null ? $"enterprise={enterprise}" : factory is not null ? $"factory={factory}" : null,
            $"{enterprise}\u001f{factory}",
            WeightOf(row));
    }

    /// <summary>What a row weighs: its denominator, without one its numerator, without that its valid rows; nothing where it is not available.</summary>
    protected virtual BigInteger WeightOf(IndicatorRow row) => row.Status == ResultStatus.NotAvailable ? BigInteger.Zero
        : (row.Denominator ?? row.Numerator) is { } exact ? BigInteger.Abs(exact.Unscaled) * BigInteger.Pow(10, Math.Max(0, WeightScale - exact.Scale))
        : row.Evidence?.Valid ?? 0;
}
