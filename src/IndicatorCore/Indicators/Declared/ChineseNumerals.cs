using System.Numerics;

namespace IndicatorCore.Indicators.Declared;

/// <summary>Numbers in Chinese characters, such as 一千二百万, 十二, 二〇二四 and 三点五. Colloquial forms that leave a unit out (一百二) are none.</summary>
internal static class ChineseNumerals
{
    private const string Digits = "零一二三四五六七八九";
    private const string All = "零〇一二两三四五六七八九十百千万亿";

    /// <summary>Whether a character stands in such numbers.</summary>
    public static bool Has(char character) => All.Contains(character, StringComparison.Ordinal);

    /// <summary>Reads a whole number, all of whose characters <see cref="Has"/>; false where it is none.</summary>
    public static bool TryWhole(ReadOnlySpan<char> text, out BigInteger value)
    {
        value = BigInteger.Zero;
        if (text.IsEmpty)
        {
            return false;
        }

        if (text.Length > 1 && text.IndexOfAny("十百千万亿") < 0)
        {
            foreach (var character in text)
            {
                if (character == '两')
                {
                    return false;
                }

                value = (value * 10) + Digit(character);
            }

            return true;
        }

        return TryBelow(text, '亿', 100_000_000, static (ReadOnlySpan<char> part, out BigInteger below) => TryBelow(part, '万', 10_000, TrySection, out below), out value);
    }

    /// <summary>The value of one digit, -1 where it is none.</summary>
    public static int Digit(char character) => character switch
    {
        '〇' => 0,
        '两' => 2,
        _ => Digits.IndexOf(character, StringComparison.Ordinal),
    };

    private delegate bool Reader(ReadOnlySpan<char> text, out BigInteger value);

    // [above]unit[below], below less than the unit; a unit that is left out below must show as 零
    private static bool TryBelow(ReadOnlySpan<char> text, char unit, int size, Reader part, out BigInteger value)
    {
        value = BigInteger.Zero;
        var at = text.LastIndexOf(unit);
        if (at < 0)
        {
            return part(text, out value);
        }

        if (!part(text[..at], out var above) || above.IsZero)
        {
            return false;
        }

        value = above * size;
        var rest = text[(at + 1)..];
        if (rest.IsEmpty)
        {
            return true;
        }

        var isSkipped = rest[0] is '零' or '〇';
        if (!part(isSkipped ? rest[1..] : rest, out var below) || below.IsZero || below >= size || isSkipped != (below < size / 10))
        {
            return false;
        }

        value += below;
        return true;
    }

    // below 10,000
    private static bool TrySection(ReadOnlySpan<char> text, out BigInteger value)
    {
        value = BigInteger.Zero;
        var sum = 0;
        var last = 10_000;      // the unit before
        var at = 0;
        var isSkipped = false;
        while (at < text.Length)
        {
            if (text[at] is '零' or '〇')
            {
                if (isSkipped || (at == text.Length - 1 && text.Length > 1) || (at == 0 && text.Length > 1))
                {
                    return false;
                }

                isSkipped = true;
                at++;
                continue;
            }

            // ten stands for itself at the start alone
            var isTen = text[at] == '十' && at == 0;
            var isTwo = text[at] == '两';
            var digit = isTen ? 1 : Digit(text[at]);
            at += isTen ? 0 : 1;
            var unit = at < text.Length ? text[at] switch { '千' => 1_000, '百' => 100, '十' => 10, _ => 0 } : 1;
            if (digit < 1 || unit == 0 || unit >= last || (unit < last / 10 && sum > 0) != isSkipped || (isTwo && (unit == 10 || (unit == 1 && sum > 0))))
            {
                return false;
            }

            at += unit == 1 ? 0 : 1;
            sum += digit * unit;
            last = unit;
            isSkipped = false;
        }

        value = sum;
        return at > 0;
    }
}
