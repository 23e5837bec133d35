using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A reading of a cumulative meter; time in UTC milliseconds, energy in watt hours.</summary>
internal struct ReadingRow
{
    public LineModel Line;
    public long Time;
    public LevelState State;
    public long WattHours;
}
