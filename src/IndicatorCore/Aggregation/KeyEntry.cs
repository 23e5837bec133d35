namespace IndicatorCore.Aggregation;

/// <summary>A key of a <see cref="KeyTable"/>.</summary>
/// <param name="At">The integer it is; of a text, its page in the high half and its offset there in the low one.</param>
/// <param name="Length">Bytes of the text; -1 = an integer.</param>
/// <param name="Hash">Of the text or of the integer.</param>
internal readonly record struct KeyEntry(long At, int Length, int Hash)
{
    /// <summary>Whether the key is an integer, whose text is its decimal form.</summary>
    public bool IsInteger => Length < 0;

    /// <summary>The page of a text.</summary>
    public int Page => (int)(At >> 32);

    /// <summary>The offset of a text in its page.</summary>
    public int Offset => (int)At;
}
