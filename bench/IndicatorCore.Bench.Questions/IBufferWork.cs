namespace IndicatorCore.Bench.Questions;

/// <summary>What is done to one stored buffer after the other; serves one thread.</summary>
internal interface IBufferWork : IDisposable
{
    /// <summary>Works through one buffer.</summary>
    /// <returns>The bytes that came of it.</returns>
    long Take(ReadOnlySpan<byte> stored);
}
