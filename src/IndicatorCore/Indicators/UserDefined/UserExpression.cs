using IndicatorCore.Aggregation.Exact;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>An expression over indicators: steps in the order in which they are done.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Steps">The steps; the last leaves one result.</param>
internal sealed record UserExpression(string Text, IReadOnlyList<UserStep> Steps)
{
    /// <summary>The ids of the indicators that it names, each once, in their order.</summary>
    public IReadOnlyList<string> Indicators { get; } =
        [.. Steps.Where(static step => step.Operation == UserOperation.Indicator).Select(static step => step.Indicator).Distinct(StringComparer.Ordinal)];

    /// <summary>The expression in one spelling, whatever blanks and parentheses it was written with.</summary>
    public string Key => string.Join(' ', Steps.Select(static step => step.Operation switch
    {
        UserOperation.Indicator => step.Indicator,
        UserOperation.Number => $"{step.Number.Numerator}/{step.Number.Denominator}",
        _ => $"{step.Operation}{step.Operands}",
    }));

    /// <summary>The exact value; null where something is divided by zero.</summary>
    /// <param name="valueOf">The value of an indicator.</param>
    public Rational? Evaluate(Func<string, Rational> valueOf)
    {
        var stack = new Stack<Rational>();
        foreach (var step in Steps)
        {
            if (step.Operation is UserOperation.Number or UserOperation.Indicator)
            {
                stack.Push(step.Operation == UserOperation.Number ? step.Number : valueOf(step.Indicator));
                continue;
            }

            var right = stack.Pop();
            for (var i = 1; i < step.Operands; i++)
            {
                var left = stack.Pop();
                if (step.Operation == UserOperation.Divide && right.IsZero)
                {
                    return null;
                }

                right = step.Operation switch
                {
                    UserOperation.Add => left + right,
                    UserOperation.Subtract => left - right,
                    UserOperation.Multiply => left * right,
                    UserOperation.Divide => left / right,
                    UserOperation.Min => left <= right ? left : right,
                    _ => left >= right ? left : right,
                };
            }

            stack.Push(step.Operation == UserOperation.Negate ? -right : right);
        }

        return stack.Pop();
    }

    /// <summary>The unit of the value; null where one of an indicator is not known.</summary>
    /// <param name="unitOf">The unit of an indicator; null = not known.</param>
    /// <param name="fault">Makes the error about a place in the text.</param>
    public UserUnit? Unit(Func<string, UserUnit?> unitOf, Func<int, string, string?, Exception> fault)
    {
        var stack = new Stack<UserUnit?>();
        foreach (var step in Steps)
        {
            switch (step.Operation)
            {
                case UserOperation.Number:
                    stack.Push(UserUnit.OfConstant);
                    break;
                case UserOperation.Indicator:
                    stack.Push(unitOf(step.Indicator));
                    break;
                case UserOperation.Negate:
                    break;
                default:
                    var right = stack.Pop();
                    for (var i = 1; i < step.Operands; i++)
                    {
                        var left = stack.Pop();
                        right = left is null || right is null ? null
                            : step.Operation == UserOperation.Multiply ? left.Times(right)
                            : step.Operation == UserOperation.Divide ? left.Over(right)
                            : left.With(right) ?? throw fault(
                                step.At, $"{Word(step.Operation)} {left} and {right}", "Only what has one unit can be added or compared; divide or multiply by a constant to convert.");
                    }

                    stack.Push(right);
                    break;
            }
        }

        return stack.Pop();
    }

    private static string Word(UserOperation operation) => operation switch
    {
        UserOperation.Add => "adds",
        UserOperation.Subtract => "subtracts",
        _ => "compares",
    };
}
