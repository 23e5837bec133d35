namespace IndicatorCore.Cli.Output;

/// <summary>Hands progress on at once, on the thread that reports it.</summary>
internal sealed class ProgressRelay<T> : IProgress<T>
{
    private readonly Action<T> _report;

    public ProgressRelay(Action<T> report) => _report = report;

    public void Report(T value) => _report(value);
}
