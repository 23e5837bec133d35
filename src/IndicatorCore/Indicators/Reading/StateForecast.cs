using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Reading;

/// <summary>How much state a read will keep, as far as that is known before it.</summary>
internal sealed record StateForecast
{
    /// <summary>The bytes that may be kept.</summary>
    public required long Limit { get; init; }

    /// <summary>Rows of the inputs, by their footers.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that were looked at.</summary>
    public required long SampleRows { get; init; }

    /// <summary>Slots that they make: the whole has at least as many.</summary>
    public required long SampleSlots { get; init; }

    /// <summary>Bytes that these take at least.</summary>
    public required long SampleBytes { get; init; }

    /// <summary>How many leaves there are: lines, devices, products, as far as the query tells them apart.</summary>
    public required long Leaves { get; init; }

    /// <summary>How many panes lie between the first and the last event seen.</summary>
    public required long Panes { get; init; }

    /// <summary>What a pane is: hours or days.</summary>
    public required string PaneName { get; init; }

    /// <summary>Slots if every leaf has rows in every pane, and no more than there are rows.</summary>
    public required Int128 DenseSlots { get; init; }

    /// <summary>Bytes that these take at least.</summary>
    public required Int128 DenseBytes { get; init; }

    /// <summary>Whether the state certainly does not fit: what was looked at takes more already.</summary>
    public bool IsProven => SampleBytes > Limit;

    /// <summary>Whether it may well not fit: twice the budget, unless leaves are silent in most panes.</summary>
    public bool IsDoubtful => DenseBytes > 2 * (Int128)Limit;

    /// <summary>What is said where it is not certain.</summary>
    public string Doubt =>
        $"{Extent} may take up to {DenseSlots:N0} slots of about {PerSlot(DenseBytes, DenseSlots)} bytes, {DenseBytes:N0} bytes, and the memory budget is {Limit:N0}: "
        + "reading ends with an error if they do";

    private string Extent => $"{Leaves:N0} scopes (lines, devices or products) x {Panes:N0} {PaneName} in {Rows:N0} rows";

    /// <summary>What a census of samples tells.</summary>
    /// <param name="census">What the samples had.</param>
    /// <param name="context">The engine's, with its budget.</param>
    /// <param name="rows">Rows of the inputs.</param>
    /// <param name="sampleRows">Rows of the samples.</param>
    public static StateForecast Of(SlotCensus census, EngineContext context, long rows, long sampleRows)
    {
        var (slots, bytes) = census.IfDense;
        return new StateForecast
        {
            Limit = context.Budget.Limit,
            Rows = rows,
            SampleRows = sampleRows,
            SampleSlots = census.Slots,
            SampleBytes = census.Bytes,
            Leaves = census.Leaves,
            Panes = census.Panes,
            PaneName = context.Grain.Panes switch { StatePanes.Hour => "hours", StatePanes.Shift => "parts of days", _ => "days" },
            DenseSlots = slots,
            DenseBytes = bytes,
        };
    }

    /// <summary>Refuses what certainly does not fit.</summary>
    /// <exception cref="LimitExceededException">It does not fit.</exception>
    public void ThrowIfProven()
    {
        if (IsProven)
        {
            throw new LimitExceededException(
                $"The memory budget of {Limit:N0} bytes does not hold the state of this query: {SampleRows:N0} of {Rows:N0} rows, looked at before reading, "
                + $"make {SampleSlots:N0} slots of at least {PerSlot(SampleBytes, SampleSlots)} bytes, {SampleBytes:N0} bytes; "
                + $"{Extent} make up to {DenseSlots:N0} slots, {DenseBytes:N0} bytes",
                isMemoryBudget: true,
                advice: "Ask for a coarser --window, no devices or products with --by, or fewer indicators with --select, count fewer rows with --where, give fewer files at once, or more memory with --memory.");
        }
    }

    private static Int128 PerSlot(Int128 bytes, Int128 slots) => slots == 0 ? 0 : bytes / slots;
}
