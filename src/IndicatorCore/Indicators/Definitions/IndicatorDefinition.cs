using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// One indicator: what it is called and means, which state it needs, and how that state becomes rows. The engine knows no
/// indicator by name: adding one is one file, and one line in <see cref="DefinitionCatalog"/>.
/// </summary>
internal abstract class IndicatorDefinition
{
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
}
