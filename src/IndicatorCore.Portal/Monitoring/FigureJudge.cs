using System.Globalization;
using System.Text.Json;
using IndicatorCore.Indicators;
using IndicatorCore.Portal.Computing;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>Judges publications by rules: what is published, unrounded, and nothing that is kept back.</summary>
/// <param name="store">The store, open.</param>
/// <param name="rules">The rules.</param>
internal sealed class FigureJudge(IPortalStore store, AlertRules rules)
{
    private const int PageRows = 1_000;

    private (int Revision, DateTimeOffset? Last, SortedDictionary<string, DateTimeOffset?> ByFactory)? _events;

    /// <summary>What rules of figures and of declared values say of a publication.</summary>
    public async Task<IReadOnlyList<Finding>> JudgeAsync(Publication publication, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        foreach (var rule in rules.Rules.Where(static rule => rule.Kind is AlertKind.Below or AlertKind.Above))
        {
            await JudgeFiguresAsync(rule, publication, findings, cancellationToken).ConfigureAwait(false);
        }

        if (rules.Rules.Any(static rule => rule.Kind == AlertKind.Drift)
            && await store.OpenAsync(publication.Dataset, publication.Revision, Attachment.Declared, cancellationToken).ConfigureAwait(false) is { } declared)
        {
            await using (declared.ConfigureAwait(false))
            {
                using var document = await JsonDocument.ParseAsync(declared, cancellationToken: cancellationToken).ConfigureAwait(false);
                foreach (var rule in rules.Rules.Where(static rule => rule.Kind == AlertKind.Drift))
                {
                    JudgeDeclared(rule, document.RootElement, findings);
                }
            }
        }

        return findings;
    }

    /// <summary>What rules of silence say at a time.</summary>
    /// <param name="publication">The newest publication, or null.</param>
    /// <param name="now">The time.</param>
    /// <param name="started">Since when somebody listens: from then on, what has never been heard is silent.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<IReadOnlyList<Finding>> JudgeSilenceAsync(Publication? publication, DateTimeOffset now, DateTimeOffset started, CancellationToken cancellationToken)
    {
        var silent = rules.Rules.Where(static rule => rule.Kind == AlertKind.Silent).ToList();
        if (silent.Count == 0)
        {
            return [];
        }

        if (publication is not null && _events?.Revision != publication.Revision)
        {
            _events = (
                publication.Revision,
                silent.Exists(static rule => !rule.IsByFactory) ? await LastEventAsync(publication, cancellationToken).ConfigureAwait(false) : null,
                silent.Exists(static rule => rule.IsByFactory) ? await LastEventsAsync(publication, cancellationToken).ConfigureAwait(false) : []);
        }

        var findings = new List<Finding>();
        foreach (var rule in silent)
        {
            if (!rule.IsByFactory)
            {
                findings.Add(Silence(rule, string.Empty, group: null, "The dataset", _events?.Last, now, started));
                continue;
            }

            foreach (var (factory, last) in _events?.ByFactory ?? [])
            {
                findings.Add(Silence(rule, factory, [KeyValuePair.Create("factory", (string?)factory)], factory, last, now, started));
            }
        }

        return findings;
    }

    private static Finding Silence(
        AlertRule rule, string key, IReadOnlyList<KeyValuePair<string, string?>>? group, string name, DateTimeOffset? last, DateTimeOffset now, DateTimeOffset started)
    {
        var isSilent = now - (last ?? started) > rule.After;
        var since = last is { } at ? $"since {at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}" : "so far";
        return new Finding(rule, key, isSilent ? FindingVerdict.Raise : FindingVerdict.Clear, isSilent ? $"{name}: no data {since}" : $"{name}: data comes again") { Group = group };
    }

    private async Task JudgeFiguresAsync(AlertRule rule, Publication publication, List<Finding> findings, CancellationToken cancellationToken)
    {
        var newest = new SortedDictionary<string, (DateTimeOffset End, double Value, List<KeyValuePair<string, string?>> Group)>(StringComparer.Ordinal);
        var query = new RowQuery { Dataset = publication.Dataset, Revision = publication.Revision, View = rule.View, Indicators = [rule.Indicator!], Level = rule.Level, Group = rule.Group };
        await foreach (var row in RowsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (row.GetProperty("status").GetString() is not ("PUBLISHED" or "PUBLISHED_WITH_WARNING") || row.GetProperty("value") is not { ValueKind: JsonValueKind.Number } value)
            {
                continue;
            }

            var group = row.GetProperty("group").EnumerateObject().Select(static member => KeyValuePair.Create(member.Name, member.Value.GetString())).ToList();
            var key = row.GetProperty("group").GetRawText();
            var end = Instant(row.GetProperty("window_end")) ?? DateTimeOffset.MinValue;
            if (!newest.TryGetValue(key, out var known) || known.End < end)
            {
                newest[key] = (end, value.GetDouble(), group);
            }
        }

        foreach (var (key, (_, value, group)) in newest)
        {
            var isBelow = rule.Kind == AlertKind.Below;
            FindingVerdict? verdict = (isBelow ? value < rule.Threshold : value > rule.Threshold) ? FindingVerdict.Raise
                : (isBelow ? value >= rule.Clear : value <= rule.Clear) ? FindingVerdict.Clear
                : null;
            if (verdict is { } known)
            {
                var name = group.Count == 0 ? string.Empty : $"{string.Join(", ", group.Select(static pair => pair.Value ?? "-"))}: ";
                var side = (isBelow, known) switch
                {
                    (true, FindingVerdict.Raise) => "below",
                    (false, FindingVerdict.Raise) => "above",
                    _ => "no longer on the wrong side of",
                };
                findings.Add(new Finding(rule, key, known, string.Create(CultureInfo.InvariantCulture, $"{name}{rule.Indicator} is {value:0.####}, {side} {rule.Threshold:0.####}"))
                {
                    Indicator = rule.Indicator,
                    Group = group.Count == 0 ? null : group,
                    Value = value,
                    Threshold = rule.Threshold,
                });
            }
        }
    }

    private static void JudgeDeclared(AlertRule rule, JsonElement declared, List<Finding> findings)
    {
        // figures of several windows of one name are one finding: any that drifts raises it
        var judged = new SortedDictionary<string, Finding>(StringComparer.Ordinal);
        foreach (var figure in declared.GetProperty("results").EnumerateArray())
        {
            var indicator = figure.GetProperty("indicator").GetString();
            var factory = figure.GetProperty("factory").GetString();
            var verdict = figure.GetProperty("verdict").GetString();
            FindingVerdict? says = verdict?.ToUpperInvariant() switch { "OVERSTATED" or "UNDERSTATED" => FindingVerdict.Raise, "CONSISTENT" => FindingVerdict.Clear, _ => null };
            if (says is not { } known || (rule.Indicator is { } asked && asked != indicator))
            {
                continue;
            }

            var key = $"{factory}|{figure.GetProperty("declared_indicator").GetString()}";
            if (judged.TryGetValue(key, out var other) && other.Verdict == FindingVerdict.Raise)
            {
                continue;
            }

            var text = known == FindingVerdict.Raise ? $"is {verdict!.ToLowerInvariant()}" : "is borne out by what was measured";
            judged[key] = new Finding(rule, key, known, $"{factory}: what is declared of {indicator} ({figure.GetProperty("declared").GetString()}) {text}")
            {
                Indicator = indicator,
                Group = [KeyValuePair.Create("factory", factory)],
                Value = figure.GetProperty("measured") is { ValueKind: JsonValueKind.Number } measured ? measured.GetDouble() : null,
            };
        }

        findings.AddRange(judged.Values);
    }

    private async Task<DateTimeOffset?> LastEventAsync(Publication publication, CancellationToken cancellationToken)
    {
        var state = await StateCopy.OpenAsync(store, publication, cancellationToken).ConfigureAwait(false);
        await using (state.ConfigureAwait(false))
        {
            var kept = await StateFileInfo.ReadAsync(state.Path, cancellationToken).ConfigureAwait(false);
            return kept.LastEvent is { } last ? DateTimeOffset.UnixEpoch.AddTicks(last / TimeSpan.NanosecondsPerTick) : null;
        }
    }

    private async Task<SortedDictionary<string, DateTimeOffset?>> LastEventsAsync(Publication publication, CancellationToken cancellationToken)
    {
        var last = new SortedDictionary<string, DateTimeOffset?>(StringComparer.Ordinal);
        foreach (var place in await store.PlacesAsync(publication.Dataset, publication.Revision, cancellationToken).ConfigureAwait(false))
        {
            last[place.Factory] = null;
        }

        var query = new RowQuery { Dataset = publication.Dataset, Revision = publication.Revision, Level = "factory" };
        await NoteEventsAsync(query, last, cancellationToken).ConfigureAwait(false);

        // whose data is older than the windows of the default view: any other view has all of it
        if (publication.Views.FirstOrDefault(static view => view != "default") is { } other)
        {
            foreach (var factory in last.Where(static pair => pair.Value is null).Select(static pair => pair.Key).ToList())
            {
                await NoteEventsAsync(query with { View = other, Group = [KeyValuePair.Create("factory", (string?)factory)] }, last, cancellationToken).ConfigureAwait(false);
            }
        }

        return last;
    }

    private async Task NoteEventsAsync(RowQuery query, SortedDictionary<string, DateTimeOffset?> last, CancellationToken cancellationToken)
    {
        await foreach (var row in RowsAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (row.GetProperty("group").TryGetProperty("factory", out var group) && group.GetString() is { } factory
                && row.GetProperty("evidence") is { ValueKind: JsonValueKind.Object } evidence
                && Instant(evidence.GetProperty("last_ts")) is { } at
                && (!last.TryGetValue(factory, out var known) || known is null || known < at))
            {
                last[factory] = at;
            }
        }
    }

    private async IAsyncEnumerable<JsonElement> RowsAsync(RowQuery query, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var offset = 0L; ; offset += PageRows)
        {
            var page = await store.RowsAsync(query with { Offset = offset, Limit = PageRows }, cancellationToken).ConfigureAwait(false);
            foreach (var row in page?.Rows ?? [])
            {
                using var document = JsonDocument.Parse(row.Json);
                yield return document.RootElement;
            }

            if (page is null || offset + PageRows >= page.Total)
            {
                yield break;
            }
        }
    }

    private static DateTimeOffset? Instant(JsonElement text) => text.ValueKind == JsonValueKind.String && text.TryGetDateTimeOffset(out var instant) ? instant : null;
}
