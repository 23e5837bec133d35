namespace IndicatorCore.Bench.Guards;

/// <summary>What is promised of one class of processors.</summary>
/// <param name="Ceiling">The most that is kept: a ratio of times.</param>
/// <param name="Measured">What was measured when the ceiling was set; information for readers.</param>
internal sealed record GuardPromise(double Ceiling, double Measured);
