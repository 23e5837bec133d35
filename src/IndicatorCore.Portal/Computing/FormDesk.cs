using IndicatorCore.Indicators;
using IndicatorCore.Portal.Storage;
using IndicatorCore.Programmes;
using IndicatorCore.Programmes.Filling;
using IndicatorCore.Registry;

namespace IndicatorCore.Portal.Computing;

/// <summary>Fills programmes' forms from the state of a publication, one at a time: each takes up the whole state.</summary>
/// <param name="store">The store, open.</param>
public sealed class FormDesk(IPortalStore store) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Fills a form.</summary>
    /// <param name="recipe">What the publication was computed by; its registry fills what telemetry does not know.</param>
    /// <param name="publication">The publication.</param>
    /// <param name="programme">The programme.</param>
    /// <param name="factory">The factory that the form is of, or null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="IndicatorCore.Errors.IndicatorDataException">The state does not hold what the form asks, or is of another question.</exception>
    public async Task<FilledForm> FillAsync(PortalRecipe recipe, Publication publication, Programme programme, string? factory, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(publication);
        ArgumentNullException.ThrowIfNull(programme);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => FillAloneAsync(recipe, publication, programme, factory, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<FilledForm> FillAloneAsync(PortalRecipe recipe, Publication publication, Programme programme, string? factory, CancellationToken cancellationToken)
    {
        var registry = recipe.Query.Registry ?? new IndicatorRegistry();
        KeyValuePair<string, string>[] where = factory is null ? [] : [KeyValuePair.Create("factory", factory)];
        var (report, before) = programme.Indicators.Count > 0 ? await ReadAsync(recipe, publication, programme, where, cancellationToken).ConfigureAwait(false) : (null, null);
        return FormFiller.Fill(programme, new FormInput { Registry = registry, Report = report, Before = before }, new FormOptions { Where = where });
    }

    private async Task<(IndicatorReport Report, IndicatorReport? Before)> ReadAsync(
        PortalRecipe recipe, Publication publication, Programme programme, KeyValuePair<string, string>[] where, CancellationToken cancellationToken)
    {
        var state = await StateCopy.OpenAsync(store, publication, cancellationToken).ConfigureAwait(false);
        await using (state.ConfigureAwait(false))
        {
            var kept = await StateFileInfo.ReadAsync(state.Path, cancellationToken).ConfigureAwait(false);
            var hasSeries = programme.Sections.Any(static section => section.Rows == SectionRows.Series);
            var query = recipe.Query with
            {
                GroupBy = programme.Levels,
                Select = programme.Indicators,
                Window = hasSeries ? Window.Month : Window.Default,
                Grain = kept.Grain,
                CoverageCells = false,
            };
            var report = await FinishAsync(query, state.Path, cancellationToken).ConfigureAwait(false);
            return (report, await BeforeAsync(query, report, programme, where, state.Path, cancellationToken).ConfigureAwait(false));
        }
    }

    // figures of the span before, as far as all factories of the form have the same
    private static async Task<IndicatorReport?> BeforeAsync(
        IndicatorQuery query, IndicatorReport report, Programme programme, KeyValuePair<string, string>[] where, string path, CancellationToken cancellationToken)
    {
        string[] phases = ["eff_gain", "cost_red"];
        var asked = programme.Sections.SelectMany(static section => section.AllFields).Where(static field => field.Part == FigurePart.Before)
            .SelectMany(static field => field.Indicators).Distinct(StringComparer.Ordinal).Except(phases, StringComparer.Ordinal).ToList();
        var spans = Spans(report, where).Distinct().ToList();
        return asked.Count == 0 || spans.Count != 1
            ? null
            : await FinishAsync(query with { Select = asked, From = Bound(spans[0].Start), To = Bound(spans[0].End), Baseline = null, After = null }, path, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<(long Start, long End)> Spans(IndicatorReport report, KeyValuePair<string, string>[] where)
    {
        var rows = report.Rows.Where(row => row.Indicator is "eff_gain" or "cost_red" && row.Evidence is not null
            && Array.TrueForAll(where, condition => row.Group.All(pair => pair.Key != condition.Key || pair.Value == condition.Value)));
        foreach (var group in rows.GroupBy(static row => string.Join('\u001f', row.Group.Select(static pair => $"{pair.Key}={pair.Value}")), StringComparer.Ordinal))
        {
            // production days before cost months
            foreach (var row in group.OrderByDescending(static row => row.Indicator, StringComparer.Ordinal))
            {
                if (Instant(row, "baseline_start") is { } start && Instant(row, "baseline_end") is { } end)
                {
                    yield return (start, end);
                    break;
                }
            }
        }
    }

    private static long? Instant(IndicatorRow row, string name) => row.Evidence!.Additional.FirstOrDefault(pair => pair.Key == name).Value.Instant;

    private static TimeBound Bound(long nanoseconds) => new(DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick));

    private static async Task<IndicatorReport> FinishAsync(IndicatorQuery query, string path, CancellationToken cancellationToken)
    {
        var engine = new IndicatorEngine(query);
        await using (engine.ConfigureAwait(false))
        {
            await engine.MergeStateAsync(path, cancellationToken).ConfigureAwait(false);
            return PublicNames.Of(engine.Finish(cancellationToken));
        }
    }
}
