using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Simulation;

/// <summary>A meter's interval; times in UTC milliseconds, energy in watt hours.</summary>
internal struct EnergyRow
{
    public LineModel Line;
    public long Start;
    public long End;
    public LevelState State;
    public long WattHours;
}
