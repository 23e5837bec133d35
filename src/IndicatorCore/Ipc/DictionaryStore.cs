using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>All dictionaries of one input.</summary>
internal sealed class DictionaryStore
{
    private readonly Dictionary<long, DictionaryAccumulator> _all = [];
    private readonly IpcReaderOptions _options;

    public DictionaryStore(IReadOnlyDictionary<long, Field> values, IpcReaderOptions options)
    {
        _options = options;
        foreach (var (id, field) in values)
        {
            _all.Add(id, new DictionaryAccumulator(id, field, options));
        }
    }

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

    /// <summary>Prepares the dictionary's lease for a message and gives how many stored ranges are to be read into it.</summary>
    public int Begin(DictionaryAccumulator dictionary, in MessageHead message, in FlatTable data, long offset)
    {
        var lease = dictionary.Lease;
        lease.Begin(dictionary.ValueSchema, ordinal: -1, offset, BodyLayout.Rows(data, _options));
        lease.Load(0, true);
        return BodyLayout.Assign(data, message.IsV4, message.BodyLength, lease, _options);
    }

    /// <summary>Decodes what was read into the dictionary's lease, and takes it over.</summary>
    public void Commit(DictionaryAccumulator dictionary, bool isDelta, BatchDecoder decoder, CancellationToken cancellationToken)
    {
        Bind(dictionary.Lease);
        dictionary.Lease.Complete(decoder);
        dictionary.Lease.Decode(cancellationToken);
        dictionary.Apply(isDelta);
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
