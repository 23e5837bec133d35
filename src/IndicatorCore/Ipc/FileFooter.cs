using System.Buffers.Binary;
using IndicatorCore.Columns;
using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>The Footer of File.fbs, which alone says what a file holds.</summary>
internal sealed class FileFooter
{
    private const int TailLength = 10;

    private FileFooter(Schema schema, IReadOnlyDictionary<long, Field> dictionaryFields, FileBlock[] dictionaries, FileBlock[] batches, long start, KeyValuePair<string, string>[] metadata)
    {
        Metadata = metadata;
        Schema = schema;
        DictionaryFields = dictionaryFields;
        Dictionaries = dictionaries;
        Batches = batches;
        Start = start;
    }

    public Schema Schema { get; }

    public IReadOnlyDictionary<long, Field> DictionaryFields { get; }

    public FileBlock[] Dictionaries { get; }

    public FileBlock[] Batches { get; }

    /// <summary>The footer's own metadata.</summary>
    public KeyValuePair<string, string>[] Metadata { get; }

    /// <summary>Where the footer starts: no message may reach behind it.</summary>
    public long Start { get; }

    public static FileFooter Read(RandomAccessInput input, IpcReaderOptions options)
    {
        CheckHead(input);
        var tail = new byte[TailLength];
        input.Read(input.Length - TailLength, tail);
        if (!tail.AsSpan(4).SequenceEqual("ARROW1"u8))
        {
            throw new MalformedArrowException(
                "The Arrow file has no footer",
                new DataLocation(Offset: input.Length - 6),
                DataFault.Truncated,
                "It may still be being written, or writing it failed.");
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        var start = input.Length - TailLength - length;
        if (length <= 0 || start < 8)
        {
            throw new MalformedArrowException($"The Arrow file declares a footer of {length} bytes", new DataLocation(Offset: input.Length - TailLength));
        }

        if (length > options.MaxMetadataBytes)
        {
            throw ReaderLimit.Exceeded(
                $"The footer has {length} bytes", options.MaxMetadataBytes, nameof(options.MaxMetadataBytes), new DataLocation(Offset: start));
        }

        var bytes = new byte[length];
        input.Read(start, bytes);
        try
        {
            return Parse(bytes, start, options);
        }
        catch (IndicatorDataException fault)
        {
            fault.At(new DataLocation(Offset: start));
            throw;
        }
    }

    private static FileFooter Parse(ReadOnlySpan<byte> bytes, long start, IpcReaderOptions options)
    {
        var budget = FlatTable.Budget(bytes.Length);
        var footer = FlatTable.Root(bytes, ref budget);
        if (footer.Has(4))
        {
            // Arrow before 0.15 left it out; the messages carry their own
            MessageHead.CheckVersion(footer.Int16(4));
        }

        var parser = new SchemaParser(options);
        var schema = parser.Parse(footer.Table(6));
        var dictionaries = Blocks(footer, 8, "dictionary messages", options);
        var batches = Blocks(footer, 10, "batches", options);
        var room = start;
        Charge(dictionaries, areBatches: false, start, ref room);
        Charge(batches, areBatches: true, start, ref room);
        return new FileFooter(schema, parser.Dictionaries, dictionaries, batches, start, SchemaParser.ParseMetadata(footer, 12));
    }

    private static FileBlock[] Blocks(in FlatTable footer, int slot, string what, IpcReaderOptions options)
    {
        var bytes = footer.Elements(slot, FileBlock.Size);
        var count = bytes.Length / FileBlock.Size;
        return count <= options.MaxBatches
            ? FileBlock.Parse(bytes)
            : throw ReaderLimit.Exceeded($"The footer lists {count} {what}", options.MaxBatches, nameof(options.MaxBatches));
    }

    /// <summary>Checks where the blocks lie, and that together they are no longer than the file: none may be listed many times.</summary>
    private static void Charge(FileBlock[] blocks, bool areBatches, long start, ref long room)
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            var block = blocks[i];
            var location = new DataLocation(Batch: areBatches ? i : null);
            if (block.Offset < 8
                || (block.Offset & 7) != 0
                || block.MetadataLength < 8
                || block.BodyLength < 0
                || block.BodyLength > start
                || block.Offset > start - block.MetadataLength - block.BodyLength)
            {
                throw new MalformedArrowException(
                    $"The footer lists a message of {block.MetadataLength} and {block.BodyLength} bytes at {block.Offset}, which the file cannot hold",
                    location);
            }

            room -= block.MetadataLength + block.BodyLength;
            if (room < 0)
            {
                throw new MalformedArrowException("The messages that the footer lists overlap: together they are longer than the file", location);
            }
        }
    }

    private static void CheckHead(RandomAccessInput input)
    {
        var head = new byte[(int)Math.Min(input.Length, IpcFormatDetection.HeadLength)];
        input.Read(0, head);
        var found = IpcFormatDetection.Detect(head);
        if (found != IpcContainer.File)
        {
            throw new MalformedArrowException(
                $"This is not an Arrow file but {IpcFormatDetection.Describe(found)}", new DataLocation(Offset: 0), advice: IpcFormatDetection.Advice(found));
        }

        if (input.Length < 8 + TailLength)
        {
            throw new MalformedArrowException(
                $"The Arrow file ends after {input.Length} bytes, before any footer", new DataLocation(Offset: input.Length), DataFault.Truncated);
        }
    }
}
