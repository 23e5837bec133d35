namespace IndicatorCore.Bench.Guards;

/// <summary>Two actions whose times are compared.</summary>
/// <param name="Name">The guard's name.</param>
/// <param name="Above">The action whose time is divided.</param>
/// <param name="Below">The action that it is divided by.</param>
/// <param name="Absence">Why it cannot be measured here; null where it can.</param>
internal sealed record RatioCase(string Name, Action Above, Action Below, string? Absence = null);
