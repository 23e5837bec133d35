using System.Runtime.InteropServices;

namespace IndicatorCore.Bench.Compression;

/// <summary>The reference implementation's block decoder, where it is installed.</summary>
internal static unsafe partial class Liblz4Block
{
    private const string Library = "liblz4.so.1";

    /// <summary>Whether the library is installed.</summary>
    public static bool IsHere { get; } = NativeLibrary.TryLoad(Library, out _);

    /// <summary>Decodes a block into an output of exactly its length or more; negative when it is malformed.</summary>
    public static int Decode(ReadOnlySpan<byte> block, Span<byte> output)
    {
        fixed (byte* source = block, target = output)
        {
            return DecompressSafe(source, target, block.Length, output.Length);
        }
    }

    [LibraryImport(Library, EntryPoint = "LZ4_decompress_safe")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int DecompressSafe(byte* source, byte* target, int size, int room);
}
