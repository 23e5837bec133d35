using System.IO.Compression;
using IndicatorCore.Errors;

namespace IndicatorCore.Office.Packaging;

/// <summary>Limits against hostile Office files, which are ZIP archives of XML.</summary>
internal static class ArchiveGuard
{
    /// <summary>The most bytes of a file.</summary>
    public const int MostBytes = 1 << 28;

    /// <summary>The most parts.</summary>
    public const int MostEntries = 10_000;

    /// <summary>The most bytes of a part, unpacked.</summary>
    public const long MostPartBytes = 1L << 30;

    /// <summary>The most that a part may unpack to, as a multiple of its packed size, above a megabyte.</summary>
    public const int MostRatio = 250;

    private const long FreeBytes = 1 << 20;

    /// <summary>Opens an archive and looks at its directory.</summary>
    /// <exception cref="ConfigurationException">It is no such archive.</exception>
    /// <exception cref="LimitExceededException">It has too many parts, or they would unpack to too much.</exception>
    public static ZipArchive Open(byte[] bytes, string file)
    {
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            _ = archive.Entries.Count;
        }
        catch (InvalidDataException fault)
        {
            throw new ConfigurationException("The file is no Office file (.xlsx, .docx)", new DataLocation(file), "Save it again in that format, not as .xls or .doc.", fault);
        }

        if (archive.Entries.Count > MostEntries)
        {
            throw Limit($"The file has {archive.Entries.Count} parts, more than {MostEntries}", file);
        }

        foreach (var entry in archive.Entries)
        {
            if (entry.Length > Most(entry))
            {
                throw Limit($"The part {entry.FullName} would unpack to {entry.Length} bytes from {entry.CompressedLength}", file);
            }
        }

        return archive;
    }

    /// <summary>The content of a part, which must not be longer than its directory entry may say.</summary>
    public static Stream Content(ZipArchiveEntry entry, string file) => new BoundedStream(entry.Open(), Most(entry), () => Limit($"The part {entry.FullName} unpacks to too much", file));

    private static long Most(ZipArchiveEntry entry) => Math.Min(MostPartBytes, Math.Max(FreeBytes, entry.CompressedLength * MostRatio));

    private static LimitExceededException Limit(string problem, string file) => new(problem, new DataLocation(file), advice: "Check that the file is what it claims to be.");
}
