namespace IndicatorCore.Compression;

/// <summary>Why a block could not be decoded.</summary>
internal enum Lz4BlockFault
{
    /// <summary>It was decoded.</summary>
    None,

    /// <summary>A length, an offset or literals run past the end of the block.</summary>
    InputEnds,

    /// <summary>The block decodes to more bytes than there is room for.</summary>
    OutputFull,

    /// <summary>A match has the offset 0.</summary>
    OffsetZero,

    /// <summary>A match reaches back before the history that the block may use.</summary>
    OffsetBeforeStart,

    /// <summary>The block does not end with literals, or with fewer than five of them after a match.</summary>
    LastLiterals,
}
