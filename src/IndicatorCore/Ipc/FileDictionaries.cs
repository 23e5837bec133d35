using System.Buffers.Binary;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>The dictionaries of a file, loaded whole when first needed. One thread at a time, except for what is loaded.</summary>
internal sealed class FileDictionaries(RandomAccessInput input, FileFooter footer, BatchDecoder decoder, ReaderMemory memory)
{
    private readonly HashSet<long> _loaded = [];
    private Dictionary<long, List<(int Ordinal, bool IsDelta)>>? _index;

    public DictionaryStore Store { get; } = new(footer.DictionaryFields, memory);

    /// <summary>Reads the prefix and metadata of a message into the lease's scratch, and gives the metadata.</summary>
    public ReadOnlySpan<byte> ReadMetadata(FileBlock block, BatchLease lease)
    {
        var limit = memory.Options.MaxMetadataBytes;
        if (block.MetadataLength > limit)
        {
            throw ReaderLimit.Exceeded($"A message has {block.MetadataLength} bytes of metadata", limit, nameof(IpcReaderOptions.MaxMetadataBytes));
        }

        if (lease.Metadata.Length < block.MetadataLength)
        {
            lease.Metadata = GC.AllocateUninitializedArray<byte>((block.MetadataLength + 1023) & ~1023);
        }

        var bytes = lease.Metadata.AsSpan(0, block.MetadataLength);
        input.Read(block.Offset, bytes);
        var prefix = BinaryPrimitives.ReadUInt32LittleEndian(bytes) == uint.MaxValue ? 8 : 4;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[(prefix - 4)..]);
        return length > 0 && length == bytes.Length - prefix   // a shorter one would show a reader of streams other messages
            ? bytes.Slice(prefix, length)
            : throw new MalformedArrowException($"The footer lists {block.MetadataLength} bytes of metadata, the message has {length}");
    }

    /// <summary>Parses a message that must be of one kind and as long as the footer says.</summary>
    public static MessageHead Parse(ReadOnlySpan<byte> metadata, FileBlock block, MessageKind kind, ref long budget)
    {
        budget = FlatTable.Budget(metadata.Length);
        var message = MessageHead.Parse(metadata, ref budget);
        if (message.Kind != kind)
        {
            throw new MalformedArrowException($"The footer lists a {message.Kind} message as a {kind}");
        }

        return message.BodyLength == block.BodyLength
            ? message
            : throw new MalformedArrowException($"The footer lists a body of {block.BodyLength} bytes, the message has {message.BodyLength}");
    }

    /// <summary>Loads the dictionaries that a field needs, inner ones first.</summary>
    public void Load(Field field, CancellationToken cancellationToken)
    {
        var ids = new OrderedDictionary<long, bool>();
        DictionaryStore.Needed(field, ids);
        foreach (var id in ids.Keys)
        {
            if (_loaded.Contains(id))
            {
                continue;
            }

            foreach (var (ordinal, isDelta) in Index().GetValueOrDefault(id) ?? [])
            {
                Apply(ordinal, isDelta, Store.Find(id)!, cancellationToken);
            }

            // made here, so that threads only read it from now on
            Store.Find(id)!.Snapshot();
            _loaded.Add(id);
        }
    }

    public (long Offset, long Length)[] Ranges(Projection projection)
    {
        var ids = new OrderedDictionary<long, bool>();
        for (var i = 0; i < projection.Count; i++)
        {
            if (projection.Needs(i))
            {
                DictionaryStore.Needed(footer.Schema.Fields[i], ids);
            }
        }

        var ordinals = new List<int>();
        foreach (var id in ids.Keys)
        {
            foreach (var (ordinal, _) in Index().GetValueOrDefault(id) ?? [])
            {
                ordinals.Add(ordinal);
            }
        }

        ordinals.Sort();
        return ordinals
            .ConvertAll(ordinal => footer.Dictionaries[ordinal])
            .ConvertAll(static block => (block.Offset, block.MetadataLength + block.BodyLength))
            .ToArray();
    }

    /// <summary>The messages of each dictionary in the footer's order.</summary>
    private Dictionary<long, List<(int Ordinal, bool IsDelta)>> Index()
    {
        if (_index is not null)
        {
            return _index;
        }

        var index = new Dictionary<long, List<(int Ordinal, bool IsDelta)>>();
        var defined = new HashSet<long>();
        using var scratch = new BatchLease();
        for (var i = 0; i < footer.Dictionaries.Length; i++)
        {
            var block = footer.Dictionaries[i];
            var budget = 0L;
            var message = Parse(ReadMetadata(block, scratch), block, MessageKind.DictionaryBatch, ref budget);
            var (id, isDelta) = (message.Header.Int64(4), message.Header.Boolean(8));
            if (!isDelta && !defined.Add(id))
            {
                throw new MalformedArrowException(
                    $"Dictionary {id} is replaced, which a file must not do", new DataLocation(Offset: block.Offset));
            }

            ref var messages = ref CollectionsMarshal.GetValueRefOrAddDefault(index, id, out _);
            messages ??= [];
            messages.Add((i, isDelta));
        }

        return _index = index;
    }

    private void Apply(int ordinal, bool isDelta, DictionaryAccumulator dictionary, CancellationToken cancellationToken)
    {
        var block = footer.Dictionaries[ordinal];
        try
        {
            var budget = 0L;
            var lease = Store.Scratch;
            var message = Parse(ReadMetadata(block, lease), block, MessageKind.DictionaryBatch, ref budget);
            var data = message.Header.Table(6);
            var count = Store.Begin(dictionary, message, data, block.Offset);
            BodyFetch.Read(input, block.BodyOffset, lease.Ranges.AsSpan(0, count), lease, memory, cancellationToken);
            Store.Commit(dictionary, isDelta, decoder, cancellationToken);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(Offset: block.Offset));
            throw;
        }
    }
}
