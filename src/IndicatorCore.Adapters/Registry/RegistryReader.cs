using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>Reads a registry: a directory of CSV files (interface 2).</summary>
/// <remarks>UTF-8 with or without a byte order mark, or GB18030, told by content; English or Chinese headings, case and blanks ignored.</remarks>
public sealed class RegistryReader : IRegistrySource
{
    private static readonly string[] s_tables =
        ["factories", "lines", "devices", "grid_cells", "zones", "declared", "scenarios", "systems", "assets"];

    private static readonly string[] s_optional =
        ["calendar", "shifts", "projects", "price_index"];

    private readonly string _path;

    /// <summary>Creates a reader of that directory.</summary>
    /// <param name="path">A directory that holds some of factories, lines, devices, grid_cells, zones, declared, scenarios, systems and assets as .csv.</param>
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

    /// <inheritdoc/>
    public IndicatorRegistry Read()
    {
        var files = Files();
        var registry = new IndicatorRegistry
        {
            Devices = Rows(files, "devices", ["device"], ["line", "is_key", "kind", "behind", "access", .. Days], Device),
            Lines = Rows(files, "lines", ["line"], ["workshop", "factory", "go_live", "evidence", .. Days], Line),
            Factories = Rows(files, "factories", ["factory"], [.. FactoryColumns, .. Days], Factory),
            GridCells = Rows(files, "grid_cells", ["factory", "ix", "iy"], ["floor"], Cell),
            Zones = Rows(files, "zones", ["zone"], ["population"], Zone),
            Declared = Rows(files, "declared", ["factory", "indicator", "text"], [], Declaration),
            Scenarios = Rows(files, "scenarios", ["scenario"], ["factory", "device", .. Days], Scenario),
            Systems = Rows(files, "systems", ["system"], ["factory", .. Days], System),
            Assets = Rows(files, "assets", ["asset", "kind"], ["factory", "zone", .. Days], Asset),
        };
        return registry with { Digest = RegistryDigest.Of(registry) };
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

    private static IReadOnlyList<T> Rows<T>(
        IReadOnlyDictionary<string, string> files,
        string table,
        string[] required,
        string[] optional,
        Func<RegistryRow, T> read) =>
        files.TryGetValue(table, out var path) ? [.. RegistryTable.Rows(path, table, required, optional).Select(read)] : [];

    private Dictionary<string, string> Files()
    {
        if (!Directory.Exists(_path))
        {
            throw File.Exists(_path)
                ? Unsupported(_path)
                : new DirectoryNotFoundException($"The registry {_path} does not exist.");
        }

        var files = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        string[] known = [.. s_tables, .. s_optional];
        string? other = null;
        string? stray = null;
        foreach (var path in Directory.EnumerateFileSystemEntries(_path).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var isTable = known.Contains(name, StringComparer.OrdinalIgnoreCase);
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
        "Give a directory of .csv files (UTF-8 or GB18030), one a table.");
}
