using System.Buffers.Binary;
using IndicatorCore.Spilling;

namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// Walks over sets of points in the order of their keys: those of a run, or those in memory. A record is nine numbers of 32 bits (leaf, device,
/// stream, counter, direction), how many points there are in 64, and the points (<see cref="PointSet.ToBytes"/>) with their length in 32.
/// </summary>
internal sealed class PointCursor
{
    private const int Numbers = 9;
    private const int CountAt = Numbers * sizeof(int);
    private const int LengthAt = CountAt + sizeof(long);
    private const int HeadBytes = LengthAt + sizeof(int);

    private readonly PointRun? _run;
    private readonly PointKind _kind;
    private readonly SpillReader? _reader;
    private readonly List<(PointKey Key, PointSet Points)>? _sets;
    private ReadOnlyMemory<byte> _block;
    private ReadOnlyMemory<byte> _points;
    private long _count;
    private int _left;
    private int _at = -1;

    /// <summary>Stands before the first set of a kind in a run.</summary>
    public PointCursor(PointRun run, PointKind kind) => (_run, _kind, _reader) = (run, kind, run.Read(kind));

    /// <summary>Stands before the first of sets in memory.</summary>
    public PointCursor(List<(PointKey Key, PointSet Points)> sets) => _sets = sets;

    /// <summary>What the set is of.</summary>
    public PointKey Key { get; private set; }

    /// <summary>Writes a set.</summary>
    /// <exception cref="Errors.SpillException">The disk does not take it.</exception>
    public static void Write(SpillWriter output, in PointKey key, PointSet points)
    {
        var bytes = points.ToBytes();
        var room = output.Room(HeadBytes + bytes.Length);
        ReadOnlySpan<int> numbers =
        [
            key.Leaf.Factory, key.Leaf.Workshop, key.Leaf.Line, key.Leaf.Device, key.Leaf.Product, key.Device, key.Stream, key.Counter, key.Direction,
        ];
        for (var i = 0; i < Numbers; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(room[(i * sizeof(int))..], numbers[i]);
        }

        BinaryPrimitives.WriteInt64LittleEndian(room[CountAt..], points.Count);
        BinaryPrimitives.WriteInt32LittleEndian(room[LengthAt..], bytes.Length);
        bytes.CopyTo(room[HeadBytes..]);
        output.Take(room.Length);
    }

    /// <summary>Goes on to the next set; false at the end.</summary>
    /// <exception cref="Errors.SpillException">It is not as it was written.</exception>
    public bool TryNext()
    {
        if (_sets is not null)
        {
            if (++_at >= _sets.Count)
            {
                return false;
            }

            Key = _sets[_at].Key;
            return true;
        }

        while (_left == 0)
        {
            if (!_block.IsEmpty)
            {
                throw _run!.File.Damaged("a block holds more than it says");
            }

            if (!_reader!.TryTake(out _block, out _left))
            {
                return false;
            }
        }

        var bytes = _block.Span;
        var length = bytes.Length < HeadBytes ? -1 : BinaryPrimitives.ReadInt32LittleEndian(bytes[LengthAt..]);
        if (length < 0 || length > bytes.Length - HeadBytes)
        {
            throw _run!.File.Damaged("a set of points ends early");
        }

        var leaf = new Leaf(Number(bytes, 0), Number(bytes, 1), Number(bytes, 2), Number(bytes, 3), Number(bytes, 4));
        Key = new PointKey(_kind, leaf, Number(bytes, 5), Number(bytes, 6), Number(bytes, 7), Number(bytes, 8));
        _count = BinaryPrimitives.ReadInt64LittleEndian(bytes[CountAt..]);
        _points = _block.Slice(HeadBytes, length);
        _block = _block[(HeadBytes + length)..];
        _left--;
        return true;
    }

    /// <summary>Adds the points to a set.</summary>
    /// <param name="points">The set.</param>
    /// <param name="store">Makes sets.</param>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold them.</exception>
    /// <exception cref="Errors.SpillException">They are not as they were written.</exception>
    public void AddTo(PointSet points, PointStore store)
    {
        if (_sets is not null)
        {
            points.MergeFrom(_sets[_at].Points);
            return;
        }

        var mine = store.NewSet(_kind);
        try
        {
            if (!mine.TryRead(_points.Span, _count))
            {
                throw _run!.File.Damaged("points are none, or out of order");
            }

            points.TakeFrom(mine);
        }
        finally
        {
            mine.Clear();
        }
    }

    private static int Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32LittleEndian(bytes[(at * sizeof(int))..]);
}
