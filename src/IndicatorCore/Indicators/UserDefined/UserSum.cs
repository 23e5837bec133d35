namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A sum over the rows of which a predicate holds: of VALID values, or of one part of the products of two.</summary>
/// <param name="Column">The column's number in the plan.</param>
/// <param name="Predicate">The predicate's number.</param>
/// <param name="Weight">The number of the column that is multiplied with, or -1.</param>
/// <param name="Limb">Of a product: which part of it (<see cref="IndicatorCore.Aggregation.ProductLimbs"/>); its parts follow one another.</param>
internal readonly record struct UserSum(int Column, int Predicate, int Weight = -1, int Limb = 0);
