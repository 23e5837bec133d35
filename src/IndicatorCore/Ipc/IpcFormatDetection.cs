using System.Buffers.Binary;

namespace IndicatorCore.Ipc;

/// <summary>Tells Arrow files, Arrow streams and commonly mistaken formats apart by their first bytes.</summary>
public static class IpcFormatDetection
{
    /// <summary>How many first bytes decide; fewer are enough where the input has no more.</summary>
    public const int HeadLength = 64;

    /// <summary>What an input is that starts with <paramref name="firstBytes"/>.</summary>
    /// <param name="firstBytes">At least the first eight bytes (better <see cref="HeadLength"/>), or all there are.</param>
    public static IpcContainer Detect(ReadOnlySpan<byte> firstBytes)
    {
        if (firstBytes.IsEmpty)
        {
            return IpcContainer.Empty;
        }

        if (firstBytes.StartsWith("ARROW1"u8))
        {
            return IpcContainer.File;
        }

        if (firstBytes.Length >= 4 && Magic(firstBytes) is { } known)
        {
            return known;
        }

        return IsText(firstBytes) ? IpcContainer.Text : IsLegacyStream(firstBytes) ? IpcContainer.Stream : IpcContainer.Unknown;
    }

    /// <summary>A name for messages, with its article.</summary>
    public static string Describe(IpcContainer container) => container switch
    {
        IpcContainer.Empty => "empty",
        IpcContainer.File => "an Arrow file",
        IpcContainer.Stream => "an Arrow stream",
        IpcContainer.FeatherV1 => "a Feather V1 file",
        IpcContainer.Parquet => "a Parquet file",
        IpcContainer.Orc => "an ORC file",
        IpcContainer.Avro => "an Avro file",
        IpcContainer.Gzip => "a gzip file",
        IpcContainer.Zstandard => "a Zstandard file",
        IpcContainer.Lz4 => "an LZ4 file",
        IpcContainer.Zip => "a zip archive (or an Excel workbook)",
        IpcContainer.Sqlite => "a SQLite database",
        IpcContainer.Text => "text (CSV or JSON, perhaps)",
        _ => "something unknown",
    };

    internal static string Advice(IpcContainer container) => container switch
    {
        IpcContainer.Stream => "Read it as a stream.",
        IpcContainer.File => "Give it as a file, not through a pipe: its footer, at the end, leads to the data.",
        IpcContainer.Gzip or IpcContainer.Zstandard or IpcContainer.Lz4 or IpcContainer.Zip =>
            "Decompress it first; Arrow compresses its buffers itself.",
        _ => "Export the data as Arrow IPC.",
    };

    private static IpcContainer? Magic(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes) switch
    {
        0xFFFFFFFF => IpcContainer.Stream,
        0x46454131 => IpcContainer.FeatherV1,
        0x50415231 or 0x50415245 => IpcContainer.Parquet,
        0x4F626A01 => IpcContainer.Avro,
        0x28B52FFD => IpcContainer.Zstandard,
        0x04224D18 => IpcContainer.Lz4,
        0x504B0304 => IpcContainer.Zip,
        0x53514C69 => IpcContainer.Sqlite,
        var first when first >> 8 == 0x4F5243 => IpcContainer.Orc,
        var first when first >> 16 == 0x1F8B => IpcContainer.Gzip,
        _ => null,
    };

    /// <summary>A stream of before 0.15 starts with the length of the schema message's metadata.</summary>
    private static bool IsLegacyStream(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 8
        && BinaryPrimitives.ReadInt32LittleEndian(bytes) is > 8 and < 1 << 24
        && BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) is >= 4 and < 1 << 16;

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (var one in bytes)
        {
            if (one is < 32 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 127)
            {
                return false;
            }
        }

        return true;
    }
}
