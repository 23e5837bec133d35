using System.Reflection;
using System.Text;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators;

/// <summary>State to report: every selected definition's rows, in the order of interface 4, with their digest and manifest.</summary>
internal sealed class ReportBuilder(EngineContext engine, EngineState state, IReadOnlyList<IndicatorDefinition> definitions, IReadOnlyList<InputTally> inputs)
{
    /// <summary>Makes the report.</summary>
    public IndicatorReport Build()
    {
        var context = new ReportContext(engine, state);
        var rows = new List<(int Level, IndicatorRow Row)>();
        foreach (var definition in definitions)
        {
            var computed = definition.Compute(context).ToList();
            if (computed.Count == 0)
            {
                computed.AddRange(Unanswered(context, definition));
            }

            foreach (var row in computed)
            {
                if (IsSelected(definition, row.Indicator))
                {
                    rows.Add((LevelOf(context, row), row));
                }
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
