namespace IndicatorCore.Indicators;

/// <summary>How a row differs between two reports of the same question.</summary>
/// <param name="Old">The row before, or null where it is new.</param>
/// <param name="New">The row now, or null where it is gone.</param>
public sealed record RowChange(IndicatorRow? Old, IndicatorRow? New)
{
    /// <summary>By how much the numerator has changed, or null where one of them has none.</summary>
    public ExactNumber? NumeratorChange => Difference(Old?.Numerator, New?.Numerator);

    /// <summary>By how much the denominator has changed, or null where one of them has none.</summary>
    public ExactNumber? DenominatorChange => Difference(Old?.Denominator, New?.Denominator);

    private static ExactNumber? Difference(ExactNumber? before, ExactNumber? now)
    {
        if (before is not { } left || now is not { } right)
        {
            return null;
        }

        var scale = Math.Max(left.Scale, right.Scale);
        return new ExactNumber(
            (right.Unscaled * System.Numerics.BigInteger.Pow(10, scale - right.Scale)) - (left.Unscaled * System.Numerics.BigInteger.Pow(10, scale - left.Scale)), scale);
    }
}
