using System.Buffers;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// The grid cells of a leaf and span as bytes: floor, ix and iy of the first cell in LEB128, zigzag; then coded in bits (<see cref="NumberModel"/>) each
/// cell in the order of floor, ix, iy: where it lies from the one before (0 further along iy, 1 at another ix, 2 on another floor, and how far; what
/// starts again is told from the first cell), its samples, those without cover, and those unserved, missing and invalid.
/// </summary>
internal sealed class GridBytes
{
    /// <summary>Cells lie nearer to 0 than this.</summary>
    public const long MostPlace = 1L << 56;

    /// <summary>The most cells of a row.</summary>
    public const int MostCells = 1 << 16;

    private const int Along = 0, NextX = 1, NextFloor = 2;
    private const long MaxCount = 1L << 50;

    private readonly Models _models = new();

    /// <summary>Whether a cell can be coded.</summary>
    public static bool Holds(in GridKey key) => key is { X: > -MostPlace and < MostPlace, Y: > -MostPlace and < MostPlace };

    /// <summary>Writes cells of one leaf and span.</summary>
    /// <param name="output">Takes the bytes.</param>
    /// <param name="store">The store.</param>
    /// <param name="slots">The cells, in order.</param>
    public void Write(IBufferWriter<byte> output, SlotStore<GridKey, CoverageCounts> store, ReadOnlySpan<int> slots)
    {
        var first = store.Keys[slots[0]];
        Leb128.Write(output, Leb128.Zigzag(first.Floor));
        Leb128.Write(output, Leb128.Zigzag(first.X));
        Leb128.Write(output, Leb128.Zigzag(first.Y));
        var models = _models;
        models.Clear();
        var bits = new BitEncoder(output);
        var before = first;
        for (var i = 0; i < slots.Length; i++)
        {
            var key = store.Keys[slots[i]];
            if (i > 0)
            {
                var move = key.Floor != before.Floor ? NextFloor : key.X != before.X ? NextX : Along;
                models.Move.Write(ref bits, 0, (ulong)move);
                switch (move)
                {
                    case Along:
                        models.Y.Write(ref bits, 0, (ulong)(key.Y - before.Y - 1));
                        break;
                    case NextX:
                        models.X.Write(ref bits, 0, (ulong)(key.X - before.X - 1));
                        models.StartY.Write(ref bits, 0, Leb128.Zigzag(key.Y - first.Y));
                        break;
                    default:
                        models.Floor.Write(ref bits, 0, (ulong)((long)key.Floor - before.Floor - 1));
                        models.StartX.Write(ref bits, 0, Leb128.Zigzag(key.X - first.X));
                        models.StartY.Write(ref bits, 0, Leb128.Zigzag(key.Y - first.Y));
                        break;
                }
            }

            var cell = store.Cells[slots[i]];
            models.Valid.Write(ref bits, 0, (ulong)cell.Valid);
            models.Uncovered.Write(ref bits, 0, Uncovered(cell));
            models.Unserved.Write(ref bits, 0, (ulong)cell.Unserved);
            models.Missing.Write(ref bits, 0, (ulong)cell.Missing);
            models.Invalid.Write(ref bits, 0, (ulong)cell.Invalid);
            before = key;
        }

        bits.End();
    }

    /// <summary>Adds cells to a store; false, with the store in an undefined state, where the bytes are none.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="count">How many cells they must have, above 0.</param>
    /// <param name="place">Their leaf and span.</param>
    /// <param name="store">The store.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, long count, PaneKey place, SlotStore<GridKey, CoverageCounts> store)
    {
        if (!Leb128.TryTake(ref bytes, out var floor) || !Leb128.TryTake(ref bytes, out var x) || !Leb128.TryTake(ref bytes, out var y)
            || Leb128.Unzigzag(floor) is not (>= int.MinValue and <= int.MaxValue))
        {
            return false;
        }

        var first = new GridKey(place.Leaf, place.Pane, (int)Leb128.Unzigzag(floor), Leb128.Unzigzag(x), Leb128.Unzigzag(y));
        var models = _models;
        models.Clear();
        var bits = new BitDecoder(bytes);
        var key = first;
        for (var i = 0L; i < count; i++)
        {
            if ((i > 0 && !TryMove(ref bits, models, first, ref key)) || !Holds(key) || !TryCell(ref bits, models, out var cell))
            {
                return false;
            }

            store[key].Merge(cell);
        }

        return bits.IsAtEnd;
    }

    // no more are covered than there are, or unserved ones count as such and are none
    private static ulong Uncovered(CoverageCounts cell) => Leb128.Zigzag(cell.Valid - cell.Covered);

    private static bool TryMove(ref BitDecoder bits, Models models, in GridKey first, ref GridKey key)
    {
        if (!models.Move.TryRead(ref bits, 0, out var move))
        {
            return false;
        }

        switch (move)
        {
            case Along when models.Y.TryRead(ref bits, 0, out var along) && along < 2 * MostPlace:
                key = key with { Y = key.Y + (long)along + 1 };
                return true;
            case NextX when models.X.TryRead(ref bits, 0, out var across) && models.StartY.TryRead(ref bits, 0, out var startY) && across < 2 * MostPlace:
                key = key with { X = key.X + (long)across + 1, Y = first.Y + Leb128.Unzigzag(startY) };
                return true;
            case NextFloor when models.Floor.TryRead(ref bits, 0, out var up) && models.StartX.TryRead(ref bits, 0, out var fromX)
                && models.StartY.TryRead(ref bits, 0, out var fromY) && up < uint.MaxValue && key.Floor + (long)up + 1 <= int.MaxValue:
                key = key with { Floor = (int)(key.Floor + (long)up + 1), X = first.X + Leb128.Unzigzag(fromX), Y = first.Y + Leb128.Unzigzag(fromY) };
                return true;
            default:
                return false;
        }
    }

    private static bool TryCell(ref BitDecoder bits, Models models, out CoverageCounts cell)
    {
        cell = default;
        if (!models.Valid.TryRead(ref bits, 0, out var valid) || !models.Uncovered.TryRead(ref bits, 0, out var uncovered)
            || !models.Unserved.TryRead(ref bits, 0, out var unserved) || !models.Missing.TryRead(ref bits, 0, out var missing)
            || !models.Invalid.TryRead(ref bits, 0, out var invalid) || Math.Max(Math.Max(valid, unserved), Math.Max(missing, invalid)) > MaxCount
            || (long)valid - Leb128.Unzigzag(uncovered) is not (>= 0 and <= MaxCount and var covered))
        {
            return false;
        }

        cell = new CoverageCounts { Valid = (long)valid, Covered = covered, Unserved = (long)unserved, Missing = (long)missing, Invalid = (long)invalid };
        return true;
    }

    private sealed class Models
    {
        public NumberModel Move { get; } = new(1, NextFloor);

        public NumberModel Floor { get; } = new(1, 1);

        public NumberModel X { get; } = new(1, 1);

        public NumberModel Y { get; } = new(1, 1);

        public NumberModel StartX { get; } = new(1, 1);

        public NumberModel StartY { get; } = new(1, 1);

        public NumberModel Valid { get; } = new(1, 2);

        public NumberModel Uncovered { get; } = new(1, 2);

        public NumberModel Unserved { get; } = new(1, 2);

        public NumberModel Missing { get; } = new(1, 2);

        public NumberModel Invalid { get; } = new(1, 2);

        public void Clear()
        {
            foreach (var model in (ReadOnlySpan<NumberModel>)[Move, Floor, X, Y, StartX, StartY, Valid, Uncovered, Unserved, Missing, Invalid])
            {
                model.Clear();
            }
        }
    }
}
