namespace IndicatorCore.Office.Workbooks;

/// <summary>The styles of written workbooks, by their place in <see cref="WorkbookStyles"/>.</summary>
internal enum CellStyle : uint
{
    /// <summary>Nothing.</summary>
    Plain,

    /// <summary>The title of a sheet.</summary>
    Title,

    /// <summary>The heading of a section.</summary>
    Section,

    /// <summary>The heading of a column or field.</summary>
    Heading,

    /// <summary>Text, wrapped, with a border.</summary>
    Text,

    /// <summary>A number as it is.</summary>
    Number,

    /// <summary>A whole number.</summary>
    Count,

    /// <summary>Percent with one decimal.</summary>
    Percent,

    /// <summary>Money with its decimals.</summary>
    Money,

    /// <summary>A number that leads to its evidence.</summary>
    LinkedNumber,

    /// <summary>A whole number that leads to its evidence.</summary>
    LinkedCount,

    /// <summary>Percent that leads to its evidence.</summary>
    LinkedPercent,

    /// <summary>Text that leads to its evidence.</summary>
    LinkedText,
}
