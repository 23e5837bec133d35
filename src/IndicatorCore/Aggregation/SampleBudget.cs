using IndicatorCore.Errors;

namespace IndicatorCore.Aggregation;

/// <summary>The memory budget as the values of quantiles are charged to it: what refuses them says what would help.</summary>
internal sealed class SampleBudget(MemoryBudget budget, string what)
{
    /// <summary>Takes bytes.</summary>
    /// <exception cref="LimitExceededException">They are not there.</exception>
    public void Reserve(long bytes) => budget.Reserve(
        bytes,
        what,
        "Give more with --memory, compute fewer groups, days or indicators at once, or set \"quantiles\": \"bucketed\" in the definition profile (values within 1/256).");

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes) => budget.Release(bytes);
}
