using System.Reflection;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators;

/// <summary>State to report: every selected definition's rows, in the order of interface 4, with their digest and manifest.</summary>
internal sealed class ReportBuilder(EngineContext engine, EngineState state, IReadOnlyList<IndicatorDefinition> definitions, IReadOnlyList<InputTally> inputs)
{
    private const int BytesPerRow = 600 + sizeof(int);   // a row with its evidence, about, and its place in the order
    private const int BytesPerTableRow = 2 * sizeof(int);
    private const int BytesPerCell = sizeof(double) + sizeof(int);

    /// <summary>Makes the report.</summary>
    /// <exception cref="LimitExceededException">The memory budget does not hold its rows, or there are too many windows.</exception>
    public IndicatorReport Build()
    {
        var reserved = 0L;
        var context = new ReportContext(engine, state);
        try
        {
            return Build(context, ref reserved);
        }
        finally
        {
            context.Release();
            engine.Budget.Release(reserved);   // they are the caller's now
        }
    }

    private IndicatorReport Build(ReportContext context, ref long reserved)
    {
        var rows = new List<IndicatorRow>();
        var tables = new List<(int Level, IndicatorTable Table)>();
        var disclosure = new DisclosureControl(context);
        var combined = definitions.OfType<UserCombination>().SelectMany(static combination => combination.Names).ToHashSet(StringComparer.Ordinal);
        var parts = context.Parts;
        foreach (var definition in definitions)
        {
            var isAnswered = false;
            foreach (var part in parts)
            {
                var judged = disclosure.Judge(definition, part);
                foreach (var row in definition.Compute(part).Select(judged.Shown))
                {
                    isAnswered = true;
                    Keep(part, combined, row, ref reserved);
                    Add(definition, Named(row, part), rows, ref reserved);
                }

                foreach (var table in definition.Tables(part).Select(judged.Shown))
                {
                    isAnswered |= table.Length > 0;
                    foreach (var column in table.Columns.Where(column => combined.Contains(column.Indicator)))
                    {
                        for (var row = 0; row < table.Length; row++)
                        {
                            Keep(part, combined, column.Row(row), ref reserved);
                        }
                    }

                    if (Selected(definition, Named(table, part)) is { } selected)
                    {
                        Reserve(selected.Length * (BytesPerTableRow + (BytesPerCell * (long)selected.Columns.Count)), ref reserved);
                        tables.Add((LevelOf(context, selected.Keys), selected));
                    }
                }
            }

            foreach (var row in isAnswered ? [] : Unanswered(context, definition))
            {
                Keep(context, combined, row, ref reserved);
                Add(definition, row, rows, ref reserved);
            }
        }

        List<IndicatorTable> ordered = [.. tables.OrderBy(static table => table.Level).Select(static table => table.Table)];
        CheckCount(rows.Count + ordered.Sum(static table => table.Length * (long)table.Columns.Count));
        var revision = engine.Origin.Revision;
        var lazy = new ReportRows([.. context.Levels.Select(static level => level.Keys)], rows, ordered, revision);
        var zone = engine.Clock.Zone;
        var shown = inputs.Select(static input => input.ToManifest()).OrderBy(static input => input.Name, StringComparer.Ordinal).ToList();
        var replays = inputs.Where(static input => input.ReplayOf is not null).ToList();
        return new IndicatorReport
        {
            Rows = lazy,
            Tables = ordered,
            TimeZone = zone,
            CoverageCells = engine.Query is { CoverageCells: true, Window: Window.Default or Window.All } ? CoverageCells.Of(context) : [],
            Manifest = new ReportManifest
            {
                EngineVersion = typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                Definitions = [.. definitions.Select(static definition => definition.Description.Definition).Order(StringComparer.Ordinal)],
                Profile = engine.Query.Profile.Name,
                Options = QueryCheck.Options(engine.Query),
                Inputs = shown,
                ReferenceDate = context.ReferenceDate,
                Revision = revision,
                Rows = inputs.Where(static input => input.ReplayOf is null).Sum(static input => input.Rows),
                ReplayedInputs = replays.Count,
                ReplayedRows = replays.Sum(static input => input.Rows),
                Quarantined = Quarantined(),
                Skipped = SkippedTable.Of(shown),
                ScopeConflicts = state.ScopeConflicts,
                CellsOutsidePlan = GridCoverageDefinition.CellsOutsidePlan(context),
                SamplesWithoutCell = GridCoverageDefinition.SamplesWithoutCell(context),
                Disclosure = disclosure.Text,
                RowDigestSource = new Lazy<string>(() => ResultDigest.Compute(lazy, zone)),
            },
        };
    }

    // the same span may be two shifts, of different factories: the evidence tells which
    private static IndicatorRow Named(IndicatorRow row, ReportContext part) => part.Shift is { } shift && row.Evidence is { } evidence
        ? row with { Evidence = evidence with { Additional = [.. evidence.Additional, KeyValuePair.Create("shift", new EvidenceValue { Text = shift.Name })] } }
        : row;

    private static IndicatorTable Named(IndicatorTable table, ReportContext part) => part.Shift is null ? table : table.With(
        [.. table.Columns.Select(column => new IndicatorColumn(column.Indicator, column.Definition, column.Unit, column.Values, row => Named(column.Row(row), part)))]);

    // an indicator that was asked for by name and has no row at all says why, once, where nothing is grouped
    private IEnumerable<IndicatorRow> Unanswered(ReportContext context, IndicatorDefinition definition)
    {
        if (context.Levels[0].IsWhole && engine.Query.Select.Count > 0)
        {
            yield return new IndicatorRow
            {
                Indicator = definition.Description.Id,
                Definition = definition.Description.Definition,
                Unit = definition.Description.Unit,
                Status = ResultStatus.NotAvailable,
                Reason = definition.Table == IndicatorNeed.Registry ? engine.Registry is null ? ResultReason.NoRegistry : ResultReason.MissingColumn
                    : context.HasTable(definition.Table) ? ResultReason.NoData : ResultReason.MissingColumn,
                Flags = context.SkipFlag(definition.Description),
                Evidence = new Evidence(),
            };
        }
    }

    // a whole brings its parts; a part alone comes alone
    private bool IsSelected(IndicatorDefinition definition, string indicator) => (engine.Query.Select.Count == 0 && !definition.IsOnlyByName)
        || engine.Query.Select.Contains(definition.Description.Id)
        || engine.Query.Select.Contains(indicator);

    private IndicatorTable? Selected(IndicatorDefinition definition, IndicatorTable table)
    {
        List<IndicatorColumn> columns = [.. table.Columns.Where(column => IsSelected(definition, column.Indicator))];
        return columns.Count == table.Columns.Count ? table : columns.Count == 0 ? null : table.With(columns);
    }

    private void Add(IndicatorDefinition definition, IndicatorRow row, List<IndicatorRow> rows, ref long reserved)
    {
        if (IsSelected(definition, row.Indicator))
        {
            Reserve(BytesPerRow, ref reserved);
            rows.Add(row);
        }
    }

    private void Keep(ReportContext context, HashSet<string> combined, IndicatorRow row, ref long reserved)
    {
        if (combined.Contains(row.Indicator))
        {
            Reserve(BytesPerRow, ref reserved);
            context.Keep(row);
        }
    }

    private void Reserve(long bytes, ref long reserved)
    {
        engine.Budget.Reserve(bytes, "the rows of the report");
        reserved += bytes;
    }

    private static void CheckCount(long count)
    {
        if (count > Array.MaxLength)
        {
            throw new LimitExceededException($"The report has {count:N0} rows, and at most {Array.MaxLength:N0} can be told apart", advice: "Use fewer groups, longer windows or fewer indicators.");
        }
    }

    private static int LevelOf(ReportContext context, IReadOnlyList<string> keys) =>
        context.Levels.FirstOrDefault(level => level.Keys.SequenceEqual(keys))?.Ordinal ?? int.MaxValue;

    private List<KeyValuePair<string, long>> Quarantined()
    {
        var sums = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var input in inputs)
        {
            foreach (var (reason, count) in input.ReplayOf is null ? input.Quarantined : [])
            {
                sums[reason] = sums.GetValueOrDefault(reason) + count;
            }
        }

        return [.. sums];
    }
}
