namespace IndicatorCore.Fuzz.Campaigns;

/// <summary>What an input is given to.</summary>
internal enum InputKind
{
    /// <summary>Both Arrow readers, as a file.</summary>
    File,

    /// <summary>The stream reader.</summary>
    Stream,

    /// <summary>A whole run of the engine over an export, twice.</summary>
    Export,

    /// <summary>The LZ4 block decoder.</summary>
    Lz4Block,

    /// <summary>The LZ4 frame decoder.</summary>
    Lz4Frame,

    /// <summary>A planted defect, to see that it is found.</summary>
    Planted,
}
