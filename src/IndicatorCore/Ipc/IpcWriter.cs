using System.Buffers;
using System.Buffers.Binary;
using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>Writes record batches as an Arrow IPC file or stream: metadata V5, little-endian, bodies and their buffers 64-byte aligned.</summary>
/// <remarks>
/// <para>Sources: Columnar.rst, Message.fbs, File.fbs. The same calls give the same bytes on every machine. Each message is built in
/// memory and handed to the output whole; after a call that threw while writing, the writer refuses further calls.</para>
/// <para>Dictionaries are written before the first batch, and values that came later as deltas before the batch that needs them. Some
/// readers take no deltas: <see cref="ColumnBuilder.Declare"/> avoids them.</para>
/// <para>Disposing without <see cref="Complete()"/> leaves a file without a footer, which no reader takes for a whole one, or a stream
/// without its end mark; nothing is written then.</para>
/// </remarks>
public sealed class IpcWriter : IDisposable
{
    private const int PrefixBytes = 8;
    private const int BlockBytes = 24;
    private const short MetadataV5 = 4;
    private const byte SchemaHeader = 1;
    private const byte DictionaryHeader = 2;
    private const byte RecordHeader = 3;

    private readonly Stream _output;
    private readonly Schema _schema;
    private readonly bool _leaveOpen;
    private readonly bool _isFile;
    private readonly FlatBufferBuilder _metadata = new();
    private readonly BodyBuilder _body;
    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly ArrayBufferWriter<byte> _dictionaryBlocks = new();
    private readonly ArrayBufferWriter<byte> _recordBlocks = new();
    private readonly Dictionary<long, int> _writtenValues = [];
    private BatchBuilder? _dictionaryOwner;
    private long _position;
    private Phase _phase;

    /// <summary>Creates the writer; nothing is written yet.</summary>
    /// <param name="output">Where the bytes go, from its present position on; it need not be seekable.</param>
    /// <param name="schema">The schema of all batches.</param>
    /// <param name="options">File format without compression when null.</param>
    /// <param name="leaveOpen">Whether <see cref="Dispose"/> leaves <paramref name="output"/> open.</param>
    /// <exception cref="ArgumentException">The output cannot be written to, or a field's type cannot be written.</exception>
    public IpcWriter(Stream output, Schema schema, IpcWriterOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(schema);
        if (!output.CanWrite)
        {
            throw new ArgumentException("The output cannot be written to.", nameof(output));
        }

        foreach (var field in schema.Fields)
        {
            WritableType.Check(field);
        }

        options ??= new IpcWriterOptions();
        _output = output;
        _schema = schema;
        _leaveOpen = leaveOpen;
        _isFile = options.Format == IpcFormat.File;
        _body = new BodyBuilder(options.Compress, options.ContentChecksums);
    }

    private enum Phase
    {
        Fresh,
        Open,
        Writing,
        Complete,
        Disposed,
    }

    private static ReadOnlySpan<byte> Magic => "ARROW1"u8;

    private static ReadOnlySpan<byte> EndOfStream => [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    /// <summary>Writes the dictionary values that the output does not hold yet, then the rows; does not clear the builder.</summary>
    /// <exception cref="ArgumentException">The builder has another schema object than the writer, or columns of different lengths.</exception>
    /// <exception cref="InvalidOperationException">The writer is complete or failed; or the schema has dictionaries and an earlier batch
    /// came from another builder, whose values are numbered otherwise.</exception>
    public void Write(BatchBuilder batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ObjectDisposedException.ThrowIf(_phase == Phase.Disposed, this);
        if (!ReferenceEquals(batch.Schema, _schema))
        {
            throw new ArgumentException("The batch was built for another schema object.", nameof(batch));
        }

        var rowCount = batch.RowCount;
        foreach (var column in batch.Columns)
        {
            if (column.Length != rowCount)
            {
                throw new ArgumentException(
                    $"Column '{column.Field.Name}' has {column.Length} rows, another has {rowCount}.", nameof(batch));
            }
        }

        if (batch.Dictionaries.Count > 0)
        {
            _dictionaryOwner ??= batch;
            if (!ReferenceEquals(_dictionaryOwner, batch))
            {
                throw new InvalidOperationException("With dictionaries, all batches of a writer come from one builder.");
            }
        }

        Enter();
        foreach (var dictionary in batch.Dictionaries)
        {
            WriteDictionary(dictionary);
        }

        _body.Clear();
        foreach (var column in batch.Columns)
        {
            column.WriteTo(_body);
        }

        _metadata.Reset();
        WriteMessage(RecordHeader, _body.BuildRecordBatch(_metadata, rowCount), _recordBlocks);
        _phase = Phase.Open;
    }

    /// <summary>Ends the output: the end mark, and in the file format the footer; then flushes.</summary>
    /// <exception cref="InvalidOperationException">The writer is complete already, or failed.</exception>
    public void Complete() => Complete(static () => []);

    /// <summary>The same, with metadata of the footer that may depend on every byte before it.</summary>
    internal void Complete(Func<IReadOnlyList<KeyValuePair<string, string>>> footerMetadata)
    {
        ObjectDisposedException.ThrowIf(_phase == Phase.Disposed, this);
        Enter();
        Send(EndOfStream);
        if (_isFile)
        {
            WriteFooter(footerMetadata());
        }

        _output.Flush();
        _phase = Phase.Complete;
    }

    /// <summary>Releases the output; completes nothing (see the remarks of the type).</summary>
    public void Dispose()
    {
        if (_phase != Phase.Disposed && !_leaveOpen)
        {
            _output.Dispose();
        }

        _phase = Phase.Disposed;
    }

    // While a call writes, the phase is Writing; where the call throws, it stays so, and the next call finds it.
    private void Enter()
    {
        var before = _phase;
        if (before is Phase.Complete or Phase.Writing)
        {
            throw new InvalidOperationException(before == Phase.Complete
                ? "The writer is complete."
                : "An earlier call failed while it was writing; the output is incomplete.");
        }

        _phase = Phase.Writing;
        if (before == Phase.Open)
        {
            return;
        }

        if (_isFile)
        {
            Send([.. Magic, 0, 0]);
        }

        _body.Clear();
        _metadata.Reset();
        WriteMessage(SchemaHeader, SchemaBuilder.Build(_metadata, _schema), blocks: null);
    }

    private void WriteDictionary(DictionaryBuilder dictionary)
    {
        var isDelta = _writtenValues.TryGetValue(dictionary.Id, out var written);
        if (isDelta && written == dictionary.Count)
        {
            return;
        }

        _body.Clear();
        dictionary.WriteTo(_body, written);
        _metadata.Reset();
        var data = _body.BuildRecordBatch(_metadata, dictionary.Count - written);
        _metadata.StartTable(3);
        _metadata.AddInt64(0, dictionary.Id);
        _metadata.AddOffset(1, data);
        _metadata.AddBool(2, isDelta);
        WriteMessage(DictionaryHeader, _metadata.EndTable(), _dictionaryBlocks);
        _writtenValues[dictionary.Id] = dictionary.Count;
    }

    private void WriteMessage(byte headerType, int header, ArrayBufferWriter<byte>? blocks)
    {
        var body = _body.Body;
        _metadata.StartTable(5);
        _metadata.AddInt64(3, body.Length);
        _metadata.AddOffset(2, header);
        _metadata.AddInt16(0, MetadataV5);
        _metadata.AddByte(1, headerType);
        _metadata.Finish(_metadata.EndTable());
        var metadata = _metadata.Written;

        // The metadata is padded so that the body starts at a multiple of 64 of the output, which a reader may map.
        var size = metadata.Length;
        size += (int)(-(_position + PrefixBytes + size) & (BodyBuilder.AlignmentBytes - 1));
        _head.ResetWrittenCount();
        var head = _head.GetSpan(PrefixBytes + size)[..(PrefixBytes + size)];
        BinaryPrimitives.WriteUInt32LittleEndian(head, uint.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], size);
        metadata.CopyTo(head[PrefixBytes..]);
        head[(PrefixBytes + metadata.Length)..].Clear();
        if (_isFile && blocks is not null)
        {
            var block = blocks.GetSpan(BlockBytes)[..BlockBytes];
            BinaryPrimitives.WriteInt64LittleEndian(block, _position);
            BinaryPrimitives.WriteInt32LittleEndian(block[8..], head.Length);
            block.Slice(12, 4).Clear();
            BinaryPrimitives.WriteInt64LittleEndian(block[16..], body.Length);
            blocks.Advance(BlockBytes);
        }

        Send(head);
        Send(body);
    }

    private void WriteFooter(IReadOnlyList<KeyValuePair<string, string>> custom)
    {
        _metadata.Reset();
        var metadata = SchemaBuilder.BuildMetadata(_metadata, custom);
        var schema = SchemaBuilder.Build(_metadata, _schema);
        var dictionaries = _metadata.CreateVector(_dictionaryBlocks.WrittenSpan, _dictionaryBlocks.WrittenCount / BlockBytes);
        var records = _metadata.CreateVector(_recordBlocks.WrittenSpan, _recordBlocks.WrittenCount / BlockBytes);
        _metadata.StartTable(5);
        _metadata.AddOffset(1, schema);
        _metadata.AddOffset(2, dictionaries);
        _metadata.AddOffset(3, records);
        _metadata.AddOffset(4, metadata);
        _metadata.AddInt16(0, MetadataV5);
        _metadata.Finish(_metadata.EndTable());
        Send(_metadata.Written);
        Span<byte> tail = stackalloc byte[sizeof(int) + 6];
        BinaryPrimitives.WriteInt32LittleEndian(tail, _metadata.Written.Length);
        Magic.CopyTo(tail[sizeof(int)..]);
        Send(tail);
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        _output.Write(bytes);
        _position += bytes.Length;
    }
}
