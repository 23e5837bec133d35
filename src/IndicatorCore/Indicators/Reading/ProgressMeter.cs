namespace IndicatorCore.Indicators.Reading;

/// <summary>Adds up what workers have done.</summary>
internal sealed class ProgressMeter(IProgress<EngineProgress>? target, long? total)
{
    private long _rows;
    private long _read;
    private long _done;

    /// <summary>A batch was read.</summary>
    public void Batch(long rows, long bytesRead, long bytesDone)
    {
        if (target is not null)
        {
            target.Report(new EngineProgress(
                Interlocked.Add(ref _rows, rows), Interlocked.Add(ref _read, bytesRead), Interlocked.Add(ref _done, bytesDone), total));
        }
    }

    /// <summary>An input is done without its batches being read one by one.</summary>
    public void Skip(long bytes) => Batch(0, 0, bytes);
}
