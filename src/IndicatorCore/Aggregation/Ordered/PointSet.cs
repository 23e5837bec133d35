namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// A set of points in their order, as differences in bytes, exact duplicates dropped; of intervals those that overlap or touch made one. What
/// it holds depends on what was added alone, never on order, split or merging. Points that come in order cost a few bytes and no more; others
/// wait, and are merged in when there are enough of them.
/// </summary>
/// <param name="kind">What the points are of.</param>
/// <param name="budget">What the memory is taken from.</param>
/// <param name="what">What it is for, in an error.</param>
internal sealed class PointSet(PointKind kind, MemoryBudget budget, string what = PointSet.What)
{
    /// <summary>What errors call points.</summary>
    public const string What = "the points of order-dependent indicators";

    private const int FirstWaiting = 4;
    private const int MostWaiting = 32;
    private const int BytesPerPoint = 4 * sizeof(long);

    private readonly MemoryBudget _budget = budget;
    private readonly bool _coalesces = kind == PointKind.Heartbeat;
    private PointCodec _codec = new(kind);
    private byte[] _bytes = [];
    private int _length;
    private long _written;
    private Point _open;         // the last one, which is not written yet: an interval may still grow
    private bool _hasOpen;
    private Point[] _waiting = [];
    private int _wait;
    private long _reserved;

    /// <summary>What the points are of.</summary>
    public PointKind Kind { get; } = kind;

    /// <summary>How many points there are.</summary>
    public long Count
    {
        get
        {
            Settle();
            return _written + (_hasOpen ? 1 : 0);
        }
    }

    /// <summary>Adds a point.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold it.</exception>
    public void Add(in Point point)
    {
        if (_wait == _waiting.Length)
        {
            MakeRoom();
        }

        _waiting[_wait++] = point;
    }

    /// <summary>The points in their order. The set must not change meanwhile.</summary>
    public IEnumerable<Point> InOrder()
    {
        Settle();
        return Read();
    }

    /// <summary>Adds all points of another set, which stays as it is.</summary>
    /// <exception cref="Errors.LimitExceededException">The budget does not hold them.</exception>
    public void MergeFrom(PointSet other)
    {
        Settle();
        other.Settle();
        if (!other._hasOpen)
        {
            return;
        }

        if (!_hasOpen || IsBehind(other.Read().First()))
        {
            foreach (var point in other.Read())
            {
                Absorb(point);
            }

            return;
        }

        Weave(other.Read());
    }

    /// <summary>Takes over another set of the same budget, which is empty afterwards.</summary>
    public void TakeFrom(PointSet other)
    {
        if (other.Count > Count)
        {
            Swap(other);
        }

        MergeFrom(other);
        other.Clear();
    }

    /// <summary>The bytes of the set, the same for equal sets.</summary>
    public byte[] ToBytes()
    {
        Settle();
        Span<byte> last = stackalloc byte[PointCodec.MostBytes];
        var codec = _codec;
        var length = _hasOpen ? codec.Write(_open, last) : 0;
        return [.. _bytes.AsSpan(0, _length), .. last[..length]];
    }

    /// <summary>Adds the points of some bytes; false, with the set in an undefined state, where they are none as <see cref="ToBytes"/> writes them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="count">How many points there must be.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, long count)
    {
        var codec = new PointCodec(Kind);
        var (at, before) = (0, default(Point));
        for (var i = 0L; i < count; i++)
        {
            if (!codec.TryTake(bytes, ref at, out var point)
                || (_coalesces && point.A <= point.Time)
                || (i > 0 && (_coalesces ? point.Time <= before.A : point <= before)))
            {
                return false;
            }

            Add(point);
            before = point;
        }

        return at == bytes.Length;
    }

    /// <summary>Gives the memory back; the set is empty afterwards.</summary>
    public void Clear()
    {
        _budget.Release(_reserved);
        (_codec, _bytes, _length, _written, _hasOpen) = (new PointCodec(Kind), [], 0, 0, false);
        (_waiting, _wait, _reserved) = ([], 0, 0);
    }

    private void Settle()
    {
        if (_wait == 0)
        {
            return;
        }

        var waiting = _waiting.AsSpan(0, _wait);
        waiting.Sort();
        if (!_hasOpen || IsBehind(waiting[0]))
        {
            foreach (var point in waiting)
            {
                Absorb(point);
            }
        }
        else
        {
            Weave(new ArraySegment<Point>(_waiting, 0, _wait));
        }

        _wait = 0;
    }

    private void MakeRoom()
    {
        if (_waiting.Length >= MostWaiting)
        {
            var waiting = _waiting.AsSpan(0, _wait);
            waiting.Sort();

            // what comes out of order is worth a walk over everything only when there is much of it
            if (!_hasOpen || IsBehind(waiting[0]) || _wait >= _written / 4)
            {
                Settle();
                return;
            }
        }

        var length = Math.Max(FirstWaiting, _waiting.Length * 2);
        Reserve((long)(length - _waiting.Length) * BytesPerPoint);
        Array.Resize(ref _waiting, length);
    }

    private bool IsBehind(in Point point) => _coalesces ? point.Time >= _open.Time : point >= _open;

    // a point that is not before the last one
    private void Absorb(in Point point)
    {
        if (!_hasOpen)
        {
            (_open, _hasOpen) = (point, true);
        }
        else if (_coalesces && point.Time <= _open.A)
        {
            _open = _open with { A = Math.Max(_open.A, point.A) };
        }
        else if (point != _open)
        {
            if (_bytes.Length - _length < PointCodec.MostBytes)
            {
                var length = Math.Max(PointCodec.MostBytes * 2, _bytes.Length + Math.Max(_bytes.Length / 2, PointCodec.MostBytes));
                Reserve(length - _bytes.Length);
                Array.Resize(ref _bytes, length);
            }

            _length += _codec.Write(_open, _bytes.AsSpan(_length));
            _written++;
            _open = point;
        }
    }

    // both in their order, into a set that takes this one's place
    private void Weave(IEnumerable<Point> others)
    {
        var woven = new PointSet(Kind, _budget, what);
        try
        {
            using var mine = Read().GetEnumerator();
            using var theirs = others.GetEnumerator();
            var (hasMine, hasTheirs) = (mine.MoveNext(), theirs.MoveNext());
            while (hasMine || hasTheirs)
            {
                if (hasMine && (!hasTheirs || mine.Current <= theirs.Current))
                {
                    woven.Absorb(mine.Current);
                    hasMine = mine.MoveNext();
                }
                else
                {
                    woven.Absorb(theirs.Current);
                    hasTheirs = theirs.MoveNext();
                }
            }

            (_codec, _open, _written) = (woven._codec, woven._open, woven._written);
            (_bytes, woven._bytes) = (woven._bytes, _bytes);
            _length = woven._length;
            var exchanged = _bytes.Length - woven._bytes.Length;
            (_reserved, woven._reserved) = (_reserved + exchanged, woven._reserved - exchanged);
        }
        finally
        {
            woven.Clear();
        }
    }

    private void Swap(PointSet other)
    {
        (_codec, other._codec) = (other._codec, _codec);
        (_bytes, other._bytes) = (other._bytes, _bytes);
        (_length, other._length) = (other._length, _length);
        (_written, other._written) = (other._written, _written);
        (_open, other._open) = (other._open, _open);
        (_hasOpen, other._hasOpen) = (other._hasOpen, _hasOpen);
        (_waiting, other._waiting) = (other._waiting, _waiting);
        _budget.TakeOver(other._budget, other._reserved - _reserved);
        (_reserved, other._reserved) = (other._reserved, _reserved);
    }

    private IEnumerable<Point> Read()
    {
        var codec = new PointCodec(Kind);
        var at = 0;
        while (at < _length && codec.TryTake(_bytes, ref at, out var point))
        {
            yield return point;
        }

        if (_hasOpen)
        {
            yield return _open;
        }
    }

    private void Reserve(long bytes)
    {
        _budget.Reserve(bytes, what);
        _reserved += bytes;
    }
}
