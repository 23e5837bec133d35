using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using IndicatorCore.Errors;
using IndicatorCore.Office.Packaging;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Sources;
using S = DocumentFormat.OpenXml.Spreadsheet;

namespace IndicatorCore.Office.Templates;

/// <summary>Fills a user's own .xlsx or .docx: its marks are replaced, everything else stays as it is.</summary>
public static class FormTemplate
{
    /// <summary>Fills a template.</summary>
    /// <param name="path">The template, .xlsx or .docx.</param>
    /// <param name="form">The form; of several copies only tables can be filled.</param>
    /// <param name="output">Takes the filled file, and stays open.</param>
    /// <returns>The marks that mean nothing; they are left as they stand.</returns>
    /// <exception cref="ConfigurationException">It is no such file, or the form has several subjects.</exception>
    /// <exception cref="LimitExceededException">It is larger than such files are.</exception>
    public static IReadOnlyList<string> Fill(string path, FilledForm form, Stream output)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        var bytes = ConfigurationText.ReadBytes(path, ArchiveGuard.MostBytes);
        ArchiveGuard.Open(bytes, path).Dispose();
        using var package = new MemoryStream();
        package.Write(bytes);
        package.Position = 0;
        var marks = new TemplateMarks(form);
        try
        {
            switch (Path.GetExtension(path).ToUpperInvariant())
            {
                case ".XLSX":
                    FillWorkbook(package, marks, path);
                    break;
                case ".DOCX":
                    FillDocument(package, marks);
                    break;
                default:
                    throw new ConfigurationException("The template is neither .xlsx nor .docx", new DataLocation(path), "Save it as one of them.");
            }
        }
        catch (Exception fault) when (fault is OpenXmlPackageException or FileFormatException or System.Xml.XmlException or InvalidDataException)
        {
            throw new ConfigurationException($"The template is damaged: {fault.Message.TrimEnd('.')}", new DataLocation(path), "Save it again.", fault);
        }

        package.Position = 0;
        package.CopyTo(output);
        return marks.Unknown;
    }

    private static void FillWorkbook(Stream package, TemplateMarks marks, string path)
    {
        using var document = SpreadsheetDocument.Open(package, isEditable: true);
        if (document.WorkbookPart is not { } workbook)
        {
            return;
        }

        var shared = workbook.SharedStringTablePart?.SharedStringTable?.Elements<S.SharedStringItem>().ToList() ?? [];
        foreach (var sheet in workbook.WorksheetParts)
        {
            var repeated = RepeatedRows.InSheet(workbook, sheet, row => marks.Repeats(string.Join(' ', row.Elements<S.Cell>().Select(cell => Text(cell, shared)))), path);
            foreach (var row in sheet.Worksheet.Descendants<S.Row>())
            {
                foreach (var cell in row.Elements<S.Cell>())
                {
                    Fill(cell, shared, marks, repeated.TryGetValue(row, out var number) ? number : null);
                }
            }
        }
    }

    private static void Fill(S.Cell cell, List<S.SharedStringItem> shared, TemplateMarks marks, int? row)
    {
        var text = Text(cell, shared);
        if (text is null || marks.In(text, row) is not { Count: > 0 } found)
        {
            return;
        }

        if (found is [{ Start: 0, Cell: { Number: { } number, Unit: null } } only] && only.Length == text.Trim().Length)
        {
            cell.RemoveAllChildren();
            cell.DataType = null;
            cell.Append(new S.CellValue(number.ToString("R", CultureInfo.InvariantCulture)));
            return;
        }

        for (var i = found.Count - 1; i >= 0; i--)
        {
            text = string.Concat(text.AsSpan(0, found[i].Start), found[i].Cell.Text, text.AsSpan(found[i].Start + found[i].Length));
        }

        cell.RemoveAllChildren();
        cell.DataType = S.CellValues.InlineString;
        cell.Append(new S.InlineString(new S.Text(OfficeText.Legal(text)) { Space = SpaceProcessingModeValues.Preserve }));
    }

    private static string? Text(S.Cell cell, List<S.SharedStringItem> shared)
    {
        if (cell.CellFormula is not null)
        {
            return null;
        }

        return cell.DataType?.Value switch
        {
            S.CellValues.SharedString when int.TryParse(cell.CellValue?.Text, out var index) && index >= 0 && index < shared.Count =>
                string.Concat(shared[index].Descendants<S.Text>().Where(static text => text.Parent is not S.PhoneticRun).Select(static text => text.Text)),
            S.CellValues.InlineString => string.Concat(cell.Descendants<S.Text>().Select(static text => text.Text)),
            S.CellValues.String => cell.CellValue?.Text,
            _ => null,
        };
    }

    private static void FillDocument(Stream package, TemplateMarks marks)
    {
        using var document = WordprocessingDocument.Open(package, isEditable: true);
        if (document.MainDocumentPart is not { } main)
        {
            return;
        }

        IEnumerable<OpenXmlElement?> roots =
        [
            main.Document, .. main.HeaderParts.Select(static part => part.Header), .. main.FooterParts.Select(static part => part.Footer),
        ];
        foreach (var root in roots.OfType<OpenXmlElement>())
        {
            var repeated = RepeatedRows.InDocument(root, marks.Repeats);
            foreach (var paragraph in root.Descendants<Paragraph>().ToList())
            {
                // rows of tables in a repeated row may be repeated themselves, and have numbers of their own
                var row = paragraph.Ancestors<TableRow>().FirstOrDefault(repeated.ContainsKey);
                FillParagraph(paragraph, marks, row is null ? null : repeated[row]);
            }
        }
    }

    // Word splits what was typed at will: the marks are looked for in the paragraph as a whole, and its first run keeps their look
    private static void FillParagraph(Paragraph paragraph, TemplateMarks marks, int? row)
    {
        var texts = paragraph.Descendants<Text>().Where(text => text.Ancestors<Paragraph>().First() == paragraph).ToList();
        var whole = string.Concat(texts.Select(static text => text.Text));
        var found = marks.In(whole, row);
        for (var i = found.Count - 1; i >= 0; i--)
        {
            var (start, length, cell) = found[i];
            var position = 0;
            var isPlaced = false;
            foreach (var text in texts)
            {
                var content = text.Text;
                var from = Math.Clamp(start - position, 0, content.Length);
                var to = Math.Clamp(start + length - position, 0, content.Length);
                position += content.Length;
                if (to > from)
                {
                    text.Text = string.Concat(content.AsSpan(0, from), isPlaced ? string.Empty : OfficeText.Legal(cell.Text), content.AsSpan(to));
                    text.Space = SpaceProcessingModeValues.Preserve;
                    isPlaced = true;
                }
            }
        }

        if (found.Count > 0)
        {
            texts.ForEach(Break);
        }
    }

    private static void Break(Text text)
    {
        var lines = text.Text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        OpenXmlElement last = text;
        text.Text = lines[0];
        foreach (var line in lines.Skip(1))
        {
            last = last.InsertAfterSelf(new Break());
            last = last.InsertAfterSelf(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }
    }
}
