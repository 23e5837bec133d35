using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Spreadsheet;

namespace IndicatorCore.Office.Workbooks;

/// <summary>The one stylesheet of written workbooks.</summary>
internal static class WorkbookStyles
{
    private const string FontName = "宋体";
    private const uint PercentFormat = 164;
    private const uint MoneyFormat = 165;

    /// <summary>The stylesheet; its cell formats stand in the order of <see cref="CellStyle"/>.</summary>
    public static Stylesheet Sheet() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = PercentFormat, FormatCode = "0.0%" },
            new NumberingFormat { NumberFormatId = MoneyFormat, FormatCode = "#,##0.######" })
        {
            Count = 2,
        },
        new Fonts(Font(11), Font(16, isBold: true), Font(12, isBold: true), Font(11, isBold: true), Font(11, color: "FF0563C1")) { Count = 5 },
        new Fills(
            new Fill(new PatternFill { PatternType = PatternValues.None }),
            new Fill(new PatternFill { PatternType = PatternValues.Gray125 }),
            new Fill(new PatternFill(new ForegroundColor { Rgb = "FFDDEBF7" }) { PatternType = PatternValues.Solid }))
        {
            Count = 3,
        },
        new Borders(
            new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
            new Border(
                new LeftBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
                new RightBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
                new TopBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
                new BottomBorder(new Color { Auto = true }) { Style = BorderStyleValues.Thin },
                new DiagonalBorder()))
        {
            Count = 2,
        },
        new CellStyleFormats(new CellFormat { NumberFormatId = 0, FontId = 0, FillId = 0, BorderId = 0 }) { Count = 1 },
        new CellFormats(
            Format(font: 0, isBordered: false),
            Format(font: 1, isBordered: false, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 2, isBordered: false),
            Format(font: 3, fill: 2, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 0),
            Format(font: 0, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 0, number: 1, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 0, number: PercentFormat, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 0, number: MoneyFormat, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 4, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 4, number: 1, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 4, number: PercentFormat, horizontal: HorizontalAlignmentValues.Center),
            Format(font: 4))
        {
            Count = 13,
        });

    private static Font Font(double size, bool isBold = false, string? color = null)
    {
        var font = new Font();
        if (isBold)
        {
            font.Append(new Bold());
        }

        if (color is not null)
        {
            font.Append(new Underline());
        }

        font.Append(new FontSize { Val = size });
        if (color is not null)
        {
            font.Append(new Color { Rgb = color });
        }

        font.Append(new FontName { Val = FontName });
        return font;
    }

    private static CellFormat Format(uint font, bool isBordered = true, uint fill = 0, uint number = 0, HorizontalAlignmentValues? horizontal = null) => new(
        new Alignment
        {
            Vertical = VerticalAlignmentValues.Center,
            WrapText = isBordered,
            Horizontal = horizontal is { } given ? new EnumValue<HorizontalAlignmentValues>(given) : null,
        })
    {
        FormatId = 0,
        FontId = font,
        FillId = fill,
        BorderId = isBordered ? 1u : 0u,
        NumberFormatId = number,
        ApplyFont = true,
        ApplyFill = fill != 0,
        ApplyBorder = isBordered,
        ApplyNumberFormat = number != 0,
        ApplyAlignment = true,
    };
}
