namespace IndicatorCore.Adapters.Quarantine;

/// <summary>Writes quarantined rows in their final order and format.</summary>
internal interface IQuarantineWriter : IDisposable
{
    /// <summary>Writes a row of which <paramref name="row"/> has the columns left to take.</summary>
    /// <param name="segment">The segment of the row.</param>
    /// <param name="columns">For each column of the segment's shape, its place among the output's.</param>
    /// <param name="ordinal">The row's zero-based ordinal in its batch.</param>
    /// <param name="reason">Why it was set aside.</param>
    /// <param name="eventTime">Its event time, UTC nanoseconds since 1970, or null.</param>
    /// <param name="row">Its values.</param>
    void Write(in QuarantineSegment segment, int[] columns, int ordinal, string reason, long? eventTime, ref SpooledRow row);

    /// <summary>Ends the output.</summary>
    void Complete();
}
