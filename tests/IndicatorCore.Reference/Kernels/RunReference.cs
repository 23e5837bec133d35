namespace IndicatorCore.Reference.Kernels;

/// <summary>Changes and runs, row by row.</summary>
internal static class RunReference
{
    /// <summary>Marks the rows that differ from the row before.</summary>
    public static void MarkChanges<T>(ReadOnlySpan<T> values, Span<ulong> changes, bool accumulate)
        where T : IEquatable<T>
    {
        if (!accumulate)
        {
            changes[..((values.Length + 63) / 64)].Clear();
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (i == 0 || !values[i].Equals(values[i - 1]))
            {
                changes[i / 64] |= 1UL << (i % 64);
            }
        }
    }

    /// <summary>The exclusive ends of the runs.</summary>
    public static int Ends(ReadOnlySpan<ulong> changes, int length, Span<int> ends)
    {
        var count = 0;
        for (var i = 1; i <= length; i++)
        {
            if (i == length || BitmapReference.IsSet(changes, i))
            {
                ends[count++] = i;
            }
        }

        return count;
    }
}
