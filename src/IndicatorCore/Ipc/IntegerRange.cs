using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>What an integer-valued type can hold.</summary>
/// <param name="Minimum">The least value, at most 0.</param>
/// <param name="Maximum">The greatest value.</param>
/// <param name="Step">Values are multiples of this.</param>
internal readonly record struct IntegerRange(long Minimum, ulong Maximum, long Step = 1)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>The range of an Int, Date, Time, Timestamp or Duration; null for other types.</summary>
    public static IntegerRange? Of(ArrowType type) => type.Id switch
    {
        ArrowTypeId.Int when type.IsSigned => Signed(type.BitWidth),
        ArrowTypeId.Int => new IntegerRange(0, ulong.MaxValue >> (64 - type.BitWidth)),
        ArrowTypeId.Date when type.BitWidth == 32 => Signed(32),

        // Schema.fbs: milliseconds that are whole days.
        ArrowTypeId.Date => new IntegerRange(long.MinValue, long.MaxValue, SecondsPerDay * 1000),
        ArrowTypeId.Time => new IntegerRange(0, (ulong)((SecondsPerDay * PerSecond(type.Unit)) - 1)),
        ArrowTypeId.Timestamp or ArrowTypeId.Duration => Signed(64),
        _ => null,
    };

    /// <summary>Whether <paramref name="value"/> is in the range.</summary>
    public bool Holds(long value) => value >= Minimum && (value < 0 || (ulong)value <= Maximum) && value % Step == 0;

    private static IntegerRange Signed(int bits) => new(long.MinValue >> (64 - bits), (ulong)(long.MaxValue >> (64 - bits)));

    private static long PerSecond(TimeUnit unit) => unit switch
    {
        TimeUnit.Second => 1,
        TimeUnit.Millisecond => 1000,
        TimeUnit.Microsecond => 1_000_000,
        _ => 1_000_000_000,
    };
}
