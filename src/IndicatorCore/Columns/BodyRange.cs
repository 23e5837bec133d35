namespace IndicatorCore.Columns;

/// <summary>A stored buffer that is needed: where it lies, and which slot of which column it fills.</summary>
internal struct BodyRange
{
    /// <summary>The first byte, relative to the start of the body.</summary>
    public long Offset;

    /// <summary>Bytes.</summary>
    public long Length;

    /// <summary>The column to fill.</summary>
    public ColumnData Column;

    /// <summary>Its slot.</summary>
    public int Slot;

    /// <summary>Where the bytes were put, for readers that gather them in one place.</summary>
    public long Place;

    /// <summary>The first byte that no range before it holds, for readers that gather them in one place.</summary>
    public long Fresh;

    /// <summary>The first byte behind it.</summary>
    public readonly long End => Offset + Length;
}
