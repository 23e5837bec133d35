using System.Numerics;

namespace IndicatorCore.Reference.Compression;

/// <summary>XXH32 as its description has it, one lane after the other.</summary>
/// <remarks>Source: the XXH32 algorithm description (xxhash_spec).</remarks>
internal static class XxHash32Reference
{
    private const uint Prime1 = 0x9E3779B1;
    private const uint Prime2 = 0x85EBCA77;
    private const uint Prime3 = 0xC2B2AE3D;
    private const uint Prime4 = 0x27D4EB2F;
    private const uint Prime5 = 0x165667B1;

    /// <summary>The hash of one span with the seed 0.</summary>
    public static uint Hash(ReadOnlySpan<byte> data)
    {
        unchecked
        {
            var stripes = data.Length / 16;
            var hash = Prime5;
            if (stripes > 0)
            {
                uint[] lanes = [Prime1 + Prime2, Prime2, 0, 0 - Prime1];
                for (var i = 0; i < stripes * 4; i++)
                {
                    ref var lane = ref lanes[i % 4];
                    lane = BitOperations.RotateLeft(lane + (BitConverter.ToUInt32(data[(4 * i)..]) * Prime2), 13) * Prime1;
                }

                hash = BitOperations.RotateLeft(lanes[0], 1) + BitOperations.RotateLeft(lanes[1], 7)
                    + BitOperations.RotateLeft(lanes[2], 12) + BitOperations.RotateLeft(lanes[3], 18);
            }

            hash += (uint)data.Length;
            var at = stripes * 16;
            for (; at + 4 <= data.Length; at += 4)
            {
                hash = BitOperations.RotateLeft(hash + (BitConverter.ToUInt32(data[at..]) * Prime3), 17) * Prime4;
            }

            for (; at < data.Length; at++)
            {
                hash = BitOperations.RotateLeft(hash + (data[at] * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 15)) * Prime2;
            hash = (hash ^ (hash >> 13)) * Prime3;
            return hash ^ (hash >> 16);
        }
    }
}
