using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using IndicatorCore.Errors;
using IndicatorCore.Office.Packaging;
using IndicatorCore.Sources;

namespace IndicatorCore.Office.Workbooks;

/// <summary>
/// Reads the sheets of an .xlsx file as text: shared and inline strings, numbers in their shortest form, dates as <c>yyyy-MM-dd</c>, booleans as
/// TRUE and FALSE, of formulas the value that was kept. Bounded against hostile files; no entity of XML is resolved.
/// </summary>
public sealed class WorkbookReader
{
    private const int MostSheets = 200;
    private const int MostColumns = 16_384;
    private const long MostCells = 50_000_000;
    private const double MostExact = 1e15;   // beyond, Excel has rounded what was typed
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string StrictMain = "http://purl.oclc.org/ooxml/spreadsheetml/main";
    private static readonly DateTime s_day0 = new(1899, 12, 30);
    private static readonly DateTime s_day0Of1904 = new(1904, 1, 1);
    private static readonly int[] s_dateFormats = [14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 45, 46, 47, 50, 51, 52, 53, 54, 55, 56, 57, 58];

    private readonly ZipArchive _archive;
    private readonly string _file;
    private readonly List<string> _shared = [];
    private readonly List<bool> _isDate = [];
    private bool _is1904;
    private long _cells;

    private WorkbookReader(ZipArchive archive, string file)
    {
        _archive = archive;
        _file = file;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The .xlsx file.</param>
    /// <returns>Its sheets in order, hidden ones too.</returns>
    /// <exception cref="ConfigurationException">It is no such file, or a cell holds an error or a number that Excel has rounded; the message names sheet and cell.</exception>
    /// <exception cref="LimitExceededException">It is larger than such files are.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IReadOnlyList<WorkbookSheet> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Read(ConfigurationText.ReadBytes(path, ArchiveGuard.MostBytes), path);
    }

    /// <summary>Reads the bytes of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="file">How errors call it.</param>
    /// <exception cref="ConfigurationException">As for a path.</exception>
    /// <exception cref="LimitExceededException">As for a path.</exception>
    public static IReadOnlyList<WorkbookSheet> Read(byte[] bytes, string file)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(file);
        using var archive = ArchiveGuard.Open(bytes, file);
        try
        {
            return new WorkbookReader(archive, file).Read();
        }
        catch (Exception fault) when (fault is XmlException or InvalidDataException)
        {
            throw new ConfigurationException($"The workbook is damaged: {fault.Message.TrimEnd('.')}", new DataLocation(file), "Save it again as .xlsx.", fault);
        }
    }

    private List<WorkbookSheet> Read()
    {
        var main = Relations("_rels/.rels", string.Empty).FirstOrDefault(static relation => relation.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Target
            ?? throw Damaged("it names no workbook");
        var relations = Relations(RelationsOf(main), Folder(main));
        var sheets = Sheets(main);
        if (sheets.Count > MostSheets)
        {
            throw new LimitExceededException($"The workbook has {sheets.Count} sheets, more than {MostSheets}", new DataLocation(_file));
        }

        if (relations.FirstOrDefault(static relation => relation.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Target is { } shared)
        {
            ReadShared(shared);
        }

        if (relations.FirstOrDefault(static relation => relation.Type.EndsWith("/styles", StringComparison.Ordinal)).Target is { } styles)
        {
            ReadStyles(styles);
        }

        var read = new List<WorkbookSheet>();
        foreach (var (name, id) in sheets)
        {
            var relation = relations.FirstOrDefault(relation => relation.Id == id);
            if (relation.Type?.EndsWith("/worksheet", StringComparison.Ordinal) == true)
            {
                read.Add(new WorkbookSheet(name, Rows(name, relation.Target)));
            }
        }

        return read;
    }

    private List<(string Name, string Id)> Sheets(string main)
    {
        var sheets = new List<(string, string)>();
        using var reader = Open(main);
        while (reader.Read())
        {
            if (Is(reader, "sheet"))
            {
                var id = reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
                    ?? reader.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");
                sheets.Add((reader.GetAttribute("name") ?? string.Empty, id ?? string.Empty));
            }
            else if (Is(reader, "workbookPr"))
            {
                _is1904 = reader.GetAttribute("date1904") is "1" or "true";
            }
        }

        return sheets;
    }

    private List<(string Id, string Type, string Target)> Relations(string path, string folder)
    {
        var relations = new List<(string, string, string)>();
        if (_archive.GetEntry(path) is null)
        {
            return relations;
        }

        using var reader = Open(path);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("TargetMode") != "External")
            {
                relations.Add((reader.GetAttribute("Id") ?? string.Empty, reader.GetAttribute("Type") ?? string.Empty, Resolve(folder, reader.GetAttribute("Target") ?? string.Empty)));
            }
        }

        return relations;
    }

    private void ReadShared(string path)
    {
        using var reader = Open(path);
        while (reader.Read())
        {
            if (Is(reader, "si"))
            {
                Count(path);
                _shared.Add(Text(reader));
            }
        }
    }

    // which cell formats are dates: built-in ones, and those whose code has years, days, hours or seconds outside of quotes
    private void ReadStyles(string path)
    {
        var custom = new Dictionary<int, bool>();
        var isInFormats = false;
        using var reader = Open(path);
        while (reader.Read())
        {
            if (Is(reader, "numFmt") && int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            {
                custom[id] = IsDateCode(reader.GetAttribute("formatCode") ?? string.Empty);
            }
            else if (reader.LocalName == "cellXfs")
            {
                isInFormats = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            }
            else if (isInFormats && Is(reader, "xf"))
            {
                _ = int.TryParse(reader.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var format);
                _isDate.Add(custom.TryGetValue(format, out var isDate) ? isDate : s_dateFormats.Contains(format));
            }
        }
    }

    private static bool IsDateCode(string code)
    {
        var depth = 0;
        var isQuoted = false;
        for (var i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    depth++;
                    break;
                case ']':
                    depth--;
                    break;
                case 'y' or 'd' or 'h' or 's' or 'Y' or 'D' or 'H' or 'S' or 'e' when !isQuoted && depth == 0 && !code.StartsWith("General", StringComparison.OrdinalIgnoreCase)
                    && !(code[i] == 'e' && code.Contains('0', StringComparison.Ordinal)):
                    return true;
                default:
                    break;
            }
        }

        return false;
    }

    private List<WorkbookRow> Rows(string sheet, string path)
    {
        var rows = new List<WorkbookRow>();
        var number = 0;
        using var reader = Open(path);
        while (reader.Read())
        {
            if (!Is(reader, "row"))
            {
                continue;
            }

            number = int.TryParse(reader.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > number ? given : number + 1;
            var cells = Cells(reader, sheet, number);
            if (cells.Exists(static cell => cell.Length > 0))
            {
                rows.Add(new WorkbookRow(number, cells));
            }
        }

        return rows;
    }

    private List<string> Cells(XmlReader reader, string sheet, int row)
    {
        var cells = new List<string>();
        if (reader.IsEmptyElement)
        {
            return cells;
        }

        var depth = reader.Depth;
        var column = -1;
        while (reader.Read() && reader.Depth > depth)
        {
            if (!Is(reader, "c"))
            {
                continue;
            }

            var name = reader.GetAttribute("r");
            var named = name is null ? column + 1 : CellName.ColumnOf(name);
            if (named <= column || named >= MostColumns)
            {
                throw Damaged($"cell {name} stands out of order in row {row} of sheet {sheet}");
            }

            column = named;
            Count(path: sheet);
            var text = Value(reader, sheet, row, column);
            if (text.Length > 0)
            {
                while (cells.Count < column)
                {
                    cells.Add(string.Empty);
                }

                cells.Add(text);
            }
        }

        return cells;
    }

    private string Value(XmlReader reader, string sheet, int row, int column)
    {
        var type = reader.GetAttribute("t") ?? "n";
        _ = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var style);
        string? value = null;
        if (!reader.IsEmptyElement)
        {
            var depth = reader.Depth;
            while (reader.Read() && reader.Depth > depth)
            {
                if (Is(reader, "v"))
                {
                    value = Inner(reader);
                }
                else if (Is(reader, "is"))
                {
                    value = Text(reader);
                }
            }
        }

        if (value is null || value.Length == 0)
        {
            return string.Empty;
        }

        switch (type)
        {
            case "s":
                return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count
                    ? _shared[index]
                    : throw Fault(sheet, row, column, "names a text that the workbook does not have", "Save the workbook again.");
            case "b":
                return value is "1" or "true" ? "TRUE" : "FALSE";
            case "e":
                throw Fault(sheet, row, column, $"holds the error {value}", "Mend its formula, or write the value.");
            case "inlineStr" or "str":
                return value;
            case "d":
                return value.Length > 10 && value.EndsWith("T00:00:00", StringComparison.Ordinal) ? value[..10] : value;
            default:
                return Number(value, style, sheet, row, column);
        }
    }

    private string Number(string value, int style, string sheet, int row, int column)
    {
        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw Fault(sheet, row, column, $"holds \"{value}\", which is no number", "Save the workbook again.");
        }

        if (style < _isDate.Count && _isDate[style])
        {
            if (number is < 0 or > 2_958_466)
            {
                throw Fault(sheet, row, column, $"holds a date that no calendar has ({value})", "Write it as text, such as 2024-03-01.");
            }

            var instant = (_is1904 ? s_day0Of1904 : s_day0).AddSeconds(Math.Round(number * 86_400));
            return instant.ToString(instant.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        }

        if (Math.Abs(number) >= MostExact)
        {
            throw Fault(sheet, row, column, "holds a number of more than 15 digits, which the program that wrote it has rounded", "Format the cell as text and type it again.");
        }

        return number.Equals(Math.Truncate(number)) ? number.ToString("0", CultureInfo.InvariantCulture) : ((decimal)number).ToString("0.###############", CultureInfo.InvariantCulture);
    }

    // the runs of a rich text, without its phonetic hints
    private static string Text(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        var depth = reader.Depth;
        var phonetic = int.MaxValue;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.Depth <= phonetic && Is(reader, "rPh"))
            {
                phonetic = reader.IsEmptyElement ? int.MaxValue : reader.Depth;
            }
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "rPh")
            {
                phonetic = int.MaxValue;
            }
            else if (phonetic == int.MaxValue && Is(reader, "t"))
            {
                text.Append(Inner(reader));
            }
        }

        return text.ToString();
    }

    // what stands in the element; the reader stays on its end
    private static string Inner(XmlReader reader)
    {
        if (reader.IsEmptyElement)
        {
            return string.Empty;
        }

        var text = new StringBuilder();
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
            {
                text.Append(reader.Value);
            }
        }

        return text.ToString();
    }

    private static bool Is(XmlReader reader, string name) =>
        reader.NodeType == XmlNodeType.Element && reader.LocalName == name && reader.NamespaceURI is (Main or StrictMain);

    private XmlReader Open(string path)
    {
        var entry = _archive.GetEntry(path) ?? throw Damaged($"its part {path} is missing");
        return XmlReader.Create(ArchiveGuard.Content(entry, _file), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            CloseInput = true,
            MaxCharactersInDocument = ArchiveGuard.MostPartBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
        });
    }

    private void Count(string path)
    {
        if (++_cells > MostCells)
        {
            throw new LimitExceededException($"The workbook has more than {MostCells} cells", new DataLocation(_file, path));
        }
    }

    private ConfigurationException Fault(string sheet, int row, int column, string problem, string advice) =>
        new($"Cell {CellName.Of(column, row)} {problem}", new DataLocation(_file, sheet, Row: row), advice);

    private ConfigurationException Damaged(string what) => new($"The workbook is damaged: {what}", new DataLocation(_file), "Save it again as .xlsx.");

    private static string Folder(string path) => path[..(path.LastIndexOf('/') + 1)];

    private static string RelationsOf(string path) => $"{Folder(path)}_rels/{path[(path.LastIndexOf('/') + 1)..]}.rels";

    private static string Resolve(string folder, string target)
    {
        if (target.StartsWith('/'))
        {
            return target[1..];
        }

        var parts = new List<string>();
        foreach (var part in (folder + target).Split('/'))
        {
            if (part == ".." && parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else if (part is not ("" or "." or ".."))
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
