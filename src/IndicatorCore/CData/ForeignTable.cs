using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>What the batches of one imported schema share: the schema, the dictionaries as they last were, and batches that wait to be used again.</summary>
internal sealed unsafe class ForeignTable
{
    private readonly Lock _gate = new();
    private readonly Stack<ForeignBatch> _free = [];
    private readonly DictionaryValues?[] _dictionaries;
    private readonly bool[] _needed;

    /// <summary>Reads a schema, which stays its caller's to release.</summary>
    public ForeignTable(ArrowSchema* schema, CImportOptions options)
    {
        Options = options;
        var import = new SchemaImport(options);
        var field = import.Parse(schema);
        IsRecord = field.Type.Id == ArrowTypeId.Struct && field.Dictionary is null;
        Schema = new Schema { Fields = IsRecord ? field.Children : [field], Metadata = IsRecord ? field.Metadata : [] };
        DictionaryFields = import.Dictionaries;
        _dictionaries = new DictionaryValues?[DictionaryFields.Count];
        _needed = new bool[Schema.Fields.Count];
        _needed.AsSpan().Fill(true);
    }

    /// <summary>Limits and the name.</summary>
    public CImportOptions Options { get; }

    /// <summary>The columns.</summary>
    public Schema Schema { get; }

    /// <summary>Whether the arrays are structs whose members are the columns; else each is the one column itself.</summary>
    public bool IsRecord { get; }

    /// <summary>The values of each dictionary id, as a field that is not dictionary-encoded.</summary>
    public IReadOnlyList<Field> DictionaryFields { get; }

    /// <summary>Chooses the columns to look at.</summary>
    public void Project(ReadOnlySpan<int> ordinals)
    {
        foreach (var ordinal in ordinals)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ordinal, nameof(ordinals));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, _needed.Length, nameof(ordinals));
        }

        _needed.AsSpan().Clear();
        foreach (var ordinal in ordinals)
        {
            _needed[ordinal] = true;
        }
    }

    /// <summary>Fills a lease with an array that was moved here; the array is released with the lease, or now when that fails.</summary>
    public void Fill(BatchLease lease, ArrowArray array, long ordinal)
    {
        var batch = Take();
        batch.Hold(array);
        try
        {
            var rows = batch.CheckRecord();
            lease.Begin(Schema, ordinal, 0, rows, batch.Columns);
            for (var i = 0; i < _needed.Length; i++)
            {
                lease.Load(i, _needed[i]);
            }

            lease.Loan = batch;
            lease.Complete(batch);
        }
        catch (Exception fault)
        {
            batch.Dispose();
            (fault as IndicatorDataException)?.At(new DataLocation(Options.Name, Batch: ordinal));
            throw;
        }
    }

    /// <summary>Keeps a batch that holds nothing for the next array.</summary>
    public void GiveBack(ForeignBatch batch)
    {
        lock (_gate)
        {
            _free.Push(batch);
        }
    }

    /// <summary>The values of a dictionary: those of a batch before when they are the same, else a checked copy of <paramref name="values"/>.</summary>
    /// <remarks>
    /// Copied, because values outlive their batch; the same object, because readers recognise a dictionary by its reference and need not look
    /// at unchanged values again.
    /// </remarks>
    public DictionaryValues Values(int id, ColumnData values)
    {
        var known = Volatile.Read(ref _dictionaries[id]);
        if (known is not null && ColumnSnapshot.AreSame(known.Data, values))
        {
            return known;
        }

        if (values.Length > Options.MaxDictionaryEntries)
        {
            throw new LimitExceededException($"Dictionary {id} has more than {Options.MaxDictionaryEntries} values");
        }

        if (ColumnSnapshot.Bytes(values) > Options.MaxDictionaryBytes)
        {
            throw new LimitExceededException($"The values of dictionary {id} take more than {Options.MaxDictionaryBytes} bytes");
        }

        ColumnChecks.Check(values);
        var taken = new DictionaryValues(id, ColumnSnapshot.Copy(values));
        Volatile.Write(ref _dictionaries[id], taken);
        return taken;
    }

    private ForeignBatch Take()
    {
        lock (_gate)
        {
            if (_free.TryPop(out var batch))
            {
                return batch;
            }
        }

        return new ForeignBatch(this);
    }
}
