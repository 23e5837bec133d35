using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>The rows of a publication as they are asked for: numbers from the index, bytes by positioned reads.</summary>
/// <param name="file">The rows; closed when nobody has them any longer.</param>
/// <param name="index">Their index.</param>
/// <param name="postings">Its postings.</param>
internal sealed class PublicationRows(SafeFileHandle file, RowIndex index, RowPostings postings)
{
    private const int KeptSelections = 32;
    private const int KeptNumbers = 4 << 20;
    private const int SmallGap = 4096;   // bytes that are read through rather than around
    private readonly RowSelection _selection = new(index, postings);
    private readonly LinkedList<(string Question, SelectedRows Rows)> _kept = [];
    private readonly Lock _lock = new();
    private long _keptNumbers;

    /// <summary>A page of a query.</summary>
    public RowPage Page(Publication publication, RowQuery query)
    {
        var selected = Select(query);
        var first = Math.Clamp(query.Offset, 0, selected.Count);
        var numbers = new int[(int)Math.Min(Math.Max(query.Limit, 0), selected.Count - first)];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = selected[(int)first + i];
        }

        return new RowPage(publication, Read(numbers, query.View), selected.Count);
    }

    /// <summary>One row, or null.</summary>
    public StoredRow? Row(long number) => number >= 0 && number < index.Count ? Read([(int)number], index.Views[index.ViewOf((int)number)])[0] : null;

    private StoredRow[] Read(int[] numbers, string view)
    {
        var rows = new StoredRow[numbers.Length];
        for (var i = 0; i < numbers.Length;)
        {
            // rows that lie close together by one read
            var end = i + 1;
            while (end < numbers.Length && numbers[end] > numbers[end - 1] && index.Offsets[numbers[end]] - index.Offsets[numbers[end - 1] + 1] <= SmallGap)
            {
                end++;
            }

            var start = index.Offsets[numbers[i]];
            var bytes = new byte[index.Offsets[numbers[end - 1] + 1] - start];
            for (var filled = 0; filled < bytes.Length;)
            {
                var read = RandomAccess.Read(file, bytes.AsSpan(filled), start + filled);
                filled += read > 0 ? read : throw new EndOfStreamException("The store's rows end early.");
            }

            for (; i < end; i++)
            {
                var number = numbers[i];
                rows[i] = new StoredRow(number, view, bytes.AsMemory((int)(index.Offsets[number] - start), (int)(index.Offsets[number + 1] - index.Offsets[number]) - 1));
            }
        }

        return rows;
    }

    // pages of one question follow each other, and what was published never changes
    private SelectedRows Select(RowQuery query)
    {
        var question = QuestionOf(query);
        lock (_lock)
        {
            for (var node = _kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Question == question)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Rows;
                }
            }
        }

        var rows = _selection.Select(query);
        lock (_lock)
        {
            _kept.AddFirst((question, rows));
            _keptNumbers += rows.Numbers?.Length ?? 0;
            while (_kept.Count > KeptSelections || (_keptNumbers > KeptNumbers && _kept.Count > 1))
            {
                _keptNumbers -= _kept.Last!.Value.Rows.Numbers?.Length ?? 0;
                _kept.RemoveLast();
            }
        }

        return rows;
    }

    private static string QuestionOf(RowQuery query)
    {
        var text = new StringBuilder();
        Add(query.View);
        Add(query.Level);
        Add(query.From?.ToString(CultureInfo.InvariantCulture));
        Add(query.To?.ToString(CultureInfo.InvariantCulture));
        Add(((int)query.Sort).ToString(CultureInfo.InvariantCulture));
        AddAll(query.Indicators);
        AddAll(query.Statuses);
        AddAll(query.Within?.Select(static scope => $"{(int)scope.Kind}{scope.Value}"));
        foreach (var (key, value) in query.Group)
        {
            Add(key);
            Add(value);
        }

        return text.ToString();

        // lengths before texts: no text can pass for two
        void Add(string? part) => text.Append(part?.Length ?? -1).Append(':').Append(part);

        void AddAll(IEnumerable<string>? parts)
        {
            text.Append(parts is null ? '-' : '+');
            foreach (var part in parts ?? [])
            {
                Add(part);
            }

            text.Append(';');
        }
    }
}
