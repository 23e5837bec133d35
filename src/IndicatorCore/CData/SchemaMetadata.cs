using System.Buffers.Binary;
using IndicatorCore.Errors;

namespace IndicatorCore.CData;

/// <summary>The metadata of a schema: a count, then each key and value as a length and so many bytes of UTF-8, all lengths 32-bit.</summary>
/// <remarks>Source: Apache Arrow, "The Arrow C data interface", ArrowSchema.metadata. Lengths are in native order: little-endian here.</remarks>
internal static unsafe class SchemaMetadata
{
    /// <summary>Reads metadata; the budget is what all metadata of a schema may take, in bytes.</summary>
    public static KeyValuePair<string, string>[] Read(byte* metadata, ref long budget)
    {
        if (metadata is null)
        {
            return [];
        }

        var count = Length(ref metadata, ref budget);
        Charge(8L * count, ref budget);
        var entries = count == 0 ? [] : new KeyValuePair<string, string>[count];
        for (var i = 0; i < count; i++)
        {
            var key = Text(ref metadata, ref budget);
            entries[i] = new(key, Text(ref metadata, ref budget));
        }

        return entries;
    }

    /// <summary>Metadata in binary form; nothing at all when there are none.</summary>
    public static byte[] Write(IReadOnlyList<KeyValuePair<string, string>> entries)
    {
        if (entries.Count == 0)
        {
            return [];
        }

        using var output = new MemoryStream();
        WriteLength(output, entries.Count);
        foreach (var (key, value) in entries)
        {
            foreach (var text in (ReadOnlySpan<string>)[key, value])
            {
                var bytes = CText.Utf8(text, isTerminated: false);
                WriteLength(output, bytes.Length);
                output.Write(bytes);
            }
        }

        return output.ToArray();
    }

    private static void WriteLength(MemoryStream output, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, length);
        output.Write(bytes);
    }

    private static string Text(ref byte* at, ref long budget)
    {
        var length = Length(ref at, ref budget);
        Charge(length, ref budget);
        var text = CText.Strict(new ReadOnlySpan<byte>(at, length));
        at += length;
        return text;
    }

    private static int Length(ref byte* at, ref long budget)
    {
        Charge(sizeof(int), ref budget);
        var length = BinaryPrimitives.ReadInt32LittleEndian(new ReadOnlySpan<byte>(at, sizeof(int)));
        at += sizeof(int);
        return length >= 0 ? length : throw new MalformedArrowException($"The metadata of the schema has a length of {length}");
    }

    private static void Charge(long bytes, ref long budget)
    {
        budget -= bytes;
        if (budget < 0)
        {
            throw new LimitExceededException("The metadata of the schema take more bytes than the limit");
        }
    }
}
