namespace IndicatorCore.Bench.Guards;

/// <summary>A promise about allocation, which is the same on every processor.</summary>
/// <param name="Name">The measurement, one of <see cref="GuardBoard"/>'s.</param>
/// <param name="Ceiling">The most bytes an operation.</param>
internal sealed record AllocationGuard(string Name, double Ceiling);
