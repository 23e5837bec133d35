namespace IndicatorCore.Generation.Expectations;

/// <summary>Sessions of a scope in the order of their starts.</summary>
internal sealed class SessionCount
{
    private readonly PriorityQueue<long, long> _ends = new();

    /// <summary>The devices with a session.</summary>
    public HashSet<int> Devices { get; } = [];

    /// <summary>Sessions longer than an hour.</summary>
    public long Long { get; private set; }

    /// <summary>The most at one instant.</summary>
    public int Most { get; private set; }

    /// <summary>Whether any row of a session arrived, whatever became of it.</summary>
    public bool HasRows { get; set; }

    /// <summary>Adds a session that starts no earlier than the one before it.</summary>
    public void Add(int device, long start, long end)
    {
        Devices.Add(device);
        Long += end - start > 3_600_000 ? 1 : 0;

        // "half-open intervals: ends before starts at ties"
        while (_ends.TryPeek(out _, out var earliest) && earliest <= start)
        {
            _ends.Dequeue();
        }

        _ends.Enqueue(end, end);
        Most = Math.Max(Most, _ends.Count);
    }
}
