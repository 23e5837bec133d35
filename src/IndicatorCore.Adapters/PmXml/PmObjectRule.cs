using System.Text.RegularExpressions;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>Where the measured objects whose names match belong.</summary>
/// <param name="Match">Matched anywhere in the object's distinguished name, in time linear in its length.</param>
/// <param name="Columns">What the columns <c>factory</c>, <c>workshop</c>, <c>line</c>, <c>device</c>, <c>cell</c> and <c>rat</c> hold; <c>$1</c> stands for the first group of the match.</param>
public sealed record PmObjectRule(Regex Match, IReadOnlyList<KeyValuePair<string, string>> Columns);
