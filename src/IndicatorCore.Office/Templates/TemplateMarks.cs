using IndicatorCore.Errors;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Office.Templates;

/// <summary>
/// What the marks of a template stand for: <c>{{name}}</c> a field, <c>{{heading.3}}</c> the third row of a table's column, <c>{{heading.*}}</c> the
/// row of it that a repeated row of the template is for.
/// </summary>
internal sealed class TemplateMarks
{
    private const string Open = "{{";
    private const string Close = "}}";
    private const string Repeated = ".*";
    private readonly Dictionary<string, FilledCell> _cells = [];
    private readonly Dictionary<string, int> _columns = [];
    private readonly SortedSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Names the fields and tables of a form.</summary>
    /// <exception cref="ConfigurationException">The form has several copies: a template is for one.</exception>
    public TemplateMarks(FilledForm form)
    {
        // beside one subject's copy there may be the list
        var subjects = form.Copies.Where(static copy => copy.Sections.Any(static section => section.Table is null)).ToList();
        if (subjects.Count > 1)
        {
            throw new ConfigurationException(
                $"The template is for one subject, and the form has {subjects.Count}", advice: $"Choose one, such as --where factory={subjects[0].Subject}.");
        }

        foreach (var section in form.Copies.SelectMany(static copy => copy.Sections))
        {
            foreach (var field in section.Fields)
            {
                _cells.TryAdd(Key(field.Name), field.Cell);
                _cells.TryAdd(Key(field.Heading), field.Cell);
            }

            for (var column = 0; section.Table is { } table && column < table.Headings.Count; column++)
            {
                _columns.TryAdd(Key(table.Headings[column]), table.Rows.Count);
                for (var row = 0; row < table.Rows.Count; row++)
                {
                    _cells.TryAdd($"{Key(table.Headings[column])}.{row + 1}", table.Rows[row][column]);
                }
            }
        }
    }

    /// <summary>The marks that mean nothing, in ordinal order; they are left as they stand.</summary>
    public IReadOnlyList<string> Unknown => [.. _unknown];

    /// <summary>How often a row of that text is repeated: as many rows as its columns have, at least once; null where it has no such mark.</summary>
    public int? Repeats(string text)
    {
        var counts = Names(text).Select(static mark => Key(mark.Name))
            .Where(key => key.EndsWith(Repeated, StringComparison.Ordinal) && _columns.ContainsKey(key[..^Repeated.Length])).Select(key => _columns[key[..^Repeated.Length]]).ToList();
        return counts.Count == 0 ? null : Math.Max(1, counts.Max());
    }

    /// <summary>The marks of a text with their places, from left to right; unknown ones are noted and left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="row">In a repeated row which it is, from 1; else null.</param>
    public IReadOnlyList<(int Start, int Length, FilledCell Cell)> In(string text, int? row = null)
    {
        var marks = new List<(int, int, FilledCell)>();
        foreach (var (start, length, name) in Names(text))
        {
            if (Find(name, row) is { } cell)
            {
                marks.Add((start, length, cell));
            }
            else
            {
                _unknown.Add(name.Trim());
            }
        }

        return marks;
    }

    private static List<(int Start, int Length, string Name)> Names(string text)
    {
        var names = new List<(int, int, string)>();
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0;)
        {
            var end = text.IndexOf(Close, at + Open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            // the innermost of {{ {{name}}
            at = text.LastIndexOf(Open, end - 1, end - at, StringComparison.Ordinal) is var inner and >= 0 ? inner : at;
            names.Add((at, end + Close.Length - at, text[(at + Open.Length)..end]));
            at = text.IndexOf(Open, end + Close.Length, StringComparison.Ordinal);
        }

        return names;
    }

    private FilledCell? Find(string name, int? repeated)
    {
        var key = Key(name);
        key = repeated is { } number && key.EndsWith(Repeated, StringComparison.Ordinal) ? $"{key[..^1]}{number}" : key;
        if (_cells.TryGetValue(key, out var cell))
        {
            return cell;
        }

        // a row that the table does not have stays empty: forms print more rows than there are projects
        var dot = key.LastIndexOf('.');
        return dot > 0 && _columns.ContainsKey(key[..dot]) && int.TryParse(key[(dot + 1)..], out var row) && row > 0 ? new FilledCell() : null;
    }

    private static string Key(string name) => string.Concat(name.Where(static letter => !char.IsWhiteSpace(letter)));
}
