using System.Globalization;
using System.Text;

namespace IndicatorCore.Adapters.Results;

/// <summary>How many cells of a terminal a text takes: two for wide East Asian characters, none for combining marks.</summary>
/// <remarks>Source: Unicode Standard Annex 11, classes W and F; class A (ambiguous) counts as one.</remarks>
internal static class DisplayWidth
{
    private static readonly (int First, int Last)[] s_wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2329, 0x232A), (0x23E9, 0x23EC), (0x25FD, 0x25FE), (0x2614, 0x2615), (0x2648, 0x2653),
        (0x267F, 0x267F), (0x26A1, 0x26A1), (0x26AA, 0x26AB), (0x26BD, 0x26BE), (0x26CE, 0x26CE), (0x26D4, 0x26D4), (0x2705, 0x2705),
        (0x274C, 0x274C), (0x2753, 0x2755), (0x2757, 0x2757), (0x2795, 0x2797), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF),
        (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97C), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE10, 0xFE19), (0xFE30, 0xFE6B),
        (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x16FE0, 0x18CFF), (0x1AFF0, 0x1B2FF), (0x1F004, 0x1F004), (0x1F0CF, 0x1F0CF),
        (0x1F18E, 0x1F18E), (0x1F191, 0x1F19A), (0x1F200, 0x1F320), (0x1F32D, 0x1F335), (0x1F337, 0x1F64F), (0x1F680, 0x1F6FF),
        (0x1F7E0, 0x1F7EB), (0x1F90C, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>The cells of a text without control characters.</summary>
    public static int Of(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            width += Of(rune);
        }

        return width;
    }

    /// <summary>The cells of one character: 0, 1 or 2.</summary>
    public static int Of(Rune rune)
    {
        if (rune.Value < 0x300)
        {
            return 1;
        }

        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
        {
            return 0;
        }

        var low = 0;
        var high = s_wide.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (rune.Value < s_wide[middle].First)
            {
                high = middle - 1;
            }
            else if (rune.Value > s_wide[middle].Last)
            {
                low = middle + 1;
            }
            else
            {
                return 2;
            }
        }

        return 1;
    }
}
