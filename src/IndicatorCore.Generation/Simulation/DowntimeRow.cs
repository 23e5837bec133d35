using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A stop of a line; times in UTC milliseconds.</summary>
internal struct DowntimeRow
{
    public LineModel Line;
    public long Start;
    public long? End;

    /// <summary>One of <see cref="DowntimeSimulation.Kinds"/>, or null.</summary>
    public string? Kind;
}
