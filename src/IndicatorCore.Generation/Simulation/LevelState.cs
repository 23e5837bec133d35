namespace IndicatorCore.Generation.Simulation;

/// <summary>How a value is written.</summary>
internal enum LevelState
{
    Number,
    NotANumber,
    Null,
}
