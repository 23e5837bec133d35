using System.Buffers;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.StateFiles;

namespace IndicatorCore.Tests.Indicators.StateFiles;

/// <summary>Grid cells as bytes.</summary>
public sealed class GridBytesTests
{
    private const long Edge = GridBytes.MostPlace - 1;

    [Fact]
    public void What_is_written_is_read()
    {
        var random = new Random(3);
        for (var round = 0; round < 200; round++)
        {
            var keys = Enumerable.Range(0, random.Next(1, 120)).Select(_ => Key(random, round % 4)).ToHashSet();
            var (cells, bytes) = Write(keys, random);
            var (read, isRead) = Read(bytes, keys.Count);
            Assert.True(isRead);
            Assert.Equal(cells.OrderBy(static pair => pair.Key), read.OrderBy(static pair => pair.Key));
            Assert.False(Read([.. bytes, 0], keys.Count).IsRead);
        }
    }

    [Fact]
    public void Changed_bytes_are_refused_or_other_cells()
    {
        var random = new Random(4);
        var (_, bytes) = Write(Enumerable.Range(0, 40).Select(_ => Key(random, 0)).ToHashSet(), random);
        for (var at = 0; at < bytes.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                var changed = bytes.ToArray();
                changed[at] ^= (byte)(1 << bit);
                Assert.All(Read(changed, 40).Cells, static pair => Assert.InRange(Math.Min(pair.Value.Valid, pair.Value.Covered), 0, 1L << 50));
            }
        }
    }

    [Fact]
    public void Cells_too_far_out_are_not_coded()
    {
        Assert.True(GridBytes.Holds(new GridKey(default, 0, 0, Edge, -Edge)));
        Assert.False(GridBytes.Holds(new GridKey(default, 0, 0, Edge + 1, 0)));
        Assert.False(GridBytes.Holds(new GridKey(default, 0, 0, 0, long.MinValue)));
    }

    private static GridKey Key(Random random, int kind) => new(
        new Leaf(1, 2, 3, -1, -1),
        7,
        kind == 2 ? random.Next(int.MinValue, int.MaxValue) : random.Next(-1, 2),
        kind == 3 ? random.NextInt64(-Edge, Edge) : random.Next(-2, 9),
        kind == 3 ? (random.Next(2) == 0 ? -Edge : Edge) : random.Next(-2, 9));

    private static (Dictionary<(int Floor, long X, long Y), CoverageCounts> Cells, byte[] Bytes) Write(HashSet<GridKey> keys, Random random)
    {
        var store = Store();
        var cells = new Dictionary<(int, long, long), CoverageCounts>();
        foreach (var key in keys.OrderBy(static key => (key.Floor, key.X, key.Y)))
        {
            var valid = random.Next(0, 30);
            store[key].Merge(new CoverageCounts
            {
                Valid = valid,
                Covered = random.Next(4) == 0 ? random.Next(0, 60) : valid,
                Unserved = random.Next(8) == 0 ? random.NextInt64(1L << 40) : 0,
                Missing = random.Next(2),
                Invalid = random.Next(9) == 0 ? 1L << 50 : 0,
            });
            cells.Add((key.Floor, key.X, key.Y), store.Cells[store.Count - 1]);
        }

        var output = new ArrayBufferWriter<byte>();
        new GridBytes().Write(output, store, [.. Enumerable.Range(0, store.Count)]);
        return (cells, output.WrittenSpan.ToArray());
    }

    private static (Dictionary<(int Floor, long X, long Y), CoverageCounts> Cells, bool IsRead) Read(ReadOnlySpan<byte> bytes, int count)
    {
        var store = Store();
        var isRead = new GridBytes().TryRead(bytes, count, new PaneKey(new Leaf(1, 2, 3, -1, -1), 7), store);
        return (Enumerable.Range(0, store.Count).ToDictionary(slot => (store.Keys[slot].Floor, store.Keys[slot].X, store.Keys[slot].Y), slot => store.Cells[slot]), isRead);
    }

    private static SlotStore<GridKey, CoverageCounts> Store() => new(new MemoryBudget(1L << 30), "cells");
}
