using IndicatorCore.Indicators;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>What a form is filled from.</summary>
public sealed record FormInput
{
    /// <summary>The registry.</summary>
    public required IndicatorRegistry Registry { get; init; }

    /// <summary>The figures at the programme's levels, or null where the registry is enough.</summary>
    public IndicatorReport? Report { get; init; }

    /// <summary>The same figures over the baseline span, for tables of before and after; null = unknown.</summary>
    public IndicatorReport? Before { get; init; }
}
