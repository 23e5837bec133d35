using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Declared;

/// <summary>An exact rational number in lowest terms.</summary>
public readonly record struct DeclaredNumber : IComparable<DeclaredNumber>
{
    private readonly BigInteger _less;   // the denominator less 1, so that default is 0

    private DeclaredNumber(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _less = denominator - BigInteger.One;
    }

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, above 0.</summary>
    public BigInteger Denominator => _less + BigInteger.One;

    /// <summary>A ratio of two integers.</summary>
    /// <param name="numerator">The numerator.</param>
    /// <param name="denominator">The denominator, not 0.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public static DeclaredNumber Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }

        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new DeclaredNumber(numerator / common, denominator / common);
    }

    /// <summary>An integer.</summary>
    public static DeclaredNumber Of(BigInteger value) => new(value, BigInteger.One);

    /// <summary>This number times a ratio.</summary>
    /// <param name="numerator">The ratio's numerator.</param>
    /// <param name="denominator">The ratio's denominator, not 0.</param>
    public DeclaredNumber Times(BigInteger numerator, BigInteger denominator) => Of(Numerator * numerator, Denominator * denominator);

    /// <summary>The sum.</summary>
    public DeclaredNumber Plus(DeclaredNumber other) => Of((Numerator * other.Denominator) + (other.Numerator * Denominator), Denominator * other.Denominator);

    /// <summary>The difference.</summary>
    public DeclaredNumber Minus(DeclaredNumber other) => Plus(other.Negated());

    /// <summary>The number with the other sign.</summary>
    public DeclaredNumber Negated() => new(-Numerator, Denominator);

    /// <summary>The number without sign.</summary>
    public DeclaredNumber Absolute() => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>The nearest double.</summary>
    public double ToDouble() => ExactRatio.ToDouble(Numerator, Denominator);

    /// <inheritdoc/>
    public int CompareTo(DeclaredNumber other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <summary>Whether the left one is less.</summary>
    public static bool operator <(DeclaredNumber left, DeclaredNumber right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is greater.</summary>
    public static bool operator >(DeclaredNumber left, DeclaredNumber right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is less or equal.</summary>
    public static bool operator <=(DeclaredNumber left, DeclaredNumber right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is greater or equal.</summary>
    public static bool operator >=(DeclaredNumber left, DeclaredNumber right) => left.CompareTo(right) >= 0;

    /// <summary>Decimal digits without exponent where they end, such as <c>-0.25</c>, else a fraction such as <c>1/3</c>.</summary>
    public override string ToString()
    {
        // n/d ends iff d has no prime factors but 2 and 5
        var rest = Denominator;
        var scale = 0;
        var digits = Numerator;
        while (!rest.IsOne)
        {
            var common = BigInteger.GreatestCommonDivisor(rest, 10);
            if (common.IsOne)
            {
                return $"{Numerator}/{Denominator}";
            }

            rest /= common;
            digits *= 10 / common;
            scale++;
        }

        return new ExactNumber(digits, scale).ToString();
    }
}
