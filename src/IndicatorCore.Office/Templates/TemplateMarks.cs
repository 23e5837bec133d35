using IndicatorCore.Errors;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Office.Templates;

/// <summary>What the marks of a template stand for: <c>{{name}}</c> a field, <c>{{heading.3}}</c> the third row of a table's column.</summary>
internal sealed class TemplateMarks
{
    private const string Open = "{{";
    private const string Close = "}}";
    private readonly Dictionary<string, FilledCell> _cells = [];
    private readonly HashSet<string> _columns = [];
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
                _columns.Add(Key(table.Headings[column]));
                for (var row = 0; row < table.Rows.Count; row++)
                {
                    _cells.TryAdd($"{Key(table.Headings[column])}.{row + 1}", table.Rows[row][column]);
                }
            }
        }
    }

    /// <summary>The marks that mean nothing, in ordinal order; they are left as they stand.</summary>
    public IReadOnlyList<string> Unknown => [.. _unknown];

    /// <summary>The marks of a text with their places, from left to right; unknown ones are noted and left out.</summary>
    public IReadOnlyList<(int Start, int Length, FilledCell Cell)> In(string text)
    {
        var marks = new List<(int, int, FilledCell)>();
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0;)
        {
            var end = text.IndexOf(Close, at + Open.Length, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }

            // the innermost of {{ {{name}}
            at = text.LastIndexOf(Open, end - 1, end - at, StringComparison.Ordinal) is var inner and >= 0 ? inner : at;
            var name = text[(at + Open.Length)..end];
            if (Find(name) is { } cell)
            {
                marks.Add((at, end + Close.Length - at, cell));
            }
            else
            {
                _unknown.Add(name.Trim());
            }

            at = text.IndexOf(Open, end + Close.Length, StringComparison.Ordinal);
        }

        return marks;
    }

    private FilledCell? Find(string name)
    {
        var key = Key(name);
        if (_cells.TryGetValue(key, out var cell))
        {
            return cell;
        }

        // a row that the table does not have stays empty: forms print more rows than there are projects
        var dot = key.LastIndexOf('.');
        return dot > 0 && _columns.Contains(key[..dot]) && int.TryParse(key[(dot + 1)..], out var row) && row > 0 ? new FilledCell() : null;
    }

    private static string Key(string name) => string.Concat(name.Where(static letter => !char.IsWhiteSpace(letter)));
}
