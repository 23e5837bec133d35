using System.Text;
using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.Binding;

/// <summary>
/// The contents of a row and its record key as hashes (indicator-definitions 1.3). 128 bits of SHA-256: two different rows
/// meet by accident with probability 2^-64 after 2^32 rows, and cannot be made to meet on purpose.
/// </summary>
internal sealed class RowIdentity
{
    private readonly (int Ordinal, string Name)[] _payload;
    private readonly (int Ordinal, string Name)[]? _key;
    private readonly string _table;

    private RowIdentity((int Ordinal, string Name)[] payload, (int Ordinal, string Name)[]? key, string table)
    {
        _payload = payload;
        _key = key;
        _table = table;
    }

    /// <summary>The identity of a binding's rows; the columns that it needs are added to <paramref name="ordinals"/>.</summary>
    /// <exception cref="ConfigurationException">The profile names a column that the input does not have.</exception>
    public static RowIdentity Create(InputBinding binding, ISet<int> ordinals)
    {
        var payload = Payload(binding);
        var key = Key(binding);
        foreach (var (ordinal, _) in payload.Concat(key ?? []))
        {
            ordinals.Add(ordinal);
        }

        return new RowIdentity(payload, key, binding.Table.Name);
    }

    /// <summary>What hashes rows, for one worker.</summary>
    public RowHasher NewHasher() => new(Encoding.UTF8.GetBytes(_table), Utf8(_payload), _key is null ? null : Utf8(_key));

    private static (int Ordinal, byte[] Name)[] Utf8((int Ordinal, string Name)[] columns) =>
        Array.ConvertAll(columns, static column => (column.Ordinal, Encoding.UTF8.GetBytes(column.Name)));

    private static (int Ordinal, string Name)[] Payload(InputBinding binding)
    {
        var (schema, settings) = (binding.Schema, binding.Settings);
        IEnumerable<(int Ordinal, string Name)> columns;
        if (settings.Identity is null)
        {
            // the mapped columns: canonical ones, whatever the export calls them
            columns = binding.Feeds.Append(binding.Table).SelectMany(static table => table.Columns).Distinct()
                .Select(name => (Ordinal: TableMatch.Find(schema, settings, name, binding.InputName), Name: name))
                .Where(static column => column.Ordinal >= 0);
        }
        else if (settings.Identity is ["*"])
        {
            columns = schema.Fields.Select(static (field, i) => (Ordinal: i, field.Name));
        }
        else
        {
            columns = settings.Identity.Select(name => (Ordinal: Require(binding, name), Name: name));
        }

        var except = settings.IdentityExcept
            .SelectMany(name => new[] { TableMatch.Find(schema, settings, name, binding.InputName), TableMatch.FindRaw(schema, name, binding.InputName) })
            .ToHashSet();
        return [.. columns.Where(column => !except.Contains(column.Ordinal)).OrderBy(static column => column.Name, StringComparer.Ordinal)];
    }

    // null = the whole payload is the key, so that nothing can conflict
    private static (int Ordinal, string Name)[]? Key(InputBinding binding)
    {
        (string[] Needed, string[] Optional) columns = binding.Table.Name switch
        {
            "connectivity" => (["device", "event_ts"], ["link", "seq"]),
            "radio" => (["device", "event_ts", "seq"], ["cell"]),
            "probe" => (["flow", "seq"], []),
            "counter" => (["object", "event_ts"], ["counter", "direction"]),
            "production" => (["line", "interval_start"], ["order", "product"]),
            "cost" => (["ledger_line"], []),
            "energy" => (["meter", "interval_start"], []),
            _ => ([], []),
        };
        var needed = columns.Needed.Select(name => (Ordinal: Find(binding, name), Name: name)).ToArray();
        return needed.Length == 0 || needed.Any(static column => column.Ordinal < 0)
            ? null
            : [.. needed, .. columns.Optional.Select(name => (Ordinal: Find(binding, name), Name: name)).Where(static column => column.Ordinal >= 0)];
    }

    private static int Find(InputBinding binding, string name) => TableMatch.Find(binding.Schema, binding.Settings, name, binding.InputName);

    private static int Require(InputBinding binding, string name)
    {
        var ordinal = Find(binding, name);
        ordinal = ordinal >= 0 ? ordinal : TableMatch.FindRaw(binding.Schema, name, binding.InputName);
        return ordinal >= 0
            ? ordinal
            : throw new ConfigurationException(
                $"The source profile's identity names '{name}', which the input does not have",
                new DataLocation(File: binding.InputName, Column: name),
                NearestName.Advice(name, [.. binding.Schema.Fields.Select(static field => field.Name)]));
    }
}
