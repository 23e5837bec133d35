namespace IndicatorCore.Errors;

/// <summary>A format limit or the memory budget would be exceeded; thrown before the allocation that it bounds.</summary>
public sealed class LimitExceededException : IndicatorDataException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="problem">What needed more than is allowed, in one sentence.</param>
    /// <param name="location">Where it lies, as far as it is known.</param>
    /// <param name="isMemoryBudget">True when the process's memory budget is meant (exit code 6), false for a format limit (exit code 3).</param>
    /// <param name="advice">What to do about it, or null.</param>
    public LimitExceededException(string problem, DataLocation location = default, bool isMemoryBudget = false, string? advice = null)
        : base(DataFault.LimitExceeded, problem, location, advice, inner: null) => IsMemoryBudget = isMemoryBudget;

    /// <summary>True when the process's memory budget is meant, false for a limit of a format.</summary>
    public bool IsMemoryBudget { get; }
}
