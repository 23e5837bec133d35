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
}
