using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IndicatorCore.Office.Templates;

/// <summary>What rows that are added below one do to references: those below move, ranges that end with it grow.</summary>
/// <param name="Row">The row below which rows are added, from 1.</param>
/// <param name="Added">How many, at least 1.</param>
/// <param name="Sheet">The sheet's name.</param>
internal sealed partial record RowInsertion(long Row, int Added, string Sheet)
{
    /// <summary>The row of a cell's reference.</summary>
    public static uint RowOf(string reference) => uint.Parse(reference.AsSpan().TrimStart('$').TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ").TrimStart('$'), CultureInfo.InvariantCulture);

    /// <summary>The column of a cell's reference, from 1.</summary>
    public static int ColumnOf(string reference) => reference.TakeWhile(char.IsAsciiLetter).Aggregate(0, static (column, letter) => (column * 26) + (letter - 'A' + 1));

    /// <summary>The letters of a column, from 1.</summary>
    public static string Letters(int column) => column <= 26 ? $"{(char)('A' + column - 1)}" : $"{Letters((column - 1) / 26)}{(char)('A' + ((column - 1) % 26))}";

    /// <summary>The cell of the same column in another row.</summary>
    public static string At(string reference, uint row) => $"{string.Concat(reference.TakeWhile(char.IsAsciiLetter))}{row.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>A formula copied that many rows down: relative rows go with it.</summary>
    public static string Shifted(string formula, int rows) => Outside(formula, part => Reference().Replace(part, match => match.Groups["fixed"].Length > 0
        ? match.Value
        : $"{match.Groups["sheet"].Value}{match.Groups["column"].Value}{long.Parse(match.Groups["row"].ValueSpan, CultureInfo.InvariantCulture) + rows}"));

    /// <summary>Whether a range begins at or above the row and ends below it.</summary>
    public bool Splits(string range) => range.Split(':') is [var first, var last] && RowOf(first) <= Row && RowOf(last) > Row;

    /// <summary>A reference to a cell or range of the sheet as it is afterwards.</summary>
    /// <param name="range">The reference, such as <c>A5:C5</c>.</param>
    /// <param name="grows">Whether a range that ends with the row takes in what is added.</param>
    public string Range(string range, bool grows = true)
    {
        var ends = range.Split(':');
        return ends.Length == 2 ? $"{Moved(ends[0], isEnd: false)}:{Moved(ends[1], isEnd: grows && RowOf(ends[1]) == Row)}" : Moved(range, isEnd: false);
    }

    /// <summary>A formula as it is afterwards.</summary>
    /// <param name="formula">Its text.</param>
    /// <param name="isOfSheet">Whether references without a sheet mean this one.</param>
    public string Formula(string formula, bool isOfSheet) => Outside(formula, part =>
    {
        // the second of A5:B5 is of the sheet of the first
        var isOurs = false;
        return Reference().Replace(part, match =>
        {
            var isEnd = match.Index > 0 && part[match.Index - 1] == ':';
            isOurs = match.Groups["sheet"].Success
                ? match.Groups["sheet"].Value.Trim('!').Trim('\'').Replace("''", "'", StringComparison.Ordinal).Equals(Sheet, StringComparison.OrdinalIgnoreCase)
                : isEnd ? isOurs : isOfSheet;
            var row = long.Parse(match.Groups["row"].ValueSpan, CultureInfo.InvariantCulture);
            return !isOurs || row < Row || (row == Row && !isEnd)
                ? match.Value
                : $"{match.Groups["sheet"].Value}{match.Groups["column"].Value}{match.Groups["fixed"].Value}{row + Added}";
        });
    });

    private string Moved(string reference, bool isEnd) => RowOf(reference) is var row && (row > Row || isEnd) ? $"{reference[..^row.ToString(CultureInfo.InvariantCulture).Length]}{row + Added}" : reference;

    // what stands in double quotes is text
    private static string Outside(string formula, Func<string, string> change)
    {
        var text = new StringBuilder();
        foreach (var (index, part) in formula.Split('"').Index())
        {
            text.Append(index == 0 ? string.Empty : "\"").Append(index % 2 == 0 ? change(part) : part);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(?<sheet>(?:'(?:[^']|'')+'|[\w.]+)!)?(?<![\w.])(?<column>\$?[A-Z]{1,3})(?<fixed>\$?)(?<row>[1-9][0-9]{0,6})(?![\w(.])", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference();
}
