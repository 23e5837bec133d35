namespace IndicatorCore.Generation.Simulation;

/// <summary>A measured value as it is written: a number of tenths, NaN, or null.</summary>
internal readonly record struct Level(LevelState State, int Tenths)
{
    public static Level Null => new(LevelState.Null, 0);

    public static Level NotANumber => new(LevelState.NotANumber, 0);

    public static Level Of(int tenths) => new(LevelState.Number, tenths);
}
