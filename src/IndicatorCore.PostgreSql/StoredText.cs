using System.Text;

namespace IndicatorCore.PostgreSql;

/// <summary>Texts as PostgreSQL can keep them in columns: it has no U+0000 and no halves of surrogate pairs. What is served are the rows' bytes, which stay as they are.</summary>
internal static class StoredText
{
    public static string Of(string text)
    {
        foreach (var character in text)
        {
            if (character == '\0' || char.IsSurrogate(character))
            {
                return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\0', '\uFFFD');
            }
        }

        return text;
    }

    public static string? OfNullable(string? text) => text is null ? null : Of(text);
}
