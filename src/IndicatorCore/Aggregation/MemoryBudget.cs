using IndicatorCore.Errors;

namespace IndicatorCore.Aggregation;

/// <summary>Counts the bytes that state keeps and refuses growth beyond the budget, before the allocation (decisions D9).</summary>
/// <param name="limit">The most bytes that may be kept.</param>
/// <param name="whole">The budget of which this one counts a part, or null.</param>
internal sealed class MemoryBudget(long limit, MemoryBudget? whole = null)
{
    private long _used;

    /// <summary>The most bytes that may be kept.</summary>
    public long Limit { get; } = limit;

    /// <summary>Bytes kept now.</summary>
    public long Used => Volatile.Read(ref _used);

    /// <summary>Half of the memory that the process may use at all.</summary>
    public static long DefaultLimit => Math.Max(256L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <summary>Takes bytes for <paramref name="what"/>.</summary>
    /// <exception cref="LimitExceededException">They are not there.</exception>
    public void Reserve(long bytes, string what, string? advice = null)
    {
        if (!TryReserve(bytes))
        {
            var all = whole ?? this;
            throw new LimitExceededException(
                $"The memory budget of {all.Limit:N0} bytes does not hold {what}: {bytes:N0} more bytes are needed and {all.Used:N0} are in use",
                isMemoryBudget: true,
                advice: advice ?? "Give more with --memory, or compute fewer groups, days or indicators at once.");
        }
    }

    /// <summary>Takes bytes if they are there.</summary>
    public bool TryReserve(long bytes)
    {
        if (Interlocked.Add(ref _used, bytes) <= Limit && (whole is null || whole.TryReserve(bytes)))
        {
            return true;
        }

        Interlocked.Add(ref _used, -bytes);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Release(long bytes)
    {
        Interlocked.Add(ref _used, -bytes);
        whole?.Release(bytes);
    }

    /// <summary>Takes over bytes that another part of the same budget has taken.</summary>
    public void TakeOver(MemoryBudget other, long bytes)
    {
        Interlocked.Add(ref _used, bytes);
        Interlocked.Add(ref other._used, -bytes);
    }
}
