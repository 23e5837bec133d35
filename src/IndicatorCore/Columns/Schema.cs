namespace IndicatorCore.Columns;

/// <summary>The ordered columns of a batch.</summary>
public sealed record Schema
{
    /// <summary>The columns in order.</summary>
    public required IReadOnlyList<Field> Fields { get; init; }

    /// <summary>Custom metadata in order; keys may repeat.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>The value of the first metadata entry called <paramref name="key"/>, or null.</summary>
    public string? Meta(string key)
    {
        foreach (var entry in Metadata)
        {
            if (entry.Key == key)
            {
                return entry.Value;
            }
        }

        return null;
    }
}
