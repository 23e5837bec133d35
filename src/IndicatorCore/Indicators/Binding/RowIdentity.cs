using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Columns;
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

    /// <summary>Hashes a row.</summary>
    public (UInt128 Key, UInt128 Payload) Of(scoped RecordBatch batch, int row, IncrementalHash hash)
    {
        var payload = Hash(batch, row, _payload, hash, _table);
        return (_key is null ? payload : Hash(batch, row, _key, hash, _table), payload);
    }

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

    private static UInt128 Hash(scoped RecordBatch batch, int row, (int Ordinal, string Name)[] columns, IncrementalHash hash, string table)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(table));
        foreach (var (ordinal, name) in columns)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            Append(batch[ordinal], row, hash);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128BigEndian(digest);
    }

    private static void Append(scoped Column column, int row, IncrementalHash hash)
    {
        if (column.Field.Type.Id == ArrowTypeId.Null || !column.IsValid(row)
            || (column.Dictionary is { } dictionary && dictionary.IsNull(column.Code(row))))
        {
            Append(hash, isPresent: false, default);
        }
        else if (column.Field.Type.Id == ArrowTypeId.Bool && column.Dictionary is null)
        {
            Append(hash, isPresent: true, column.Bit(row) ? [1] : [0]);
        }
        else
        {
            // nested values are no keys and no measures: only their presence takes part
            Append(hash, isPresent: true, column.ChildCount == 0 ? column.Bytes(row) : default);
        }
    }

    private static void Append(IncrementalHash hash, bool isPresent, ReadOnlySpan<byte> value)
    {
        Span<byte> head = stackalloc byte[1 + sizeof(int)];
        head[0] = isPresent ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], value.Length);
        hash.AppendData(head);
        hash.AppendData(value);
    }
}
