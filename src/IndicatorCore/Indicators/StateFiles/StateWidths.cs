using IndicatorCore.Columns;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>How wide the numbers of a state are, column by column, and how coarse its instants: files are written no wider (docs/state-file.md).</summary>
internal sealed class StateWidths
{
    private static readonly long[] s_steps = [1_000_000_000, 1_000_000, 1_000, 1];   // by TimeUnit

    private readonly long[] _least = new long[StateSchema.Columns];
    private readonly long[] _greatest = new long[StateSchema.Columns];
    private readonly TimeUnit[] _units = new TimeUnit[StateSchema.Columns];

    /// <summary>Nanoseconds of a unit.</summary>
    public static long StepOf(TimeUnit unit) => s_steps[(int)unit];

    /// <summary>Notes a number, or an instant in nanoseconds.</summary>
    public void Note(StateColumn column, long value)
    {
        var at = (int)column;
        _least[at] = Math.Min(_least[at], value);
        _greatest[at] = Math.Max(_greatest[at], value);
        while (value % s_steps[(int)_units[at]] != 0)
        {
            _units[at]++;
        }
    }

    /// <summary>The narrowest type of a column that holds what was noted.</summary>
    /// <param name="column">The column.</param>
    /// <param name="widest">Its widest type: an integer of 64 bits, an instant in nanoseconds, or another, which stays.</param>
    public ArrowType TypeOf(StateColumn column, ArrowType widest)
    {
        var at = (int)column;
        return widest switch
        {
            { Id: ArrowTypeId.Timestamp } => ArrowType.Timestamp(_units[at], widest.TimeZone),
            { Id: ArrowTypeId.Int, BitWidth: > 8 } => ArrowType.Int(Math.Min(widest.BitWidth, Bits(_least[at], _greatest[at]))),
            _ => widest,
        };
    }

    /// <summary>How wide the index of a dictionary must be.</summary>
    public static int IndexBits(int values) => Bits(0, Math.Max(0, values - 1));

    private static int Bits(long least, long greatest)
    {
        foreach (var bits in (ReadOnlySpan<int>)[8, 16, 32])
        {
            var most = (1L << (bits - 1)) - 1;
            if (least >= -most - 1 && greatest <= most)
            {
                return bits;
            }
        }

        return 64;
    }
}
