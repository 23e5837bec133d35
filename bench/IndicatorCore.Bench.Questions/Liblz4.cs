using System.Runtime.InteropServices;

namespace IndicatorCore.Bench.Questions;

/// <summary>The reference implementation, Debian's <c>liblz4-1</c>. Source: lz4.h and lz4frame.h.</summary>
internal static unsafe partial class Liblz4
{
    private const string Library = "liblz4.so.1";
    private const uint FrameVersion = 100;

    /// <summary>Whether the library can be loaded; nothing else here may be called without it.</summary>
    public static bool IsHere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Its version, such as <c>1.9.4</c>.</summary>
    public static string Version => VersionNumber() is var number ? $"{number / 10_000}.{number / 100 % 100}.{number % 100}" : string.Empty;

    /// <summary>Decodes a block to <paramref name="at"/>, behind <paramref name="history"/> bytes of earlier blocks.</summary>
    /// <returns>The bytes written.</returns>
    /// <exception cref="InvalidDataException">The block is malformed.</exception>
    public static int DecodeBlock(ReadOnlySpan<byte> block, Span<byte> output, int at, int history)
    {
        fixed (byte* source = block, target = output)
        {
            var written = history == 0
                ? DecompressSafe(source, target + at, block.Length, output.Length - at)
                : DecompressWithHistory(source, target + at, block.Length, output.Length - at, target + at - history, history);
            return written >= 0 ? written : throw new InvalidDataException("liblz4 refuses a block.");
        }
    }

    /// <summary>A context for <see cref="DecodeFrame"/>, to be freed; one a thread.</summary>
    public static nint CreateContext()
    {
        nint context;
        return NewContext(&context, FrameVersion) == 0 ? context : throw new InvalidOperationException("liblz4 gives no context.");
    }

    /// <summary>Frees a context.</summary>
    public static void FreeContext(nint context) => _ = EndContext(context);

    /// <summary>Decodes one whole frame.</summary>
    /// <returns>The bytes written.</returns>
    /// <exception cref="InvalidDataException">The frame is malformed or cut short.</exception>
    public static int DecodeFrame(nint context, ReadOnlySpan<byte> frame, Span<byte> output)
    {
        var (taken, written) = (0, 0);

        // LZ4F_decompressOptions_t with stableDst: what was written stays where it is, which spares a copy
        var options = stackalloc uint[4] { 1, 0, 0, 0 };
        fixed (byte* source = frame, target = output)
        {
            while (true)
            {
                var (room, given) = ((nuint)(output.Length - written), (nuint)(frame.Length - taken));
                var hint = Decompress(context, target + written, &room, source + taken, &given, options);
                written += (int)room;
                taken += (int)given;
                if (IsError(hint) != 0 || (hint != 0 && room == 0 && given == 0))
                {
                    throw new InvalidDataException("liblz4 refuses a frame.");
                }

                if (hint == 0)
                {
                    return written;
                }
            }
        }
    }

    [LibraryImport(Library, EntryPoint = "LZ4_versionNumber")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int VersionNumber();

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DecompressSafe(byte* source, byte* target, int size, int room);

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe_usingDict")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DecompressWithHistory(byte* source, byte* target, int size, int room, byte* history, int historySize);

    [LibraryImport(Library, EntryPoint = "LZ4F_isError")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial uint IsError(nuint code);

    [LibraryImport(Library, EntryPoint = "LZ4F_createDecompressionContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint NewContext(nint* context, uint version);

    [LibraryImport(Library, EntryPoint = "LZ4F_freeDecompressionContext")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint EndContext(nint context);

    [LibraryImport(Library, EntryPoint = "LZ4F_decompress")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nuint Decompress(nint context, byte* target, nuint* room, byte* source, nuint* given, uint* options);
}
