namespace IndicatorCore.Generation.Tables;

/// <summary>The values of a key column and where each stands in the dictionary.</summary>
internal sealed class KeySet
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<string> _values = [];

    public KeySet(IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            if (_numbers.TryAdd(value, _values.Count))
            {
                _values.Add(value);
            }
        }
    }

    public IReadOnlyList<string> Values => _values;

    public long? this[string? value] => value is null ? null : _numbers[value];
}
