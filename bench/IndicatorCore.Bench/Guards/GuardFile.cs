namespace IndicatorCore.Bench.Guards;

/// <summary>The content of <c>guards.json</c>.</summary>
/// <param name="Ratios">Ceilings of ratios.</param>
/// <param name="AllocatedBytes">Ceilings of bytes allocated by an operation once warm.</param>
internal sealed record GuardFile(IReadOnlyList<Guard> Ratios, IReadOnlyList<Guard> AllocatedBytes);
