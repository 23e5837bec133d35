namespace IndicatorCore.Aggregation;

/// <summary>The reasons as results and manifests spell them.</summary>
internal static class QuarantineNames
{
    private static readonly string[] s_names =
    [
        string.Empty, "TZ_UNDECLARED", "FUTURE", "IMPLAUSIBLE_TIME", "MISSING_TIME", "PRECISION_LOST", "UNPARSEABLE", "OUT_OF_SCALE",
        "UNKNOWN_VALUE",
    ];

    public static int Count => s_names.Length;

    public static string Of(QuarantineReason reason) => s_names[(int)reason];

    /// <summary>All of them in ordinal order.</summary>
    public static string[] Sorted()
    {
        var names = s_names[1..];
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <summary>The reason called <paramref name="name"/>; a name that is not on the list is UNKNOWN_VALUE itself.</summary>
    public static QuarantineReason Parse(string name)
    {
        var index = Array.IndexOf(s_names, name);
        return index > 0 ? (QuarantineReason)index : QuarantineReason.UnknownValue;
    }
}
