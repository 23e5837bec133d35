namespace IndicatorCore.Generation.Model;

/// <summary>A registry row of a device: on which line it is in service from one local midnight (inclusive) to another (exclusive).</summary>
internal readonly record struct Assignment(LineModel Line, int From, int To)
{
    public const int Always = int.MinValue;
    public const int Forever = int.MaxValue;

    public bool Holds(int day) => day >= From && day < To;
}
