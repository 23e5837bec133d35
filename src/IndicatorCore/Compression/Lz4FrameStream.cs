using System.Buffers.Binary;
using IndicatorCore.Errors;

namespace IndicatorCore.Compression;

/// <summary>Decodes exactly one LZ4 frame little by little: it holds one stored block, 64 KiB of what came before, and what was not taken yet.</summary>
/// <remarks>Faults are those of <see cref="Lz4Frame.Decode"/>, with offsets that count from the start of the frame. After a fault it is of no use.</remarks>
internal sealed class Lz4FrameStream
{
    private const int HistoryBytes = 65_536;
    private const int LargestHeader = 19;
    private const int StoredBytes = 262_144;
    private const uint RawBit = 0x80000000;

    private readonly StoredRead _read;
    private readonly long _frameLength;
    private readonly long _declared;
    private readonly bool _verify;
    private readonly bool _isIndependent;
    private readonly bool _hasBlockChecksum;
    private readonly bool _hasContentChecksum;
    private readonly int _maxBlockBytes;
    private readonly byte[] _plain;
    private byte[] _stored = [];
    private int _storedAt;
    private int _storedEnd;
    private long _position;
    private XxHash32 _hash = new(0);
    private long _decoded;
    private int _plainAt;
    private int _plainEnd;

    /// <summary>Reads the header.</summary>
    /// <param name="frameLength">Bytes of the frame as it is stored.</param>
    /// <param name="declared">Bytes that it must decode to.</param>
    /// <param name="verifyChecksums">Whether block and content checksums are verified; the header checksum always is.</param>
    /// <param name="read">Reads stored bytes of the frame.</param>
    public Lz4FrameStream(long frameLength, long declared, bool verifyChecksums, StoredRead read)
    {
        (_frameLength, _declared, _verify, _read) = (frameLength, declared, verifyChecksums, read);
        Have((int)Math.Min(frameLength, LargestHeader));
        var header = new Lz4FrameReader(_stored.AsSpan(0, _storedEnd), verifyChecksums);
        if (header.ContentSize is { } size && size != (ulong)declared)
        {
            throw Lz4FrameReader.Malformed($"The LZ4 frame declares {size} bytes of content, where {declared} are due", 6);
        }

        _isIndependent = header.IsIndependent;
        _maxBlockBytes = header.MaxBlockBytes;
        _hasBlockChecksum = (_stored[4] & 0x10) != 0;
        _hasContentChecksum = (_stored[4] & 0x04) != 0;
        _plain = GC.AllocateUninitializedArray<byte>(HistoryBytes + Math.Max(_maxBlockBytes, 4 * HistoryBytes));
        Skip(header.Position);
    }

    /// <summary>Reads bytes of the frame as it is stored.</summary>
    /// <param name="offset">From the start of the frame.</param>
    /// <param name="into">What to fill.</param>
    internal delegate void StoredRead(long offset, Memory<byte> into);

    /// <summary>Decodes the next bytes, exactly as many as fit; no more than were declared may be asked for in all.</summary>
    public void Read(Span<byte> into, CancellationToken cancellationToken)
    {
        while (into.Length > 0)
        {
            if (_plainAt == _plainEnd)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!TryDecodeBlock())
                {
                    throw Lz4FrameReader.Malformed($"The LZ4 frame decodes to {_decoded} bytes, where {_declared} are due", _position);
                }

                continue;
            }

            var part = _plain.AsSpan(_plainAt, Math.Min(into.Length, _plainEnd - _plainAt));
            part.CopyTo(into);
            into = into[part.Length..];
            _plainAt += part.Length;
        }
    }

    /// <summary>Once all that was declared is read: checks the end mark, the checksum and that nothing else comes.</summary>
    public void End()
    {
        while (TryDecodeBlock())
        {
            // blocks of no bytes are legal
        }

        if (_hasContentChecksum)
        {
            var stored = UInt32("the content checksum");
            if (_verify)
            {
                Compare(stored, _hash.Finish(), "content");
            }
        }

        if (_position != _frameLength)
        {
            throw Lz4FrameReader.Malformed($"{_frameLength - _position} bytes follow the LZ4 frame, where a buffer holds exactly one frame", _position);
        }
    }

    private bool TryDecodeBlock()
    {
        var sizeAt = _position;
        var word = UInt32("a block size or the end mark");
        if (word == 0)
        {
            return false;
        }

        var size = word & ~RawBit;
        if (size > (uint)_maxBlockBytes)
        {
            throw Lz4FrameReader.Malformed($"An LZ4 block of {size} bytes is larger than the frame's block maximum {_maxBlockBytes}", sizeAt);
        }

        if (size > _frameLength - _position)
        {
            throw Truncated($"a block of {size} bytes");
        }

        Have((int)size);
        var data = _stored.AsSpan(_storedAt, (int)size);
        var offset = _position;
        Decode(data, isRaw: (word & RawBit) != 0, offset);
        Skip((int)size);
        if (_hasBlockChecksum)
        {
            // reading on may move the stored bytes
            var computed = _verify ? XxHash32.Hash(data) : 0;
            var stored = UInt32("a block checksum");
            if (_verify)
            {
                Compare(stored, computed, "block");
            }
        }

        return true;
    }

    private void Decode(ReadOnlySpan<byte> data, bool isRaw, long offset)
    {
        if (_plainEnd + _maxBlockBytes > _plain.Length)
        {
            var kept = Math.Min(HistoryBytes, _plainEnd);
            _plain.AsSpan(_plainEnd - kept, kept).CopyTo(_plain);
            (_plainAt, _plainEnd) = (kept, kept);
        }

        var room = (int)Math.Min(_declared - _decoded, _maxBlockBytes);
        int written, faultAt;
        Lz4BlockFault fault;
        if (isRaw)
        {
            (written, faultAt) = (data.Length, 0);
            fault = data.Length > room ? Lz4BlockFault.OutputFull : Lz4BlockFault.None;
            if (fault == Lz4BlockFault.None)
            {
                data.CopyTo(_plain.AsSpan(_plainEnd));
            }
        }
        else
        {
            fault = Lz4Block.Decode(data, _plain.AsSpan(0, _plainEnd + room), _plainEnd, _isIndependent ? _plainEnd : 0, out written, out faultAt);
        }

        if (fault != Lz4BlockFault.None)
        {
            throw Lz4FrameReader.BlockFault(fault, (int)Math.Min(int.MaxValue, offset + faultAt));
        }

        if (_hasContentChecksum && _verify)
        {
            _hash.Append(_plain.AsSpan(_plainEnd, written));
        }

        _plainEnd += written;
        _decoded += written;
    }

    private uint UInt32(string where)
    {
        if (_frameLength - _position < sizeof(uint))
        {
            throw Truncated(where);
        }

        Have(sizeof(uint));
        var value = BinaryPrimitives.ReadUInt32LittleEndian(_stored.AsSpan(_storedAt));
        Skip(sizeof(uint));
        return value;
    }

    /// <summary>Brings so many stored bytes from the position on, which the frame must have, into memory.</summary>
    private void Have(int count)
    {
        var here = _storedEnd - _storedAt;
        if (here >= count)
        {
            return;
        }

        var wanted = (int)Math.Min(Math.Max(count, StoredBytes), _frameLength - _position);
        var target = _stored.Length >= wanted ? _stored : GC.AllocateUninitializedArray<byte>(wanted);
        _stored.AsSpan(_storedAt, here).CopyTo(target);
        _stored = target;
        _read(_position + here, _stored.AsMemory(here, wanted - here));
        (_storedAt, _storedEnd) = (0, wanted);
    }

    private void Skip(int count)
    {
        _storedAt += count;
        _position += count;
    }

    private MalformedArrowException Truncated(string where) =>
        new($"The LZ4 frame ends within {where}", new DataLocation(Offset: _frameLength), DataFault.Truncated);

    private void Compare(uint stored, uint computed, string what)
    {
        if (stored != computed)
        {
            throw new MalformedArrowException(
                $"The LZ4 {what} checksum is 0x{stored:x8}, but the bytes hash to 0x{computed:x8}",
                new DataLocation(Offset: _position - sizeof(uint)),
                DataFault.Checksum);
        }
    }
}
