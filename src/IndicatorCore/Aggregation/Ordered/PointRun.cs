using IndicatorCore.Spilling;

namespace IndicatorCore.Aggregation.Ordered;

/// <summary>Sets of points in a spill file, by kind one part after another, and in each in the order of their keys.</summary>
/// <param name="File">The file.</param>
/// <param name="Ends">By kind: where its part ends.</param>
internal sealed record PointRun(SpillFile File, long[] Ends)
{
    /// <summary>The blocks of a kind.</summary>
    public SpillReader Read(PointKind kind) => new(File, kind == PointKind.Heartbeat ? 0 : Ends[(int)kind - 1], Ends[(int)kind]);
}
