namespace IndicatorCore.Memory;

/// <summary>Memory that a <see cref="BufferArena"/> hands out instead of its own: tests put a page that must not be touched behind every piece.</summary>
internal interface IPieceSource
{
    /// <summary>A piece of exactly this many bytes, at least 1, valid until <see cref="Reset"/>.</summary>
    Memory<byte> Take(int length);

    /// <summary>Takes every piece back.</summary>
    void Reset();
}
