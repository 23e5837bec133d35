using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IndicatorCore.Indicators;

/// <summary>One part of an export that several processes share without talking to each other: of <see cref="Count"/> parts, that of number <see cref="Index"/>.</summary>
public readonly record struct Shard
{
    /// <summary>The most shards of a plan.</summary>
    public const int MostShards = 1_000_000;

    /// <summary>Names a part.</summary>
    /// <param name="index">From 0 to <paramref name="count"/> - 1.</param>
    /// <param name="count">From 1 to <see cref="MostShards"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Shard(int index, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MostShards);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, count);
        (Index, Count) = (index, count);
    }

    /// <summary>The part, from 0.</summary>
    public int Index { get; }

    /// <summary>How many parts there are.</summary>
    public int Count { get; }

    /// <summary>Reads <c>I/N</c>, such as <c>0/16</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shard">The shard.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out Shard shard)
    {
        shard = default;
        if (text?.Split('/') is not [var left, var right]
            || !int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            || !int.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MostShards || index >= count)
        {
            return false;
        }

        shard = new Shard(index, count);
        return true;
    }

    /// <summary>The shard as <c>I/N</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Index}/{Count}");
}
