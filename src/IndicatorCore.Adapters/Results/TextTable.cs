using System.Text;

namespace IndicatorCore.Adapters.Results;

/// <summary>Columns of text for a terminal, aligned by display width; wrapping columns give way when the width is short.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private const int WidestWord = 20;   // longer ones are broken inside when the width is short
    private readonly TextColumn[] _columns;
    private readonly List<string[]> _rows = [];
    private readonly List<string?> _colors = [];
    private int[]? _widths;
    private bool _isLimited;

    public TextTable(params TextColumn[] columns) => _columns = columns;

    /// <summary>Adds a row; control characters are shown as escapes, so that data cannot steer the terminal.</summary>
    /// <param name="cells">One cell a column.</param>
    /// <param name="color">The SGR parameter of the row, such as <c>33</c>, or null.</param>
    public void Add(IReadOnlyList<string?> cells, string? color = null)
    {
        if (cells.Count != _columns.Length)
        {
            throw new ArgumentException($"The table has {_columns.Length} columns, the row {cells.Count}.", nameof(cells));
        }

        _rows.Add([.. cells.Select(static cell => Visible(cell ?? string.Empty))]);
        _colors.Add(color);
    }

    /// <summary>Rows added and not yet written.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Writes the headings, a rule and the rows.</summary>
    /// <param name="output">Takes the lines, each ended by a line feed.</param>
    /// <param name="width">The cells of a line, or null when there is no limit.</param>
    /// <param name="useColor">Whether the rows' colours are written.</param>
    public void Write(TextWriter output, int? width, bool useColor = false) => WritePage(output, width, useColor);

    /// <summary>Writes the rows added since the last page; the first page has the headings and settles the widths.</summary>
    /// <param name="output">Takes the lines, each ended by a line feed.</param>
    /// <param name="width">The cells of a line, or null when there is no limit.</param>
    /// <param name="useColor">Whether the rows' colours are written.</param>
    public void WritePage(TextWriter output, int? width, bool useColor = false)
    {
        var line = new StringBuilder();
        if (_widths is null)
        {
            _widths = Widths(width);
            _isLimited = width is not null;
            WriteRow(output, line, [.. _columns.Select(static column => column.Header)], _widths, useColor ? "1" : null);
            for (var i = 0; i < _widths.Length; i++)
            {
                line.Append(i == 0 ? string.Empty : Gap).Append('─', _widths[i]);
            }

            Emit(output, line);
        }

        for (var i = 0; i < _rows.Count; i++)
        {
            WriteRow(output, line, _rows[i], _widths, useColor ? _colors[i] : null);
        }

        _rows.Clear();
        _colors.Clear();
    }

    /// <summary>The text with control characters as <c>\n</c>, <c>\t</c> or <c>\u001b</c>.</summary>
    public static string Visible(string text)
    {
        if (!text.Any(static c => char.IsControl(c)))
        {
            return text;
        }

        var visible = new StringBuilder();
        foreach (var c in text)
        {
            _ = c switch
            {
                '\n' => visible.Append("\\n"),
                '\r' => visible.Append("\\r"),
                '\t' => visible.Append("\\t"),
                _ when char.IsControl(c) => visible.Append($"\\u{(int)c:x4}"),
                _ => visible.Append(c),
            };
        }

        return visible.ToString();
    }

    private int[] Widths(int? width)
    {
        var widths = new int[_columns.Length];
        for (var i = 0; i < widths.Length; i++)
        {
            widths[i] = DisplayWidth.Of(_columns[i].Header);
            foreach (var row in _rows)
            {
                widths[i] = Math.Max(widths[i], DisplayWidth.Of(row[i]));
            }
        }

        if (width is not { } limit)
        {
            return widths;
        }

        var floors = Floors();
        for (var total = widths.Sum() + (Gap.Length * (widths.Length - 1)); total > limit; total--)
        {
            var widest = -1;
            for (var i = 0; i < widths.Length; i++)
            {
                if (_columns[i].CanWrap && widths[i] > floors[i] && (widest < 0 || widths[i] > widths[widest]))
                {
                    widest = i;
                }
            }

            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
        }

        return widths;
    }

    /// <summary>How narrow a column may become: its heading and its longest word, up to a bound.</summary>
    private int[] Floors()
    {
        var floors = new int[_columns.Length];
        for (var i = 0; i < floors.Length; i++)
        {
            floors[i] = DisplayWidth.Of(_columns[i].Header);
            foreach (var row in _rows)
            {
                var word = 0;
                foreach (var rune in row[i].EnumerateRunes())
                {
                    word += DisplayWidth.Of(rune);
                    floors[i] = Math.Max(floors[i], Math.Min(word, WidestWord));
                    word = BreaksAfter(rune.Value) ? 0 : word;
                }
            }
        }

        return floors;
    }

    private static bool BreaksAfter(int character) => character is ' ' or ',' or ';' or '_' or '.' or '/' or '，' or '、' or >= 0x3400;

    private void WriteRow(TextWriter output, StringBuilder line, string[] cells, int[] widths, string? color)
    {
        var pieces = new List<string>[cells.Length];
        var height = 1;
        for (var i = 0; i < cells.Length; i++)
        {
            pieces[i] = _isLimited && _columns[i].CanWrap ? Wrap(cells[i], widths[i]) : [cells[i]];
            height = Math.Max(height, pieces[i].Count);
        }

        for (var part = 0; part < height; part++)
        {
            for (var i = 0; i < cells.Length; i++)
            {
                var piece = part < pieces[i].Count ? pieces[i][part] : string.Empty;
                var padding = Math.Max(0, widths[i] - DisplayWidth.Of(piece));
                line.Append(i == 0 ? string.Empty : Gap);
                _ = _columns[i].IsRightAligned ? line.Append(' ', padding).Append(piece) : line.Append(piece).Append(' ', padding);
            }

            Emit(output, line, color);
        }
    }

    private static void Emit(TextWriter output, StringBuilder line, string? color = null)
    {
        while (line.Length > 0 && line[^1] == ' ')
        {
            line.Length--;
        }

        output.Write(color is null ? line.Append('\n').ToString() : $"\e[{color}m{line}\e[0m\n");
        line.Clear();
    }

    /// <summary>Breaks a text into pieces of a width, after a separator where one is near the end.</summary>
    private static List<string> Wrap(string text, int width)
    {
        var pieces = new List<string>();
        while (DisplayWidth.Of(text) > width)
        {
            var used = 0;
            var end = 0;
            var breakAt = 0;
            foreach (var rune in text.EnumerateRunes())
            {
                var cells = DisplayWidth.Of(rune);
                if (used + cells > width && end > 0)
                {
                    break;
                }

                used += cells;
                end += rune.Utf16SequenceLength;
                if (BreaksAfter(rune.Value))
                {
                    breakAt = end;
                }
            }

            var cut = breakAt > 0 ? breakAt : end;
            pieces.Add(text[..cut].TrimEnd(' '));
            text = text[cut..];
        }

        pieces.Add(text);
        return pieces;
    }
}
