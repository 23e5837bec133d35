namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What a step of an expression does.</summary>
internal enum UserOperation
{
    Number,
    Indicator,
    Negate,
    Add,
    Subtract,
    Multiply,
    Divide,
    Min,
    Max,
}
