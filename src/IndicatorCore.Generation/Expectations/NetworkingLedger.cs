using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>On which of the high-volume days each device had online evidence: one bit a day (at most 60).</summary>
internal sealed class NetworkingLedger(ProvinceModel province)
{
    private const int WindowDays = 30;
    private readonly ulong[] _days = new ulong[province.Devices.Count];
    private readonly ulong[] _daysOverNr = new ulong[province.Devices.Count];
    private readonly long[] _last = new long[province.Devices.Count];
    private readonly bool[] _hasRows = new bool[province.Devices.Count];
    private NetworkingCount[]? _counts;
    private FiveGCount[]? _overNr;
    private Dictionary<string, int>? _numbers;

    /// <summary>How long a heartbeat holds, milliseconds; null where no source says it.</summary>
    public long? HeartbeatTimeout { get; set; }

    /// <summary>Whether a device had online evidence on any day.</summary>
    public bool WasHeard(string device)
    {
        _numbers ??= province.Devices.ToDictionary(static known => known.Id, static known => known.Index);
        return _numbers.TryGetValue(device, out var number) && _days[number] != 0;
    }

    /// <summary>Whether a device that nobody registered sent any row.</summary>
    public bool HasUnregisteredRows => province.Devices.Any(device => device.Assignments.Count == 0 && _hasRows[device.Index]);

    /// <summary>The window of <c>knr*</c>: "the 30 local days before R" (interface 3).</summary>
    public int WindowStart => province.EndDay - WindowDays;

    public void Add(DeviceModel device, long time, bool? online, string? link)
    {
        _hasRows[device.Index] = true;

        // "A null online is no evidence"; the row is evidence only when it is true (interface 1).
        if (online == true)
        {
            var day = 1UL << (LocalCalendar.DayOf(time) - province.HotStartDay);
            _days[device.Index] |= day;
            _last[device.Index] = Math.Max(_last[device.Index], time);

            // "NR = nr, 5g, nr-sa, nr-nsa", whatever the case (1.4)
            _daysOverNr[device.Index] |= link?.ToUpperInvariant() is "NR" or "5G" or "NR-SA" or "NR-NSA" ? day : 0;
        }
    }

    /// <summary>Counts the devices of lines that are connected over 5G. Asked once all rows are made.</summary>
    public FiveGCount CountOverNr(IEnumerable<LineModel> lines)
    {
        _overNr ??= CountOverNrByLine();
        var sum = default(FiveGCount);
        foreach (var line in lines)
        {
            var count = _overNr[line.Index];
            sum = new FiveGCount(
                sum.KeyDevices + count.KeyDevices, sum.Terminals + count.Terminals, sum.Machines + count.Machines, sum.Online + count.Online);
        }

        return sum;
    }

    /// <summary>Whether a device whose last place is on one of the lines sent any row.</summary>
    public bool HasRows(IReadOnlyCollection<LineModel> lines) => province.Devices.Any(device =>
        _hasRows[device.Index] && device.Assignments.Count > 0 && lines.Contains((device.LineOn(province.EndDay - 1) ?? device.Assignments[^1].Line)));

    /// <summary>Counts the key devices of lines: those in K, those networked, basic and sustained. Asked once all rows are made.</summary>
    public NetworkingCount Count(IEnumerable<LineModel> lines)
    {
        _counts ??= CountByLine();
        var sum = default(NetworkingCount);
        foreach (var line in lines)
        {
            var count = _counts[line.Index];
            sum = new NetworkingCount(sum.Population + count.Population, sum.Basic + count.Basic, sum.Sustained + count.Sustained);
        }

        return sum;
    }

    /// <summary>Devices with online evidence in W and no registry row (10.2).</summary>
    public int CountUnregistered()
    {
        var count = 0;
        foreach (var device in province.Devices)
        {
            if (device.Assignments.Count == 0
                && Enumerable.Range(WindowStart, WindowDays).Any(day => HasEvidence(device, day)))
            {
                count++;
            }
        }

        return count;
    }

    private FiveGCount[] CountOverNrByLine()
    {
        var byId = province.Devices.ToDictionary(static device => device.Id);
        var (direct, reached, carriers, inWindow) = (new HashSet<int>(), new HashSet<int>(), new HashSet<int>(), new HashSet<int>());
        foreach (var device in province.Devices)
        {
            for (var day = province.HotStartDay; day < province.EndDay; day++)
            {
                // evidence counts on days on which the device is in service (10.2); so does what it speaks through
                if (!HasEvidence(device, day) || device.LineOn(day) is null)
                {
                    continue;
                }

                var isOverNr = (_daysOverNr[device.Index] >> (day - province.HotStartDay) & 1) != 0;
                var gateway = device.Behind.Length > 0 && byId[device.Behind].LineOn(day) is not null ? byId[device.Behind] : null;
                var isCarried = gateway?.Access == "nr";
                if (isOverNr)
                {
                    direct.Add(device.Index);
                    if (day >= WindowStart)
                    {
                        inWindow.Add(device.Index);
                    }
                }

                if (isCarried)
                {
                    reached.Add(device.Index);
                }

                if (gateway is not null && (isOverNr || isCarried))
                {
                    carriers.Add(gateway.Index);
                }
            }
        }

        var counts = new FiveGCount[province.Lines.Count];
        foreach (var device in province.Devices)
        {
            if (device.LineOn(province.EndDay - 1) is not { } line)
            {
                continue;
            }

            // a gateway counts among terminals, the machines behind it among production devices
            var isMachine = device.Kind == "machine";
            var isOnline = device.IsKey && HeartbeatTimeout is { } timeout && _last[device.Index] + timeout >= LocalCalendar.Midnight(province.EndDay);
            var count = counts[line.Index];
            counts[line.Index] = new FiveGCount(
                count.KeyDevices + (device.IsKey && inWindow.Contains(device.Index) ? 1 : 0),
                count.Terminals + (!isMachine && (direct.Contains(device.Index) || carriers.Contains(device.Index)) ? 1 : 0),
                count.Machines + (isMachine && (direct.Contains(device.Index) || reached.Contains(device.Index)) ? 1 : 0),
                count.Online + (isOnline ? 1 : 0));
        }

        return counts;
    }

    private NetworkingCount[] CountByLine()
    {
        // A device is on one line at an instant, so lines are disjoint and counts of distinct devices add up.
        var counts = new NetworkingCount[province.Lines.Count];
        foreach (var device in province.Devices)
        {
            // K = K(S, last instant of W): registered there, in service then.
            if (!device.IsKey || device.LineOn(province.EndDay - 1) is not { } line)
            {
                continue;
            }

            var (inService, seen) = (0, 0);
            for (var day = WindowStart; day < province.EndDay; day++)
            {
                // "A device counts as evidence only on days it is in service" (10.2).
                if (device.LineOn(day) is not null)
                {
                    inService++;
                    seen += HasEvidence(device, day) ? 1 : 0;
                }
            }

            // Basic: q = 1. Sustained: q = ceil(0.8 × in-service days in W) = ceil(4·days/5).
            var count = counts[line.Index];
            counts[line.Index] = new NetworkingCount(
                count.Population + 1,
                count.Basic + (seen >= 1 ? 1 : 0),
                count.Sustained + (seen >= ((4 * inService) + 4) / 5 ? 1 : 0));
        }

        return counts;
    }

    private bool HasEvidence(DeviceModel device, int day) => day >= province.HotStartDay && (_days[device.Index] >> (day - province.HotStartDay) & 1) != 0;
}
