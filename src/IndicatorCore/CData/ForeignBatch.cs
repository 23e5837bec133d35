using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Memory;

namespace IndicatorCore.CData;

/// <summary>Holds one imported array at a time, and what is needed to look at it. Disposing it releases the array and keeps the rest for the next.</summary>
/// <remarks>An array that is never given back is released by the finalizer, as a last net.</remarks>
internal sealed unsafe class ForeignBatch : IBatchDecoder, IDisposable
{
    private readonly ForeignTable _table;
    private readonly List<ForeignMemory> _windows = [];
    private readonly BufferArena _copies = new();
    private readonly ColumnData?[] _dictionaries;
    private ArrowArray _array;
    private int _windowsUsed;
    private int _isHeld;

    /// <summary>Makes an empty one.</summary>
    public ForeignBatch(ForeignTable table)
    {
        _table = table;
        _dictionaries = new ColumnData?[table.DictionaryFields.Count];
        var fields = table.Schema.Fields;
        Columns = new ColumnData[fields.Count];
        for (var i = 0; i < Columns.Length; i++)
        {
            Columns[i] = ColumnData.Build(fields[i]);
        }

        GC.SuppressFinalize(this);
    }

#pragma warning disable MA0055 // the last net for a lease that was never disposed: the array is the producer's memory, which no collector frees
    ~ForeignBatch() => Release();
#pragma warning restore MA0055

    /// <summary>The column trees that a lease borrows.</summary>
    public ColumnData[] Columns { get; }

    /// <summary>Bytes of the buffers that were looked at.</summary>
    public long Bytes { get; private set; }

    /// <summary>Takes over an array that its owner moved here; it is released exactly once, by <see cref="Dispose"/> or the finalizer.</summary>
    public void Hold(ArrowArray array)
    {
        _array = array;
        _windowsUsed = 0;
        Volatile.Write(ref _isHeld, 1);
        GC.ReRegisterForFinalize(this);
    }

    /// <summary>Checks the top level of the array and gives its rows.</summary>
    public int CheckRecord()
    {
        fixed (ArrowArray* array = &_array)
        {
            var import = new ColumnImport(this, _table);
            import.CheckArray(array);
            if (array->Length > _table.Options.MaxRowsPerBatch)
            {
                throw new LimitExceededException($"The batch has {array->Length} rows, more than the limit of {_table.Options.MaxRowsPerBatch}");
            }

            var rows = (int)array->Length;
            if (_table.IsRecord)
            {
                import.CheckRecord(array, Columns.Length);
            }

            return rows;
        }
    }

    public void Decode(BatchLease lease, CancellationToken cancellationToken)
    {
        _windowsUsed = 0;
        Bytes = 0;
        _copies.Reset();
        var import = new ColumnImport(this, _table);
        fixed (ArrowArray* array = &_array)
        {
            for (var i = 0; i < Columns.Length; i++)
            {
                if (!lease.IsLoaded(i))
                {
                    continue;
                }

                cancellationToken.ThrowIfCancellationRequested();
                try
                {
                    import.Assign(
                        Columns[i],
                        _table.IsRecord ? array->Children[i] : array,
                        _table.IsRecord ? array->Offset : 0,
                        lease.RowCount);
                    ColumnChecks.Check(Columns[i]);
                }
                catch (IndicatorDataException fault)
                {
                    fault.At(new DataLocation(_table.Options.Name, Column: Columns[i].Path, Batch: lease.BatchOrdinal));
                    throw;
                }
            }
        }

        lease.BytesRead = Bytes;
    }

    /// <summary>A window on memory of the array.</summary>
    public ReadOnlyMemory<byte> Show(byte* start, int length)
    {
        if (_windowsUsed == _windows.Count)
        {
            _windows.Add(new ForeignMemory(this));
        }

        Bytes += length;
        return _windows[_windowsUsed++].Show(start, length);
    }

    /// <summary>Memory for what cannot be looked at in place, as long as the array is held.</summary>
    public Memory<byte> Copy(int length) => _copies.Take(length);

    /// <summary>The column tree into which the values of a dictionary are put before they are compared with the former ones.</summary>
    public ColumnData Dictionary(int id) => _dictionaries[id] ??= ColumnData.Build(_table.DictionaryFields[id]);

    /// <summary>Releases the array; the rest waits for the next one.</summary>
    public void Dispose()
    {
        GC.SuppressFinalize(this);
        if (Release())
        {
            foreach (var window in _windows)
            {
                window.Hide();
            }

            _table.GiveBack(this);
        }
    }

    private bool Release()
    {
        if (Interlocked.Exchange(ref _isHeld, 0) == 0)
        {
            return false;
        }

        // the callback may be given a moved copy: the interface says so
        var array = _array;
        _array = default;
        array.Release(&array);
        return true;
    }
}
