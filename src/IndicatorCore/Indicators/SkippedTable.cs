namespace IndicatorCore.Indicators;

/// <summary>What of a table is not in the figures because of <see cref="OnBad.Skip"/>.</summary>
/// <param name="Table">The table; null for inputs whose table was not known yet, which may have been any.</param>
/// <param name="Inputs">Inputs skipped whole.</param>
/// <param name="Batches">Batches skipped, those of such inputs included where their number is known.</param>
/// <param name="Rows">Rows skipped, where their number is known.</param>
public readonly record struct SkippedTable(string? Table, long Inputs, long Batches, long Rows)
{
    /// <summary>Adds up the skipped parts of inputs by table, unknown ones first; an input that feeds several tables counts at each.</summary>
    internal static IReadOnlyList<SkippedTable> Of(IEnumerable<ManifestInput> inputs)
    {
        var tables = new SortedDictionary<string, SkippedTable>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            foreach (var part in input.Skipped)
            {
                foreach (var name in (input.Tables ?? part.Table ?? string.Empty).Split(','))
                {
                    var known = tables.GetValueOrDefault(name);
                    tables[name] = new SkippedTable(
                        name.Length == 0 ? null : name,
                        known.Inputs + (part.Batch is null ? 1 : 0),
                        known.Batches + (part.Batches ?? 0),
                        known.Rows + (part.Rows ?? 0));
                }
            }
        }

        return [.. tables.Values];
    }
}
