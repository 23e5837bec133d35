namespace IndicatorCore.Tests.Kernels;

/// <summary>Seeded inputs that kernels are held against their twins with.</summary>
internal static class KernelInputs
{
    /// <summary>Every tail of every width, and whole chunks.</summary>
    public static IEnumerable<int> Lengths => [.. Enumerable.Range(0, 131), 2_047, 2_048];

    /// <summary>Values that wrap, that are the least and largest, that are equal in runs, and any others.</summary>
    public static long[] Longs(Random random, int length) => Make(length, () => random.Next(8) switch
    {
        0 => long.MinValue,
        1 => long.MaxValue,
        2 => -1,
        3 => 0,
        4 => random.NextInt64(-(1L << 51), 1L << 51),
        _ => random.NextInt64(long.MinValue, long.MaxValue),
    });

    /// <summary>Masks of every class of nulls, and none; bits behind the length are set, as they may be anything.</summary>
    public static IEnumerable<ulong[]> Masks(Random random, int length)
    {
        var words = (length + 63) / 64;
        yield return [];
        yield return new ulong[words];
        yield return [.. Enumerable.Repeat(ulong.MaxValue, words)];
        yield return [.. Enumerable.Repeat(0x5555_5555_5555_5555UL, words)];
        yield return Make(words, () => (ulong)random.NextInt64(long.MinValue, long.MaxValue));
        yield return Make(words, () => ~(1UL << random.Next(64)));
        yield return Make(words, () => 1UL << random.Next(64));
    }

    /// <summary>Ends of runs: of one row, of the length, of about ten and of about fifty rows, and none where there are no rows.</summary>
    public static IEnumerable<int[]> Ends(Random random, int length)
    {
        foreach (var longest in new[] { 1, 3, 20, 100, Math.Max(1, length) })
        {
            var ends = new List<int>();
            for (var at = 0; at < length;)
            {
                at = Math.Min(length, at + (longest == length ? length : random.Next(1, longest + 1)));
                ends.Add(at);
            }

            yield return [.. ends];
        }
    }

    /// <summary>Values from a function.</summary>
    public static T[] Make<T>(int length, Func<T> value)
    {
        var values = new T[length];
        for (var i = 0; i < length; i++)
        {
            values[i] = value();
        }

        return values;
    }

    /// <summary>The values in the middle of others, so that reading beyond them shows.</summary>
    public static ReadOnlySpan<T> Amid<T>(T[] values, T poison)
    {
        var wide = new T[values.Length + 34];
        wide.AsSpan().Fill(poison);
        values.CopyTo(wide, 17);
        return wide.AsSpan(17, values.Length);
    }
}
