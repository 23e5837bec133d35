namespace IndicatorCore.Errors;

/// <summary>What is wrong with the data: the closed list behind <see cref="IndicatorDataException.Kind"/>.</summary>
public enum DataFault
{
    /// <summary>The bytes break a rule of their format.</summary>
    Malformed,

    /// <summary>The bytes end before the format says they may.</summary>
    Truncated,

    /// <summary>A checksum does not match the bytes that it covers.</summary>
    Checksum,

    /// <summary>The bytes are good, but use a feature that is not read here.</summary>
    Unsupported,

    /// <summary>A limit against hostile input, or the memory budget, would be exceeded.</summary>
    LimitExceeded,

    /// <summary>A readable input does not have the tables, columns or types that the query needs.</summary>
    SchemaMismatch,

    /// <summary>An input changed while it was being read.</summary>
    InputChanged,

    /// <summary>Two states do not fit together.</summary>
    StateMismatch,

    /// <summary>A state is not signed, or not by a key that is trusted, or is not what was signed.</summary>
    Untrusted,

    /// <summary>A source profile, definition profile, registry or definition file says something impossible.</summary>
    Configuration,
}
