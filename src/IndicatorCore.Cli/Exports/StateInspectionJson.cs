using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Exports;

/// <summary>A state file as a JSON object.</summary>
internal static class StateInspectionJson
{
    /// <summary>Writes the object.</summary>
    public static void Write(JsonOutput json, StateFileInfo state)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(state.Option("tz") ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        json.StartObject();
        json.Name("name");
        json.Value(state.Path);
        json.Name("version");
        json.Value(state.Version);
        json.Name("bytes");
        json.Value(state.Bytes);
        json.Name("digest");
        json.Value(state.Digest);
        json.Name("query_digest");
        json.Value(state.QueryDigest);
        json.Name("query");
        json.StartObject();
        foreach (var (name, value) in state.Query)
        {
            json.Name(name);
            json.Value(value);
        }

        json.EndObject();
        json.Name("source");
        json.Value(state.Source?.ToJson());
        json.Name("grain");
        Write(json, state.Grain, zone);
        Texts(json, "definitions", state.Definitions);
        Texts(json, "tables", state.Tables);
        json.Name("first_event");
        json.Instant(state.FirstEvent, zone);
        json.Name("last_event");
        json.Instant(state.LastEvent, zone);
        json.Name("shards");
        json.StartArray();
        foreach (var shards in state.Shards)
        {
            json.StartObject();
            json.Name("plan");
            json.Value(shards.Plan);
            json.Name("count");
            json.Value(shards.Count);
            Numbers(json, "present", shards.Present);
            Numbers(json, "missing", shards.Missing);
            json.EndObject();
        }

        json.EndArray();
        json.Name("revisions");
        json.StartArray();
        foreach (var revision in state.Revisions)
        {
            json.StartObject();
            json.Name("number");
            json.Value(revision.Number);
            json.Name("as_of");
            json.Instant(revision.AsOf, zone);
            json.Name("inputs");
            json.StartArray();
            foreach (var input in revision.Inputs)
            {
                json.StartObject();
                json.Name("name");
                json.Value(input.Name);
                json.Name("fingerprint");
                json.Value(input.Fingerprint);
                Ranges(json, input.Batches);
                json.EndObject();
            }

            json.EndArray();
            json.EndObject();
        }

        json.EndArray();
        json.Name("signature");
        if (StateSignature.Find(state.Path) is { } signature)
        {
            json.StartObject();
            json.Name("algorithm");
            json.Value(signature.Algorithm);
            json.Name("key_id");
            json.Value(signature.KeyId);
            json.EndObject();
        }
        else
        {
            json.Null();
        }

        json.Name("inputs");
        json.StartArray();
        foreach (var input in state.Inputs)
        {
            json.StartLine();
            Write(json, input);
        }

        json.EndArray();
        json.Name("sections");
        json.StartObject();
        foreach (var (name, rows) in state.Sections)
        {
            json.Name(name);
            json.Value(rows);
        }

        json.EndObject();
        json.EndObject();
    }

    private static void Write(JsonOutput json, StateGrain? grain, TimeZoneInfo zone)
    {
        if (grain is null)
        {
            json.Null();
            return;
        }

        json.StartObject();
        json.Name("panes");
        json.Value(grain.Panes.ToString().ToLowerInvariant());
        json.Name("device");
        json.Value(grain.ByDevice);
        json.Name("product");
        json.Value(grain.ByProduct);
        json.Name("cuts");
        json.StartArray();
        foreach (var cut in grain.Cuts)
        {
            json.Instant(cut, zone);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonOutput json, StateFileInput input)
    {
        json.StartObject();
        json.Name("name");
        json.Value(input.Input.Name);
        json.Name("fingerprint");
        json.Value(input.Input.Fingerprint);
        json.Name("tables");
        json.Value(input.Input.Tables);
        json.Name("bytes");
        json.Value(input.Input.Bytes);
        json.Name("rows");
        json.Value(input.Input.Rows);
        json.Name("batch_total");
        json.Value(input.BatchTotal);
        Ranges(json, input.Batches);
        json.EndObject();
    }

    private static void Ranges(JsonOutput json, IReadOnlyList<(long First, long End)> ranges)
    {
        json.Name("batches");
        json.StartArray();
        foreach (var (first, end) in ranges)
        {
            json.StartArray();
            json.Value(first);
            json.Value(end);
            json.EndArray();
        }

        json.EndArray();
    }

    private static void Texts(JsonOutput json, string name, IReadOnlyList<string> texts)
    {
        json.Name(name);
        json.StartArray();
        foreach (var text in texts)
        {
            json.Value(text);
        }

        json.EndArray();
    }

    private static void Numbers(JsonOutput json, string name, IEnumerable<int> numbers)
    {
        json.Name(name);
        json.StartArray();
        foreach (var number in numbers)
        {
            json.Value(number);
        }

        json.EndArray();
    }
}
