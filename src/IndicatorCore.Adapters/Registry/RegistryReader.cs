using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>Reads a registry: a directory of CSV files (interface 2).</summary>
/// <remarks>UTF-8 with or without a byte order mark, or GB18030, told by content; English or Chinese headings, case and blanks ignored.</remarks>
public sealed class RegistryReader : IRegistrySource
{
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

    /// <summary>Creates a reader of that directory.</summary>
    /// <param name="path">A directory that holds some of factories, lines, devices, grid_cells, zones, declared, scenarios, systems, assets, calendar, shifts, projects and price_index as .csv.</param>
    public RegistryReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
    }

    /// <summary>Reads the registry in that directory.</summary>
    /// <param name="path">As for the constructor.</param>
    /// <exception cref="ConfigurationException">A table or column is missing, or a value is impossible; the message names file, column and line.</exception>
    /// <exception cref="IOException">The directory or a file cannot be read.</exception>
    public static IndicatorRegistry Read(string path) => new RegistryReader(path).Read();

    /// <summary>Makes a registry of the sheets of a workbook, one a table.</summary>
    /// <param name="sheets">The sheets; those whose names mean no table are passed over.</param>
    /// <param name="file">How errors call the workbook.</param>
    /// <exception cref="ConfigurationException">As for a directory; the message names sheet, column and row.</exception>
    public static IndicatorRegistry Read(IReadOnlyList<RegistrySheet> sheets, string file)
    {
        ArgumentNullException.ThrowIfNull(sheets);
        ArgumentNullException.ThrowIfNull(file);
        var tables = new Dictionary<string, RegistrySheet>(StringComparer.OrdinalIgnoreCase);
        foreach (var sheet in sheets)
        {
            if (TableOf(sheet.Name) is { } table && !tables.TryAdd(table, sheet))
            {
                throw new ConfigurationException(
                    $"The sheets {tables[table].Name} and {sheet.Name} are the same table, {table}", new DataLocation(file, sheet.Name), "Keep one.");
            }
        }

        if (!s_tables.Any(tables.ContainsKey))
        {
            throw new ConfigurationException(
                "The workbook holds none of the registry's tables", new DataLocation(file),
                $"Name its sheets {string.Join(", ", s_sheets.Select(static pair => $"{pair.Value} or {pair.Key}"))}.");
        }

        return Read((table, required, optional) =>
            tables.TryGetValue(table, out var sheet) ? RegistryTable.Rows(sheet, file, table, required, optional) : []);
    }

    /// <inheritdoc/>
    public IndicatorRegistry Read()
    {
        var files = Files();
        return Read((table, required, optional) => files.TryGetValue(table, out var path) ? RegistryTable.Rows(path, table, required, optional) : []);
    }

    private static IndicatorRegistry Read(Func<string, string[], string[], IEnumerable<RegistryRow>> rows)
    {
        var registry = new IndicatorRegistry
        {
            Devices = [.. rows("devices", ["device"], ["line", "is_key", "kind", "behind", "access", .. Days]).Select(Device)],
            Lines = [.. rows("lines", ["line"], ["workshop", "factory", "go_live", "evidence", .. Days]).Select(Line)],
            Factories = [.. rows("factories", ["factory"], [.. FactoryColumns, .. Days]).Select(Factory)],
            GridCells = [.. rows("grid_cells", ["factory", "ix", "iy"], ["floor"]).Select(Cell)],
            Zones = [.. rows("zones", ["zone"], ["population"]).Select(Zone)],
            Declared = [.. rows("declared", ["factory", "indicator", "text"], []).Select(Declaration)],
            Scenarios = [.. rows("scenarios", ["scenario"], ["factory", "device", .. Days]).Select(Scenario)],
            Systems = [.. rows("systems", ["system"], ["factory", .. Days]).Select(System)],
            Assets = [.. rows("assets", ["asset", "kind"], ["factory", "zone", .. Days]).Select(Asset)],
            Calendar = [.. rows("calendar", ["start", "end"], ["line", "device"]).Select(Calendar)],
            Shifts = Shifts(rows),
            Projects = Projects(rows),
            PriceIndex = PriceIndex(rows),
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

    private static IReadOnlyList<ShiftRecord> Shifts(Func<string, string[], string[], IEnumerable<RegistryRow>> rows)
    {
        var known = new List<(ShiftRecord Shift, long? Line)>();
        return [.. rows("shifts", ["name", "start", "end"], ["factory"]).Select(row =>
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

            foreach (var (other, line) in known.Where(other => other.Shift.Factory == shift.Factory))
            {
                if (ShiftOverlap.Of(shift, other))
                {
                    throw row.Fault("start", $"begins the shift {shift.Name}, which overlaps the shift {other.Name} of line {line}", "Shifts of one factory follow one another: what one ends with, the next begins with.");
                }
            }

            known.Add((shift, row.Line));
            return shift;
        })];
    }

    private static IReadOnlyList<ProjectRecord> Projects(Func<string, string[], string[], IEnumerable<RegistryRow>> rows)
    {
        var known = new Dictionary<string, long?>();
        return [.. rows("projects", ["project", "class"], ["factory", "scope"]).Select(row =>
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

            return known.TryAdd(project.Project, row.Line)
                ? project
                : throw row.Fault("project", $"stands in line {known[project.Project]}, too", "One row a project; several lines or workshops go into its scope, separated by ;.");
        })];
    }

    private static IReadOnlyList<PriceIndexRecord> PriceIndex(Func<string, string[], string[], IEnumerable<RegistryRow>> rows)
    {
        var known = new Dictionary<(string?, DateOnly), long?>();
        return [.. rows("price_index", ["month", "index"], ["element"]).Select(row =>
        {
            var price = new PriceIndexRecord { Element = row.Text("element"), Month = row.Month("month"), Index = row.PositiveDecimal("index") };
            return known.TryAdd((price.Element, price.Month), row.Line)
                ? price
                : throw row.Fault("month", $"has an index of the same element in line {known[(price.Element, price.Month)]}", "One row an element and month.");
        })];
    }

    private Dictionary<string, string> Files()
    {
        if (!Directory.Exists(_path))
        {
            throw File.Exists(_path)
                ? Unsupported(_path)
                : new DirectoryNotFoundException($"The registry {_path} does not exist.");
        }

        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string? other = null;
        string? stray = null;
        foreach (var path in Directory.EnumerateFileSystemEntries(_path).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var isTable = s_tables.Contains(name, StringComparer.OrdinalIgnoreCase);
            switch (Path.GetExtension(path).ToUpperInvariant())
            {
                case ".CSV" when isTable:
                    CheckFile(path);
                    if (!files.TryAdd(name, path))
                    {
                        throw new ConfigurationException($"The registry has the table {name} twice", new DataLocation(File: path), "Keep one file.");
                    }

                    break;
                case ".CSV":
                    stray ??= path;
                    break;
                case ".ARROW" or ".XLSX" when isTable:
                    other ??= path;
                    break;
                default:
                    break;
            }
        }

        if (other is not null && !files.ContainsKey(Path.GetFileNameWithoutExtension(other)))
        {
            throw Unsupported(other);
        }

        Judge(files, stray);
        return files;
    }

    // a table that is passed over because it is no file would silently count as empty
    private static void CheckFile(string path)
    {
        if (FileStatus.Of(path) is not { Kind: FileKind.Regular })
        {
            var what = FileStatus.Of(path) is { } found ? $"is {found.Description}, not a file" : "is a link that leads nowhere";
            throw new ConfigurationException(
                $"The table {Path.GetFileName(path)} of the registry {what}", new DataLocation(File: path), "Put the table's CSV file there, or nothing.");
        }
    }

    // a misspelt name would silently leave a table out
    private void Judge(Dictionary<string, string> files, string? stray)
    {
        var near = stray is null
            ? []
            : NearestName.Among(Path.GetFileNameWithoutExtension(stray), s_tables.Where(table => !files.ContainsKey(table)));
        if (near.Count > 0)
        {
            throw new ConfigurationException(
                $"{Path.GetFileName(stray)} is not a table of a registry",
                new DataLocation(File: stray),
                $"Did you mean {string.Join(" or ", near)}.csv?");
        }

        if (!s_tables.Any(files.ContainsKey))
        {
            throw new ConfigurationException(
                "The registry holds none of its tables",
                new DataLocation(File: _path),
                $"It is a directory with some of {string.Join(", ", s_tables.Select(static table => $"{table}.csv"))}.");
        }
    }

    private static ConfigurationException Unsupported(string path) => new(
        $"A registry cannot be read from {Path.GetFileName(path)}",
        new DataLocation(File: path),
        "Give a directory of .csv files (UTF-8 or GB18030), one a table, or one .xlsx with a sheet each.");
}
