namespace IndicatorCore.Indicators.Reporting;

/// <summary>Groups as text, to find them by.</summary>
internal static class GroupName
{
    /// <summary>The keys and values of a group, null apart from empty.</summary>
    public static string Of(IReadOnlyList<KeyValuePair<string, string?>> group) =>
        string.Join('\u001f', group.Select(static pair => pair.Value is null ? pair.Key : $"{pair.Key}={pair.Value}"));
}
