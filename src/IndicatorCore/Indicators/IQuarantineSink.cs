namespace IndicatorCore.Indicators;

/// <summary>
/// Takes the rows that an engine sets aside, with their values: see <see cref="IndicatorEngine.Quarantine"/>. What it has taken, less what
/// was discarded, is what the manifest counts as quarantined, by input and reason.
/// </summary>
/// <remarks>Both methods are called from worker threads, by several at once. Whatever they throw ends the read, also under
/// <see cref="OnBad.Skip"/>.</remarks>
public interface IQuarantineSink
{
    /// <summary>Takes rows of one batch. Rows of a batch come in ascending order, batches and inputs in any.</summary>
    /// <param name="rows">The rows; valid during the call only.</param>
    void Add(in QuarantinedRows rows);

    /// <summary>Forgets all rows of an input, of which nothing counts after all: it is skipped whole, or a stream that was a replay.</summary>
    void Discard(QuarantineSource source);
}
