using IndicatorCore.Errors;
using IndicatorCore.Registry;

namespace IndicatorCore.Adapters.Registry;

/// <summary>The tables of one registry while they are read: stops at the first fault, or notes every one and goes on.</summary>
/// <param name="open">The rows of a table that is there, else none. Faults of single rows go to the action where it is not null.</param>
/// <param name="isTolerant">Whether faults are noted instead of thrown.</param>
internal sealed class RegistryTables(RegistryTables.Opener open, bool isTolerant)
{
    private readonly List<RegistryIssue> _faults = [];
    private readonly Dictionary<string, List<RegistryRow>> _rows = [];
    private IndicatorDataException? _first;
    private bool _hasRead;

    /// <summary>Opens a table; null where there is none.</summary>
    public delegate IEnumerable<RegistryRow>? Opener(string table, string[] required, string[] optional, Action<IndicatorDataException>? onBadRow);

    /// <summary>What was noted, as met.</summary>
    public IReadOnlyList<RegistryIssue> Faults => _faults;

    /// <summary>The row that a record was made of.</summary>
    public RegistryRow RowOf(string table, int ordinal) => _rows[table][ordinal];

    /// <summary>The file and sheet of a table with rows.</summary>
    public DataLocation PlaceOf(string table) =>
        _rows.TryGetValue(table, out var rows) && rows.Count > 0 ? rows[0].PlaceOf(column: null) with { Batch = null, Row = null } : default;

    /// <summary>The records of a table.</summary>
    public IReadOnlyList<T> Read<T>(string table, string[] required, string[] optional, Func<RegistryRow, T> convert)
    {
        if (!isTolerant)
        {
            return [.. (open(table, required, optional, null) ?? []).Select(convert)];
        }

        var records = new List<T>();
        var kept = new List<RegistryRow>();
        _rows[table] = kept;
        try
        {
            foreach (var row in open(table, required, optional, fault => Note(table, fault, key: string.Empty)) ?? [])
            {
                _hasRead = true;
                if (TryConvert(table, required[0], row, convert, out var record))
                {
                    records.Add(record);
                    kept.Add(row);
                }
            }
        }
        catch (IndicatorDataException fault)
        {
            Note(table, fault, key: string.Empty);
        }

        return records;
    }

    /// <summary>Notes a fault of a table, or of the whole.</summary>
    public void Note(string table, IndicatorDataException fault, string key, string? cell = null)
    {
        if (!isTolerant)
        {
            throw fault;
        }

        _first ??= fault;
        _faults.Add(new(FindingSeverity.Error, FindingKind.Malformed, table, fault.Location, cell, key, $"{fault.Problem.TrimEnd('.')}.", fault.Advice ?? string.Empty));
    }

    /// <summary>Throws the first fault where no row of any table could be read.</summary>
    public void CheckAny()
    {
        if (!_hasRead && _first is not null)
        {
            throw _first;
        }
    }

    // a value that cannot be read is noted and taken for empty; a row without what it needs is left out
    private bool TryConvert<T>(string table, string key, RegistryRow row, Func<RegistryRow, T> convert, out T record)
    {
        var name = row.Text(key) ?? string.Empty;
        var blanked = new HashSet<string>();
        while (true)
        {
            try
            {
                record = convert(row);
                return true;
            }
            catch (ConfigurationException fault)
            {
                var heading = fault.Location.Column ?? string.Empty;
                if (!blanked.Contains(heading))
                {
                    Note(table, fault, name, row.CellOf(heading));
                }

                if (!blanked.Add(heading) || !row.Blank(heading))
                {
                    record = default!;
                    return false;
                }
            }
        }
    }
}
