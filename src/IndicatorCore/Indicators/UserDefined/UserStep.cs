using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A step of an expression, whose operands are the results of the steps before it.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="At">Where it stands in the text: the characters before it.</param>
/// <param name="Operands">How many results it takes.</param>
/// <param name="Number">The constant.</param>
/// <param name="Indicator">The id of the indicator.</param>
internal sealed record UserStep(UserOperation Operation, int At, int Operands, Rational Number = default, string Indicator = "");
