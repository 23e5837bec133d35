namespace IndicatorCore.Portal.Storage;

/// <summary>The order of the rows of a page. Rows without a value come last; ties keep the publication's order.</summary>
public enum RowSort
{
    /// <summary>The order of the publication (interface 4).</summary>
    Published,

    /// <summary>The smallest value first.</summary>
    ValueAscending,

    /// <summary>The greatest value first.</summary>
    ValueDescending,

    /// <summary>The earliest window first.</summary>
    Window,
}
