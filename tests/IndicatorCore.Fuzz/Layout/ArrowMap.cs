using System.Buffers.Binary;
using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Fuzz.Oracles;
using IndicatorCore.Ipc;

namespace IndicatorCore.Fuzz.Layout;

/// <summary>What every byte of a good Arrow input is there for.</summary>
internal sealed class ArrowMap
{
    private readonly byte[] _bytes;
    private readonly ByteOwner[] _owners;

    private ArrowMap(byte[] bytes)
    {
        _bytes = bytes;
        _owners = new ByteOwner[bytes.Length];
    }

    /// <summary>The owner of each byte.</summary>
    public ReadOnlySpan<ByteOwner> Owners => _owners;

    /// <summary>Whether a top-level column looks values up in a dictionary, itself or deeper down.</summary>
    public bool[] HasDictionary { get; private set; } = [];

    /// <summary>The metadata of all messages and of the footer: where the FlatBuffers lie, and what the root is.</summary>
    public List<(int Start, int Length, string Root)> Metadata { get; } = [];

    /// <summary>The messages of a stream, prefix to body, in order.</summary>
    public List<(int Start, int Length)> Messages { get; } = [];

    /// <summary>The buffers of the batches.</summary>
    public List<BufferSite> Buffers { get; } = [];

    /// <summary>Where the footer starts; for a stream the length of the input.</summary>
    public int FooterStart { get; private set; }

    /// <summary>Maps a file by its footer.</summary>
    public static ArrowMap OfFile(byte[] bytes)
    {
        var map = new ArrowMap(bytes);
        using var input = new RandomAccessInput(bytes);
        var footer = FileFooter.Read(input, ArrowReading.Limits);
        map.FooterStart = (int)footer.Start;
        map.Metadata.Add(((int)footer.Start, bytes.Length - 10 - (int)footer.Start, "Footer"));
        map.Own(0, 6, new ByteOwner(ByteKind.Framing));
        map.Own((int)footer.Start, bytes.Length - (int)footer.Start, new ByteOwner(ByteKind.Framing));
        foreach (var block in footer.Dictionaries)
        {
            map.Head(block, new ByteOwner(ByteKind.DictionaryHead));
            map.Own((int)block.BodyOffset, (int)block.BodyLength, new ByteOwner(ByteKind.DictionaryBody));
        }

        using var reader = IpcFileReader.Open(bytes, ArrowReading.Name, ArrowReading.Limits);
        map.HasDictionary = [.. reader.Schema.Fields.Select(UsesDictionary)];
        using var lease = new BatchLease();
        for (var i = 0; i < footer.Batches.Length; i++)
        {
            map.Head(footer.Batches[i], new ByteOwner(ByteKind.BatchHead, i));
            reader.Read(i, Projection.All(reader.Schema), lease);
            map.Body(lease, i, (int)footer.Batches[i].BodyOffset);
        }

        return map;
    }

    /// <summary>Maps a stream message by message.</summary>
    public static ArrowMap OfStream(byte[] bytes)
    {
        var map = new ArrowMap(bytes) { FooterStart = bytes.Length };
        var bodies = map.Scan();
        map.Bodies(bodies).AsTask().GetAwaiter().GetResult();
        return map;
    }

    private static bool UsesDictionary(Field field) => field.Dictionary is not null || field.Children.Any(UsesDictionary);

    /// <summary>Walks the messages; gives where the body of each batch lies.</summary>
    private List<int> Scan()
    {
        List<int> bodies = [];
        for (var at = 0; at <= _bytes.Length - 4;)
        {
            var prefix = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at)) == -1 ? 8 : 4;
            var length = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at + prefix - 4));
            Own(at, prefix, new ByteOwner(ByteKind.Framing, bodies.Count));
            if (length == 0)
            {
                break;
            }

            var budget = FlatTable.Budget(length);
            var message = MessageHead.Parse(_bytes.AsSpan(at + prefix, length), ref budget);
            var kind = message.Kind switch
            {
                MessageKind.Schema => ByteKind.Schema,
                MessageKind.RecordBatch => ByteKind.BatchHead,
                _ => ByteKind.DictionaryHead,
            };
            Own(at + prefix, length, new ByteOwner(kind, bodies.Count));
            Metadata.Add((at + prefix, length, "Message"));
            var body = at + prefix + length;
            if (kind == ByteKind.DictionaryHead)
            {
                Own(body, (int)message.BodyLength, new ByteOwner(ByteKind.DictionaryBody, bodies.Count));
            }
            else if (kind == ByteKind.BatchHead)
            {
                bodies.Add(body);
            }

            Messages.Add((at, body + (int)message.BodyLength - at));
            at = body + (int)message.BodyLength;
        }

        return bodies;
    }

    private async ValueTask Bodies(List<int> bodies)
    {
        await using var reader = new IpcStreamReader(PipeReader.Create(Segments.Of(_bytes, 0)), ArrowReading.Name, ArrowReading.Limits);
        var schema = await reader.ReadSchemaAsync().ConfigureAwait(false);
        HasDictionary = [.. schema.Fields.Select(UsesDictionary)];
        using var lease = new BatchLease();
        for (var i = 0; await reader.ReadAsync(lease).ConfigureAwait(false); i++)
        {
            Body(lease, i, bodies[i]);
        }
    }

    private void Head(FileBlock block, ByteOwner owner)
    {
        var at = (int)block.Offset;
        var prefix = BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(at)) == -1 ? 8 : 4;
        Own(at, prefix, owner with { Kind = owner.Kind == ByteKind.BatchHead ? ByteKind.Prefix : ByteKind.DictionaryPrefix });
        Own(at + prefix, block.MetadataLength - prefix, owner);
        Metadata.Add((at + prefix, block.MetadataLength - prefix, "Message"));
    }

    private void Body(BatchLease lease, int batch, int start)
    {
        for (var column = 0; column < lease.Columns.Length; column++)
        {
            Column(lease, lease.Columns[column], batch, column, start);
        }
    }

    private void Column(BatchLease lease, ColumnData data, int batch, int column, int start)
    {
        for (var slot = 0; slot < data.SlotCount; slot++)
        {
            var (offset, length) = (start + (int)data.Slots[slot].Offset, (int)data.Slots[slot].Length);
            if (length > 0)
            {
                var site = new BufferSite(offset, length, slot, data.Layout, data.Width, lease.CodecId >= 0);
                Buffers.Add(site);
                Own(site, batch, column, hasRows: data.Layout == ColumnLayout.Fixed && slot == ColumnData.FirstSlot && data.Field.Dictionary is null
                    && ReferenceEquals(data, lease.Columns[column]) && !site.IsCompressed);
            }
        }

        foreach (var child in data.Children)
        {
            Column(lease, child, batch, column, start);
        }
    }

    private void Own(BufferSite site, int batch, int column, bool hasRows)
    {
        // the checksum of the whole content is the fourth bit of a frame's flags
        var isProtected = site.IsCompressed && site.Length > 12
            && BinaryPrimitives.ReadInt64LittleEndian(_bytes.AsSpan(site.Start)) >= 0 && (_bytes[site.Start + 12] & 4) != 0;
        for (var i = 0; i < site.Length; i++)
        {
            ref var owner = ref _owners[site.Start + i];
            owner = owner.Kind == ByteKind.Buffer
                ? new ByteOwner(ByteKind.Buffer, batch)
                : new ByteOwner(ByteKind.Buffer, batch, column, hasRows ? i / site.Width : -1, isProtected && i >= 8);
        }
    }

    private void Own(int start, int length, ByteOwner owner) => _owners.AsSpan(start, length).Fill(owner);
}
