using System.Globalization;

namespace IndicatorCore.Sources;

/// <summary>Lengths of time as profiles write them: a whole number and a unit, such as <c>15min</c>.</summary>
internal static class ProfileDuration
{
    // from the largest: Format takes the first that divides
    private static readonly (string Unit, long Nanoseconds)[] s_units =
    [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("min", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000), ("us", 1_000), ("ns", 1),
    ];

    /// <summary>Reads a length above zero.</summary>
    public static bool TryParse(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
        {
            digits++;
        }

        if (!long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count == 0)
        {
            return false;
        }

        var unit = text[digits..].Trim();
        foreach (var (name, length) in s_units)
        {
            if (name == unit)
            {
                var whole = (Int128)count * length;
                nanoseconds = whole <= long.MaxValue ? (long)whole : 0;
                return nanoseconds > 0;
            }
        }

        return false;
    }

    /// <summary>The shortest way to write it.</summary>
    public static string Format(long nanoseconds)
    {
        foreach (var (unit, length) in s_units)
        {
            if (nanoseconds % length == 0)
            {
                return $"{nanoseconds / length}{unit}";
            }
        }

        return $"{nanoseconds}ns";
    }
}
