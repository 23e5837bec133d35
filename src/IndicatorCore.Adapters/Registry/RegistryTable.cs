using System.Text;
using CsvHelper;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Registry;

/// <summary>One CSV file of a registry.</summary>
internal static class RegistryTable
{
    private const int MaxBytes = 1 << 28;
    private const int MaxLineBytes = 1 << 20;
    private static readonly Dictionary<string, string> s_chinese = new()
    {
        ["设备编号"] = "device",
        ["产线编号"] = "line",
        ["是否关键设备"] = "is_key",
        ["设备类型"] = "kind",
        ["所属网关"] = "behind",
        ["接入方式"] = "access",
        ["车间"] = "workshop",
        ["工厂编号"] = "factory",
        ["投产日期"] = "go_live",
        ["佐证编号"] = "evidence",
        ["工厂名称"] = "name",
        ["企业名称"] = "enterprise",
        ["统一社会信用代码"] = "credit_code",
        ["市"] = "city",
        ["区县"] = "district",
        ["省"] = "province",
        ["行业"] = "industry",
        ["类别"] = "class",
        ["园区"] = "park",
        ["先导区"] = "zone",
        ["运营商"] = "operator",
        ["楼层"] = "floor",
        ["常住人口"] = "population",
        ["指标"] = "indicator",
        ["申报值"] = "text",
        ["应用场景"] = "scenario",
        ["场景名称"] = "scenario",
        ["系统名称"] = "system",
        ["关键系统"] = "system",
        ["资产编号"] = "asset",
        ["资产类型"] = "kind",
        ["开始时间"] = "start",
        ["结束时间"] = "end",
        ["项目编号"] = "project",
        ["实施范围"] = "scope",
        ["成本要素"] = "element",
        ["月份"] = "month",
        ["价格指数"] = "index",
        ["生效日期"] = "valid_from",
        ["失效日期"] = "valid_to",
    };

    // headings that mean this in one table only; the name of a shift is not that of its factory
    private static readonly Dictionary<string, (string Chinese, string Name)> s_ofTable = new()
    {
        ["shifts"] = ("班次名称", "name"),
        ["projects"] = ("项目类别", "class"),
    };

    /// <summary>The rows in file order; empty lines are none.</summary>
    /// <exception cref="ConfigurationException">A required column is missing, or the file is no CSV text.</exception>
    public static IEnumerable<RegistryRow> Rows(
        string path, string table, IReadOnlyList<string> required, IReadOnlyList<string> optional, Action<IndicatorDataException>? onBadRow)
    {
        var location = new DataLocation(File: path, Table: table);
        var bytes = ConfigurationText.ReadBytes(path, MaxBytes);
        CheckLines(bytes, location);
        var text = Decode(bytes, location);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            MalformedData = CsvMalformedDataHandling.Throw,
            Separator = text.AsSpan(0, end < 0 ? text.Length : end).Contains('\t') ? '\t' : ',',
            TrackLineNumbers = true,
        };
        using var reader = CsvReader.FromText(text, options);
        if (!Advance(reader, location))
        {
            throw new ConfigurationException("The file is empty", location, $"Its first line names the columns: {string.Join(", ", required)}.");
        }

        var headings = reader.Current.ToArray().Select(static heading => heading.Trim().Trim('\uFEFF').Trim()).ToArray();
        var columns = Columns(headings, required, optional, table, location);
        while (Advance(reader, location))
        {
            var record = reader.Current.ToArray();
            var place = location with { Row = reader.LineNumber };
            if (record.Length > headings.Length && record.Skip(headings.Length).Any(static field => field.Length > 0))
            {
                var fault = new ConfigurationException($"The line has {record.Length} fields, the heading {headings.Length}", place, "Quote fields that hold a comma.");
                if (onBadRow is null)
                {
                    throw fault;
                }

                onBadRow(fault);
                continue;
            }

            if (!record.All(string.IsNullOrWhiteSpace))
            {
                yield return new RegistryRow(headings, columns, record, place);
            }
        }
    }

    /// <summary>The rows of a sheet below its headings, which are its first row.</summary>
    /// <exception cref="ConfigurationException">A required column is missing, or there are no headings.</exception>
    public static IEnumerable<RegistryRow> Rows(
        RegistrySheet sheet, string file, string table, IReadOnlyList<string> required, IReadOnlyList<string> optional, Action<IndicatorDataException>? onBadRow)
    {
        var location = new DataLocation(File: file, Table: sheet.Name);
        if (sheet.Rows.Count == 0)
        {
            throw new ConfigurationException("The sheet is empty", location, $"Its first row names the columns: {string.Join(", ", required)}.");
        }

        var headings = sheet.Rows[0].Cells.Select(static heading => heading.Trim()).ToArray();
        var columns = Columns(headings, required, optional, table, location);
        foreach (var (number, cells) in sheet.Rows.Skip(1))
        {
            var place = location with { Row = number };
            if (cells.Skip(headings.Length).Any(static cell => !string.IsNullOrWhiteSpace(cell)))
            {
                var fault = new ConfigurationException(
                    $"The row has {cells.Count} cells, the heading {headings.Length}", place, $"Give every column of {table} a heading.");
                if (onBadRow is null)
                {
                    throw fault;
                }

                onBadRow(fault);
                continue;
            }

            yield return new RegistryRow(headings, columns, [.. cells], place, isSheet: true);
        }
    }

    // a text of another kind may be one line, and would be taken apart into millions of headings
    private static void CheckLines(ReadOnlySpan<byte> bytes, DataLocation location)
    {
        for (var line = 1; bytes.Length > MaxLineBytes; line++)
        {
            var end = bytes[..(MaxLineBytes + 1)].IndexOfAny((byte)'\n', (byte)'\r');
            if (end < 0)
            {
                throw new ConfigurationException(
                    $"The line has more than {MaxLineBytes} bytes", location with { Row = line }, "Save the table as CSV, one line a row.");
            }

            bytes = bytes[(end + 1)..];
        }
    }

    private static bool Advance(CsvReader reader, DataLocation location)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            throw new ConfigurationException(
                "A quote stands in the middle of a field or is never closed",
                location with { Row = fault.LineNumber > 0 ? fault.LineNumber : null },
                "Put the field in quotes and double the ones inside.",
                fault);
        }
    }

    /// <summary>Which heading is which column.</summary>
    /// <exception cref="ConfigurationException">A required one is missing, or two mean the same.</exception>
    public static Dictionary<string, int> Columns(
        string[] headings,
        IReadOnlyList<string> required,
        IReadOnlyList<string> optional,
        string table,
        DataLocation location)
    {
        string[] known = [.. required, .. optional];
        var spellings = known.ToDictionary(Normal, static name => name);
        foreach (var (chinese, name) in Chinese(table).Where(pair => known.Contains(pair.Name, StringComparer.Ordinal)))
        {
            spellings[Normal(chinese)] = name;
        }

        var columns = new Dictionary<string, int>();
        for (var i = 0; i < headings.Length; i++)
        {
            if (spellings.TryGetValue(Normal(headings[i]), out var name) && !columns.TryAdd(name, i))
            {
                throw new ConfigurationException(
                    $"The columns \"{headings[columns[name]]}\" and \"{headings[i]}\" mean the same",
                    location with { Column = headings[i] },
                    "Keep one.");
            }
        }

        var others = headings.Where((_, i) => !columns.ContainsValue(i)).ToArray();
        foreach (var name in required.Where(name => !columns.ContainsKey(name)))
        {
            var chinese = Chinese(table).FirstOrDefault(pair => pair.Name == name).Chinese;
            var near = NearestName.Among(name, others);
            throw new ConfigurationException(
                $"The column {name}{(chinese is null ? string.Empty : $" ({chinese})")} is missing",
                location with { Column = name },
                near.Count > 0 ? $"Is it {string.Join(" or ", near)}?" : $"The columns here are {NearestName.List(headings)}.");
        }

        return columns;
    }

    private static IEnumerable<(string Chinese, string Name)> Chinese(string table)
    {
        var all = s_chinese.Select(static pair => (Chinese: pair.Key, Name: pair.Value));
        return s_ofTable.TryGetValue(table, out var own)
            ? all.Where(pair => table != "shifts" || pair.Name != own.Name).Prepend(own)
            : all;
    }

    private static string Normal(string heading) =>
        string.Concat(heading.Where(static c => !char.IsWhiteSpace(c) && c is not ('_' or '-' or '\uFEFF'))).ToLowerInvariant();

    private static string Decode(byte[] bytes, DataLocation location)
    {
        try
        {
            return TextEncodings.Utf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // not UTF-8: the other encoding that registries come in
        }

        try
        {
            return TextEncodings.Gb18030.GetString(bytes);
        }
        catch (DecoderFallbackException fault)
        {
            throw new ConfigurationException(
                "The file is neither UTF-8 nor GB18030 text", location, "Save it as CSV UTF-8.", fault);
        }
    }
}
