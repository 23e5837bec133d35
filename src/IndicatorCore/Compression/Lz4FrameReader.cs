using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using IndicatorCore.Errors;

namespace IndicatorCore.Compression;

/// <summary>Walks the blocks of exactly one LZ4 frame; decodes nothing itself.</summary>
/// <remarks>
/// Source: lz4_Frame_format.md 1.6.4. Offsets in errors count from the start of the frame. The header checksum is always verified, the
/// block and content checksums when asked for.
/// </remarks>
internal ref struct Lz4FrameReader
{
    private const uint Magic = 0x184D2204;
    private const uint LegacyMagic = 0x184C2102;
    private const uint SkippableMagic = 0x184D2A50;
    private const uint RawBit = 0x80000000;
    private const int ChecksumBytes = sizeof(uint);

    private readonly ReadOnlySpan<byte> _frame;
    private readonly bool _verify;
    private readonly bool _hasBlockChecksum;
    private readonly bool _hasContentChecksum;
    private int _position;

    // the checksums of blocks to come, four made at a time
    private AheadHashes _ahead;
    private int _aheadCount;
    private int _aheadTaken;

    /// <summary>Reads the header.</summary>
    public Lz4FrameReader(ReadOnlySpan<byte> frame, bool verifyChecksums)
    {
        _frame = frame;
        _verify = verifyChecksums;
        var magic = ReadUInt32("the magic number");
        if (magic != Magic)
        {
            throw WrongMagic(magic);
        }

        if (frame.Length < 7)
        {
            throw Truncated("the frame descriptor");
        }

        var flags = frame[4];
        if (flags >> 6 != 1)
        {
            throw new UnsupportedArrowException($"LZ4 frame version {flags >> 6} is not read, only version 1", new DataLocation(Offset: 4));
        }

        var hasContentSize = (flags & 0x08) != 0;
        var hasDictionary = (flags & 0x01) != 0;
        var checksumAt = 6 + (hasContentSize ? sizeof(ulong) : 0) + (hasDictionary ? sizeof(uint) : 0);
        if (frame.Length <= checksumAt)
        {
            throw Truncated("the frame descriptor");
        }

        var expected = (byte)(XxHash32.Hash(frame[4..checksumAt]) >> 8);
        if (frame[checksumAt] != expected)
        {
            throw new MalformedArrowException(
                $"The LZ4 header checksum is 0x{frame[checksumAt]:x2}, but the header hashes to 0x{expected:x2}",
                new DataLocation(Offset: checksumAt),
                DataFault.Checksum);
        }

        var blockCode = (frame[5] >> 4) & 7;
        if ((flags & 0x02) != 0 || (frame[5] & 0x8F) != 0)
        {
            throw Malformed("A reserved bit of the LZ4 frame descriptor is set", (flags & 0x02) != 0 ? 4 : 5);
        }

        if (blockCode < 4)
        {
            throw Malformed($"The LZ4 block maximum size code {blockCode} is not defined", 5);
        }

        if (hasDictionary)
        {
            throw new UnsupportedArrowException(
                "An LZ4 frame with a dictionary id is not read: Arrow has no place to say which dictionary is meant",
                new DataLocation(Offset: checksumAt - sizeof(uint)));
        }

        IsIndependent = (flags & 0x20) != 0;
        _hasBlockChecksum = (flags & 0x10) != 0;
        _hasContentChecksum = (flags & 0x04) != 0;
        ContentSize = hasContentSize ? BinaryPrimitives.ReadUInt64LittleEndian(frame[6..]) : null;
        MaxBlockBytes = 1 << (8 + (2 * blockCode));
        _position = checksumAt + 1;
    }

    /// <summary>The most bytes that a block decodes to: 64 KiB, 256 KiB, 1 MiB or 4 MiB.</summary>
    public int MaxBlockBytes { get; }

    /// <summary>Whether matches stay within their own block.</summary>
    public bool IsIndependent { get; }

    /// <summary>The declared decoded length of the frame, as unbelieved as any other input; null when it is not declared.</summary>
    public ulong? ContentSize { get; }

    /// <summary>Whether the decoded bytes are to be hashed for <see cref="End"/>.</summary>
    public readonly bool NeedsContentHash => _hasContentChecksum && _verify;

    /// <summary>The offset of the next unread byte in the frame.</summary>
    public readonly int Position => _position;

    /// <summary>Takes the next block, or returns false at the end mark.</summary>
    /// <param name="data">The block as stored.</param>
    /// <param name="isRaw">Whether <paramref name="data"/> is the decoded block itself.</param>
    /// <param name="offset">Where <paramref name="data"/> starts in the frame.</param>
    public bool TryReadBlock(out ReadOnlySpan<byte> data, out bool isRaw, out int offset)
    {
        var sizeAt = _position;
        var word = ReadUInt32("a block size or the end mark");
        offset = _position;
        isRaw = (word & RawBit) != 0;
        if (word == 0)
        {
            data = default;
            return false;
        }

        var size = word & ~RawBit;
        if (size > (uint)MaxBlockBytes)
        {
            throw Malformed($"An LZ4 block of {size} bytes is larger than the frame's block maximum {MaxBlockBytes}", sizeAt);
        }

        if (size > (uint)(_frame.Length - _position))
        {
            throw Truncated($"a block of {size} bytes");
        }

        data = _frame.Slice(_position, (int)size);
        _position += (int)size;
        if (_hasBlockChecksum)
        {
            var stored = ReadUInt32("a block checksum");
            if (_verify)
            {
                Compare(stored, NextHash(sizeAt), "block");
            }
        }

        return true;
    }

    /// <summary>Checks what follows the end mark: the content checksum, the declared size, and that nothing else comes.</summary>
    /// <param name="contentHash">The hash of all decoded bytes; ignored unless <see cref="NeedsContentHash"/>.</param>
    /// <param name="decodedBytes">How many bytes the frame decoded to.</param>
    public void End(uint contentHash, long decodedBytes)
    {
        if (ContentSize is { } declared && declared != (ulong)decodedBytes)
        {
            throw Malformed($"The LZ4 frame declares {declared} bytes of content, but holds {decodedBytes}", 6);
        }

        if (_hasContentChecksum)
        {
            var stored = ReadUInt32("the content checksum");
            if (_verify)
            {
                Compare(stored, contentHash, "content");
            }
        }

        if (_position != _frame.Length)
        {
            throw Malformed($"{_frame.Length - _position} bytes follow the LZ4 frame, where a buffer holds exactly one frame", _position);
        }
    }

    /// <summary>The exception for a block that does not decode.</summary>
    public static MalformedArrowException BlockFault(Lz4BlockFault fault, int offset) => Malformed(
        fault switch
        {
            Lz4BlockFault.InputEnds => "A length of an LZ4 block runs past the block's end",
            Lz4BlockFault.OutputFull => "An LZ4 block decodes to more bytes than were declared",
            Lz4BlockFault.OffsetZero => "An LZ4 match has the offset 0",
            Lz4BlockFault.OffsetBeforeStart => "An LZ4 match reaches back before the bytes that it may use",
            Lz4BlockFault.LastLiterals => "An LZ4 block does not end with at least five literals",
            _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "Not a fault."),
        },
        offset);

    /// <summary>A broken rule of the format at <paramref name="offset"/> of the frame.</summary>
    public static MalformedArrowException Malformed(string problem, long offset) => new(problem, new DataLocation(Offset: offset));

    private static Exception WrongMagic(uint magic)
    {
        var location = new DataLocation(Offset: 0);
        return magic switch
        {
            LegacyMagic => new UnsupportedArrowException("LZ4 legacy frames are not read; Arrow allows only the LZ4 frame format", location),
            >= SkippableMagic and <= SkippableMagic + 15 =>
                new UnsupportedArrowException("LZ4 skippable frames are not read; an Arrow buffer holds exactly one data frame", location),
            _ => Malformed($"0x{magic:x8} is not the magic number of an LZ4 frame", 0),
        };
    }

    private readonly MalformedArrowException Truncated(string where) =>
        new($"The LZ4 frame ends within {where}", new DataLocation(Offset: _frame.Length), DataFault.Truncated);

    private readonly void Compare(uint stored, uint computed, string what)
    {
        if (stored != computed)
        {
            throw new MalformedArrowException(
                $"The LZ4 {what} checksum is 0x{stored:x8}, but the bytes hash to 0x{computed:x8}",
                new DataLocation(Offset: _position - ChecksumBytes),
                DataFault.Checksum);
        }
    }

    // The hash of the block whose size word is at sizeAt. Blocks behind it are hashed with it, as far as their sizes make sense; what is
    // wrong with them is said when they are read.
    private uint NextHash(int sizeAt)
    {
        if (_aheadTaken == _aheadCount)
        {
            Span<int> starts = stackalloc int[XxHash32Lanes.Most];
            Span<int> lengths = stackalloc int[XxHash32Lanes.Most];
            _aheadTaken = 0;
            _aheadCount = 0;
            for (var at = sizeAt; _aheadCount < XxHash32Lanes.Most && _frame.Length - at >= sizeof(uint);)
            {
                var word = BinaryPrimitives.ReadUInt32LittleEndian(_frame[at..]);
                var size = word & ~RawBit;
                at += sizeof(uint);
                if (word == 0 || size > (uint)MaxBlockBytes || size > (uint)(_frame.Length - at))
                {
                    break;
                }

                starts[_aheadCount] = at;
                lengths[_aheadCount++] = (int)size;
                at += (int)size + Math.Min(ChecksumBytes, _frame.Length - at - (int)size);
            }

            XxHash32Lanes.Hash(_frame, starts[.._aheadCount], lengths[.._aheadCount], _ahead);
        }

        return _ahead[_aheadTaken++];
    }

    private uint ReadUInt32(string where)
    {
        if (_frame.Length - _position < sizeof(uint))
        {
            throw Truncated(where);
        }

        var value = BinaryPrimitives.ReadUInt32LittleEndian(_frame[_position..]);
        _position += sizeof(uint);
        return value;
    }

    [InlineArray(XxHash32Lanes.Most)]
    private struct AheadHashes
    {
        private uint _first;
    }
}
