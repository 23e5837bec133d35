using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>What is made of each group of the registry, groups in the order in which they were met.</summary>
internal sealed class GroupTally<T>
    where T : class, new()
{
    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<(IReadOnlyList<KeyValuePair<string, string?>> Group, T Total)> _groups = [];

    /// <summary>The groups and what was made of them.</summary>
    public IReadOnlyList<(IReadOnlyList<KeyValuePair<string, string?>> Group, T Total)> Groups => _groups;

    /// <summary>What is made of a group, empty if it is new.</summary>
    public T this[IReadOnlyList<KeyValuePair<string, string?>> group]
    {
        get
        {
            var name = GroupName.Of(group);
            if (!_numbers.TryGetValue(name, out var number))
            {
                _numbers.Add(name, number = _groups.Count);
                _groups.Add((group, new T()));
            }

            return _groups[number].Total;
        }
    }
}
