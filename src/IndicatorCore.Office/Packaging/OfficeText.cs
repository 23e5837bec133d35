using System.Text;

namespace IndicatorCore.Office.Packaging;

/// <summary>Text as Office files can hold it, and its width.</summary>
internal static class OfficeText
{
    /// <summary>Without the characters that XML 1.0 cannot hold, which become U+FFFD.</summary>
    public static string Legal(string text)
    {
        StringBuilder? changed = null;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            var isPair = char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var isLegal = isPair || letter is '\t' or '\n' or '\r' || (letter >= ' ' && !char.IsSurrogate(letter) && letter is not ('\uFFFE' or '\uFFFF'));
            if (!isLegal)
            {
                changed ??= new StringBuilder(text, 0, i, text.Length);
                changed.Append('\uFFFD');
            }
            else
            {
                changed?.Append(letter);
                if (isPair)
                {
                    i++;
                    changed?.Append(text[i]);
                }
            }
        }

        return changed?.ToString() ?? text;
    }

    /// <summary>The width in halves of a Chinese character.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var letter in text)
        {
            width += letter < 0x1100 && letter is not ('“' or '”') ? 1 : 2;
        }

        return width;
    }

    /// <summary>How many lines a text takes in a column of that width.</summary>
    public static int Lines(string text, double width)
    {
        var lines = 0;
        foreach (var part in text.Split('\n'))
        {
            lines += Math.Max(1, (int)Math.Ceiling(Width(part) / Math.Max(1, width - 1)));
        }

        return lines;
    }
}
