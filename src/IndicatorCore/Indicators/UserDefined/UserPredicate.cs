namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A predicate of a plan; operands are numbers of predicates that stand before it.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Column">The column's number in the plan, or -1.</param>
/// <param name="Low">Least fixed-point value of a Range.</param>
/// <param name="High">Greatest fixed-point value of a Range.</param>
/// <param name="Values">The fixed-point values of Among, ascending.</param>
/// <param name="Texts">The texts of Texts.</param>
/// <param name="Operands">The predicates that All, Any and Not combine.</param>
internal sealed record UserPredicate(UserPredicateKind Kind, int Column, long Low, long High, long[] Values, string[] Texts, int[] Operands);
