namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A greatest or least value. Least ones are kept as the greatest of the negated values.</summary>
/// <param name="Column">The column's number in the plan.</param>
/// <param name="Predicate">The predicate's number.</param>
/// <param name="IsMinimum">Whether the least is wanted.</param>
internal readonly record struct UserExtreme(int Column, int Predicate, bool IsMinimum);
