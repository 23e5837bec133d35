using System.Buffers.Binary;
using IndicatorCore.Bench.Questions;
using IndicatorCore.Compression;
using IndicatorCore.Ipc;

namespace IndicatorCore.Bench.Compression;

/// <summary>The LZ4 frames of a column, in memory, and the blocks in them. Source: lz4_Frame_format.md.</summary>
internal sealed class StoredFrames
{
    private const uint StoredPlain = 0x8000_0000;
    private readonly List<(byte[] Frame, int Length, bool AreIndependent, List<(int At, int Length, bool IsPlain)> Blocks)> _frames = [];

    /// <summary>Decoded bytes.</summary>
    public long Plain { get; private set; }

    /// <summary>Stored bytes.</summary>
    public long Stored { get; private set; }

    /// <summary>Blocks that are compressed.</summary>
    public int Compressed { get; private set; }

    /// <summary>The longest content.</summary>
    public int Longest { get; private set; }

    /// <summary>Frames.</summary>
    public int Count => _frames.Count;

    /// <summary>Reads the frames of a column from evenly spaced batches; buffers that are stored without a frame are passed over.</summary>
    public static StoredFrames Read(IpcFileReader reader, Stream file, int column, int batches)
    {
        var frames = new StoredFrames();
        var projection = Projection.Of(reader.Schema, [column]);
        for (var i = 0; i < batches; i++)
        {
            foreach (var (offset, length) in reader.NeededRanges((int)((long)i * reader.BatchCount / batches), projection))
            {
                if (length > 8)
                {
                    var bytes = new byte[length];
                    file.Position = offset;
                    file.ReadExactly(bytes);
                    frames.Add(bytes);
                }
            }
        }

        return frames;
    }

    /// <summary>Decodes the compressed blocks of every worker-th frame with this library.</summary>
    public void Blocks(byte[] output, int worker, int workers)
    {
        for (var i = worker; i < _frames.Count; i += workers)
        {
            var (frame, _, areIndependent, blocks) = _frames[i];
            var at = 0;
            foreach (var (start, length, isPlain) in blocks)
            {
                var written = length;
                if (!isPlain && Lz4Block.Decode(frame.AsSpan(start, length), output, at, areIndependent ? at : 0, out written, out _) != Lz4BlockFault.None)
                {
                    throw new InvalidDataException("a block is refused");
                }

                at += written;
            }
        }
    }

    /// <summary>The same with liblz4.</summary>
    public void NativeBlocks(byte[] output, int worker, int workers)
    {
        for (var i = worker; i < _frames.Count; i += workers)
        {
            var (frame, _, areIndependent, blocks) = _frames[i];
            var at = 0;
            foreach (var (start, length, isPlain) in blocks)
            {
                at += isPlain ? length : Liblz4.DecodeBlock(frame.AsSpan(start, length), output, at, areIndependent ? 0 : at);
            }
        }
    }

    /// <summary>Decodes every worker-th frame with this library.</summary>
    public void Frames(byte[] output, bool verify, int worker, int workers)
    {
        for (var i = worker; i < _frames.Count; i += workers)
        {
            Lz4Frame.Decode(_frames[i].Frame, output.AsSpan(0, _frames[i].Length), verify);
        }
    }

    /// <summary>The same with liblz4, checksums verified.</summary>
    public void NativeFrames(nint context, byte[] output, int worker, int workers)
    {
        for (var i = worker; i < _frames.Count; i += workers)
        {
            Liblz4.DecodeFrame(context, _frames[i].Frame, output.AsSpan(0, _frames[i].Length));
        }
    }

    // behind the decoded length: magic number, FLG, BD, and as FLG says a content size and a dictionary id; then the header's checksum
    private void Add(byte[] buffer)
    {
        var length = BinaryPrimitives.ReadInt64LittleEndian(buffer);
        if (length < 0)
        {
            return;
        }

        var frame = buffer[8..];
        var flags = frame[4];
        var blocks = new List<(int At, int Length, bool IsPlain)>();
        var at = 6 + ((flags & 0x08) != 0 ? 8 : 0) + ((flags & 0x01) != 0 ? 4 : 0) + 1;
        while (BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(at)) is var size and not 0)
        {
            blocks.Add((at + 4, (int)(size & ~StoredPlain), (size & StoredPlain) != 0));
            at += 4 + (int)(size & ~StoredPlain) + ((flags & 0x10) != 0 ? 4 : 0);
        }

        _frames.Add((frame, (int)length, (flags & 0x20) != 0, blocks));
        Plain += length;
        Stored += frame.Length;
        Compressed += blocks.Count(static block => !block.IsPlain);
        Longest = Math.Max(Longest, (int)length);
    }
}
