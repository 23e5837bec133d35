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

    /// <summary>Makes a chunk.</summary>
    /// <param name="userLanes">How many lanes user-defined indicators have.</param>
    public RowChunk(int userLanes = 0)
    {
        var lanes = s_lanes + userLanes;
        _keys = new int[lanes][];
        _values = new long[lanes][];
        _classes = new byte[lanes][];
        _bound = new bool[lanes];
    }

    /// <summary>Rows in use.</summary>
    public int Length { get; set; }

    /// <summary>Event times, UTC nanoseconds since 1970; undefined for rows set aside as MISSING_TIME.</summary>
    public long[] Time { get; } = new long[Capacity];

    /// <summary>Why each row was set aside, <see cref="QuarantineReason.None"/> for accepted ones.</summary>
    public QuarantineReason[] Reason { get; } = new QuarantineReason[Capacity];

    /// <summary>What becomes of each row.</summary>
    public RowDisposition[] Disposition { get; } = new RowDisposition[Capacity];

    /// <summary>The pane of each row whose time is known.</summary>
    public int[] Pane { get; } = new int[Capacity];

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
    public long[] Values(Lane lane) => _values[(int)lane] ??= new long[Capacity];

    /// <summary>Value classes (<see cref="ValueClass"/>).</summary>
    public byte[] Classes(Lane lane) => _classes[(int)lane] ??= new byte[Capacity];
}
