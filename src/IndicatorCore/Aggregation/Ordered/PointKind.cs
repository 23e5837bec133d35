namespace IndicatorCore.Aggregation.Ordered;

/// <summary>What points are of, and so what their numbers mean.</summary>
internal enum PointKind
{
    /// <summary>A device was heard: online from <c>Time</c> to <c>A</c> (exclusive). Overlapping and touching intervals are one.</summary>
    Heartbeat,

    /// <summary>A served or unserved radio sample: holds for <c>A</c> nanoseconds at most; <c>B</c> 1 = covered.</summary>
    Sample,

    /// <summary>A packet: <c>A</c> its sequence number, <c>B</c> 1 = received, <c>C</c> the number's width in bits, 0 = not known.</summary>
    Packet,

    /// <summary>A counter was read: <c>A</c> bytes, <c>B</c> its width in bits, <c>C</c> the link's capacity in bit/s; 0 = not known.</summary>
    Counter,

    /// <summary>A point of production support (<see cref="TimedValue"/>): <c>A</c> its value, <c>B</c> its kind.</summary>
    Timed,
}
