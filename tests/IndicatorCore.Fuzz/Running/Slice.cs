namespace IndicatorCore.Fuzz.Running;

/// <summary>The inputs of one worker: every <paramref name="Stride"/>th from <paramref name="First"/> on, below <paramref name="Wanted"/>.</summary>
/// <param name="Campaign">The campaign's name.</param>
/// <param name="Seed">The seed of the run.</param>
/// <param name="Wanted">How many inputs all workers try together.</param>
/// <param name="First">The first index.</param>
/// <param name="Stride">The number of workers.</param>
internal sealed record Slice(string Campaign, ulong Seed, long Wanted, long First, long Stride);
