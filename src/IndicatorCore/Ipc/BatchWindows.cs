using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>
/// A batch of a file that is too large to be held whole, read in windows of rows (decisions D9). Windows of plain buffers are read in any
/// order and by any number of threads; compressed columns are decoded from their start on, each by one thread at a time.
/// </summary>
internal sealed class BatchWindows : IDisposable
{
    private readonly IpcFileReader _reader;
    private readonly IpcReaderOptions _options;
    private readonly BatchLease _plan;
    private readonly FileBlock _block;
    private readonly int[] _columns;
    private readonly long _neededBytes;

    private BatchWindows(IpcFileReader reader, IpcReaderOptions options, BatchLease plan, FileBlock block)
    {
        (_reader, _options, _plan, _block) = (reader, options, plan, block);
        _columns = [.. Enumerable.Range(0, plan.Schema.Fields.Count).Where(plan.IsLoaded)];
        foreach (var column in _columns)
        {
            _neededBytes += plan.Columns[column].Slots[ColumnData.ValiditySlot].Length + plan.Columns[column].Slots[ColumnData.FirstSlot].Length;
        }
    }

    /// <summary>The rows of the batch.</summary>
    public int RowCount => _plan.RowCount;

    /// <summary>How many windows there are.</summary>
    public int Count => (int)((RowCount + (long)_options.WindowRows - 1) / _options.WindowRows);

    /// <summary>How many columns are needed.</summary>
    public int ColumnCount => _columns.Length;

    /// <summary>Whether the windows of a column must be decoded one after the other.</summary>
    public bool IsCompressed => _plan.CodecId >= 0;

    /// <summary>Takes a batch over whose layout is known; null when it cannot be read by window.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="options">Its options.</param>
    /// <param name="plan">The batch's columns with the places of their buffers and their dictionaries.</param>
    /// <param name="block">Where the batch lies.</param>
    public static BatchWindows? Of(IpcFileReader reader, IpcReaderOptions options, BatchLease plan, FileBlock block)
    {
        var suits = plan.CodecId < 0 || (plan is { CodecId: 0, CompressionMethod: 0 } && options.Codecs.All(static codec => codec.CodecId != 0));
        for (var i = 0; i < plan.Schema.Fields.Count; i++)
        {
            suits &= !plan.IsLoaded(i) || plan.Columns[i].Layout is ColumnLayout.Fixed or ColumnLayout.Bits or ColumnLayout.Null;
        }

        return suits && Enumerable.Range(0, plan.Schema.Fields.Count).Any(plan.IsLoaded) ? new BatchWindows(reader, options, plan, block) : null;
    }

    /// <summary>Checks that plain buffers are as long as the rows need; to be called before anything of the batch counts.</summary>
    /// <exception cref="MalformedArrowException">They are not.</exception>
    public void CheckLengths()
    {
        foreach (var column in IsCompressed ? [] : _columns)
        {
            var data = _plan.Columns[column];
            for (var slot = 0; slot <= ColumnData.FirstSlot; slot++)
            {
                var need = Bytes(data, slot, RowCount);
                if (data.Slots[slot].Length < need && !(slot == ColumnData.ValiditySlot && data.Slots[slot].Length == 0))
                {
                    throw new MalformedArrowException($"A buffer has {data.Slots[slot].Length} bytes where the rows need {need}", Place(column));
                }
            }
        }
    }

    /// <summary>Whether a column may be faulty although its plain buffers are long enough.</summary>
    public bool NeedsCheck(int index) => IsCompressed || _plan.Columns[_columns[index]].Field.Dictionary is not null;

    /// <summary>Reads a window of plain buffers into a lease.</summary>
    /// <param name="window">From 0 to <see cref="Count"/> - 1.</param>
    /// <param name="into">What to fill.</param>
    /// <param name="cancellationToken">Looked at before each read of at most 4 MiB.</param>
    /// <param name="only">One column, from 0 to <see cref="ColumnCount"/> - 1; -1 = all.</param>
    public void Read(int window, BatchLease into, CancellationToken cancellationToken, int only = -1)
    {
        Begin(window, into, only);
        foreach (var i in _columns)
        {
            var (from, to) = (_plan.Columns[i], into.Columns[i]);
            for (var slot = 0; into.IsLoaded(i) && slot <= ColumnData.FirstSlot; slot++)
            {
                // what a buffer lacks is no business of reading: CheckLengths tells
                var start = Bytes(from, slot, into.FirstRow);
                to.Slots[slot].Offset = from.Slots[slot].Offset + start;
                to.Slots[slot].Length = Math.Max(0, Math.Min(Bytes(from, slot, into.RowCount), from.Slots[slot].Length - start));
            }
        }

        into.BytesRead = (window == 0 ? _block.MetadataLength : 0) + _reader.ReadRanges(into, _block, cancellationToken);
        into.Complete(_reader.Decoder);
    }

    /// <summary>Starts a window of compressed buffers: gives each column its memory, which <see cref="WindowColumn.Fill"/> fills.</summary>
    public void Begin(int window, BatchLease into)
    {
        Begin(window, into, only: -1);
        var total = 0L;
        foreach (var i in _columns)
        {
            total += Bytes(into.Columns[i], ColumnData.ValiditySlot, into.RowCount) + Bytes(into.Columns[i], ColumnData.FirstSlot, into.RowCount) + 128;
        }

        _reader.TakeForWindow(into, total);
        into.Decoded.Reserve(total);
        foreach (var i in _columns)
        {
            var (from, to) = (_plan.Columns[i], into.Columns[i]);
            for (var slot = 0; slot <= ColumnData.FirstSlot; slot++)
            {
                var length = slot == ColumnData.ValiditySlot && from.Slots[slot].Length == 0 ? 0 : Bytes(to, slot, into.RowCount);
                to.Slots[slot].Length = length;
                to.Slots[slot].Bytes = into.Decoded.Take((int)length);
            }
        }
    }

    /// <summary>Ends a window of compressed buffers, all of whose columns are filled.</summary>
    public void Complete(BatchLease into)
    {
        into.BytesRead = into.FirstRow == 0 ? _block.MetadataLength + _neededBytes : 0;
        into.Complete(_reader.Decoder);
    }

    /// <summary>A column of compressed buffers, at its start; each pass over the batch takes its own.</summary>
    public WindowColumn Column(int index)
    {
        var data = _plan.Columns[_columns[index]];
        var buffers = new WindowBuffer?[ColumnData.FirstSlot + 1];
        for (var slot = 0; slot < buffers.Length; slot++)
        {
            var (offset, length) = (data.Slots[slot].Offset, data.Slots[slot].Length);
            var need = Bytes(data, slot, RowCount);
            buffers[slot] = need == 0 ? null : new WindowBuffer(
                (at, into) => _reader.ReadBody(_plan.BatchOrdinal, _block, offset + at, into), _options, length, need, mayBeEmpty: slot == ColumnData.ValiditySlot);
        }

        return new WindowColumn(_columns[index], data.DeclaredNulls, buffers, Place(_columns[index]));
    }

    /// <summary>Decodes one compressed column from its start to its end, or reads a plain one, and checks its values; keeps nothing.</summary>
    /// <exception cref="IndicatorDataException">The column is faulty.</exception>
    public void Check(int index, BatchLease scratch, CancellationToken cancellationToken)
    {
        var column = IsCompressed ? Column(index) : null;
        for (var window = 0; window < Count; window++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (column is null)
            {
                Read(window, scratch, cancellationToken, index);
            }
            else
            {
                Begin(window, scratch);
                for (var other = 0; other < _columns.Length; other++)
                {
                    scratch.Load(_columns[other], other == index);
                }

                column.Fill(scratch, cancellationToken);
                Complete(scratch);
            }

            scratch.Decode(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _plan.Dispose();

    private void Begin(int window, BatchLease into, int only)
    {
        var first = checked(window * _options.WindowRows);
        var rows = Math.Min(_options.WindowRows, RowCount - first);
        into.Begin(_plan.Schema, _plan.BatchOrdinal, _plan.BaseOffset, rows);
        into.FirstRow = first;
        for (var i = 0; i < _plan.Schema.Fields.Count; i++)
        {
            into.Load(i, _plan.IsLoaded(i) && (only < 0 || _columns[only] == i));
        }

        foreach (var i in _columns)
        {
            var (from, to) = (_plan.Columns[i], into.Columns[i]);
            to.Length = rows;
            to.DeclaredNulls = from.Slots[ColumnData.ValiditySlot].Length == 0 ? Math.Min(from.DeclaredNulls, rows) : -1;
            to.Dictionary = from.Dictionary;
            to.Variadic(0);
            to.Slots.AsSpan().Clear();
        }

        into.BytesSkipped = window == 0 ? Math.Max(0, _block.BodyLength - _neededBytes) : 0;
    }

    private DataLocation Place(int column) =>
        new(_reader.Name, Column: _plan.Columns[column].Path, Batch: _plan.BatchOrdinal, Offset: _plan.BaseOffset);

    /// <summary>The bytes that so many rows take in a slot; windows begin at multiples of 64 rows.</summary>
    private static long Bytes(ColumnData column, int slot, long rows) => (slot, column.Layout) switch
    {
        (_, ColumnLayout.Null) => 0,
        (ColumnData.ValiditySlot, _) or (_, ColumnLayout.Bits) => (rows + 7) / 8,
        _ => rows * column.Width,
    };
}
