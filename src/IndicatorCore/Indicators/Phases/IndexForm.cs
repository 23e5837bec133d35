using System.Numerics;
using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.Phases;

/// <summary>How an index of phases is scaled and read: as a gain E − 1 or as a reduction 1 − 1/E.</summary>
/// <remarks>
/// With x for input or cost, both sections build on the same two ratios: E_P = Σ q1·x0/q0 ÷ Σ x1 and E_L = Σ x0 ÷ Σ q0·x1/q1.
/// Section 4 publishes E − 1; section 5 publishes R = 1 − 1/E, as 1 − R_P = Σ C1 ÷ Σ q1·c0 and 1 − R_L = Σ q0·c1 ÷ Σ C0.
/// </remarks>
internal sealed record IndexForm
{
    private static readonly string[] s_parts = ["paasche", "laspeyres", "pooled", "mix_effect", "labour", "machine", "without_project_cost", "real"];

    /// <summary><c>eff_gain</c>: seconds at 10⁻⁶ become hours at 10⁻¹² by 10⁶ ÷ 3600 = 2500 ÷ 9.</summary>
    public static IndexForm EfficiencyGain { get; } = new() { Indicator = "eff_gain", Factor = 2500, Divisor = 9 };

    /// <summary><c>cost_red</c>: 10⁻⁴ CNY become 10⁻¹² CNY by 10⁸.</summary>
    public static IndexForm CostReduction { get; } = new() { Indicator = "cost_red", Factor = 100_000_000, Divisor = 1, IsReduction = true };

    /// <summary><c>energy_intensity.fisher</c>: 10⁻⁶ kWh become 10⁻¹² kWh by 10⁶.</summary>
    public static IndexForm EnergyIntensity { get; } = new()
    {
        Indicator = "energy_intensity",
        Whole = "energy_intensity.fisher",
        Factor = 1_000_000,
        Divisor = 1,
        IsReduction = true,
        HasPooled = false,
    };

    /// <summary>The id of the whole.</summary>
    public required string Indicator
    {
        get;
        init
        {
            field = value;
            Parts = Array.ConvertAll(s_parts, part => (part, $"{value}.{part}"));
        }
    }

    private (string Part, string Id)[] Parts { get; init; } = [];

    /// <summary>The id of the whole's rows where it is not <see cref="Indicator"/>.</summary>
    public string? Whole { get; init; }

    /// <summary>Whether a pooled figure stands beside it, so that opposite signs are flagged.</summary>
    public bool HasPooled { get; init; } = true;

    /// <summary>The id of a part.</summary>
    public string Part(string part)
    {
        foreach (var (name, id) in Parts)
        {
            if (name == part)
            {
                return id;
            }
        }

        return $"{Indicator}.{part}";
    }

    /// <summary>The definition, as the bootstrap's seed names it.</summary>
    public string Definition => Indicator + "@1";

    /// <summary>Input units become 10⁻¹² of the printed unit by Factor ÷ Divisor.</summary>
    public required int Factor { get; init; }

    /// <summary>See <see cref="Factor"/>.</summary>
    public required int Divisor { get; init; }

    /// <summary>Whether the value is 1 − 1/E instead of E − 1.</summary>
    public bool IsReduction { get; init; }

    /// <summary>The quotient <c>output · input ÷ reference</c> at 10⁻¹², rounded once, half to even.</summary>
    public BigInteger Quotient(BigInteger output, BigInteger input, BigInteger reference) =>
        HalfEven.Divide(output * input * Factor, reference * Divisor);

    /// <summary>A plain sum of input as it is printed: at most twelve decimals, half to even (10.2).</summary>
    public ExactNumber Print(BigInteger input) => new(HalfEven.Divide(input * Factor, Divisor), 12);

    /// <summary>Output × input as it is printed: at most twelve decimals, half to even (10.2); output is at 10⁻⁶.</summary>
    public ExactNumber Print(BigInteger output, BigInteger input) =>
        new(HalfEven.Divide(output * input * Factor, Divisor * new BigInteger(1_000_000)), 12);

    /// <summary>E = above ÷ below as the value of the figure: E − 1, or 1 − 1/E.</summary>
    public double Value(BigInteger above, BigInteger below) => ExactRatio.ToDouble(above - below, IsReduction ? above : below);

    /// <summary>√(above ÷ below) as the value of the figure, the double nearest to the exact real number.</summary>
    public double RootValue(BigInteger above, BigInteger below) =>
        IsReduction ? ExactRatio.OneMinusSqrtToDouble(below, above) : ExactRatio.SqrtMinusOneToDouble(above, below);

    /// <summary>The pooled value less the root value, rounded once.</summary>
    public double MixEffect(BigInteger pooledAbove, BigInteger pooledBelow, BigInteger above, BigInteger below) =>
        IsReduction
            ? ExactRatio.AddSqrtToDouble(-pooledBelow, pooledAbove, 1, below, above)
            : ExactRatio.AddSqrtToDouble(pooledAbove, pooledBelow, -1, above, below);
}
