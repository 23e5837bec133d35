using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>Which field of one input feeds which column of its table.</summary>
internal sealed class CsvBinding
{
    private readonly Dictionary<string, CellDecoder> _canonical = [];
    private readonly Dictionary<string, int> _raw = [];

    private CsvBinding()
    {
    }

    /// <summary>The canonical columns with their decoders.</summary>
    public IEnumerable<KeyValuePair<string, CellDecoder>> Canonical => _canonical;

    /// <summary>The headings that are kept as they are, in file order.</summary>
    public IReadOnlyList<string> Raw { get; private set; } = [];

    /// <summary>Whether the input feeds that canonical column.</summary>
    public bool Has(string column) => _canonical.ContainsKey(column);

    /// <summary>The decoder of a heading that is kept as it is.</summary>
    public CellDecoder RawDecoder(string heading) => new(heading, _raw[heading]);

    /// <summary>The table of an input: declared, told by its file name, or the only one whose columns it has.</summary>
    /// <exception cref="SchemaMismatchException">None fits, or several do.</exception>
    public static string TableOf(CsvInput input)
    {
        if (input.Settings.Table is { } declared)
        {
            return declared;
        }

        var name = Path.GetFileName(input.Path);
        var end = name.AsSpan().IndexOfAny('-', '_', '.');
        var prefix = end < 0 ? name : name[..end];
        if (CanonicalColumns.Tables.Contains(prefix, StringComparer.Ordinal))
        {
            return prefix;
        }

        var fitting = CanonicalColumns.Tables.Where(table => Missing(input, table).Count == 0).ToArray();
        var best = fitting.Where(table => !fitting.Any(other => other != table && IsPartOf(table, other))).ToArray();
        return best.Length == 1 ? best[0] : throw Undecided(input, best);
    }

    /// <summary>Binds an input to its table.</summary>
    /// <exception cref="SchemaMismatchException">A required column, or one that the profile names, is not there.</exception>
    public static CsvBinding Of(CsvInput input, string table)
    {
        var missing = Missing(input, table);
        if (missing.Count > 0)
        {
            var column = missing[0].Split('|')[0];
            var from = input.Settings.Columns.GetValueOrDefault(column)?.From;
            throw new SchemaMismatchException(
                $"The table {table} needs {string.Join(", ", missing.Select(static name => name.Replace("|", " or ", StringComparison.Ordinal)))}",
                new DataLocation(File: input.Path, Table: table, Column: from ?? column),
                NearestName.Advice(from ?? column, (IReadOnlyCollection<string>)input.Headings)
                    + " A source profile (--source) says which column is which.");
        }

        var binding = new CsvBinding();
        var consumed = new HashSet<int>();
        foreach (var name in CanonicalColumns.Of(table))
        {
            binding.AddCanonical(input, table, name, consumed);
        }

        binding.Raw = [.. input.Headings.Where((_, i) => !consumed.Contains(i))];
        foreach (var heading in binding.Raw)
        {
            binding._raw.Add(heading, Find(input, heading));
        }

        return binding;
    }

    private void AddCanonical(CsvInput input, string table, string name, HashSet<int> consumed)
    {
        var mapping = input.Settings.Columns.GetValueOrDefault(name) ?? new ColumnMapping();
        var headings = mapping switch
        {
            { Constant: not null } => [],
            { ProductOf: { } factors } => factors,
            _ => [mapping.From ?? name],
        };
        var fields = headings.Select(heading => Find(input, heading)).ToArray();
        if (Array.IndexOf(fields, -1) is >= 0 and var absent)
        {
            if (mapping is { From: null, ProductOf: null })
            {
                return;
            }

            throw new SchemaMismatchException(
                $"There is no column \"{headings[absent]}\", of which the source profile makes {name}",
                new DataLocation(File: input.Path, Table: table, Column: headings[absent]),
                NearestName.Advice(headings[absent], (IReadOnlyCollection<string>)input.Headings));
        }

        // under its own name a column is not kept a second time
        if (fields.Length == 1 && input.Headings[fields[0]] == name)
        {
            consumed.Add(fields[0]);
        }

        _ = CanonicalColumns.TryKind(name, out var kind);
        _canonical.Add(name, new CellDecoder(
            name, kind, mapping, headings.Count > 0 ? headings[0] : name, fields, input.Settings, name == CanonicalColumns.TimeOf(table)));
    }

    private static List<string> Missing(CsvInput input, string table) =>
        [.. CanonicalColumns.Required(table).Where(required => !required.Split('|').Any(column => Reaches(input, column)))];

    private static bool Reaches(CsvInput input, string column)
    {
        var mapping = input.Settings.Columns.GetValueOrDefault(column);
        return mapping?.Constant is not null || mapping?.ProductOf is not null || Find(input, mapping?.From ?? column) >= 0;
    }

    private static int Find(CsvInput input, string heading)
    {
        for (var i = 0; i < input.Headings.Count; i++)
        {
            if (input.Headings[i] == heading)
            {
                return i;
            }
        }

        // blanks around a heading are cut when the file is read, so they may stand in the profile
        return heading == heading.Trim() ? -1 : Find(input, heading.Trim());
    }

    private static bool IsPartOf(string table, string other) =>
        CanonicalColumns.Required(table).All(column => CanonicalColumns.Required(other).Contains(column, StringComparer.Ordinal));

    private static SchemaMismatchException Undecided(CsvInput input, string[] fitting)
    {
        var tables = CanonicalColumns.Tables.Select(static table =>
            $"{table} ({string.Join(", ", CanonicalColumns.Required(table)).Replace("|", " or ", StringComparison.Ordinal)})");
        return new SchemaMismatchException(
            fitting.Length == 0
                ? $"No table can be made of the columns {string.Join(", ", input.Headings)}"
                : $"The columns fit several tables: {string.Join(", ", fitting)}",
            new DataLocation(File: input.Path),
            $"Declare \"table\" and \"columns\" in a source profile (--source). Tables and the columns that they need: {string.Join("; ", tables)}.");
    }
}
