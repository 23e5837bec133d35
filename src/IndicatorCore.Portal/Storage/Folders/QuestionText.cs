using System.Globalization;
using System.Text;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>A query as a text: equal texts are equal questions.</summary>
internal static class QuestionText
{
    /// <summary>Which groups are asked for.</summary>
    public static string OfGroups(RowQuery query)
    {
        var text = new StringBuilder();
        Add(text, query.View);
        Add(text, query.Level);
        AddAll(text, query.Within?.Select(static scope => $"{(int)scope.Kind}{scope.Value}"));
        foreach (var (key, value) in query.Group)
        {
            Add(text, key);
            Add(text, value);
        }

        return text.ToString();
    }

    /// <summary>All but the page.</summary>
    public static string Of(RowQuery query)
    {
        var text = new StringBuilder(OfGroups(query)).Append('|');
        Add(text, query.From?.ToString(CultureInfo.InvariantCulture));
        Add(text, query.To?.ToString(CultureInfo.InvariantCulture));
        Add(text, ((int)query.Sort).ToString(CultureInfo.InvariantCulture));
        AddAll(text, query.Indicators);
        AddAll(text, query.Statuses);
        return text.ToString();
    }

    // lengths before texts: no text can pass for two
    private static void Add(StringBuilder text, string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);

    private static void AddAll(StringBuilder text, IEnumerable<string>? parts)
    {
        text.Append(parts is null ? '-' : '+');
        foreach (var part in parts ?? [])
        {
            Add(text, part);
        }

        text.Append(';');
    }
}
