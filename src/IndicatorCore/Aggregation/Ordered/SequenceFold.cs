namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// Sequence numbers in the order of time to what was expected, received, repeated and reordered (indicator-definitions 6). Numbers of a known
/// width are unwrapped by the nearest difference to the highest so far. A number belongs to the window in which it was first exceeded or
/// reached, so that windows add up: what is lost between two windows is lost in the later one, and a packet that comes late is received
/// where it was due.
/// </summary>
internal sealed class SequenceFold
{
    /// <summary>A step back by more than this is a restart, and opens a session: the limit of RFC 3550, A.1 (MAX_MISORDER).</summary>
    public const long MostReordering = 100;

    private const int JumpBitsWithoutWidth = 32;

    private readonly Func<long, int> _windowOf;
    private readonly PacketCounts[] _counts;
    private readonly List<(long First, long Last, int Window)> _gaps = [];   // what has not come yet, ascending
    private long _lowest;
    private long _highest;
    private bool _isOpen;

    private SequenceFold(Func<long, int> windowOf, int windows)
    {
        _windowOf = windowOf;
        _counts = new PacketCounts[windows];
    }

    /// <summary>Folds the packets of one sequence.</summary>
    /// <param name="packets">The packets in their order (<see cref="PointKind.Packet"/>).</param>
    /// <param name="windowOf">The window of an instant, or -1.</param>
    /// <param name="windows">How many windows there are.</param>
    /// <returns>The counts by window.</returns>
    public static PacketCounts[] Fold(IEnumerable<Point> packets, Func<long, int> windowOf, int windows)
    {
        var fold = new SequenceFold(windowOf, windows);
        foreach (var packet in packets)
        {
            fold.Take(packet.A, packet.C, packet.B != 0, packet.Time);
        }

        return fold._counts;
    }

    private void Take(long number, long bits, bool isReceived, long time)
    {
        var window = _windowOf(time);
        if (!_isOpen || !TryUnwrap(number, bits, out var sequence))
        {
            Open(number);
            Expect(number, number, window);
            Arrive(number, window, isReceived);
            return;
        }

        if (sequence > _highest)
        {
            Expect(_highest + 1, sequence, window);
            _highest = sequence;
            Arrive(sequence, window, isReceived);
        }
        else
        {
            if (sequence < _lowest)
            {
                Expect(sequence, _lowest - 1, window);
                _lowest = sequence;
            }

            if (Arrive(sequence, window, isReceived) && window >= 0)
            {
                _counts[window].Reordered += sequence < _highest ? 1 : 0;
            }
        }
    }

    // false: a new session
    private bool TryUnwrap(long number, long bits, out long sequence)
    {
        var difference = (Int128)number - _highest;
        var most = (Int128)1 << JumpBitsWithoutWidth;
        if (bits is > 0 and < 63)
        {
            most = (Int128)1 << (int)bits;
            difference = ((difference % most) + most) % most;
            difference = difference >= most / 2 ? difference - most : difference;   // half the circle is as far back as forth: neither
        }

        sequence = (long)(_highest + difference);
        return difference >= -MostReordering && difference <= most / 2;
    }

    private void Open(long number)
    {
        _gaps.Clear();
        (_lowest, _highest, _isOpen) = (number, number, true);
    }

    private void Expect(long first, long last, int window)
    {
        if (window >= 0)
        {
            _counts[window].Expected = checked(_counts[window].Expected + (last - first + 1));
        }

        AddGap(first, last, window);
    }

    // whether the packet came, and for the first time
    private bool Arrive(long sequence, int window, bool isReceived)
    {
        if (!isReceived)
        {
            return false;
        }

        var at = After(sequence) - 1;
        if (at < 0 || _gaps[at].Last < sequence)
        {
            if (window >= 0)
            {
                _counts[window].Duplicates++;
            }

            return false;
        }

        var (first, last, due) = _gaps[at];
        _gaps.RemoveAt(at);
        AddGap(sequence + 1, last, due);
        AddGap(first, sequence - 1, due);
        if (due >= 0)
        {
            _counts[due].Received++;
        }

        return true;
    }

    private void AddGap(long first, long last, int window)
    {
        if (first <= last)
        {
            _gaps.Insert(After(first), (first, last, window));
        }
    }

    // the place of the first gap that begins behind a number
    private int After(long sequence)
    {
        int low = 0, high = _gaps.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_gaps[middle].First <= sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
