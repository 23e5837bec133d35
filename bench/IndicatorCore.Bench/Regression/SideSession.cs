namespace IndicatorCore.Bench.Regression;

/// <summary>A path opened on one side.</summary>
/// <param name="run">Reads everything once and returns the rows.</param>
/// <param name="close">Closes.</param>
internal sealed class SideSession(Func<long> run, Action close) : IDisposable
{
    /// <summary>Reads everything once and returns the rows.</summary>
    public Func<long> Run { get; } = run;

    /// <inheritdoc/>
    public void Dispose() => close();
}
