using IndicatorCore.Errors;

namespace IndicatorCore.Ipc;

/// <summary>The faults of the limits in <see cref="IpcReaderOptions"/>: each names its option, the option's value, and what the input declared.</summary>
internal static class ReaderLimit
{
    /// <summary>The fault of a declared number above a limit.</summary>
    /// <param name="what">What the input declares, as the start of a sentence.</param>
    /// <param name="limit">The option's value.</param>
    /// <param name="option">The option's name.</param>
    /// <param name="location">Where it is declared, as far as it is known.</param>
    public static LimitExceededException Exceeded(string what, long limit, string option, DataLocation location = default) => new(
        $"{what}, more than the limit of {limit} ({option})",
        location,
        advice: $"Raise {nameof(IpcReaderOptions)}.{option} for a source that you trust.");

    /// <summary>The most bytes of a needed buffer: what the options say, and what an array holds beside its alignment.</summary>
    public static int BufferBytes(IpcReaderOptions options) => Math.Min(options.MaxBufferBytes, Array.MaxLength - 4096);

    /// <summary>The fault of a buffer that is longer.</summary>
    public static LimitExceededException Buffer(long bytes, IpcReaderOptions options, DataLocation location = default) =>
        Exceeded($"A needed buffer has {bytes} bytes", BufferBytes(options), nameof(IpcReaderOptions.MaxBufferBytes), location);
}
