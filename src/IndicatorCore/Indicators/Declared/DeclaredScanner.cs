using System.Numerics;

namespace IndicatorCore.Indicators.Declared;

/// <summary>Reads one declared text: words, number and unit, perhaps a second number and unit, words. Anything else stops it.</summary>
internal sealed class DeclaredScanner
{
    private const int MostDigits = 30;

    private readonly string _typed;
    private readonly string _text;
    private int _at;
    private DeclaredProblem _problem;
    private DeclaredRelation? _relation;
    private IndicatorChange _change;

    public DeclaredScanner(string typed)
    {
        _typed = typed;
        _text = typed.Length > DeclaredText.MaxLength ? string.Empty : Normal(typed);
    }

    /// <summary>What the text says.</summary>
    public DeclaredText Read()
    {
        if (_typed.Length > DeclaredText.MaxLength)
        {
            return Fault(DeclaredProblem.TooLong);
        }

        if (_text.Length == 0)
        {
            return Fault(DeclaredProblem.Empty);
        }

        var isBetween = Before();
        if (_problem != DeclaredProblem.None || !TryAmount(out var low) || !TryRange(isBetween, low, out var high))
        {
            return Fault(_problem);
        }

        Behind(isBetween && high is not null);
        if (_problem == DeclaredProblem.None && _at < _text.Length)
        {
            Fail(DeclaredProblem.UnknownWords);
        }

        return _problem != DeclaredProblem.None ? Fault(_problem) : Compose(low, high);
    }

    private DeclaredText Compose(Amount low, Amount? high)
    {
        var relation = _relation ?? DeclaredRelation.Equal;
        if (high is not { } upper)
        {
            return new DeclaredText { Text = _typed, Relation = relation, Value = low.Value, Unit = low.Unit, Change = _change, Resolution = low.Resolution };
        }

        if (relation is not (DeclaredRelation.Equal or DeclaredRelation.Approximate))
        {
            return Fault(DeclaredProblem.ContradictoryRelations);
        }

        if (low is { Unit: DeclaredUnit.None, IsMultiplied: false })
        {
            // 5-10万元 is from 5万元 on
            low = low with { Value = low.Value.Times(upper.Numerator, upper.Denominator), Unit = upper.Unit, Resolution = low.Resolution.Times(upper.Numerator, upper.Denominator) };
        }

        if (low.Unit != upper.Unit)
        {
            return Fault(DeclaredProblem.MixedUnits);
        }

        return low.Value > upper.Value ? Fault(DeclaredProblem.ReversedInterval) : new DeclaredText
        {
            Text = _typed,
            Relation = DeclaredRelation.Interval,
            Value = low.Value,
            Upper = upper.Value,
            Unit = low.Unit,
            Change = _change,
            Resolution = low.Resolution < upper.Resolution ? low.Resolution : upper.Resolution,
        };
    }

    private DeclaredText Fault(DeclaredProblem problem) => new() { Text = _typed, Problem = problem };

    private bool Fail(DeclaredProblem problem)
    {
        _problem = _problem == DeclaredProblem.None ? problem : _problem;
        return false;
    }

    // words before the number; whether they open 在 ... 之间
    private bool Before()
    {
        var isBetween = TryWord("介于") || TryWord("在");
        while (_at < _text.Length)
        {
            if (TryWord(DeclaredWords.Before, out var relation))
            {
                Bind(relation);
            }
            else if (TryWord(DeclaredWords.Changes, out var change))
            {
                _change = change;
            }
            else if (Array.Exists(DeclaredWords.Levels, TryWord))
            {
                _change = IndicatorChange.None;
            }
            else if (!Array.Exists(DeclaredWords.Silent, TryWord))
            {
                break;
            }
        }

        return isBetween;
    }

    private void Behind(bool isBetween)
    {
        if (isBetween && !TryWord("之间"))
        {
            Fail(DeclaredProblem.UnknownWords);
            return;
        }

        while (_at < _text.Length)
        {
            if (TryWord(DeclaredWords.Behind, out var relation))
            {
                Bind(relation);
            }
            else if (TryWord("(含)") || TryWord("(含本数)"))
            {
                if (_relation is not (DeclaredRelation.AtLeast or DeclaredRelation.AtMost))
                {
                    Fail(DeclaredProblem.ContradictoryRelations);
                }
            }
            else if (TryWord("(不含)") || TryWord("(不含本数)"))
            {
                _relation = _relation switch
                {
                    DeclaredRelation.AtLeast or DeclaredRelation.GreaterThan => DeclaredRelation.GreaterThan,
                    DeclaredRelation.AtMost or DeclaredRelation.LessThan => DeclaredRelation.LessThan,
                    _ => null,
                };
                _ = _relation is not null || Fail(DeclaredProblem.ContradictoryRelations);
            }
            else if (!TryWord("之间") && !TryWord("整"))
            {
                return;
            }
        }
    }

    private void Bind(DeclaredRelation relation)
    {
        if (_relation is { } other && other != relation)
        {
            Fail(DeclaredProblem.ContradictoryRelations);
        }

        _relation = relation;
    }

    private bool TryRange(bool isBetween, Amount low, out Amount? high)
    {
        high = null;
        var isRange = TryWord("~") || TryWord("-") || TryWord("至") || TryWord("到") || (isBetween && (TryWord("和") || TryWord("与")));
        if (!isRange)
        {
            return true;
        }

        if (!TryAmount(out var upper))
        {
            return false;
        }

        high = upper;
        return upper.Unit != DeclaredUnit.None || low.Unit == DeclaredUnit.None || Fail(DeclaredProblem.MixedUnits);
    }

    // a number with its multiplier and unit
    private bool TryAmount(out Amount amount)
    {
        amount = default;
        var isNegative = TryWord("-") || TryWord("负");
        _ = isNegative || TryWord("+");
        if (TryWord("一半"))
        {
            amount = new Amount(DeclaredNumber.Of(isNegative ? -1 : 1, 2), DeclaredUnit.Ratio, DeclaredNumber.Of(1, 2), 1, 1, IsMultiplied: true);
            return true;
        }

        if (!TryNumber(out var value, out var resolution))
        {
            return false;
        }

        if (TryPartOf(value, isNegative, ref amount))
        {
            return _problem == DeclaredProblem.None;
        }

        var isFraction = false;
        if (TryWord("/"))
        {
            if (!TryNumber(out var divisor, out _) || divisor.Numerator.IsZero)
            {
                return Fail(DeclaredProblem.MalformedNumber);
            }

            value = DeclaredNumber.Of(value.Numerator * divisor.Denominator, value.Denominator * divisor.Numerator);
            isFraction = true;
        }

        var multiplier = Multiplier();
        if (TryWord("余") || TryWord("多"))
        {
            Bind(DeclaredRelation.GreaterThan);
        }

        var (unit, numerator, denominator, length) = DeclaredUnits.At(_text.AsSpan(_at));
        _at += length;
        if (unit == DeclaredUnit.Ratio && length == 1 && _text[_at - 1] == '成' && _at < _text.Length && ChineseNumerals.Digit(_text[_at]) > 0)
        {
            // 三成五
            value = value.Plus(DeclaredNumber.Of(ChineseNumerals.Digit(_text[_at]), 10));
            resolution = DeclaredNumber.Of(1, 10);
            _at++;
        }

        numerator *= multiplier;
        value = isNegative ? value.Negated() : value;
        amount = new Amount(
            value.Times(numerator, denominator),
            isFraction && unit == DeclaredUnit.None && multiplier.IsOne ? DeclaredUnit.Ratio : unit,
            resolution.Times(numerator, denominator),
            numerator,
            denominator,
            !multiplier.IsOne || isFraction);
        return true;
    }

    // 百分之三十, 三分之一: the whole stands first
    private bool TryPartOf(DeclaredNumber whole, bool isNegative, ref Amount amount)
    {
        if (!TryWord("分之"))
        {
            return false;
        }

        if (whole.Numerator.Sign <= 0 || !whole.Denominator.IsOne)
        {
            Fail(DeclaredProblem.MalformedNumber);
        }
        else if (TryNumber(out var part, out var resolution))
        {
            var ratio = part.Times(1, whole.Numerator);
            amount = new Amount(isNegative ? ratio.Negated() : ratio, DeclaredUnit.Ratio, resolution.Times(1, whole.Numerator), 1, 1, IsMultiplied: true);
        }

        return true;
    }

    private bool TryNumber(out DeclaredNumber value, out DeclaredNumber resolution)
    {
        (value, resolution) = (default, DeclaredNumber.Of(1));
        if (_at >= _text.Length)
        {
            return Fail(DeclaredProblem.NoNumber);
        }

        // the whole of 百分之 is 百 alone
        if (_text[_at] is '百' or '千' or '万' && _text.AsSpan(_at + 1).StartsWith("分之"))
        {
            value = DeclaredNumber.Of(_text[_at++] switch { '百' => 100, '千' => 1_000, _ => 10_000 });
            return true;
        }

        return char.IsAsciiDigit(_text[_at]) ? TryArabic(out value, out resolution)
            : ChineseNumerals.Has(_text[_at]) ? TryChinese(out value, out resolution)
            : Fail(DeclaredProblem.NoNumber);
    }

    private bool TryArabic(out DeclaredNumber value, out DeclaredNumber resolution)
    {
        (value, resolution) = (default, default);
        var start = _at;
        var digits = Digits();
        if (_at < _text.Length && _text[_at] == ',')
        {
            var first = digits.Length;
            while (_at < _text.Length && _text[_at] == ',')
            {
                _at++;
                var group = Digits();
                if (group.Length != 3 || first > 3)
                {
                    return Fail(DeclaredProblem.MalformedNumber);
                }

                digits += group;
            }
        }

        var scale = 0;
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            var decimals = Digits();
            if (decimals.Length == 0)
            {
                return Fail(DeclaredProblem.MalformedNumber);
            }

            digits += decimals;
            scale = decimals.Length;
        }

        if (digits.Length > MostDigits)
        {
            return Fail(DeclaredProblem.TooLong);
        }

        // 1.2.3 and 1 200
        if (_at < _text.Length && (_text[_at] is '.' or ' ' || (_text[_at] == ',' && _at > start)))
        {
            return Fail(DeclaredProblem.MalformedNumber);
        }

        var unit = BigInteger.Pow(10, scale);
        value = DeclaredNumber.Of(BigInteger.Parse(digits), unit);
        resolution = DeclaredNumber.Of(1, unit);
        return true;
    }

    private bool TryChinese(out DeclaredNumber value, out DeclaredNumber resolution)
    {
        (value, resolution) = (default, DeclaredNumber.Of(1));
        var start = _at;
        while (_at < _text.Length && ChineseNumerals.Has(_text[_at]))
        {
            _at++;
        }

        if (_at - start > MostDigits)
        {
            return Fail(DeclaredProblem.TooLong);
        }

        if (!ChineseNumerals.TryWhole(_text.AsSpan(start, _at - start), out var whole))
        {
            return Fail(DeclaredProblem.MalformedNumber);
        }

        value = DeclaredNumber.Of(whole);
        if (!TryWord("点"))
        {
            return true;
        }

        var unit = BigInteger.One;
        while (_at < _text.Length && ChineseNumerals.Digit(_text[_at]) is >= 0 and var digit && _text[_at] != '两')
        {
            whole = (whole * 10) + digit;
            unit *= 10;
            _at++;
        }

        value = DeclaredNumber.Of(whole, unit);
        resolution = DeclaredNumber.Of(1, unit);
        return !unit.IsOne || Fail(DeclaredProblem.MalformedNumber);
    }

    private string Digits()
    {
        var start = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
        {
            _at++;
        }

        return _text[start.._at];
    }

    // 万 of 1,200万元, 百万 of 3百万元
    private BigInteger Multiplier()
    {
        var multiplier = BigInteger.One;
        var last = 0;
        while (_at < _text.Length)
        {
            var factor = _text[_at] switch { '百' => 100, '千' => 1_000, '万' => 10_000, '亿' => 100_000_000, _ => 0 };
            if (factor <= last || _text.AsSpan(_at).StartsWith("千瓦时") || _text.AsSpan(_at + 1).StartsWith("分"))
            {
                break;
            }

            multiplier *= factor;
            last = factor;
            _at++;
        }

        return multiplier;
    }

    private bool TryWord(string word)
    {
        if (!_text.AsSpan(_at).StartsWith(word))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool TryWord<T>((string Word, T Meaning)[] words, out T meaning)
    {
        foreach (var (word, known) in words)
        {
            if (TryWord(word))
            {
                meaning = known;
                return true;
            }
        }

        meaning = default!;
        return false;
    }

    // full-width forms, signs and blanks in one spelling; blanks stay between digits alone, where they make one number of two
    private static string Normal(string typed)
    {
        Span<char> text = stackalloc char[(2 * typed.Length) + 2];
        var length = 0;
        var last = ' ';
        foreach (var character in typed)
        {
            if (character == '—' && last == '—')
            {
                continue;   // a dash of double width
            }

            last = character;
            if (char.IsWhiteSpace(character))
            {
                if (length > 0 && text[length - 1] != ' ')
                {
                    text[length++] = ' ';
                }

                continue;
            }

            var plain = Plain(character);
            if (length > 0 && text[length - 1] == ' ' && !(char.IsAsciiDigit(plain) && length > 1 && char.IsAsciiDigit(text[length - 2])))
            {
                length--;
            }

            if (character == '㎡')
            {
                text[length++] = 'm';
                plain = '2';
            }

            text[length++] = plain;
        }

        return text[..length].TrimEnd(" 。;").ToString();
    }

    private static char Plain(char character) => character switch
    {
        >= '\uFF01' and <= '\uFF5E' => char.ToLowerInvariant((char)(character - 0xFEE0)),
        '〜' or '∼' => '~',
        '—' or '–' or '‒' or '―' or '−' => '-',
        '﹪' => '%',
        '≧' or '⩾' => '≥',
        '≦' or '⩽' => '≤',
        '﹥' => '>',
        '﹤' => '<',
        '²' => '2',
        'µ' => 'μ',
        _ => char.ToLowerInvariant(character),
    };

    /// <summary>A number in its unit.</summary>
    /// <param name="Value">The value in the unit.</param>
    /// <param name="Unit">The unit; none where none is written.</param>
    /// <param name="Resolution">What its last digit is worth.</param>
    /// <param name="Numerator">What a written one is worth, above the line.</param>
    /// <param name="Denominator">The same, below it.</param>
    /// <param name="IsMultiplied">Whether it has a multiplier of its own.</param>
    private readonly record struct Amount(
        DeclaredNumber Value, DeclaredUnit Unit, DeclaredNumber Resolution, BigInteger Numerator, BigInteger Denominator, bool IsMultiplied);
}
