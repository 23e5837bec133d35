using System.Runtime.InteropServices;

namespace IndicatorCore.Tests.Compression;

/// <summary>The reference implementation, Debian's <c>liblz4-1</c>: what it writes we must read, and what we write it must.</summary>
internal static unsafe partial class Liblz4
{
    private const string Library = "liblz4.so.1";
    private const int FrameVersion = 100;

    /// <summary>Skips the test where the library is absent (fails it where INDICATORCORE_REQUIRE asks for "lz4").</summary>
    public static void Require()
    {
        var isHere = NativeLibrary.TryLoad(Library, out _);
        var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
        Assert.False(!isHere && required.Contains("lz4", StringComparer.Ordinal), $"{Library} is required but absent.");
        Skip.IfNot(isHere, $"{Library} is not here (apt-get install liblz4-1).");
    }

    /// <summary>A block; level 0 is the fast encoder, below 0 its acceleration, above 0 the high compression levels.</summary>
    public static byte[] EncodeBlock(ReadOnlySpan<byte> plain, int level)
    {
        // an address is looked at even where there is nothing to encode
        ReadOnlySpan<byte> bytes = plain.IsEmpty ? [0] : plain;
        var block = new byte[plain.Length + (plain.Length / 255) + 16];
        fixed (byte* source = bytes, target = block)
        {
            var size = level > 0
                ? CompressHigh(source, target, plain.Length, block.Length, level)
                : CompressFast(source, target, plain.Length, block.Length, 1 - level);
            Assert.InRange(size, 1, block.Length);
            return block[..size];
        }
    }

    /// <summary>Decodes a block to the end of <paramref name="output"/>, behind the <paramref name="history"/> first bytes; negative when it is malformed.</summary>
    public static int DecodeBlock(ReadOnlySpan<byte> block, Span<byte> output, int history)
    {
        fixed (byte* source = block, target = output)
        {
            return history == 0
                ? DecompressSafe(source, target, block.Length, output.Length)
                : DecompressWithHistory(source, target + history, block.Length, output.Length - history, target, history);
        }
    }

    /// <summary>A frame.</summary>
    public static byte[] EncodeFrame(ReadOnlySpan<byte> plain, FramePreferences preferences)
    {
        var frame = new byte[(int)FrameBound((nuint)plain.Length, &preferences)];
        fixed (byte* source = plain, target = frame)
        {
            var size = CompressFrame(target, (nuint)frame.Length, source, (nuint)plain.Length, &preferences);
            Assert.Equal(0u, IsError(size));
            return frame[..(int)size];
        }
    }

    /// <summary>Decodes exactly one frame of exactly <paramref name="length"/> bytes; null when it is refused, or is not that.</summary>
    public static byte[]? DecodeFrame(ReadOnlySpan<byte> frame, int length)
    {
        nint context;
        Assert.Equal(0u, IsError(CreateContext(&context, FrameVersion)));
        try
        {
            // one byte more, so that a longer content shows
            var output = new byte[length + 1];
            fixed (byte* source = frame, target = output)
            {
                var (taken, written) = (0, 0);
                while (true)
                {
                    var (room, given) = ((nuint)(output.Length - written), (nuint)(frame.Length - taken));
                    var hint = Decompress(context, target + written, &room, source + taken, &given, null);
                    if (IsError(hint) != 0)
                    {
                        return null;
                    }

                    written += (int)room;
                    taken += (int)given;
                    if (hint == 0)
                    {
                        return taken == frame.Length && written == length ? output[..length] : null;
                    }

                    if (room == 0 && given == 0)
                    {
                        return null;
                    }
                }
            }
        }
        finally
        {
            _ = FreeContext(context);
        }
    }

    [LibraryImport(Library, EntryPoint = "LZ4_compress_fast")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CompressFast(byte* source, byte* target, int size, int room, int acceleration);

    [LibraryImport(Library, EntryPoint = "LZ4_compress_HC")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CompressHigh(byte* source, byte* target, int size, int room, int level);

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DecompressSafe(byte* source, byte* target, int size, int room);

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe_usingDict")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DecompressWithHistory(byte* source, byte* target, int size, int room, byte* history, int historySize);

    [LibraryImport(Library, EntryPoint = "LZ4F_compressFrameBound")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint FrameBound(nuint size, FramePreferences* preferences);

    [LibraryImport(Library, EntryPoint = "LZ4F_compressFrame")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint CompressFrame(byte* target, nuint room, byte* source, nuint size, FramePreferences* preferences);

    [LibraryImport(Library, EntryPoint = "LZ4F_isError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "LZ4F_createDecompressionContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint CreateContext(nint* context, uint version);

    [LibraryImport(Library, EntryPoint = "LZ4F_freeDecompressionContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "LZ4F_decompress")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint Decompress(nint context, byte* target, nuint* room, byte* source, nuint* given, void* options);

    /// <summary>LZ4F_preferences_t of lz4frame.h.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct FramePreferences
    {
        /// <summary>4 to 7: blocks of 64 KiB, 256 KiB, 1 MiB or 4 MiB.</summary>
        public int BlockSize;

        /// <summary>0 linked, 1 independent.</summary>
        public int BlockMode;

        /// <summary>1 for a checksum of the content.</summary>
        public int ContentChecksum;

        /// <summary>0 for a frame of data.</summary>
        public int FrameType;

        /// <summary>The content's size, 0 for unknown.</summary>
        public ulong ContentSize;

        /// <summary>0 for none.</summary>
        public uint DictionaryId;

        /// <summary>1 for a checksum of each block.</summary>
        public int BlockChecksum;

        /// <summary>As in <see cref="EncodeBlock"/>.</summary>
        public int Level;

        /// <summary>1 to end blocks early.</summary>
        public uint AutoFlush;

        /// <summary>Unused.</summary>
        public uint FavorDecompression;

        /// <summary>Reserved.</summary>
        public uint Reserved0;

        /// <summary>Reserved.</summary>
        public uint Reserved1;

        /// <summary>Reserved.</summary>
        public uint Reserved2;
    }
}
