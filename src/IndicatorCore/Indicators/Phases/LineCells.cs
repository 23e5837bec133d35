using System.Runtime.InteropServices;

namespace IndicatorCore.Indicators.Phases;

/// <summary>Cells by line.</summary>
internal sealed class LineCells<TCell>
{
    private readonly List<(string? Line, TCell[] Cells)> _lines = [];
    private readonly Dictionary<string, int> _numbers = [];
    private readonly int _unknown = -1;

    /// <summary>Sorts cells by line; within a line they keep their order.</summary>
    public LineCells(IReadOnlyList<TCell> cells, Func<TCell, string?> lineOf)
    {
        var lists = new List<(string? Line, List<TCell> Cells)>();
        string? last = null;
        List<TCell>? list = null;
        foreach (var cell in cells)
        {
            var line = lineOf(cell);
            if (list is null || !ReferenceEquals(line, last))
            {
                var number = _unknown;
                if (line is not null)
                {
                    ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, line, out var isKnown);
                    number = known = isKnown ? known : lists.Count;
                }
                else if (_unknown < 0)
                {
                    number = _unknown = lists.Count;
                }

                if (number == lists.Count)
                {
                    lists.Add((line, []));
                }

                (last, list) = (line, lists[number].Cells);
            }

            list.Add(cell);
        }

        foreach (var (line, found) in lists)
        {
            _lines.Add((line, [.. found]));
        }
    }

    /// <summary>The lines, in order of appearance; null is the unknown one.</summary>
    public IReadOnlyList<(string? Line, TCell[] Cells)> Lines => _lines;

    /// <summary>The cells of a line, none when there is no such line.</summary>
    public TCell[] this[string? line]
    {
        get
        {
            var number = line is null ? _unknown : _numbers.GetValueOrDefault(line, -1);
            return number < 0 ? [] : _lines[number].Cells;
        }
    }
}
