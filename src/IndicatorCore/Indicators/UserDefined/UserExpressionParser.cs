using System.Globalization;
using System.Numerics;
using IndicatorCore.Aggregation.Exact;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.UserDefined;

/// <summary>
/// Reads expressions: numbers, ids, <c>+ - * /</c>, parentheses, <c>min(a, b)</c> and <c>max(a, b)</c>; products before sums, equals from the left.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="fault">Makes the error about a place in it: the characters before it, what is wrong, advice.</param>
internal sealed class UserExpressionParser(string text, Func<int, string, string?, ConfigurationException> fault)
{
    private const int MaxSteps = 200;
    private const int MaxDepth = 50;
    private const int MaxDigits = 30;
    private const int MaxExponent = 30;

    private readonly List<UserStep> _steps = [];
    private int _at;
    private int _depth;

    /// <summary>Reads the text to its end.</summary>
    /// <exception cref="ConfigurationException">It is no expression.</exception>
    public UserExpression Parse()
    {
        Sum();
        if (_at < text.Length)
        {
            throw text[_at] == ')'
                ? fault(_at, "closes a parenthesis that is not open", "Take it out, or open one before.")
                : fault(_at, $"stands where +, -, * or / is expected{Seen()}", "Join operands by +, -, * or /.");
        }

        return new UserExpression(text, _steps);
    }

    private void Sum()
    {
        Product();
        while (Operator('+', '-') is { } sign)
        {
            var at = _at++;
            Product();
            Step(new UserStep(sign == '+' ? UserOperation.Add : UserOperation.Subtract, at, 2));
        }
    }

    private void Product()
    {
        Signed();
        while (Operator('*', '/') is { } sign)
        {
            var at = _at++;
            Signed();
            Step(new UserStep(sign == '*' ? UserOperation.Multiply : UserOperation.Divide, at, 2));
        }
    }

    private void Signed()
    {
        if (Operator('-', '-') is null)
        {
            Operand();
            return;
        }

        var at = _at++;
        Enter(at);
        Signed();
        _depth--;
        Step(new UserStep(UserOperation.Negate, at, 1));
    }

    private void Operand()
    {
        SkipBlanks();
        var at = _at;
        if (at == text.Length)
        {
            throw fault(at, "ends where a number, an id or ( is expected", "Write an operand: used / (made + 1).");
        }

        if (text[at] == '(')
        {
            _at++;
            Enter(at);
            Sum();
            Close(at);
        }
        else if (char.IsAsciiDigit(text[at]))
        {
            Step(new UserStep(UserOperation.Number, at, 0, Number()));
        }
        else if (char.IsAsciiLetterLower(text[at]))
        {
            Named(at);
        }
        else
        {
            throw fault(at, $"stands where a number, an id or ( is expected{Seen()}", "Ids begin with a small letter; numbers are written as 0.5 or 1e-3.");
        }
    }

    private void Named(int at)
    {
        while (_at < text.Length && (char.IsAsciiLetterLower(text[_at]) || char.IsAsciiDigit(text[_at]) || text[_at] is '_' or '.'))
        {
            _at++;
        }

        var name = text[at.._at];
        SkipBlanks();
        if (_at == text.Length || text[_at] != '(')
        {
            Step(new UserStep(UserOperation.Indicator, at, 0, Indicator: name));
            return;
        }

        if (name is not ("min" or "max"))
        {
            throw fault(at, $"calls {name}, which is no function", "There are min(a, b) and max(a, b).");
        }

        var open = _at++;
        Enter(at);
        var operands = 0;
        do
        {
            Sum();
            operands++;
        }
        while (Operator(',', ',') is not null && ++_at > 0);
        Close(open);
        Step(new UserStep(name == "min" ? UserOperation.Min : UserOperation.Max, at, operands));
    }

    private Rational Number()
    {
        var start = _at;
        Digits();
        var fraction = 0;
        if (_at < text.Length && text[_at] == '.')
        {
            _at++;
            fraction = Digits();
        }

        var digits = text[start.._at].Replace(".", string.Empty, StringComparison.Ordinal);
        var exponent = 0;
        if (_at < text.Length && text[_at] is 'e' or 'E')
        {
            var sign = _at + 1 < text.Length && text[_at + 1] == '-' ? -1 : 1;
            _at += _at + 1 < text.Length && text[_at + 1] is '+' or '-' ? 2 : 1;
            var from = _at;
            var count = Digits();
            exponent = count <= 3 ? sign * int.Parse(text.AsSpan(from, count), NumberStyles.None, CultureInfo.InvariantCulture) : int.MaxValue;
        }

        if (digits.Length > MaxDigits || exponent is > MaxExponent or < -MaxExponent)
        {
            throw fault(start, $"has more than {MaxDigits} digits or an exponent beyond {MaxExponent}", null);
        }

        var value = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return new Rational(value * BigInteger.Pow(10, Math.Max(0, exponent)), BigInteger.Pow(10, fraction + Math.Max(0, -exponent)));
    }

    private int Digits()
    {
        var from = _at;
        while (_at < text.Length && char.IsAsciiDigit(text[_at]))
        {
            _at++;
        }

        return _at > from ? _at - from : throw fault(_at, $"stands where a digit is expected{Seen()}", "Write numbers as 0.5 or 1e-3.");
    }

    private void Enter(int at)
    {
        if (++_depth > MaxDepth)
        {
            throw fault(at, $"is nested more than {MaxDepth} deep", "Give parts of it ids of their own.");
        }
    }

    private void Close(int open)
    {
        SkipBlanks();
        if (_at == text.Length || text[_at] != ')')
        {
            throw _at == text.Length
                ? fault(open, "opens a parenthesis that is not closed", "Add ).")
                : fault(_at, $"stands where ) or an operator is expected{Seen()}", null);
        }

        _at++;
        _depth--;
    }

    // the operator that comes next, or null
    private char? Operator(char one, char other)
    {
        SkipBlanks();
        return _at < text.Length && (text[_at] == one || text[_at] == other) ? text[_at] : null;
    }

    private void SkipBlanks()
    {
        while (_at < text.Length && text[_at] == ' ')
        {
            _at++;
        }
    }

    private void Step(UserStep step)
    {
        if (_steps.Count == MaxSteps)
        {
            throw fault(step.At, $"is one of more than {MaxSteps} operands and operations", "Give parts of it ids of their own.");
        }

        _steps.Add(step);
    }

    private string Seen() => _at < text.Length && !char.IsControl(text[_at]) && !char.IsSurrogate(text[_at]) ? $", and is {text[_at]}" : string.Empty;
}
