using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>All dictionaries of one input.</summary>
internal sealed class DictionaryStore
{
    private readonly Dictionary<long, DictionaryAccumulator> _all = [];
    private readonly IpcReaderOptions _options;

    public DictionaryStore(IReadOnlyDictionary<long, Field> values, ReaderMemory memory)
    {
        _options = memory.Options;
        foreach (var (id, field) in values)
        {
            _all.Add(id, new DictionaryAccumulator(id, field, memory));
        }
    }

    /// <summary>Where the next message's buffers go; one for all, so that many small dictionaries do not each keep one.</summary>
    public BatchLease Scratch { get; private set; } = new();

    /// <summary>The dictionary of an id, or null when no field uses it.</summary>
    public DictionaryAccumulator? Find(long id) => _all.GetValueOrDefault(id);

    /// <summary>Adds the ids that a field's rows need, inner ones before those whose values hold them.</summary>
    public static void Needed(Field field, OrderedDictionary<long, bool> ids)
    {
        foreach (var child in field.Children)
        {
            Needed(child, ids);
        }

        if (field.Dictionary is { } encoding)
        {
            ids.TryAdd(encoding.Id, true);
        }
    }

    /// <summary>Gives every dictionary-encoded loaded column of the lease the values as they are now.</summary>
    public void Bind(BatchLease lease)
    {
        var columns = lease.Columns;
        for (var i = 0; i < columns.Length; i++)
        {
            if (lease.IsLoaded(i))
            {
                Bind(columns[i]);
            }
        }
    }

    /// <summary>Prepares the scratch lease for a message and gives how many stored ranges are to be read into it.</summary>
    public int Begin(DictionaryAccumulator dictionary, in MessageHead message, in FlatTable data, long offset)
    {
        var lease = Scratch;
        var rows = BodyLayout.Rows(data, _options);
        dictionary.CheckEntries(rows, isDelta: message.Header.Boolean(8));
        lease.Begin(dictionary.ValueSchema, ordinal: -1, offset, rows);
        lease.Load(0, true);
        return BodyLayout.Assign(data, message.IsV4, message.BodyLength, lease, _options);
    }

    /// <summary>Decodes what was read into the scratch lease, and lets the dictionary take it over.</summary>
    public void Commit(DictionaryAccumulator dictionary, bool isDelta, BatchDecoder decoder, CancellationToken cancellationToken)
    {
        Bind(Scratch);
        Scratch.Complete(decoder);
        Scratch.Decode(cancellationToken);
        if (dictionary.Apply(Scratch, isDelta))
        {
            Scratch = new BatchLease();
        }
    }

    private void Bind(ColumnData column)
    {
        column.Dictionary = column.Field.Dictionary is { } encoding ? _all[encoding.Id].Snapshot() : null;
        foreach (var child in column.Children)
        {
            Bind(child);
        }
    }
}
