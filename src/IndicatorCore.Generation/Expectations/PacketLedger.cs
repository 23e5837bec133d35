using IndicatorCore.Generation.Model;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Packet loss by line, from sequence numbers in the order of time. Rows are made again flow by flow, so that none is kept.</summary>
/// <param name="province">The province.</param>
/// <param name="flow">The packets of a device's flow; none where it has none.</param>
/// <param name="bits">The width of the numbers; 0 = they do not wrap.</param>
internal sealed class PacketLedger(ProvinceModel province, Func<DeviceModel, IEnumerable<Packet>> flow, int bits)
{
    private const long MostReordering = 100;
    private PacketCount[]? _lines;

    public PacketCount Of(IEnumerable<LineModel> lines)
    {
        _lines ??= CountByLine();
        var sum = new PacketCount();
        foreach (var line in lines)
        {
            sum.Add(_lines[line.Index]);
        }

        return sum;
    }

    private PacketCount[] CountByLine()
    {
        var counts = province.Lines.Select(static _ => new PacketCount()).ToArray();
        foreach (var device in province.Devices)
        {
            // the same row told twice is one
            Fold([.. flow(device).Distinct().OrderBy(static packet => packet.Time).ThenBy(static packet => packet.Number).ThenBy(static packet => packet.IsReceived)],
                packet => counts[device.LineOn(LocalCalendar.DayOf(packet.Time))!.Index]);
        }

        return counts;
    }

    private void Fold(List<Packet> packets, Func<Packet, PacketCount> lineOf)
    {
        // of a session: the counts that each expected number belongs to, until it comes
        var due = new Dictionary<long, PacketCount>();
        var came = new HashSet<long>();
        long lowest = 0;
        long highest = 0;
        var isOpen = false;
        foreach (var packet in packets)
        {
            var line = lineOf(packet);
            var number = isOpen ? Unwrap(packet.Number, highest) : packet.Number;

            // "a jump larger than 2^(b-1) or a restart opens a new session"
            if (!isOpen || number < highest - MostReordering)
            {
                due.Clear();
                came.Clear();
                number = packet.Number;
                (lowest, highest, isOpen) = (number, number - 1, true);
            }

            for (var missing = highest + 1; missing <= number; missing++)
            {
                due[missing] = line;
                line.Expected++;
            }

            for (var missing = lowest - 1; missing >= number; missing--)
            {
                due[missing] = line;
                line.Expected++;
            }

            if (packet.IsReceived)
            {
                if (!came.Add(number))
                {
                    line.Duplicates++;
                }
                else
                {
                    due[number].Received++;
                    line.Reordered += number < highest ? 1 : 0;
                }
            }

            (lowest, highest) = (Math.Min(lowest, number), Math.Max(highest, number));
        }
    }

    // "unwrap modulo 2^b by nearest difference"; half the circle counts as back
    private long Unwrap(long number, long highest)
    {
        if (bits == 0)
        {
            return number;
        }

        var circle = 1L << bits;
        var forward = (((number - highest) % circle) + circle) % circle;
        return highest + (forward < circle / 2 ? forward : forward - circle);
    }
}
