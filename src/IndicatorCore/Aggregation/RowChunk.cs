using System.Runtime.InteropServices;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Up to 2,048 rows in one shape, whatever Arrow types and names they came in: the place where formats end and arithmetic
/// begins. Lanes are made when first bound and reused for every chunk of a worker.
/// </summary>
internal sealed class RowChunk
{
    /// <summary>Rows a chunk holds at most; the bound behind decisions D6.</summary>
    public const int Capacity = 2_048;

    private static readonly int s_lanes = Enum.GetValues<Lane>().Length;

    private readonly int[]?[] _keys;
    private readonly long[]?[] _values;
    private readonly byte[]?[] _classes;
    private readonly bool[] _bound;
    private readonly ulong[]?[] _valid;
    private readonly ulong[] _magnitudes;
    private readonly bool[] _allValid;
    private readonly bool[] _prepared;
    private readonly bool[] _measured;
    private readonly DeferredLane?[] _deferred;
    private readonly bool[] _isDeferred;
    private readonly ulong[] _outside = RowMask.New();

    /// <summary>Makes a chunk.</summary>
    /// <param name="userLanes">How many lanes user-defined indicators have.</param>
    public RowChunk(int userLanes = 0)
    {
        var lanes = s_lanes + userLanes;
        _keys = new int[lanes][];
        _values = new long[lanes][];
        _classes = new byte[lanes][];
        _bound = new bool[lanes];
        _valid = new ulong[lanes][];
        _magnitudes = new ulong[lanes];
        _allValid = new bool[lanes];
        _prepared = new bool[lanes];
        _measured = new bool[lanes];
        _deferred = new DeferredLane[lanes];
        _isDeferred = new bool[lanes];
        _magnitudes.AsSpan().Fill(ulong.MaxValue);
    }

    /// <summary>Rows in use.</summary>
    public int Length { get; set; }

    /// <summary>Event times, UTC nanoseconds since 1970; undefined for rows set aside as MISSING_TIME.</summary>
    public long[] Time { get; } = new long[Capacity];

    /// <summary>The least and the greatest event time, where whoever decoded them knows and all rows have one.</summary>
    public (long First, long Last)? TimeExtent { get; set; }

    /// <summary>Why each row was set aside, <see cref="QuarantineReason.None"/> for accepted ones.</summary>
    public QuarantineReason[] Reason { get; } = new QuarantineReason[Capacity];

    /// <summary>What becomes of each row.</summary>
    public RowDisposition[] Disposition { get; } = new RowDisposition[Capacity];

    /// <summary>The pane of each row whose time is known.</summary>
    public int[] Pane { get; } = new int[Capacity];

    /// <summary>The rows that count: of interest, timed, not set aside, neither duplicates nor losers.</summary>
    public ulong[] Accepted { get; } = RowMask.New();

    /// <summary>The rows of which only the arrival counts, and why: timed, of interest, and not accepted.</summary>
    public ulong[] SetAside { get; } = RowMask.New();

    /// <summary>Whether <see cref="SetAside"/> has rows.</summary>
    public bool HasSetAside { get; private set; }

    /// <summary>The chunk's number, so that what is derived from it is derived once.</summary>
    public long Serial { get; private set; }

    /// <summary>A lane of user-defined indicators, beyond the canonical ones.</summary>
    /// <param name="number">Its number, from 0.</param>
    public static Lane UserLane(int number) => (Lane)(s_lanes + number);

    /// <summary>Whether a lane is one of user-defined indicators.</summary>
    public static bool IsUserLane(Lane lane) => (int)lane >= s_lanes;

    /// <summary>Whether the input has the column.</summary>
    public bool Has(Lane lane) => _bound[(int)lane];

    /// <summary>Forgets which columns the input has.</summary>
    public void Unbind() => Array.Clear(_bound);

    /// <summary>Notes that the input has the column.</summary>
    public void Bind(Lane lane) => _bound[(int)lane] = true;

    /// <summary>Key numbers (or categories), -1 = null.</summary>
    public int[] Keys(Lane lane) => _keys[(int)lane] ??= new int[Capacity];

    /// <summary>Fixed-point values, integers, flags (0, 1) or instants; undefined unless the class is valid.</summary>
    public long[] Values(Lane lane)
    {
        var values = _values[(int)lane] ??= new long[Capacity];
        if (_isDeferred[(int)lane])
        {
            _isDeferred[(int)lane] = false;
            _deferred[(int)lane]!.Convert(values.AsSpan(0, Length), _outside);
        }

        return values;
    }

    /// <summary>The lane's values where they still lie in the column; null when they are in <see cref="Values"/>.</summary>
    public DeferredLane? Deferred(Lane lane) => _isDeferred[(int)lane] ? _deferred[(int)lane] : null;

    /// <summary>Keeps a lane's flags as a mask until someone asks for them as values. Classes are there.</summary>
    public void Defer(Lane lane, ReadOnlySpan<ulong> bits)
    {
        (_deferred[(int)lane] ??= new DeferredLane()).Set(bits);
        _isDeferred[(int)lane] = true;
    }

    /// <summary>Leaves a lane's values in the column until someone asks for them. Classes are there; values under a null may be anything.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="bytes">The rows' bytes in the column, which stay as long as the chunk is looked at.</param>
    /// <param name="kind">What they are.</param>
    /// <param name="factor">Fixed-point units a unit, an integer; all products are within the fast conversion.</param>
    public void Defer(Lane lane, ReadOnlyMemory<byte> bytes, DeferredKind kind, double factor)
    {
        (_deferred[(int)lane] ??= new DeferredLane()).Set(bytes, kind, factor);
        _isDeferred[(int)lane] = true;
    }

    /// <summary>Value classes (<see cref="ValueClass"/>).</summary>
    public byte[] Classes(Lane lane) => _classes[(int)lane] ??= new byte[Capacity];

    /// <summary>The rows of class VALID. Of sealed chunks.</summary>
    public ReadOnlySpan<ulong> Valid(Lane lane)
    {
        Prepare((int)lane);
        return _valid[(int)lane];
    }

    /// <summary>Whether all rows are of class VALID. Of sealed chunks.</summary>
    public bool IsAllValid(Lane lane)
    {
        Prepare((int)lane);
        return _allValid[(int)lane];
    }

    /// <summary>All valid values of a lane are within ± the next power of two above this; the others are 0 from then on. Of sealed chunks.</summary>
    public ulong Magnitude(Lane lane)
    {
        var at = (int)lane;
        Prepare(at);
        if (!_measured[at] && (_magnitudes[at] == ulong.MaxValue || !_allValid[at]))
        {
            _measured[at] = true;
            _magnitudes[at] = FixedPointKernel.ZeroWhereNot(Values(lane).AsSpan(0, Length), _valid[at]);
        }

        return _magnitudes[at];
    }

    /// <summary>Notes what <see cref="Magnitude"/> is where all rows are valid, for whoever fills the lane knows already.</summary>
    public void NoteMagnitude(Lane lane, ulong magnitude) => _magnitudes[(int)lane] = magnitude;

    /// <summary>Begins a chunk: nothing is known of its rows.</summary>
    public void Begin(int length)
    {
        Length = length;
        Reason.AsSpan(0, length).Clear();
        Disposition.AsSpan(0, length).Clear();
        _magnitudes.AsSpan().Fill(ulong.MaxValue);
        Array.Clear(_isDeferred);
        TimeExtent = null;
    }

    /// <summary>Says that times, reasons, dispositions and panes of all rows are settled: derives which rows count.</summary>
    public void Seal()
    {
        Serial++;
        Array.Clear(_prepared);
        Array.Clear(_measured);
        var words = (Length + 63) >> 6;
        Accepted.AsSpan(words).Clear();
        SetAside.AsSpan(words).Clear();
        var reasons = MemoryMarshal.AsBytes(Reason.AsSpan(0, Length));
        var dispositions = MemoryMarshal.AsBytes(Disposition.AsSpan(0, Length));
        if (!reasons.ContainsAnyExcept((byte)0) && !dispositions.ContainsAnyExcept((byte)0))
        {
            BitmapKernel.Fill(Accepted, Length);
            SetAside.AsSpan(0, words).Clear();
            HasSetAside = false;
        }
        else
        {
            Sort();
        }
    }

    private void Sort()
    {
        Accepted.AsSpan().Clear();
        SetAside.AsSpan().Clear();
        HasSetAside = false;
        for (var row = 0; row < Length; row++)
        {
            if (Disposition[row] == RowDisposition.Ignored || Time[row] == long.MinValue)
            {
                Pane[row] = row == 0 ? 0 : Pane[row - 1];   // of no use; so that it ends no run
            }
            else if (Disposition[row] == RowDisposition.Accepted && Reason[row] == QuarantineReason.None)
            {
                RowMask.Set(Accepted, row);
            }
            else
            {
                RowMask.Set(SetAside, row);
                HasSetAside = true;
            }
        }
    }

    private void Prepare(int lane)
    {
        if (_prepared[lane])
        {
            return;
        }

        var valid = _valid[lane] ??= RowMask.New();
        var classes = Classes((Lane)lane).AsSpan(0, Length);
        _allValid[lane] = !classes.ContainsAnyExcept(ValueClass.Valid);
        if (_allValid[lane])
        {
            BitmapKernel.Fill(valid, Length);
        }
        else
        {
            BitmapKernel.Equal(classes, ValueClass.Valid, valid);
        }

        valid.AsSpan((Length + 63) >> 6).Clear();
        _prepared[lane] = true;
    }
}
