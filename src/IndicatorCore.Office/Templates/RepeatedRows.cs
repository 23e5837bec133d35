using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Errors;
using S = DocumentFormat.OpenXml.Spreadsheet;
using X = DocumentFormat.OpenXml.Drawing.Spreadsheet;

namespace IndicatorCore.Office.Templates;

/// <summary>Rows of a template that stand for as many as a table has: each is copied, and what is below moves down.</summary>
internal static class RepeatedRows
{
    private const int MostRows = 1_048_576;

    /// <summary>Copies rows of tables of a document.</summary>
    /// <param name="root">The body, a header or a footer.</param>
    /// <param name="repeats">How often a row of that text is wanted; null = it is no such row.</param>
    /// <returns>The rows that were repeated, the first ones included, with their numbers from 1.</returns>
    public static Dictionary<TableRow, int> InDocument(OpenXmlElement root, Func<string, int?> repeats)
    {
        var numbers = new Dictionary<TableRow, int>();
        foreach (var row in root.Descendants<TableRow>().ToList())
        {
            // what stands in a table inside is for that one's rows
            var text = string.Concat(row.Descendants<Text>().Where(text => text.Ancestors<TableRow>().First() == row).Select(static text => text.Text));
            if (repeats(text) is not { } count)
            {
                continue;
            }

            var last = row;
            numbers.Add(row, 1);
            for (var number = 2; number <= count; number++)
            {
                var copy = (TableRow)row.CloneNode(deep: true);
                Anonymize(copy);
                last = last.InsertAfterSelf(copy);
                numbers.Add(copy, number);
            }
        }

        return numbers;
    }

    /// <summary>Copies rows of a sheet and moves what is below: cells, merged cells, tables, formulas, names, links, drawings.</summary>
    /// <param name="workbook">The workbook, whose formulas and names may point to the sheet.</param>
    /// <param name="sheet">The sheet.</param>
    /// <param name="repeats">How often a row is wanted; null = it is no such row.</param>
    /// <param name="path">How errors call the template.</param>
    /// <returns>As for a document.</returns>
    /// <exception cref="ConfigurationException">A shared or array formula stretches over such a row, or the sheet would be too long.</exception>
    public static Dictionary<S.Row, int> InSheet(WorkbookPart workbook, WorksheetPart sheet, Func<S.Row, int?> repeats, string path)
    {
        var numbers = new Dictionary<S.Row, int>();
        Number(sheet.Worksheet);
        var templates = sheet.Worksheet.Descendants<S.Row>().Select(row => (Row: row, Count: repeats(row))).Where(static pair => pair.Count is not null).ToList();

        // from the bottom: the rows above stay where they are
        templates.Reverse();
        foreach (var (row, count) in templates)
        {
            numbers.Add(row, 1);
            if (count is not > 1)
            {
                continue;
            }

            var name = workbook.Workbook.Sheets?.Elements<S.Sheet>().FirstOrDefault(known => known.Id?.Value == workbook.GetIdOfPart(sheet))?.Name?.Value ?? string.Empty;
            var move = new RowInsertion(row.RowIndex!.Value, count.Value - 1, name);
            if (sheet.Worksheet.Descendants<S.Row>().Max(static each => each.RowIndex!.Value) + move.Added > MostRows)
            {
                throw new ConfigurationException($"The sheet would have more than {MostRows} rows", new DataLocation(path, name), "Choose fewer, such as with --where.");
            }

            Move(workbook, sheet, move, path);
            var last = row;
            for (var number = 2; number <= count; number++)
            {
                var copy = (S.Row)row.CloneNode(deep: true);
                var index = row.RowIndex!.Value + (uint)number - 1;
                foreach (var cell in copy.Elements<S.Cell>())
                {
                    if (cell.CellFormula is { } formula)
                    {
                        formula.Text = RowInsertion.Shifted(formula.Text, number - 1);
                    }

                    cell.CellReference = RowInsertion.At(cell.CellReference!.Value!, index);
                }

                copy.RowIndex = index;
                last = last.InsertAfterSelf(copy);
                numbers.Add(copy, number);
            }

            RepeatMerges(sheet.Worksheet, row.RowIndex.Value, count.Value);
        }

        if (templates.Exists(static pair => pair.Count > 1))
        {
            Recalculate(workbook);
        }

        return numbers;
    }

    // ids may stand once in a document
    private static void Anonymize(TableRow copy)
    {
        foreach (var element in copy.Descendants().Prepend(copy).ToList())
        {
            if (element is BookmarkStart or BookmarkEnd or SdtId)
            {
                element.Remove();
                continue;
            }

            foreach (var attribute in element.GetAttributes().Where(static attribute => attribute.LocalName is "paraId" or "textId").ToList())
            {
                element.RemoveAttribute(attribute.LocalName, attribute.NamespaceUri);
            }
        }
    }

    // rows and cells may leave their places out, and then follow the one before
    private static void Number(S.Worksheet sheet)
    {
        var index = 0u;
        foreach (var row in sheet.Descendants<S.Row>())
        {
            row.RowIndex = index = row.RowIndex?.Value ?? index + 1;
            var column = 0;
            foreach (var cell in row.Elements<S.Cell>())
            {
                column = cell.CellReference?.Value is { } given ? RowInsertion.ColumnOf(given) : column + 1;
                cell.CellReference ??= $"{RowInsertion.Letters(column)}{index.ToString(CultureInfo.InvariantCulture)}";
            }
        }
    }

    private static void Move(WorkbookPart workbook, WorksheetPart sheet, RowInsertion move, string path)
    {
        var worksheet = sheet.Worksheet;
        foreach (var row in worksheet.Descendants<S.Row>().Where(row => row.RowIndex!.Value > move.Row))
        {
            row.RowIndex = row.RowIndex!.Value + (uint)move.Added;
            foreach (var cell in row.Elements<S.Cell>())
            {
                cell.CellReference = RowInsertion.At(cell.CellReference!.Value!, row.RowIndex.Value);
            }
        }

        foreach (var (part, formula) in workbook.WorksheetParts.SelectMany(static part => part.Worksheet.Descendants<S.CellFormula>().Select(formula => (part, formula))))
        {
            if (part == sheet && formula.Reference?.Value is { } reference)
            {
                if (move.Splits(reference))
                {
                    throw new ConfigurationException(
                        $"A shared or array formula of the template stretches over the repeated row {move.Row}", new DataLocation(path, move.Sheet, RowInsertion.At("A1", (uint)move.Row)),
                        "Enter the formulas of the rows one by one.");
                }

                formula.Reference = move.Range(reference);
            }

            formula.Text = move.Formula(formula.Text, isOfSheet: part == sheet);
        }

        foreach (var name in workbook.Workbook.DefinedNames?.Elements<S.DefinedName>() ?? [])
        {
            name.Text = move.Formula(name.Text, isOfSheet: false);
        }

        foreach (var merge in worksheet.Descendants<S.MergeCell>().Where(static merge => merge.Reference?.Value is not null))
        {
            merge.Reference = move.Range(merge.Reference!.Value!, grows: false);
        }

        foreach (var link in worksheet.Descendants<S.Hyperlink>().Where(static link => link.Reference?.Value is not null))
        {
            link.Reference = move.Range(link.Reference!.Value!, grows: false);
        }

        foreach (var list in worksheet.Descendants<S.ConditionalFormatting>().Select(static format => format.SequenceOfReferences)
            .Concat(worksheet.Descendants<S.DataValidation>().Select(static rule => rule.SequenceOfReferences)).OfType<ListValue<StringValue>>())
        {
            var moved = list.Items.Select(item => move.Range(item.Value!)).ToList();
            list.Items.Clear();
            moved.ForEach(item => list.Items.Add(item));
        }

        foreach (var filter in worksheet.Elements<S.AutoFilter>().Concat(sheet.TableDefinitionParts.SelectMany(static part => part.Table.Descendants<S.AutoFilter>())))
        {
            filter.Reference = filter.Reference?.Value is { } reference ? move.Range(reference) : null;
        }

        foreach (var table in sheet.TableDefinitionParts.Select(static part => part.Table).Where(static table => table.Reference?.Value is not null))
        {
            table.Reference = move.Range(table.Reference!.Value!);
        }

        foreach (var anchor in sheet.DrawingsPart?.WorksheetDrawing?.Descendants<X.RowId>() ?? [])
        {
            if (int.TryParse(anchor.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var row) && row >= move.Row)
            {
                anchor.Text = (row + move.Added).ToString(CultureInfo.InvariantCulture);
            }
        }

        worksheet.SheetDimension?.Remove();
    }

    // cells that are merged within the row are merged in its copies
    private static void RepeatMerges(S.Worksheet sheet, uint row, int count)
    {
        if (sheet.Elements<S.MergeCells>().FirstOrDefault() is not { } merges)
        {
            return;
        }

        foreach (var merge in merges.Elements<S.MergeCell>().ToList())
        {
            if (merge.Reference?.Value?.Split(':') is [var first, var last] && RowInsertion.RowOf(first) == row && RowInsertion.RowOf(last) == row)
            {
                for (var number = 1; number < count; number++)
                {
                    merges.Append(new S.MergeCell { Reference = $"{RowInsertion.At(first, row + (uint)number)}:{RowInsertion.At(last, row + (uint)number)}" });
                }
            }
        }

        if (merges.Count is not null)
        {
            merges.Count = (uint)merges.ChildElements.Count;
        }
    }

    private static void Recalculate(WorkbookPart workbook)
    {
        if (workbook.CalculationChainPart is { } chain)
        {
            workbook.DeletePart(chain);
        }

        if (workbook.WorksheetParts.Any(static part => part.Worksheet.Descendants<S.CellFormula>().Any()))
        {
            workbook.Workbook.CalculationProperties ??= new S.CalculationProperties();
            workbook.Workbook.CalculationProperties.FullCalculationOnLoad = true;
        }
    }
}
