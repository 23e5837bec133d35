namespace IndicatorCore.Indicators.Reading;

/// <summary>One call of an engine: held while it runs; an exception out of <see cref="RunAsync"/> faults the engine.</summary>
internal sealed class EngineCall(Action leave, Action fault) : IDisposable
{
    /// <summary>Runs the call's work.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch
        {
            fault();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => leave();
}
