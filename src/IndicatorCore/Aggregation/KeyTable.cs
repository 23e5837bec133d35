using System.Text;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Text keys of one kind to dense numbers, for all workers of one engine. Numbers depend on the order of arrival and never
/// reach a result; strings do (decisions D10).
/// </summary>
internal sealed class KeyTable(string kind, MemoryBudget budget)
{
    private const int PerKeyOverhead = 96;

    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], int> _numbers = new(Utf8Comparer.Instance);
    private readonly List<string> _names = [];

    /// <summary>How many keys there are.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _names.Count;
            }
        }
    }

    /// <summary>The number of a key, given out now if it is new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> utf8)
    {
        lock (_gate)
        {
            var lookup = _numbers.GetAlternateLookup<ReadOnlySpan<byte>>();
            if (lookup.TryGetValue(utf8, out var number))
            {
                return number;
            }

            budget.Reserve(PerKeyOverhead + (3L * utf8.Length), $"the keys of '{kind}'");
            number = _names.Count;
            _numbers.Add(utf8.ToArray(), number);
            _names.Add(Encoding.UTF8.GetString(utf8));
            return number;
        }
    }

    /// <summary>The number of a key, given out now if it is new.</summary>
    public int GetOrAdd(string name) => GetOrAdd(Encoding.UTF8.GetBytes(name));

    /// <summary>The number of a key, or -1 when it was never seen.</summary>
    public int Find(string name)
    {
        lock (_gate)
        {
            return _numbers.TryGetValue(Encoding.UTF8.GetBytes(name), out var number) ? number : -1;
        }
    }

    /// <summary>The key of a number.</summary>
    public string Name(int number)
    {
        lock (_gate)
        {
            return _names[number];
        }
    }

    /// <summary>All keys by number, as they are now.</summary>
    public string[] Names()
    {
        lock (_gate)
        {
            return [.. _names];
        }
    }
}
