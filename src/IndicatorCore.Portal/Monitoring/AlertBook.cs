using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Monitoring;

/// <summary>
/// Which alerts of a dataset are open, and which are still to be logged or posted: a document of the store. An alert is written there in one step with the mark that it is open,
/// so that no end of the process raises it twice or loses it.
/// </summary>
internal sealed class AlertBook
{
    private const string Log = "alerts";
    private const int Attempts = 32;
    private const int MostUndelivered = 1_000;
    private const int OthersInLog = 1_000;
    private const int MostWaiting = 1_000;
    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IPortalStore _store;
    private readonly string _dataset;
    private readonly string _document;
    private readonly bool _hasWebhook;

    public AlertBook(IPortalStore store, string dataset, bool hasWebhook)
    {
        (_store, _dataset, _hasWebhook) = (store, dataset, hasWebhook);

        // a dataset's name may be longer than a document's, and has other characters
        _document = $"watch-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(dataset)))[..16]}";
    }

    /// <summary>The revision that was judged last, 0 before there was one, and the rules it was judged by.</summary>
    public async Task<(int Revision, string? Rules)> JudgedAsync(CancellationToken cancellationToken)
    {
        var (_, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return ((int?)content["judged"] ?? 0, (string?)content["rules"]);
    }

    /// <summary>What is open of a rule, by key.</summary>
    public async Task<IReadOnlyList<string>> OpenAsync(AlertRule rule, CancellationToken cancellationToken)
    {
        var (_, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return [.. Part(content, "open").Where(pair => (string?)pair.Value?["rule"] == rule.Name).Select(static pair => pair.Key[(pair.Key.IndexOf('\n', StringComparison.Ordinal) + 1)..])];
    }

    /// <summary>Files that are waited for, by name: what tells that they are the same, and since when.</summary>
    public async Task<IReadOnlyDictionary<string, (string Stamp, DateTimeOffset Since)>> WaitingAsync(CancellationToken cancellationToken)
    {
        var (_, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return Part(content, "waiting").ToDictionary(
            static pair => pair.Key,
            static pair => ((string)pair.Value!["stamp"]!, DateTimeOffset.FromUnixTimeMilliseconds((long)pair.Value["since"]!)),
            StringComparer.Ordinal);
    }

    /// <summary>Notes which files are waited for; as many as may be, for more will not be mended one by one.</summary>
    public Task KeepWaitingAsync(IReadOnlyList<(string Name, string Stamp, DateTimeOffset Since)> files, CancellationToken cancellationToken)
    {
        var kept = new JsonObject(files.Take(MostWaiting).Select(static file => KeyValuePair.Create(
            file.Name, (JsonNode?)new JsonObject { ["stamp"] = file.Stamp, ["since"] = file.Since.ToUnixTimeMilliseconds() })));
        return ChangeAsync(
            content =>
            {
                if (Part(content, "waiting").ToJsonString(s_json) == kept.ToJsonString(s_json))
                {
                    return false;
                }

                content["waiting"] = kept.DeepClone();
                return true;
            },
            cancellationToken);
    }

    /// <summary>Enters what rules say: what is new is raised, what is over is cleared.</summary>
    /// <param name="findings">What they say.</param>
    /// <param name="revision">The revision that it is said of.</param>
    /// <param name="judged">The revision that is judged with this, and the rules; null where it is not all of one.</param>
    /// <param name="at">The time.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task EnterAsync(IReadOnlyList<Finding> findings, int revision, (int Revision, string Rules, IReadOnlyList<string> Names)? judged, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (findings.Count == 0 && judged is null)
        {
            return;
        }

        await ChangeAsync(content => Enter(content, findings, revision, judged, at), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Appends what is not in the log yet.</summary>
    /// <returns>The alerts that were appended.</returns>
    public async Task<IReadOnlyList<string>> FlushAsync(CancellationToken cancellationToken)
    {
        var (_, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var waiting = Lines(content, "unlogged");
        if (waiting.Count == 0)
        {
            return [];
        }

        // a process may have ended between the log and the document
        var logged = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in await _store.TailAsync(Log, waiting.Count + OthersInLog, cancellationToken).ConfigureAwait(false))
        {
            if (JsonNode.Parse(line.Span) is JsonObject known && (string?)known["id"] is { } id)
            {
                logged.Add(id);
            }
        }

        var lines = waiting.Where(line => !logged.Contains(IdOf(line))).ToList();
        if (lines.Count > 0)
        {
            await _store.AppendAsync(Log, [.. lines.Select(static line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))], cancellationToken).ConfigureAwait(false);
        }

        await RemoveAsync("unlogged", waiting, cancellationToken).ConfigureAwait(false);
        return lines;
    }

    /// <summary>What is still to be posted, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> UndeliveredAsync(CancellationToken cancellationToken)
    {
        var (_, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return Lines(content, "undelivered");
    }

    /// <summary>Notes what was posted.</summary>
    public Task DeliveredAsync(IReadOnlyList<string> lines, CancellationToken cancellationToken) => RemoveAsync("undelivered", lines, cancellationToken);

    private bool Enter(JsonObject content, IReadOnlyList<Finding> findings, int revision, (int Revision, string Rules, IReadOnlyList<string> Names)? judged, DateTimeOffset at)
    {
        var open = Part(content, "open");
        var isChanged = false;
        foreach (var finding in findings)
        {
            var key = $"{finding.Rule.Name}\n{finding.Key}";
            if (open.ContainsKey(key) == (finding.Verdict == FindingVerdict.Raise))
            {
                continue;
            }

            isChanged = true;
            var number = ((long?)content["last"] ?? 0) + 1;
            content["last"] = number;
            var alert = new Alert
            {
                Id = string.Create(CultureInfo.InvariantCulture, $"{_dataset}/{number}"),
                At = at,
                Rule = finding.Rule.Name,
                Kind = finding.Rule.Kind,
                IsCleared = finding.Verdict == FindingVerdict.Clear,
                Dataset = _dataset,
                Revision = revision,
                Indicator = finding.Indicator,
                Group = finding.Group,
                Value = finding.Value,
                Threshold = finding.Threshold,
                Text = finding.Text,
            };
            if (alert.IsCleared)
            {
                open.Remove(key);
            }
            else
            {
                open[key] = new JsonObject { ["rule"] = alert.Rule, ["id"] = alert.Id };
            }

            var line = alert.ToJson();
            List(content, "unlogged").Add(JsonNode.Parse(line));
            if (_hasWebhook)
            {
                var undelivered = List(content, "undelivered");
                undelivered.Add(JsonNode.Parse(line));
                while (undelivered.Count > MostUndelivered)
                {
                    undelivered.RemoveAt(0);
                }
            }
        }

        if (judged is { } now && ((int?)content["judged"] != now.Revision || (string?)content["rules"] != now.Rules))
        {
            isChanged = true;
            content["judged"] = now.Revision;
            content["rules"] = now.Rules;

            // what no rule asks for any more is nobody's
            foreach (var key in open.Where(pair => !now.Names.Contains((string?)pair.Value?["rule"], StringComparer.Ordinal)).Select(static pair => pair.Key).ToList())
            {
                open.Remove(key);
            }
        }

        return isChanged;
    }

    private Task RemoveAsync(string list, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        var gone = lines.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        return ChangeAsync(
            content =>
            {
                var kept = Lines(content, list).Where(line => !gone.Contains(IdOf(line))).ToList();
                if (kept.Count == List(content, list).Count)
                {
                    return false;
                }

                content[list] = new JsonArray([.. kept.Select(static line => JsonNode.Parse(line))]);
                return true;
            },
            cancellationToken);
    }

    private async Task ChangeAsync(Func<JsonObject, bool> change, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (version, content) = await ReadAsync(cancellationToken).ConfigureAwait(false);
            if (!change(content)
                || await _store.WriteDocumentAsync(_document, version, Encoding.UTF8.GetBytes(content.ToJsonString(s_json)), cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }

        throw new IOException("The open alerts could not be written: others wrote them all the time.");
    }

    private async Task<(long Version, JsonObject Content)> ReadAsync(CancellationToken cancellationToken)
    {
        var document = await _store.ReadDocumentAsync(_document, cancellationToken).ConfigureAwait(false);
        return document is null ? (0, []) : (document.Version, JsonNode.Parse(document.Content.Span) as JsonObject ?? []);
    }

    private static JsonObject Part(JsonObject content, string name)
    {
        if (content[name] is not JsonObject part)
        {
            content[name] = part = [];
        }

        return part;
    }

    private static JsonArray List(JsonObject content, string name)
    {
        if (content[name] is not JsonArray list)
        {
            content[name] = list = [];
        }

        return list;
    }

    private static List<string> Lines(JsonObject content, string name) => [.. List(content, name).Select(static line => line!.ToJsonString(s_json))];

    private static string IdOf(string line) => (string?)JsonNode.Parse(line)?["id"] ?? line;
}
