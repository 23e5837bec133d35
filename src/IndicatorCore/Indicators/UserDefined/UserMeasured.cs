namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A quotient, or what is one over 1, of what adds up.</summary>
/// <param name="Above">The numerator.</param>
/// <param name="Below">The denominator; null = 1.</param>
/// <param name="Column">Of a mean: its column.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Text">In words.</param>
internal sealed record UserMeasured(UserSide Above, UserSide? Below, UserColumn? Column, string Unit, string Text);
