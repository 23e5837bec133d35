using System.Buffers.Binary;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>Whether an export is there to its end: the footer of a file, the end mark of a stream. Its batches are left to the engine.</summary>
internal static class ExportEnd
{
    private const int LongestMetadata = 256 << 20;
    private const long TablesOfHead = 64;

    /// <summary>Why an export is not whole, or null when it is.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string? Missing(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> head = stackalloc byte[IpcFormatDetection.HeadLength];
            var container = IpcFormatDetection.Detect(head[..RandomAccess.Read(handle, head, 0)]);
            if (container == IpcContainer.Stream)
            {
                return IsWhole(handle) ? null : "the stream has no end";
            }

            if (container != IpcContainer.File)
            {
                return $"it is {IpcFormatDetection.Describe(container)}";
            }

            IpcFileReader.Open(path).Dispose();
            return null;
        }
        catch (IndicatorDataException fault)
        {
            return fault.Problem;
        }
    }

    // from message to message, past their bodies
    private static bool IsWhole(Microsoft.Win32.SafeHandles.SafeFileHandle handle)
    {
        var length = RandomAccess.GetLength(handle);
        Span<byte> prefix = stackalloc byte[8];
        for (var at = 0L; at + 4 <= length;)
        {
            var read = RandomAccess.Read(handle, prefix, at);
            var isMarked = read >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(prefix) == 0xFFFFFFFF;
            if (read < (isMarked ? 8 : 4))
            {
                return false;
            }

            var size = BinaryPrimitives.ReadInt32LittleEndian(isMarked ? prefix[4..] : prefix);
            if (size == 0)
            {
                return true;
            }

            at += isMarked ? 8 : 4;
            if (size is < 0 or > LongestMetadata || at + size > length)
            {
                return false;
            }

            var metadata = new byte[size];
            if (RandomAccess.Read(handle, metadata, at) < size)
            {
                return false;
            }

            var budget = TablesOfHead;
            at += size + MessageHead.Parse(metadata, ref budget).BodyLength;
        }

        return false;
    }
}
