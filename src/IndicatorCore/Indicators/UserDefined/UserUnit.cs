namespace IndicatorCore.Indicators.UserDefined;

/// <summary>A unit as powers of what it is made of: <c>kWh/t</c> is kWh to the first and t to the minus first.</summary>
internal sealed class UserUnit
{
    private readonly SortedDictionary<string, int> _powers = new(StringComparer.Ordinal);

    private UserUnit()
    {
    }

    /// <summary>The unit of a constant: as a factor none, else that of its neighbour.</summary>
    public static UserUnit OfConstant { get; } = new() { IsConstant = true };

    /// <summary>Whether it is a constant's.</summary>
    public bool IsConstant { get; private init; }

    /// <summary>Whether a constant is a factor of it, which may convert.</summary>
    public bool IsConverted { get; private init; }

    /// <summary>Whether something was divided or counted, so that a name of its own may stand for it.</summary>
    public bool HasNumbers { get; private init; }

    /// <summary>Whether it is that of a plain number.</summary>
    public bool IsNumber => _powers.Count == 0;

    /// <summary>Reads a unit: <c>1</c> and <c>ratio</c> are none.</summary>
    public static UserUnit Parse(string text)
    {
        var parts = text.Split('/');
        var hasNumbers = false;
        var unit = new UserUnit();
        for (var i = 0; i < parts.Length; i++)
        {
            foreach (var symbol in parts[i].Split(['*', '·']))
            {
                if (symbol is "1" or "ratio" or "")
                {
                    hasNumbers = true;
                }
                else
                {
                    unit.Add(symbol, i == 0 ? 1 : -1);
                }
            }
        }

        return hasNumbers ? unit.Copy(isConverted: false, hasNumbers: true) : unit;
    }

    /// <summary>The unit of a product.</summary>
    public UserUnit Times(UserUnit other) => Joined(other, 1);

    /// <summary>The unit of a quotient.</summary>
    public UserUnit Over(UserUnit other) => Joined(other, -1);

    /// <summary>The unit of a sum; null where the two differ.</summary>
    public UserUnit? With(UserUnit other) => IsConstant ? other
        : other.IsConstant ? this
        : IsConverted || other.IsConverted || IsSame(other) ? Copy(IsConverted || other.IsConverted, HasNumbers || other.HasNumbers)
        : null;

    /// <summary>Whether two units are made of the same.</summary>
    public bool IsSame(UserUnit other) => _powers.SequenceEqual(other._powers);

    /// <inheritdoc/>
    public override string ToString()
    {
        if (_powers.Count == 0)
        {
            return "ratio";
        }

        var above = string.Join('·', _powers.Where(static power => power.Value > 0).Select(static power => Text(power.Key, power.Value)));
        var below = string.Join('·', _powers.Where(static power => power.Value < 0).Select(static power => Text(power.Key, -power.Value)));
        return below.Length == 0 ? above : $"{(above.Length == 0 ? "1" : above)}/{below}";
    }

    private static string Text(string symbol, int power) => power == 1 ? symbol : $"{symbol}^{power}";

    private UserUnit Joined(UserUnit other, int sign)
    {
        if (IsConstant && other.IsConstant)
        {
            return OfConstant;
        }

        var unit = Copy(IsConstant || IsConverted || other.IsConstant || other.IsConverted, HasNumbers || other.HasNumbers);
        foreach (var (symbol, power) in other._powers)
        {
            unit.Add(symbol, sign * power);
        }

        return unit;
    }

    private UserUnit Copy(bool isConverted, bool hasNumbers)
    {
        var unit = new UserUnit { IsConverted = isConverted, HasNumbers = hasNumbers };
        foreach (var (symbol, power) in _powers)
        {
            unit.Add(symbol, power);
        }

        return unit;
    }

    private void Add(string symbol, int power)
    {
        var sum = _powers.GetValueOrDefault(symbol) + power;
        if (sum == 0)
        {
            _powers.Remove(symbol);
        }
        else
        {
            _powers[symbol] = sum;
        }
    }
}
