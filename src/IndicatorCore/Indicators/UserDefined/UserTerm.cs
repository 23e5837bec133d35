namespace IndicatorCore.Indicators.UserDefined;

/// <summary>An accumulator over a column: it takes VALID values of rows of which the predicate holds.</summary>
/// <param name="Column">The column's number in the plan.</param>
/// <param name="Predicate">The predicate's number.</param>
internal readonly record struct UserTerm(int Column, int Predicate);
