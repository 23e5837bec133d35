using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>Kept rows in their order: in memory, or in a spill file of their own.</summary>
internal sealed class RowRun
{
    /// <summary>Rows in memory.</summary>
    /// <param name="memory">Their memory.</param>
    /// <param name="length">How much of it are records.</param>
    /// <param name="count">How many there are.</param>
    public RowRun(byte[] memory, int length, long count) => (Memory, Length, Count) = (memory, length, count);

    /// <summary>Rows on disk.</summary>
    /// <param name="file">The file.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="level">How often they were merged.</param>
    public RowRun(SpillFile file, long count, int level) => (File, Count, Level) = (file, count, level);

    /// <summary>The memory, or null.</summary>
    public byte[]? Memory { get; }

    /// <summary>How much of it are records.</summary>
    public int Length { get; }

    /// <summary>The file, or null.</summary>
    public SpillFile? File { get; }

    /// <summary>How many rows there are.</summary>
    public long Count { get; }

    /// <summary>How often rows on disk were merged.</summary>
    public int Level { get; }

    /// <summary>Bytes in memory.</summary>
    public long Bytes => Memory?.Length ?? 0;
}
