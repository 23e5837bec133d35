using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Output;

/// <summary>One line on the terminal that says how far a read has come: rows, bytes, rates, share and the time that remains.</summary>
internal sealed class ProgressLine : IProgress<EngineProgress>, IDisposable
{
    private const int LeastMilliseconds = 100;
    private readonly CommandContext _context;
    private readonly long _start;
    private readonly Lock _gate = new();
    private TimeSpan _shownAt = TimeSpan.MinValue;
    private EngineProgress _last;
    private bool _isShown;
    private bool _isClosed;

    public ProgressLine(CommandContext context, bool isQuiet)
    {
        _context = context;
        IsVisible = !isQuiet && context.ErrorWidth is not null;
        _start = context.Time.GetTimestamp();
    }

    /// <summary>Whether the line is shown at all.</summary>
    public bool IsVisible { get; }

    /// <summary>The last report.</summary>
    public EngineProgress Last
    {
        get
        {
            lock (_gate)
            {
                return _last;
            }
        }
    }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed => _context.Time.GetElapsedTime(_start);

    /// <inheritdoc/>
    public void Report(EngineProgress value)
    {
        lock (_gate)
        {
            _last = value;
        }

        Show(elapsed => Text(value, elapsed));
    }

    /// <summary>Shows a line made from the time since the start, unless the last one is younger than a tenth of a second.</summary>
    public void Show(Func<TimeSpan, string> line)
    {
        lock (_gate)
        {
            var elapsed = Elapsed;
            if (!IsVisible || _isClosed || (_isShown && (elapsed - _shownAt).TotalMilliseconds < LeastMilliseconds))
            {
                return;
            }

            _isShown = true;
            _shownAt = elapsed;
            var text = line(elapsed);
            var width = Math.Max(1, (_context.ErrorWidth ?? 80) - 1);
            _context.StandardError.Write("\r" + (text.Length > width ? text[..width] : text) + "\e[K");
            _context.StandardError.Flush();
        }
    }

    /// <summary>Such as <c>1,000,000 rows  20.0 MiB  2.0 M rows/s  40.0 MiB/s  50 %  0:02 left</c>.</summary>
    public static string Text(EngineProgress progress, TimeSpan elapsed)
    {
        var seconds = Math.Max(elapsed.TotalSeconds, 0.001);
        var text = $"{progress.Rows:N0} rows  {ByteText.Of(progress.BytesRead)}"
            + $"  {progress.Rows / seconds / 1e6:0.0} M rows/s  {ByteText.Of(progress.BytesRead / seconds)}/s";
        if (progress.BytesTotal is not { } total || total <= 0)
        {
            return text;
        }

        var share = Math.Clamp((double)progress.BytesDone / total, 0, 1);
        text += $"  {share * 100:0} %";
        if (share is > 0 and < 1)
        {
            var left = TimeSpan.FromSeconds(Math.Min(seconds * (1 - share) / share, 8_640_000));
            text += $"  {(int)left.TotalMinutes}:{left.Seconds:00} left";
        }

        return text;
    }

    /// <summary>Takes the line off the terminal.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isShown && !_isClosed)
            {
                _context.StandardError.Write("\r\e[K");
                _context.StandardError.Flush();
            }

            _isClosed = true;
        }
    }
}
