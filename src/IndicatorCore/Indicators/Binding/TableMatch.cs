using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Finds the table of an input, and the columns of a table in a schema (interface 1).</summary>
internal static class TableMatch
{
    /// <summary>The table that an input's batches belong to.</summary>
    /// <exception cref="SchemaMismatchException">No table, an unknown one, or several that match equally.</exception>
    public static TableDefinition Resolve(Schema schema, string inputName, SourceSettings settings)
    {
        var location = new DataLocation(File: inputName);
        if (schema.Meta("table") is { } named)
        {
            return Known(named, "The schema metadata names", location);
        }

        if (settings.Table is { } profiled)
        {
            return Known(profiled, "The source profile names", location);
        }

        var stem = Path.GetFileName(inputName);
        var end = stem.AsSpan().IndexOfAny('-', '_', '.');
        if (TableCatalog.Find(end < 0 ? stem : stem[..end]) is { } byName)
        {
            return byName;
        }

        return ByColumns(schema, settings, location);
    }

    /// <summary>The ordinal of a canonical column, or -1; mapped names first, then the canonical one.</summary>
    /// <exception cref="SchemaMismatchException">Several columns have the name.</exception>
    public static int Find(Schema schema, SourceSettings settings, string canonical, string inputName)
    {
        var name = settings.Columns.TryGetValue(canonical, out var mapping) && mapping.From is { } from ? from : canonical;
        return FindRaw(schema, name, inputName);
    }

    /// <summary>The ordinal of a column by its own name, or -1.</summary>
    /// <exception cref="SchemaMismatchException">Several columns have the name.</exception>
    public static int FindRaw(Schema schema, string name, string inputName)
    {
        var found = -1;
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            if (schema.Fields[i].Name != name)
            {
                continue;
            }

            if (found >= 0)
            {
                throw new SchemaMismatchException(
                    $"Two columns are called '{name}'",
                    new DataLocation(File: inputName, Column: name),
                    advice: "Give them different names in the export: which one is meant cannot be told.");
            }

            found = i;
        }

        return found;
    }

    /// <summary>Whether the input has the column in any form: mapped, constant, product or under its canonical name.</summary>
    public static bool Has(Schema schema, SourceSettings settings, string canonical, string inputName) =>
        settings.Columns.TryGetValue(canonical, out var mapping) && (mapping.Constant is not null || mapping.ProductOf is not null)
        || Find(schema, settings, canonical, inputName) >= 0;

    /// <summary>The required columns of a table that the input lacks.</summary>
    public static IReadOnlyList<string> MissingColumns(TableDefinition table, Schema schema, SourceSettings settings, string inputName) =>
        [.. table.Required.Where(required => !TableDefinition.Alternatives(required).Any(column => Has(schema, settings, column, inputName)))];

    /// <summary>The error for a required column that is not there.</summary>
    public static SchemaMismatchException MissingColumn(string table, string required, Schema schema, string inputName)
    {
        var column = TableDefinition.Alternatives(required)[0];
        var nearest = Nearest(column, schema);
        var entry = $"\"columns\": {{ \"{column}\": {{ \"from\": \"{nearest ?? "NAME"}\" }} }}";
        return new SchemaMismatchException(
            $"The required column '{column}' is missing",
            new DataLocation(File: inputName, Table: table, Column: column),
            advice: nearest is null
                ? $"The input has {Names(schema)}. If one of them holds it, map it in a source profile (--source) with {entry}."
                : $"The nearest column is '{nearest}': map it in a source profile (--source) with {entry}.");
    }

    // by spelling, else one that contains the other, else (for a time) the first timestamp, else the least unlike
    private static string? Nearest(string column, Schema schema)
    {
        var names = schema.Fields.Select(static field => field.Name).Where(static name => name.Length > 0).ToList();
        var isTime = TableCatalog.All.Any(table => table.TimeColumn == column);
        return (NearestName.Among(column, names) is [var near, ..] ? near : null)
            ?? names.Find(name => name.Length > 1 && (column.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(column, StringComparison.OrdinalIgnoreCase)))
            ?? (isTime ? schema.Fields.FirstOrDefault(static field => field.Type.Id == ArrowTypeId.Timestamp)?.Name : null)
            ?? names.MinBy(name => (NearestName.Distance(column, name), name));
    }

    private static TableDefinition Known(string name, string who, DataLocation location) => TableCatalog.Find(name)
        ?? throw new SchemaMismatchException(
            $"{who} the table '{name}', which does not exist",
            location,
            advice: NearestName.Advice(name, [.. TableCatalog.All.Select(static table => table.Name)]));

    private static TableDefinition ByColumns(Schema schema, SourceSettings settings, DataLocation location)
    {
        var matches = TableCatalog.All
            .Where(table => table.Name != TableCatalog.Telemetry && MissingColumns(table, schema, settings, location.File!).Count == 0)
            .ToList();
        // a table whose required columns are a subset of another match gives way to it
        matches.RemoveAll(table => matches.Exists(other => other.Required.Count > table.Required.Count && table.Required.All(other.Required.Contains)));
        if (matches.Count == 1)
        {
            return matches[0];
        }

        var tables = string.Join("; ", TableCatalog.All.Select(static table => $"{table.Name} ({string.Join(", ", table.Required).Replace("|", " or ", StringComparison.Ordinal)})"));
        if (matches.Count > 1)
        {
            throw new SchemaMismatchException(
                $"The input has the required columns of several tables: {string.Join(", ", matches.Select(static table => table.Name))}",
                location,
                advice: "Say which with the schema metadata 'table', a source profile, or the file's name; 'telemetry' feeds all of them.");
        }

        var wanted = TableCatalog.All.SelectMany(static table => table.Required).SelectMany(TableDefinition.Alternatives).Distinct().ToList();
        var near = schema.Fields
            .SelectMany(field => NearestName.Among(field.Name, wanted).Take(1).Where(name => name != field.Name).Select(name => $"'{field.Name}' for {name}"))
            .Distinct()
            .Take(5)
            .ToList();
        throw new SchemaMismatchException(
            "The input's table cannot be told: it has the required columns of none",
            location,
            advice: $"Tables and their required columns: {tables}. The input has {Names(schema)}."
                + (near.Count > 0 ? $" Nearest names: {string.Join(", ", near)}." : string.Empty)
                + " Name the table in a source profile (--source) and map its columns.");
    }

    private static string Names(Schema schema)
    {
        var names = schema.Fields.Take(20).Select(static field => $"'{field.Name}'").ToList();
        return names.Count == 0 ? "no columns" : string.Join(", ", names) + (schema.Fields.Count > 20 ? ", ..." : string.Empty);
    }
}
