namespace IndicatorCore.Programmes;

/// <summary>A deadline: a local date, whose whole day still counts.</summary>
/// <param name="Name">Who must have done what.</param>
/// <param name="Day">The last day.</param>
public sealed record ProgrammeDeadline(string Name, DateOnly Day);
