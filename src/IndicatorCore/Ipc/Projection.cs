using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>Which top-level columns of a schema are needed; readers read, decompress and validate no others.</summary>
public sealed class Projection
{
    private readonly bool[] _needed;

    private Projection(bool[] needed) => _needed = needed;

    /// <summary>The number of columns of the schema that it is for.</summary>
    public int Count => _needed.Length;

    /// <summary>Every column.</summary>
    public static Projection All(Schema schema)
    {
        var needed = new bool[schema.Fields.Count];
        needed.AsSpan().Fill(true);
        return new Projection(needed);
    }

    /// <summary>The columns with these ordinals, in any order; repeating one changes nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The schema has no such column.</exception>
    public static Projection Of(Schema schema, IEnumerable<int> ordinals)
    {
        var needed = new bool[schema.Fields.Count];
        foreach (var ordinal in ordinals)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ordinal, nameof(ordinals));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(ordinal, needed.Length, nameof(ordinals));
            needed[ordinal] = true;
        }

        return new Projection(needed);
    }

    /// <summary>Whether column <paramref name="ordinal"/> is needed.</summary>
    public bool Needs(int ordinal) => _needed[ordinal];

    internal void CheckAgainst(Schema schema)
    {
        if (schema.Fields.Count != Count)
        {
            throw new ArgumentException($"The projection is for {Count} columns, the schema has {schema.Fields.Count}.");
        }
    }
}
