using System.Buffers.Binary;
using IndicatorCore.Tests.Compression;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Composes messages, streams and files byte by byte, without the writer under test.</summary>
internal static class Made
{
    public static byte[] EndOfStream { get; } = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    /// <summary>The schema message: header fields are 0 endianness, 1 fields, 2 metadata, 3 features.</summary>
    public static MadeMessage Schema(params FlatNode[] fields) => new(1, new FlatNode { [1] = new List<FlatNode>(fields) }, []);

    public static MadeMessage Schema(params MadeColumn[] columns) => Schema(Array.ConvertAll(columns, static column => column.Field));

    /// <summary>A record batch: header fields are 0 rows, 1 nodes, 2 buffers, 3 compression, 4 counts of view buffers.</summary>
    public static MadeMessage Batch(params MadeColumn[] columns)
    {
        var (header, body) = Data(columns, null);
        return new MadeMessage(3, header, body);
    }

    /// <summary>A record batch whose buffers go through <paramref name="pack"/>, which is given each with its ordinal.</summary>
    public static MadeMessage Packed(Func<int, byte[], byte[]> pack, params MadeColumn[] columns)
    {
        var (header, body) = Data(columns, pack);
        return new MadeMessage(3, header, body);
    }

    /// <summary>A dictionary message: header fields are 0 id, 1 data, 2 delta.</summary>
    public static MadeMessage Dictionary(long id, MadeColumn values, bool isDelta = false, Func<int, byte[], byte[]>? pack = null)
    {
        var (header, body) = Data([values], pack);
        return new MadeMessage(2, new FlatNode { [0] = id, [1] = header, [2] = isDelta }, body);
    }

    public static MadeMessage Dictionary(long id, params string?[] values) => Dictionary(id, MadeColumn.Utf8("values", values));

    public static MadeMessage Delta(long id, params string?[] values) => Dictionary(id, MadeColumn.Utf8("values", values), isDelta: true);

    /// <summary>A buffer as one LZ4 frame behind its length.</summary>
    public static byte[] Lz4(byte[] plain) => plain.Length == 0 ? [] : Prefixed(plain.Length, Lz4Bytes.Encode(plain));

    public static byte[] Prefixed(long length, byte[] payload)
    {
        var bytes = new byte[8 + payload.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        payload.CopyTo(bytes, 8);
        return bytes;
    }

    public static byte[] Stream(params MadeMessage[] messages) => [.. messages.SelectMany(static message => message.ToBytes()), .. EndOfStream];

    /// <summary>Where message <paramref name="index"/> starts in <see cref="Stream"/>.</summary>
    public static long Offset(MadeMessage[] messages, int index) => messages.Take(index).Sum(static message => (long)message.ToBytes().Length);

    /// <summary>A file of a schema message and others; the footer's fields are 0 version, 1 schema, 2 dictionaries, 3 batches.</summary>
    public static byte[] File(MadeMessage[] messages, Action<FlatNode>? footer = null)
    {
        List<byte> bytes = [.. "ARROW1\0\0"u8];
        var blocks = new Dictionary<byte, FlatLongs> { [2] = new(3), [3] = new(3) };
        foreach (var message in messages)
        {
            var start = bytes.Count;
            bytes.AddRange(message.ToBytes());
            if (message.Message[1] is byte kind && blocks.TryGetValue(kind, out var list))
            {
                list.AddRange([start, message.MetadataLength, message.Message[3] as long? ?? 0]);
            }
        }

        bytes.AddRange(EndOfStream);
        var table = new FlatNode { [0] = (short)4, [1] = messages[0].Header, [2] = blocks[2], [3] = blocks[3] };
        footer?.Invoke(table);
        var metadata = table.ToBytes();
        bytes.AddRange(metadata);
        bytes.AddRange(BitConverter.GetBytes(metadata.Length));
        bytes.AddRange("ARROW1"u8);
        return [.. bytes];
    }

    private static (FlatNode Header, byte[] Body) Data(MadeColumn[] columns, Func<int, byte[], byte[]>? pack)
    {
        var nodes = new FlatLongs(2);
        var buffers = new FlatLongs(2);
        var views = new FlatLongs(1);
        List<byte> body = [];
        foreach (var column in columns)
        {
            nodes.AddRange(column.Nodes);
            views.AddRange(column.Views);
            foreach (var buffer in column.Buffers)
            {
                var stored = pack?.Invoke(buffers.Count / 2, buffer) ?? buffer;
                buffers.AddRange([body.Count, stored.Length]);
                body.AddRange(stored);
                body.AddRange(new byte[-body.Count & 7]);
            }
        }

        var header = new FlatNode { [0] = columns.Length == 0 ? 0L : columns[0].Rows, [1] = nodes, [2] = buffers };
        header[3] = pack is null ? null : new FlatNode();
        header[4] = views.Count == 0 ? null : views;
        return (header, [.. body]);
    }
}
