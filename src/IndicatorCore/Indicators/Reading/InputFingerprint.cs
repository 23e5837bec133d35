using System.Buffers.Binary;
using System.Security.Cryptography;
using IndicatorCore.Columns;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;
using Microsoft.Win32.SafeHandles;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// Tells replays: a hash of a file's length, of where every needed buffer lies, and of 256 stored blocks of 4 KiB spread evenly
/// over all of them (interface 1, Duplicate policy). Small inputs are hashed whole.
/// </summary>
internal static class InputFingerprint
{
    private const int Blocks = 256;
    private const int BlockBytes = 4_096;

    /// <summary>The fingerprint of a file, lower-case hexadecimal; notes on the way how much the file holds.</summary>
    public static string Of(IpcFileReader reader, Projection projection, string path, InputTally tally)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var handle = File.OpenHandle(path);
        var buffer = new byte[BlockBytes];
        Number(hash, reader.Length);
        var ranges = new List<(long Offset, long Length)>();
        var total = 0L;
        var rows = 0L;
        using var lease = new BatchLease();
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            var needed = reader.NeededRanges(batch, projection, lease);
            rows += lease.RowCount;
            Number(hash, lease.RowCount);
            foreach (var (offset, length) in needed)
            {
                Number(hash, offset);
                Number(hash, length);
                ranges.Add((offset, length));
                total += length;
            }
        }

        tally.Declare(reader.BatchCount, rows);
        if (reader.Length <= Blocks * BlockBytes)
        {
            Range(hash, handle, 0, reader.Length, buffer);
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }

        var at = 0;
        var before = 0L;
        for (var block = 0; block < Blocks && ranges.Count > 0; block++)
        {
            var target = (long)((Int128)total * block / Blocks);
            while (at < ranges.Count - 1 && before + ranges[at].Length <= target)
            {
                before += ranges[at++].Length;
            }

            var start = ranges[at].Offset + Math.Max(0, target - before);
            Range(hash, handle, start, Math.Min(BlockBytes, reader.Length - start), buffer);
        }

        // the footer holds the schema and every batch's place
        Range(hash, handle, Math.Max(0, reader.Length - BlockBytes), Math.Min(BlockBytes, reader.Length), buffer);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether two files hold the same bytes.</summary>
    public static bool SameContent(string left, string right)
    {
        using var leftHandle = File.OpenHandle(left);
        using var rightHandle = File.OpenHandle(right);
        var length = RandomAccess.GetLength(leftHandle);
        if (length != RandomAccess.GetLength(rightHandle))
        {
            return false;
        }

        var (a, b) = (new byte[1 << 20], new byte[1 << 20]);
        for (var offset = 0L; offset < length;)
        {
            var wanted = (int)Math.Min(a.Length, length - offset);
            if (!Fill(leftHandle, a.AsSpan(0, wanted), offset) || !Fill(rightHandle, b.AsSpan(0, wanted), offset)
                || !a.AsSpan(0, wanted).SequenceEqual(b.AsSpan(0, wanted)))
            {
                return false;
            }

            offset += wanted;
        }

        return true;
    }

    private static void Range(IncrementalHash hash, SafeFileHandle handle, long offset, long length, byte[] buffer)
    {
        for (var done = 0L; done < length;)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - done));
            if (!Fill(handle, part, offset + done))
            {
                return;   // a file that shrinks is found by its reader
            }

            hash.AppendData(part);
            done += part.Length;
        }
    }

    private static bool Fill(SafeFileHandle handle, Span<byte> part, long offset)
    {
        while (part.Length > 0)
        {
            var read = RandomAccess.Read(handle, part, offset);
            if (read == 0)
            {
                return false;
            }

            part = part[read..];
            offset += read;
        }

        return true;
    }

    private static void Number(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
