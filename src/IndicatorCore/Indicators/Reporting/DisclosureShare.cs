using System.Numerics;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>What one place adds to the denominator of a group's figure: what disclosure weighs (indicator-definitions 10.1).</summary>
/// <param name="Indicator">The id of the row that is judged by it.</param>
/// <param name="Group">The group, as its rows carry it.</param>
/// <param name="WindowStart">The start of the rows' window.</param>
/// <param name="Enterprise">The enterprise, or what stands for it; null = unknown, and all unknown ones are one.</param>
/// <param name="Place">The finest part told apart, such as a factory: equal parts of different groups have equal names.</param>
/// <param name="Weight">How much it adds, not negative.</param>
internal readonly record struct DisclosureShare(
    string Indicator, IReadOnlyList<KeyValuePair<string, string?>> Group, long? WindowStart, string? Enterprise, string Place, BigInteger Weight);
