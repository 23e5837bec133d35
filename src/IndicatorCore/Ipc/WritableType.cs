using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>Which fields can be written.</summary>
internal static class WritableType
{
    /// <summary>Throws for a field that cannot be written.</summary>
    /// <exception cref="ArgumentException">Names the field and its type.</exception>
    public static void Check(Field field)
    {
        var isGood = field.Dictionary is { } encoding
            ? VaryingBuilder.IsText(field.Type.Id) && encoding.IndexType.Id == ArrowTypeId.Int && IsWritable(encoding.IndexType)
            : IsWritable(field.Type);
        if (!isGood || field.Children.Count > 0)
        {
            throw new ArgumentException($"Field '{field}' cannot be written: its type, or a parameter of it, is not supported.", nameof(field));
        }
    }

    private static bool IsWritable(ArrowType type) => type.Id switch
    {
        ArrowTypeId.Null or ArrowTypeId.Bool or ArrowTypeId.Timestamp or ArrowTypeId.Duration => true,
        ArrowTypeId.Int => type.BitWidth is 8 or 16 or 32 or 64,
        ArrowTypeId.FloatingPoint => type.BitWidth is 16 or 32 or 64,
        ArrowTypeId.Date => type.BitWidth is 32 or 64,
        ArrowTypeId.Time => type.BitWidth == (type.Unit is TimeUnit.Second or TimeUnit.Millisecond ? 32 : 64),
        ArrowTypeId.FixedSizeBinary => type.FixedSize >= 0,
        ArrowTypeId.Decimal => type.Precision >= 1 && type.Precision <= MaxPrecision(type.BitWidth),
        _ => VaryingBuilder.Holds(type.Id),
    };

    // The most digits that always fit: 10^9 < 2^31, 10^18 < 2^63, 10^38 < 2^127.
    private static int MaxPrecision(int bits) => bits switch
    {
        32 => 9,
        64 => 18,
        128 => 38,
        _ => 0,
    };
}
