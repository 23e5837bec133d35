namespace IndicatorCore.Indicators;

/// <summary>Where and how often a read of files keeps what it has finished, so that it can go on after it was killed (decisions D14).</summary>
public sealed record CheckpointOptions
{
    /// <summary>The directory; made if it is not there. It belongs to one query: the state files of another are refused.</summary>
    public required string Directory { get; init; }

    /// <summary>Time after which state is written; writing takes at most about a tenth of the time, whatever this says.</summary>
    public TimeSpan Interval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
            field = value;
        }
    } = TimeSpan.FromSeconds(60);

    /// <summary>Stored bytes read after which state is written.</summary>
    public long Bytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 16L << 30;

    /// <summary>What tells the time; it decides when state is written, never what is computed.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told, in a sentence, what is taken from the directory or given up; called on the thread that reads.</summary>
    public Action<string>? Note { get; init; }
}
