using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>Reads a registry: a directory of one file a table, CSV or Arrow, or .xlsx where somebody reads it (interface 2).</summary>
/// <remarks>
/// CSV is UTF-8 with or without a byte order mark, or GB18030, told by content; Arrow a file or stream, likewise. English or Chinese headings, case and
/// blanks ignored. A table is one file: two of one name, such as lines.csv and lines.arrow, are refused.
/// </remarks>
public sealed class RegistryReader : IRegistrySource
{
    private static readonly string[] s_extensions = [".csv", ".arrow", ".xlsx"];

    private static readonly string[] s_tables =
        ["factories", "lines", "devices", "grid_cells", "zones", "declared", "scenarios", "systems", "assets", "calendar", "shifts", "projects", "price_index"];

    private static readonly Dictionary<string, string> s_sheets = new()
    {
        ["工厂"] = "factories",
        ["产线"] = "lines",
        ["设备"] = "devices",
        ["栅格"] = "grid_cells",
        ["先导区"] = "zones",
        ["申报值"] = "declared",
        ["应用场景"] = "scenarios",
        ["系统"] = "systems",
        ["资产"] = "assets",
        ["日历"] = "calendar",
        ["班次"] = "shifts",
        ["项目"] = "projects",
        ["价格指数"] = "price_index",
    };

    private readonly string _path;
    private readonly Func<string, IReadOnlyList<RegistrySheet>>? _workbooks;

    /// <summary>Creates a reader of that directory.</summary>
    /// <param name="path">
    /// A directory that holds some of factories, lines, devices, grid_cells, zones, declared, scenarios, systems, assets, calendar, shifts, projects and
    /// price_index as .csv or .arrow.
    /// </param>
    /// <param name="workbooks">Reads the sheets of an .xlsx file that is one of the tables; null refuses these.</param>
    public RegistryReader(string path, Func<string, IReadOnlyList<RegistrySheet>>? workbooks = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _workbooks = workbooks;
    }

    /// <summary>The tables in the order of interface 2.</summary>
    internal static IReadOnlyList<string> Tables => s_tables;

    /// <summary>Reads the registry in that directory.</summary>
    /// <param name="path">As for the constructor.</param>
    /// <param name="workbooks">As for the constructor.</param>
    /// <exception cref="IndicatorDataException">A table or column is missing, a value is impossible, or an Arrow file malformed; the message names file, column and line (of Arrow batch and row).</exception>
    /// <exception cref="IOException">The directory or a file cannot be read.</exception>
    public static IndicatorRegistry Read(string path, Func<string, IReadOnlyList<RegistrySheet>>? workbooks = null) => new RegistryReader(path, workbooks).Read();

    /// <summary>Makes a registry of the sheets of a workbook, one a table.</summary>
    /// <param name="sheets">The sheets; those whose names mean no table are passed over.</param>
    /// <param name="file">How errors call the workbook.</param>
    /// <exception cref="ConfigurationException">As for a directory; the message names sheet, column and row.</exception>
    public static IndicatorRegistry Read(IReadOnlyList<RegistrySheet> sheets, string file)
    {
        var tables = Open(sheets, file, isTolerant: false);
        return Read(tables);
    }

    /// <summary>Reads as much of the registry in a directory as can be read, and notes all that cannot.</summary>
    /// <param name="path">As for the constructor.</param>
    /// <param name="workbooks">As for the constructor.</param>
    /// <exception cref="IndicatorDataException">Nothing of it can be read.</exception>
    /// <exception cref="IOException">The directory or a file cannot be read.</exception>
    public static RegistryReading ReadAll(string path, Func<string, IReadOnlyList<RegistrySheet>>? workbooks = null)
    {
        var reader = new RegistryReader(path, workbooks);
        return ReadAll(reader.Open(isTolerant: true));
    }

    /// <summary>Reads as much of the registry in a workbook as can be read, and notes all that cannot.</summary>
    /// <param name="sheets">The sheets; those whose names mean no table are passed over.</param>
    /// <param name="file">How errors call the workbook.</param>
    /// <exception cref="ConfigurationException">Nothing of it can be read.</exception>
    public static RegistryReading ReadAll(IReadOnlyList<RegistrySheet> sheets, string file) => ReadAll(Open(sheets, file, isTolerant: true));

    /// <inheritdoc/>
    public IndicatorRegistry Read() => Read(Open(isTolerant: false));

    private static RegistryReading ReadAll(RegistryTables tables)
    {
        var registry = Read(tables);
        tables.CheckAny();
        return new RegistryReading(registry, tables);
    }

    private static RegistryTables Open(IReadOnlyList<RegistrySheet> sheets, string file, bool isTolerant)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        ArgumentNullException.ThrowIfNull(file);
        var named = new Dictionary<string, RegistrySheet>(StringComparer.OrdinalIgnoreCase);
        var tables = new RegistryTables(
            (table, required, optional, onBadRow) => named.TryGetValue(table, out var sheet) ? RegistryTable.Rows(sheet, file, table, required, optional, onBadRow) : null, isTolerant);
        foreach (var sheet in sheets)
        {
            if (TableOf(sheet.Name) is { } table && !named.TryAdd(table, sheet))
            {
                tables.Note(table, new ConfigurationException(
                    $"The sheets {named[table].Name} and {sheet.Name} are the same table, {table}", new DataLocation(file, sheet.Name), "Keep one."), key: string.Empty);
            }
        }

        return s_tables.Any(named.ContainsKey)
            ? tables
            : throw new ConfigurationException(
                "The workbook holds none of the registry's tables", new DataLocation(file),
                $"Name its sheets {string.Join(", ", s_sheets.Select(static pair => $"{pair.Value} or {pair.Key}"))}.");
    }

    private RegistryTables Open(bool isTolerant)
    {
        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var tables = new RegistryTables(
            (table, required, optional, onBadRow) => files.TryGetValue(table, out var path) ? Rows(path, table, required, optional, onBadRow) : null, isTolerant);
        Find(files, tables);
        return tables;
    }

    private IEnumerable<RegistryRow> Rows(string path, string table, string[] required, string[] optional, Action<IndicatorDataException>? onBadRow)
    {
        switch (Path.GetExtension(path).ToUpperInvariant())
        {
            case ".ARROW":
                return RegistryArrow.Rows(path, table, required, optional);
            case ".XLSX":
                var sheets = _workbooks!(path);
                var own = sheets.Where(sheet => TableOf(sheet.Name) == table).ToList();
                var used = own.Count > 0 ? own : [.. sheets.Where(static sheet => sheet.Rows.Count > 0)];
                return used.Count == 1
                    ? RegistryTable.Rows(used[0], path, table, required, optional, onBadRow)
                    : throw new ConfigurationException(
                        $"The workbook has {used.Count} sheets that may be the table {table}", new DataLocation(path), $"Name one of its sheets {table}, or keep one sheet.");
            default:
                return RegistryTable.Rows(path, table, required, optional, onBadRow);
        }
    }

    private static IndicatorRegistry Read(RegistryTables tables)
    {
        var registry = new IndicatorRegistry
        {
            Devices = tables.Read("devices", ["device"], ["line", "is_key", "kind", "behind", "access", .. Days], Device),
            Lines = tables.Read("lines", ["line"], ["workshop", "factory", "go_live", "evidence", .. Days], Line),
            Factories = tables.Read("factories", ["factory"], [.. FactoryColumns, .. Days], Factory),
            GridCells = tables.Read("grid_cells", ["factory", "ix", "iy"], ["floor"], Cell),
            Zones = tables.Read("zones", ["zone"], ["population"], Zone),
            Declared = tables.Read("declared", ["factory", "indicator", "text"], [], Declaration),
            Scenarios = tables.Read("scenarios", ["scenario"], ["factory", "device", .. Days], Scenario),
            Systems = tables.Read("systems", ["system"], ["factory", .. Days], System),
            Assets = tables.Read("assets", ["asset", "kind"], ["factory", "zone", .. Days], Asset),
            Calendar = tables.Read("calendar", ["start", "end"], ["line", "device"], Calendar),
            Shifts = Shifts(tables),
            Projects = Projects(tables),
            PriceIndex = PriceIndex(tables),
        };
        return registry with { Digest = RegistryDigest.Of(registry) };
    }

    private static string? TableOf(string sheet)
    {
        var name = sheet.Trim();
        return s_sheets.TryGetValue(name, out var table) ? table
            : s_tables.FirstOrDefault(known => known.Equals(name.Replace(' ', '_'), StringComparison.OrdinalIgnoreCase));
    }

    private static string[] Days => ["valid_from", "valid_to"];

    private static string[] FactoryColumns =>
    [
        "name", "enterprise", "credit_code", "city", "district", "province", "industry", "class", "park", "zone", "operator",
    ];

    private static DeviceRecord Device(RegistryRow row) => new()
    {
        Device = row.Required("device"),
        Line = row.Text("line"),
        IsKey = row.Flag("is_key"),
        Kind = row.Text("kind"),
        Behind = row.Text("behind"),
        Access = row.Text("access"),
        Valid = row.Valid(),
    };

    private static LineRecord Line(RegistryRow row)
    {
        var (date, instant) = row.GoLive("go_live");
        return new LineRecord
        {
            Line = row.Required("line"),
            Workshop = row.Text("workshop"),
            Factory = row.Text("factory"),
            GoLiveDate = date,
            GoLiveInstant = instant,
            Evidence = row.Text("evidence"),
            Valid = row.Valid(),
        };
    }

    private static FactoryRecord Factory(RegistryRow row) => new()
    {
        Factory = row.Required("factory"),
        Name = row.Text("name"),
        Enterprise = row.Text("enterprise"),
        CreditCode = row.Text("credit_code"),
        City = row.Text("city"),
        District = row.Text("district"),
        Province = row.Text("province"),
        Industry = row.Text("industry"),
        Class = row.Text("class"),
        Parks = row.List("park"),
        Zones = row.List("zone"),
        Operators = row.List("operator"),
        Additional = row.Printed(),
        Valid = row.Valid(),
    };

    private static GridCellRecord Cell(RegistryRow row) => new(
        row.Required("factory"),
        (int)(row.Integer("floor", int.MinValue, int.MaxValue) ?? 0),
        row.RequiredInteger("ix"),
        row.RequiredInteger("iy"));

    private static ZoneRecord Zone(RegistryRow row) => new()
    {
        Zone = row.Required("zone"),
        Population = row.Integer("population", 0, long.MaxValue),
        Additional = row.Printed(),
    };

    private static DeclaredRecord Declaration(RegistryRow row) =>
        new(row.Required("factory"), row.Required("indicator"), row.Text("text") ?? string.Empty);

    private static ScenarioRecord Scenario(RegistryRow row) => new()
    {
        Scenario = row.Required("scenario"),
        Factory = row.Text("factory"),
        Devices = row.List("device"),
        Valid = row.Valid(),
    };

    private static SystemRecord System(RegistryRow row) => new()
    {
        System = row.Required("system"),
        Factory = row.Text("factory"),
        Valid = row.Valid(),
    };

    private static AssetRecord Asset(RegistryRow row) => new()
    {
        Asset = row.Required("asset"),
        Kind = row.OneOf("kind", AssetKinds.Of, AssetKinds.Codes),
        Factory = row.Text("factory"),
        Zones = row.List("zone"),
        Valid = row.Valid(),
    };

    private static CalendarRecord Calendar(RegistryRow row)
    {
        var (line, device) = (row.Text("line"), row.Text("device"));
        if (line is null == device is null)
        {
            throw row.Fault(line is null ? "line" : "device", line is null ? "is empty, and so is device" : "stands beside a line", "A row is of one line or of one device.");
        }

        var (start, end) = (row.Bound("start"), row.Bound("end"));
        if (start.Local is null != end.Local is null)
        {
            throw row.Fault("end", "has an offset where start has none, or none where it has one", "Write both as local times, or both with offset.");
        }

        return end.Local <= start.Local || end.Instant <= start.Instant
            ? throw row.Fault("end", "is not after start", "It is the first instant that is no longer required.")
            : new CalendarRecord { Line = line, Device = device, Start = start, End = end };
    }

    private static IReadOnlyList<ShiftRecord> Shifts(RegistryTables tables)
    {
        var known = new List<(ShiftRecord Shift, string Place)>();
        return tables.Read("shifts", ["name", "start", "end"], ["factory"], row =>
        {
            var shift = new ShiftRecord
            {
                Factory = row.Text("factory"),
                Name = row.Required("name"),
                Start = row.TimeOfDay("start"),
                End = row.TimeOfDay("end"),
            };
            if (shift.Start == TimeSpan.FromDays(1))
            {
                throw row.Fault("start", "is no start", "A shift that begins at midnight starts at 00:00.");
            }

            foreach (var (other, place) in known.Where(other => other.Shift.Factory == shift.Factory))
            {
                if (ShiftOverlap.Of(shift, other))
                {
                    throw row.Fault("start", $"begins the shift {shift.Name}, which overlaps the shift {other.Name} of {place}", "Shifts of one factory follow one another: what one ends with, the next begins with.");
                }
            }

            known.Add((shift, row.Place));
            return shift;
        });
    }

    private static IReadOnlyList<ProjectRecord> Projects(RegistryTables tables)
    {
        var known = new Dictionary<string, string>();
        return tables.Read("projects", ["project", "class"], ["factory", "scope"], row =>
        {
            var project = new ProjectRecord
            {
                Project = row.Required("project"),
                Class = row.OneOf("class", ProjectClass.Of, ProjectClass.All),
                Factory = row.Text("factory"),
                Scope = row.List("scope"),
            };
            if (project.Scope.Count == 0 && project.Factory is null)
            {
                throw row.Fault("scope", "is empty, and so is factory", "Name the lines, workshops or factories that the project covers, separated by ;.");
            }

            return known.TryAdd(project.Project, row.Place)
                ? project
                : throw row.Fault("project", $"stands in {known[project.Project]}, too", "One row a project; several lines or workshops go into its scope, separated by ;.");
        });
    }

    private static IReadOnlyList<PriceIndexRecord> PriceIndex(RegistryTables tables)
    {
        var known = new Dictionary<(string?, DateOnly), string>();
        return tables.Read("price_index", ["month", "index"], ["element"], row =>
        {
            var price = new PriceIndexRecord { Element = row.Text("element"), Month = row.Month("month"), Index = row.PositiveDecimal("index") };
            return known.TryAdd((price.Element, price.Month), row.Place)
                ? price
                : throw row.Fault("month", $"has an index of the same element in {known[(price.Element, price.Month)]}", "One row an element and month.");
        });
    }

    private void Find(Dictionary<string, string> files, RegistryTables tables)
    {
        if (!Directory.Exists(_path))
        {
            throw File.Exists(_path)
                ? Unsupported(_path)
                : new DirectoryNotFoundException($"The registry {_path} does not exist.");
        }

        var strays = new List<string>();
        foreach (var path in Directory.EnumerateFileSystemEntries(_path).Order(StringComparer.Ordinal))
        {
            var extension = Path.GetExtension(path);
            if (!s_extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
            {
                continue;
            }

            var table = s_tables.FirstOrDefault(known => known.Equals(Path.GetFileNameWithoutExtension(path), StringComparison.OrdinalIgnoreCase));
            if (table is null)
            {
                strays.Add(path);
            }
            else if (!files.TryAdd(table, path))
            {
                tables.Note(table, new ConfigurationException(
                    $"The registry has the table {table} twice, as {Path.GetFileName(files[table])} and {Path.GetFileName(path)}", new DataLocation(File: path), "Keep one file."), key: string.Empty);
            }
            else if (Judge(path, extension) is { } fault)
            {
                tables.Note(table, fault, key: string.Empty);
                files.Remove(table);
            }
        }

        Judge(files, strays, tables);
    }

    // a table that is passed over because it is no file would silently count as empty
    private ConfigurationException? Judge(string path, string extension)
    {
        if (FileStatus.Of(path) is not { Kind: FileKind.Regular })
        {
            var what = FileStatus.Of(path) is { } found ? $"is {found.Description}, not a file" : "is a link that leads nowhere";
            return new ConfigurationException(
                $"The table {Path.GetFileName(path)} of the registry {what}", new DataLocation(File: path), "Put the table's file there, or nothing.");
        }

        return extension.Equals(".xlsx", StringComparison.OrdinalIgnoreCase) && _workbooks is null ? Unsupported(path) : null;
    }

    // a misspelt name would silently leave a table out
    private void Judge(Dictionary<string, string> files, List<string> strays, RegistryTables tables)
    {
        foreach (var stray in strays)
        {
            var near = NearestName.Among(Path.GetFileNameWithoutExtension(stray), s_tables.Where(table => !files.ContainsKey(table)));
            if (near.Count > 0)
            {
                var extension = Path.GetExtension(stray);
                tables.Note(near[0], new ConfigurationException(
                    $"{Path.GetFileName(stray)} is not a table of a registry",
                    new DataLocation(File: stray),
                    $"Did you mean {string.Join(" or ", near.Select(name => name + extension))}?"), key: string.Empty);
            }
        }

        if (!s_tables.Any(files.ContainsKey))
        {
            tables.CheckAny();
            throw new ConfigurationException(
                "The registry holds none of its tables",
                new DataLocation(File: _path),
                $"It is a directory with some of {string.Join(", ", s_tables.Select(static table => $"{table}.csv"))}, or the same as .arrow.");
        }
    }

    private static ConfigurationException Unsupported(string path) => new(
        $"A registry cannot be read from {Path.GetFileName(path)}",
        new DataLocation(File: path),
        "Give a directory of .csv (UTF-8 or GB18030) or .arrow files, one a table, or one .xlsx with a sheet each.");
}
