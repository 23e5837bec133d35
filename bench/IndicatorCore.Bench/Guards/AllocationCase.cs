namespace IndicatorCore.Bench.Guards;

/// <summary>An action whose allocations are counted.</summary>
/// <param name="Name">The guard's name.</param>
/// <param name="Action">One operation.</param>
/// <param name="Round">How many operations meet all of the data once.</param>
internal sealed record AllocationCase(string Name, Action Action, int Round);
