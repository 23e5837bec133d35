using System.Text;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Registry headings as they are compared: without blanks, hyphens and what stands in brackets, in lower case.</summary>
internal static class HeadingText
{
    /// <summary>The form that is compared.</summary>
    public static string Key(string heading)
    {
        var text = new StringBuilder();
        var depth = 0;
        foreach (var letter in heading)
        {
            if (letter is '(' or '（')
            {
                depth++;
            }
            else if (letter is ')' or '）')
            {
                depth = Math.Max(0, depth - 1);
            }
            else if (depth == 0 && !char.IsWhiteSpace(letter) && letter is not ('-' or '_' or '\uFEFF'))
            {
                text.Append(char.ToLowerInvariant(letter));
            }
        }

        return text.ToString();
    }

    /// <summary>The characters of a text as forms count them: every character one, line breaks none.</summary>
    public static int Length(string text) => text.EnumerateRunes().Count(static rune => rune.Value is not ('\n' or '\r'));
}
