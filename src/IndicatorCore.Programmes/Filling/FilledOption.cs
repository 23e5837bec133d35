namespace IndicatorCore.Programmes.Filling;

/// <summary>A check box.</summary>
/// <param name="Label">What stands behind it.</param>
/// <param name="IsChecked">Whether it is ticked.</param>
public sealed record FilledOption(string Label, bool IsChecked);
