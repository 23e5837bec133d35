namespace IndicatorCore.Fuzz.Layout;

/// <summary>What a byte of an Arrow input is there for.</summary>
internal enum ByteKind : byte
{
    /// <summary>No one reads it: padding, bytes behind the end mark, and in a file whatever its footer does not list.</summary>
    Unread,

    /// <summary>Magic, footer, end mark, and in a stream the length in front of a message.</summary>
    Framing,

    /// <summary>The schema message of a stream.</summary>
    Schema,

    /// <summary>The metadata of a dictionary message.</summary>
    DictionaryHead,

    /// <summary>The body of a dictionary message.</summary>
    DictionaryBody,

    /// <summary>The length in front of a batch that a footer lists with a length of its own.</summary>
    Prefix,

    /// <summary>The length in front of a dictionary that a footer lists with a length of its own.</summary>
    DictionaryPrefix,

    /// <summary>The metadata of a batch.</summary>
    BatchHead,

    /// <summary>A buffer of a batch.</summary>
    Buffer,
}
