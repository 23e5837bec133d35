namespace IndicatorCore.Cli.Output;

/// <summary>Sizes as people read and type them.</summary>
internal static class ByteText
{
    private static readonly string[] s_units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>Such as <c>1.4 GiB</c>.</summary>
    public static string Of(double bytes)
    {
        var unit = 0;
        while (bytes >= 1024 && unit < s_units.Length - 1)
        {
            bytes /= 1024;
            unit++;
        }

        return unit == 0 ? $"{bytes:0} B" : $"{bytes:0.0} {s_units[unit]}";
    }

    /// <summary>Reads <c>512MiB</c>, <c>2GB</c>, <c>1.5G</c> or plain bytes; KB, MB, GB are powers of 1000, KiB and a bare K powers of 1024.</summary>
    /// <returns>False when the text is no positive size below 2^63.</returns>
    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var digits = text.AsSpan().Trim();
        var end = 0;
        while (end < digits.Length && (char.IsAsciiDigit(digits[end]) || digits[end] == '.'))
        {
            end++;
        }

        var unit = digits[end..].Trim();
        if (!decimal.TryParse(digits[..end], out var number))
        {
            return false;
        }

        var power = unit.IsEmpty ? 0 : "bkmgtp".IndexOf(char.ToLowerInvariant(unit[0]));
        var rest = power > 0 ? unit[1..] : unit;
        decimal step;
        if (rest.Equals("iB", StringComparison.OrdinalIgnoreCase) || (power > 0 && rest.IsEmpty))
        {
            step = 1024;
        }
        else if (rest.Equals("B", StringComparison.OrdinalIgnoreCase) || (power == 0 && rest.IsEmpty))
        {
            step = 1000;
        }
        else
        {
            return false;
        }

        for (var i = 0; i < power; i++)
        {
            if (number > long.MaxValue)
            {
                return false;
            }

            number *= step;
        }

        if (power < 0 || number < 1 || number > long.MaxValue)
        {
            return false;
        }

        bytes = (long)number;
        return true;
    }
}
