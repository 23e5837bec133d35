namespace IndicatorCore.Indicators;

/// <summary>How far a read has come; reported from worker threads, at most about ten times a second.</summary>
/// <param name="Rows">Rows consumed.</param>
/// <param name="BytesRead">Stored bytes read.</param>
/// <param name="BytesDone">Stored bytes of the batches done, read or skipped.</param>
/// <param name="BytesTotal">Stored bytes of all inputs, or null when a stream's end is unknown.</param>
public readonly record struct EngineProgress(long Rows, long BytesRead, long BytesDone, long? BytesTotal);
