namespace IndicatorCore.Fuzz.Layout;

/// <summary>Whom a byte concerns.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Batch">The batch it belongs to, or the next one.</param>
/// <param name="Column">For a buffer: the top-level column, or -1 when several share it.</param>
/// <param name="Row">For values of a fixed width: the one row whose value it is part of; else -1.</param>
/// <param name="IsProtected">Whether a checksum of an LZ4 frame covers it.</param>
internal readonly record struct ByteOwner(ByteKind Kind, int Batch = 0, int Column = -1, int Row = -1, bool IsProtected = false);
