namespace IndicatorCore.Adapters.Results;

/// <summary>Writes a pipe table of GitHub-flavoured Markdown.</summary>
internal static class MarkdownTable
{
    /// <summary>Writes headings, the rule with alignments, and rows.</summary>
    public static void Write(TextWriter output, IReadOnlyList<TextColumn> columns, IEnumerable<IReadOnlyList<string?>> rows)
    {
        Line(output, columns.Select(static column => (string?)column.Header));
        output.Write('|');
        foreach (var column in columns)
        {
            output.Write(column.IsRightAligned ? " ---: |" : " --- |");
        }

        output.Write('\n');
        foreach (var row in rows)
        {
            Line(output, row);
        }
    }

    /// <summary>The text with what Markdown or HTML would interpret made literal.</summary>
    public static string Literal(string text)
    {
        var literal = TextTable.Visible(text);
        return literal
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("*", "\\*", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal)
            .Replace("`", "\\`", StringComparison.Ordinal)
            .Replace("[", "\\[", StringComparison.Ordinal)
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
    }

    private static void Line(TextWriter output, IEnumerable<string?> cells)
    {
        output.Write('|');
        foreach (var cell in cells)
        {
            output.Write(' ');
            output.Write(Literal(cell ?? string.Empty));
            output.Write(" |");
        }

        output.Write('\n');
    }
}
