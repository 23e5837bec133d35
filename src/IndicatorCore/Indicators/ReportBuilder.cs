using System.Reflection;
using System.Text;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators;

/// <summary>State to report: every selected definition's rows, in the order of interface 4, with their digest and manifest.</summary>
internal sealed class ReportBuilder(EngineContext engine, EngineState state, IReadOnlyList<IndicatorDefinition> definitions, IReadOnlyList<InputTally> inputs)
{
    private const int BytesPerRow = 600;   // a row with its evidence, about

    /// <summary>Makes the report.</summary>
    /// <exception cref="LimitExceededException">The memory budget does not hold its rows, or there are too many windows.</exception>
    public IndicatorReport Build()
    {
        var rows = new List<(int Level, IndicatorRow Row)>();
        try
        {
            return Build(new ReportContext(engine, state), rows);
        }
        finally
        {
            engine.Budget.Release((long)rows.Count * BytesPerRow);   // they are the caller's now
        }
    }

    private IndicatorReport Build(ReportContext context, List<(int Level, IndicatorRow Row)> rows)
    {
        void Add(IndicatorDefinition definition, IndicatorRow row)
        {
            if (IsSelected(definition, row.Indicator))
            {
                engine.Budget.Reserve(BytesPerRow, "the rows of the report");
                rows.Add((LevelOf(context, row), row));
            }
        }

        foreach (var definition in definitions)
        {
            var isAnswered = false;
            foreach (var row in definition.Compute(context))
            {
                isAnswered = true;
                Add(definition, row);
            }

            foreach (var column in definition.Tables(context).SelectMany(static table => table.Columns))
            {
                for (var row = 0; row < column.Values.Length; row++)
                {
                    isAnswered = true;
                    Add(definition, column.Row(row));
                }
            }

            foreach (var row in isAnswered ? [] : Unanswered(context, definition))
            {
                Add(definition, row);
            }
        }

        rows.Sort(static (left, right) => left.Level != right.Level ? left.Level.CompareTo(right.Level) : Compare(left.Row, right.Row));
        var ordered = rows.ConvertAll(static row => row.Row);
        var digest = ResultDigest.Compute(ordered, engine.Clock.Zone);
        var shown = inputs.Select(static input => input.ToManifest()).OrderBy(static input => input.Name, StringComparer.Ordinal).ToList();
        var replays = inputs.Where(static input => input.ReplayOf is not null).ToList();
        return new IndicatorReport
        {
            Rows = ordered,
            TimeZone = engine.Clock.Zone,
            Manifest = new ReportManifest
            {
                EngineVersion = typeof(ReportBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0",
                Definitions = [.. definitions.Select(static definition => definition.Description.Definition).Order(StringComparer.Ordinal)],
                Profile = engine.Query.Profile.Name,
                Options = QueryCheck.Options(engine.Query),
                Inputs = shown,
                ReferenceDate = context.ReferenceDay is { } day ? engine.Clock.StartOf(day) : null,
                Rows = inputs.Where(static input => input.ReplayOf is null).Sum(static input => input.Rows),
                ReplayedInputs = replays.Count,
                ReplayedRows = replays.Sum(static input => input.Rows),
                Quarantined = Quarantined(),
                Skipped = SkippedTable.Of(shown),
                ScopeConflicts = state.ScopeConflicts,
                CellsOutsidePlan = GridCoverageDefinition.CellsOutsidePlan(context),
                SamplesWithoutCell = GridCoverageDefinition.SamplesWithoutCell(context),
                RowDigest = digest,
            },
        };
    }

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
                Reason = context.HasTable(definition.Table) ? ResultReason.NoData : ResultReason.MissingColumn,
                Flags = context.SkipFlag(definition.Description),
                Evidence = new Evidence(),
            };
        }
    }

    // a whole brings its parts; a part alone comes alone
    private bool IsSelected(IndicatorDefinition definition, string indicator) => engine.Query.Select.Count == 0
        || engine.Query.Select.Contains(definition.Description.Id)
        || engine.Query.Select.Contains(indicator);

    private static int LevelOf(ReportContext context, IndicatorRow row)
    {
        foreach (var level in context.Levels)
        {
            if (level.Keys.SequenceEqual(row.Group.Select(static pair => pair.Key)))
            {
                return level.Ordinal;
            }
        }

        return int.MaxValue;
    }

    // key values by UTF-8 bytes (null first), window start, indicator id (interface 4)
    private static int Compare(IndicatorRow left, IndicatorRow right)
    {
        for (var i = 0; i < left.Group.Count; i++)
        {
            var order = CompareUtf8(left.Group[i].Value, right.Group[i].Value);
            if (order != 0)
            {
                return order;
            }
        }

        var window = Nullable.Compare(left.WindowStart, right.WindowStart);
        return window != 0 ? window : CompareUtf8(left.Indicator, right.Indicator);
    }

    private static int CompareUtf8(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return left is null ? right is null ? 0 : -1 : 1;
        }

        return Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
    }

    private List<KeyValuePair<string, long>> Quarantined() =>
    [
        .. inputs.Where(static input => input.ReplayOf is null)
            .SelectMany(static input => input.ToManifest().Quarantined)
            .GroupBy(static pair => pair.Key)
            .Select(static group => KeyValuePair.Create(group.Key, group.Sum(static pair => pair.Value)))
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal),
    ];
}
