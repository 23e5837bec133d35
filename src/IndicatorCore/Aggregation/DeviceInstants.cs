namespace IndicatorCore.Aggregation;

/// <summary>One instant a device number, the latest that was put there. Merge = maximum.</summary>
internal sealed class DeviceInstants(MemoryBudget budget)
{
    /// <summary>What a device without an instant has.</summary>
    public const long None = long.MinValue;

    private long[] _instants = [];

    /// <summary>The latest of all, or <see cref="None"/>.</summary>
    public long Latest { get; private set; } = None;

    /// <summary>Puts an instant, UTC nanoseconds, where it is later than the one there.</summary>
    public void Add(int device, long instant)
    {
        if (device >= _instants.Length)
        {
            var length = Math.Max(64, Math.Max(device + 1, _instants.Length * 2));
            budget.Reserve((long)(length - _instants.Length) * sizeof(long), "the last instants of devices");
            var from = _instants.Length;
            Array.Resize(ref _instants, length);
            Array.Fill(_instants, None, from, length - from);
        }

        _instants[device] = Math.Max(_instants[device], instant);
        Latest = Math.Max(Latest, instant);
    }

    /// <summary>The latest instant of a device, or <see cref="None"/>.</summary>
    public long Of(int device) => (uint)device < (uint)_instants.Length ? _instants[device] : None;

    /// <summary>The devices with an instant, in ascending number.</summary>
    public IEnumerable<(int Device, long Instant)> Members()
    {
        for (var device = 0; device < _instants.Length; device++)
        {
            if (_instants[device] != None)
            {
                yield return (device, _instants[device]);
            }
        }
    }

    /// <summary>Adds every instant of <paramref name="other"/>, device numbers translated by <paramref name="map"/> (empty = the same).</summary>
    public void MergeFrom(DeviceInstants other, ReadOnlySpan<int> map)
    {
        foreach (var (device, instant) in other.Members())
        {
            Add(map.IsEmpty ? device : map[device], instant);
        }
    }

    /// <summary>Gives the memory back; no device has an instant afterwards.</summary>
    public void Clear()
    {
        budget.Release((long)_instants.Length * sizeof(long));
        _instants = [];
        Latest = None;
    }
}
