namespace IndicatorCore.Bench.Guards;

/// <summary>A promise about speed or memory, as <c>guards.json</c> holds it.</summary>
/// <param name="Name">The measurement, one of <see cref="GuardBoard"/>'s.</param>
/// <param name="Ceiling">The most that is kept: a ratio of times, or bytes an operation.</param>
/// <param name="Measured">What was measured when the ceiling was set; information for readers.</param>
internal sealed record Guard(string Name, double Ceiling, double Measured);
