namespace IndicatorCore.Columns;

/// <summary>A named column of a schema, or a child of a nested one.</summary>
public sealed record Field
{
    /// <summary>The name; may be empty, need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>The type of the values; for a dictionary-encoded field the type of the dictionary's values.</summary>
    public required ArrowType Type { get; init; }

    /// <summary>Whether nulls may occur, as declared; readers trust the validity bitmap instead.</summary>
    public bool IsNullable { get; init; } = true;

    /// <summary>The dictionary encoding, or null when values are stored in place.</summary>
    public DictionaryEncoding? Dictionary { get; init; }

    /// <summary>The children of a nested type, in order.</summary>
    public IReadOnlyList<Field> Children { get; init; } = [];

    /// <summary>Custom metadata in order; keys may repeat.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    /// <summary>Such as <c>line: dictionary&lt;uint32, utf8_view&gt;</c>.</summary>
    public override string ToString() => Dictionary is null
        ? $"{Name}: {Type}"
        : $"{Name}: dictionary<{Dictionary.IndexType}, {Type}>";
}
