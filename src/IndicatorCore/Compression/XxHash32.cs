using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IndicatorCore.Compression;

/// <summary>xxHash, 32 bits: the checksum of LZ4 frames, over one span or over spans as they come.</summary>
/// <remarks>Source: the XXH32 algorithm description (xxhash_spec). A mutable struct: pass it by reference.</remarks>
internal struct XxHash32
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;
    private const int StripeBytes = 16;

    private readonly uint _seed;
    private uint _lane1;
    private uint _lane2;
    private uint _lane3;
    private uint _lane4;
    private ulong _length;
    private Stripe _pending;

    /// <summary>Starts a hash.</summary>
    public XxHash32(uint seed)
    {
        _seed = seed;
        unchecked
        {
            _lane1 = seed + Prime1 + Prime2;
            _lane2 = seed + Prime2;
            _lane3 = seed;
            _lane4 = seed - Prime1;
        }
    }

    /// <summary>The four lanes over the whole stripes so far.</summary>
    public readonly Vector128<uint> Lanes => Vector128.Create(_lane1, _lane2, _lane3, _lane4);

    /// <summary>The hash of one span.</summary>
    public static uint Hash(ReadOnlySpan<byte> data, uint seed = 0)
    {
        var hash = new XxHash32(seed);
        hash.Append(data);
        return hash.Finish();
    }

    /// <summary>Continues the hash with <paramref name="data"/>.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        var pending = (int)(_length % StripeBytes);
        _length += (ulong)data.Length;
        if (pending > 0)
        {
            Span<byte> stripe = _pending;
            var taken = Math.Min(StripeBytes - pending, data.Length);
            data[..taken].CopyTo(stripe[pending..]);
            data = data[taken..];
            if (pending + taken < StripeBytes)
            {
                return;
            }

            Consume(stripe);
        }

        var whole = data.Length & -StripeBytes;
        Consume(data[..whole]);
        data[whole..].CopyTo(_pending);
    }

    /// <summary>Takes over what rounds made of the next stripes; only between stripes.</summary>
    /// <param name="lanes">The lanes after them.</param>
    /// <param name="bytes">How many bytes they have, a multiple of 16.</param>
    public void Advance(Vector128<uint> lanes, int bytes)
    {
        Debug.Assert(_length % StripeBytes == 0 && bytes % StripeBytes == 0, "Only whole stripes.");
        (_lane1, _lane2, _lane3, _lane4) = (lanes[0], lanes[1], lanes[2], lanes[3]);
        _length += (ulong)bytes;
    }

    /// <summary>One round of four hashes over a stripe of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Round(Vector512<uint> lanes, Vector512<uint> stripes)
    {
        var sum = lanes + (stripes * Vector512.Create(Prime2));
        return (Avx512F.IsSupported ? Avx512F.RotateLeft(sum, 13) : (sum << 13) | (sum >> 19)) * Vector512.Create(Prime1);
    }

    /// <summary>The hash of everything appended so far; the state is unchanged.</summary>
    public readonly uint Finish()
    {
        unchecked
        {
            var hash = _length >= StripeBytes
                ? BitOperations.RotateLeft(_lane1, 1) + BitOperations.RotateLeft(_lane2, 7)
                    + BitOperations.RotateLeft(_lane3, 12) + BitOperations.RotateLeft(_lane4, 18)
                : _seed + Prime5;
            hash += (uint)_length;

            ReadOnlySpan<byte> tail = _pending;
            tail = tail[..(int)(_length % StripeBytes)];
            for (; tail.Length >= sizeof(uint); tail = tail[sizeof(uint)..])
            {
                hash += BinaryPrimitives.ReadUInt32LittleEndian(tail) * Prime3;
                hash = BitOperations.RotateLeft(hash, 17) * Prime4;
            }

            foreach (var value in tail)
            {
                hash += value * Prime5;
                hash = BitOperations.RotateLeft(hash, 11) * Prime1;
            }

            hash ^= hash >> 15;
            hash *= Prime2;
            hash ^= hash >> 13;
            hash *= Prime3;
            return hash ^ (hash >> 16);
        }
    }

    // Four scalar lanes: a 32-bit vector multiplication has three times the latency of a scalar one, and latency is the bound here.
    private void Consume(ReadOnlySpan<byte> stripes)
    {
        var (lane1, lane2, lane3, lane4) = (_lane1, _lane2, _lane3, _lane4);
        for (; stripes.Length >= StripeBytes; stripes = stripes[StripeBytes..])
        {
            lane1 = Round(lane1, BinaryPrimitives.ReadUInt32LittleEndian(stripes));
            lane2 = Round(lane2, BinaryPrimitives.ReadUInt32LittleEndian(stripes[4..]));
            lane3 = Round(lane3, BinaryPrimitives.ReadUInt32LittleEndian(stripes[8..]));
            lane4 = Round(lane4, BinaryPrimitives.ReadUInt32LittleEndian(stripes[12..]));
        }

        (_lane1, _lane2, _lane3, _lane4) = (lane1, lane2, lane3, lane4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Round(uint lane, uint value) =>
        unchecked(BitOperations.RotateLeft(lane + (value * Prime2), 13) * Prime1);

    [InlineArray(StripeBytes)]
    private struct Stripe
    {
        private byte _first;
    }
}
