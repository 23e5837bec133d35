using System.Runtime.InteropServices;
using IndicatorCore.Memory;

namespace IndicatorCore.Tests.Memory;

public sealed class BufferArenaTests
{
    [Fact]
    public void Pieces_are_aligned_do_not_overlap_and_cost_nothing_once_warm()
    {
        var arena = new BufferArena();
        int[] lengths = [1, 0, 63, 64, 65, 5000, 100_000, 7, 2_000_000, 1];
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < lengths.Length; i++)
            {
                var piece = arena.Take(lengths[i]);
                if (piece.Length != lengths[i])
                {
                    Assert.Fail("A piece has another length than asked for.");
                }

                piece.Span.Fill((byte)(i + 1));
            }

            if (round >= 2)
            {
                Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
            }

            arena.Reset();
        }

        var pieces = lengths.Select(arena.Take).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            pieces[i].Span.Fill((byte)(i + 1));
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            Assert.True(pieces[i].Span.IndexOfAnyExcept((byte)(i + 1)) < 0);
            if (pieces[i].Length > 0)
            {
                Assert.True(MemoryMarshal.TryGetArray<byte>(pieces[i], out var array));
                Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(array.Array!, array.Offset).ToInt64() % 64);
            }
        }
    }

    [Fact]
    public void What_was_reserved_is_one_run_of_memory_that_is_kept()
    {
        var arena = new BufferArena();
        for (var round = 0; round < 3; round++)
        {
            arena.Reserve(3_000_000 + (64 * 3) + (round * 1_000));
            var capacity = arena.Capacity;
            Assert.InRange(capacity, 3_000_000, 3_500_000);
            var pieces = new[] { 1_000_001, 999_999, 1_000_000 }.Select(arena.Take).ToArray();
            Assert.Equal(capacity, arena.Capacity);
            var arrays = pieces.Select(static piece => MemoryMarshal.TryGetArray<byte>(piece, out var array) ? array : default).ToArray();
            Assert.All(arrays, array => Assert.Same(arrays[0].Array, array.Array));
            Assert.All(arrays, static array => Assert.Equal(0, Marshal.UnsafeAddrOfPinnedArrayElement(array.Array!, array.Offset).ToInt64() % 64));
            arena.Reset();
            Assert.Equal(capacity, arena.Capacity);
        }
    }

    [Fact]
    public void Reserving_more_than_an_array_holds_leaves_the_pieces_to_be_taken_one_by_one()
    {
        var arena = new BufferArena();
        arena.Reserve(4L << 30);
        Assert.Equal(0, arena.Capacity);
        Assert.Equal(100, arena.Take(100).Length);
    }
}
