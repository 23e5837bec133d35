namespace IndicatorCore.Aggregation.Ordered;

/// <summary>
/// Points one after another as differences: of time the change of the step, of other numbers the change (of the end of an interval that of
/// its length), so that what comes regularly takes a byte a number. LEB128, zigzag; all arithmetic modulo 2^64.
/// </summary>
/// <param name="kind">What the points are of.</param>
internal struct PointCodec(PointKind kind)
{
    /// <summary>The most bytes of a point.</summary>
    public const int MostBytes = 40;

    private readonly int _numbers = kind switch { PointKind.Heartbeat => 1, PointKind.Sample or PointKind.Timed => 2, _ => 3 };
    private readonly bool _isInterval = kind == PointKind.Heartbeat;
    private Point _before;
    private long _step;

    /// <summary>Writes a point behind those written before.</summary>
    /// <param name="point">The point.</param>
    /// <param name="bytes">At least <see cref="MostBytes"/>.</param>
    /// <returns>How many bytes it takes.</returns>
    public int Write(in Point point, Span<byte> bytes)
    {
        unchecked
        {
            var step = point.Time - _before.Time;
            var length = Write(step - _step, bytes);
            length += Write(_isInterval ? point.A - point.Time - (_before.A - _before.Time) : point.A - _before.A, bytes[length..]);
            length += _numbers > 1 ? Write(point.B - _before.B, bytes[length..]) : 0;
            length += _numbers > 2 ? Write(point.C - _before.C, bytes[length..]) : 0;
            (_before, _step) = (point, step);
            return length;
        }
    }

    /// <summary>Takes the next point; false where the bytes are none.</summary>
    public bool TryTake(ReadOnlySpan<byte> bytes, ref int at, out Point point)
    {
        long b = 0, c = 0;
        if (!TryNumber(bytes, ref at, out var change) || !TryNumber(bytes, ref at, out var a)
            || (_numbers > 1 && !TryNumber(bytes, ref at, out b)) || (_numbers > 2 && !TryNumber(bytes, ref at, out c)))
        {
            point = default;
            return false;
        }

        unchecked
        {
            _step += change;
            var time = _before.Time + _step;
            point = new Point(time, _isInterval ? time + (_before.A - _before.Time) + a : _before.A + a, _before.B + b, _before.C + c);
        }

        _before = point;
        return true;
    }

    private static int Write(long value, Span<byte> bytes)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            bytes[length++] = (byte)(rest | 0x80);
        }

        bytes[length++] = (byte)rest;
        return length;
    }

    private static bool TryNumber(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        var zigzag = 0UL;
        for (var shift = 0; shift < 64 && at < bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            zigzag |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                value = (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
                return (shift < 63 || part <= 1) && (part != 0 || shift == 0);   // one way to write a number
            }
        }

        value = 0;
        return false;
    }
}
