using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>The rows of a publication as they are asked for: numbers from the index, bytes by positioned reads.</summary>
/// <param name="file">The rows; closed when nobody has them any longer.</param>
/// <param name="index">Their index.</param>
/// <param name="postings">Its postings.</param>
internal sealed class PublicationRows(SafeFileHandle file, RowIndex index, RowPostings postings)
{
    private const int KeptSelections = 1024;
    private const int KeptNumbers = 6 << 20;
    private const int SmallGap = 4096;   // bytes that are read through rather than around
    private readonly RowSelection _selection = new(index, postings);
    private readonly RecentAnswers<SelectedRows> _kept = new(KeptSelections, KeptNumbers);

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

    // pages of one question follow each other
    private SelectedRows Select(RowQuery query)
    {
        var question = QuestionText.Of(query);
        if (!_kept.TryGet(question, out var rows))
        {
            rows = _selection.Select(query);
            _kept.Keep(question, rows, rows.Numbers?.Length ?? 0);
        }

        return rows;
    }
}
