namespace IndicatorCore.CData;

/// <summary>Limits of the imports through the Arrow C data and C stream interfaces; the defaults are those of the IPC readers.</summary>
public sealed record CImportOptions
{
    /// <summary>The defaults.</summary>
    public static CImportOptions Default { get; } = new();

    /// <summary>What errors call the input.</summary>
    public string Name { get; init; } = "memory";

    /// <summary>The most bytes of metadata of one schema.</summary>
    public int MaxMetadataBytes { get; init => field = AtLeast(value, 64); } = 64 << 20;

    /// <summary>The largest buffer, as far as its array reaches, in bytes.</summary>
    public int MaxBufferBytes { get; init => field = AtLeast(value, 64); } = int.MaxValue;

    /// <summary>The most fields of a schema, nested ones included.</summary>
    public int MaxColumns { get; init => field = AtLeast(value, 1); } = 1 << 17;

    /// <summary>The deepest nesting of fields, 1 to 512: nested columns are walked by recursion.</summary>
    public int MaxNestingDepth
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 512);
            field = AtLeast(value, 1);
        }
    } = 64;

    /// <summary>The most values of one dictionary.</summary>
    public int MaxDictionaryEntries { get; init => field = AtLeast(value, 1); } = 1 << 27;

    /// <summary>The most bytes that the values of one dictionary may take.</summary>
    public int MaxDictionaryBytes { get; init => field = AtLeast(value, 64); } = 1 << 30;

    /// <summary>The most rows of one batch.</summary>
    public int MaxRowsPerBatch { get; init => field = AtLeast(value, 1); } = int.MaxValue;

    private static int AtLeast(int value, int least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        return value;
    }
}
