using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>On which of the high-volume days each device had online evidence: one bit a day (at most 60).</summary>
internal sealed class NetworkingLedger(ProvinceModel province)
{
    private const int WindowDays = 30;
    private readonly ulong[] _days = new ulong[province.Devices.Count];
    private NetworkingCount[]? _counts;

    /// <summary>The window of <c>knr*</c>: "the 30 local days before R" (interface 3).</summary>
    public int WindowStart => province.EndDay - WindowDays;

    public void Add(DeviceModel device, long time, bool? online)
    {
        // "A null online is no evidence"; the row is evidence only when it is true (interface 1).
        if (online == true)
        {
            _days[device.Index] |= 1UL << (LocalCalendar.DayOf(time) - province.HotStartDay);
        }
    }

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

    private bool HasEvidence(DeviceModel device, int day) => (_days[device.Index] >> (day - province.HotStartDay) & 1) != 0;
}
