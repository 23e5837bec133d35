using IndicatorCore.Aggregation;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The closed lists of names that state files use instead of numbers, which code may give otherwise tomorrow.</summary>
internal static class StateNames
{
    /// <summary>Online evidence over any link.</summary>
    public const string AnyLink = "any";

    /// <summary>Online evidence over an NR link.</summary>
    public const string NrLink = "nr";

    /// <summary>Online evidence over a link that the row does not name.</summary>
    public const string UnnamedLink = "unnamed";

    /// <summary>The tables.</summary>
    public static string[] Tables { get; } = [.. TableCatalog.All.Select(static table => table.Name)];

    /// <summary>The reasons of quarantine.</summary>
    public static string[] Reasons { get; } = [.. Enumerable.Range(1, QuarantineNames.Count - 1).Select(static reason => QuarantineNames.Of((QuarantineReason)reason))];

    /// <summary>The classes of online evidence.</summary>
    public static string[] Links { get; } = [AnyLink, NrLink, UnnamedLink];

    /// <summary>The lanes.</summary>
    public static string[] Lanes { get; } = Enum.GetNames<Lane>();
}
