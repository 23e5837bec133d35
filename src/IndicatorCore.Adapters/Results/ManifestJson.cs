using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Results;

/// <summary>What a report was made from, as JSON (interface 4, Manifest).</summary>
public static class ManifestJson
{
    /// <summary>Writes the manifest as a document of its own.</summary>
    /// <param name="report">The report whose manifest is meant.</param>
    /// <param name="output">Takes the bytes; stays open.</param>
    public static void Write(IndicatorReport report, Stream output)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        Write(json, report.Manifest, report.TimeZone);
        json.LineFeed();
        buffer.Flush();
    }

    /// <summary>Writes the manifest as the next value.</summary>
    internal static void Write(JsonOutput json, ReportManifest manifest, TimeZoneInfo zone)
    {
        json.StartObject();
        json.Name("engine_version");
        json.Value(manifest.EngineVersion);
        json.Name("definitions");
        Texts(json, manifest.Definitions);
        json.Name("profile");
        json.Value(manifest.Profile);
        json.Name("options");
        json.StartObject();
        foreach (var option in manifest.Options)
        {
            json.Name(option.Key);
            json.Value(option.Value);
        }

        json.EndObject();
        json.Name("reference_date");
        json.Instant(manifest.ReferenceDate, zone);
        if (manifest.Revision is { } revision)
        {
            json.Name("revision");
            json.Value(revision);
        }

        if (manifest.States.Count > 0)
        {
            json.Name("states");
            json.StartArray();
            foreach (var state in manifest.States)
            {
                json.StartLine();
                State(json, state);
            }

            json.EndArray();
        }

        json.Name("inputs");
        json.StartArray();
        foreach (var input in manifest.Inputs)
        {
            json.StartLine();
            Input(json, input);
        }

        json.EndArray();
        json.Name("rows");
        json.Value(manifest.Rows);
        json.Name("replayed_inputs");
        json.Value(manifest.ReplayedInputs);
        json.Name("replayed_rows");
        json.Value(manifest.ReplayedRows);
        json.Name("quarantined");
        ResultRowJson.Counts(json, manifest.Quarantined);
        json.Name("skipped");
        json.StartArray();
        foreach (var table in manifest.Skipped)
        {
            Skipped(json, table);
        }

        json.EndArray();
        json.Name("columns_judged");
        json.Value(manifest.ColumnsJudged);
        json.Name("scope_conflicts");
        json.Value(manifest.ScopeConflicts);
        json.Name("cells_outside_plan");
        json.Value(manifest.CellsOutsidePlan);
        json.Name("samples_without_cell");
        json.Value(manifest.SamplesWithoutCell);
        json.Name("disclosure");
        json.Value(manifest.Disclosure);
        json.Name("row_digest");
        json.Value(manifest.RowDigest);
        json.EndObject();
    }

    private static void State(JsonOutput json, ManifestState state)
    {
        json.StartObject();
        json.Name("name");
        json.Value(state.Name);
        json.Name("digest");
        json.Value(state.Digest);
        json.Name("replay");
        json.Value(state.IsReplay);
        json.Name("signer");
        json.Value(state.Signer);
        json.Name("key_id");
        json.Value(state.KeyId);
        json.EndObject();
    }

    private static void Input(JsonOutput json, ManifestInput input)
    {
        json.StartObject();
        json.Name("name");
        json.Value(input.Name);
        json.Name("tables");
        json.Value(input.Tables);
        json.Name("bytes");
        json.Value(input.Bytes);
        json.Name("bytes_read");
        json.Value(input.BytesRead);
        json.Name("bytes_skipped");
        json.Value(input.BytesSkipped);
        json.Name("rows");
        json.Value(input.Rows);
        json.Name("batches");
        json.Value(input.Batches);
        json.Name("fingerprint");
        json.Value(input.Fingerprint);
        json.Name("replay_of");
        json.Value(input.ReplayOf);
        json.Name("quarantined");
        ResultRowJson.Counts(json, input.Quarantined);
        json.Name("duplicates");
        json.Value(input.Duplicates);
        json.Name("columns");
        Texts(json, input.Columns);
        json.Name("skipped");
        json.StartArray();
        foreach (var part in input.Skipped)
        {
            SkippedPartJson.Write(json, part);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Skipped(JsonOutput json, SkippedTable table)
    {
        json.StartObject();
        json.Name("table");
        json.Value(table.Table);
        json.Name("inputs");
        json.Value(table.Inputs);
        json.Name("batches");
        json.Value(table.Batches);
        json.Name("rows");
        json.Value(table.Rows);
        json.EndObject();
    }

    private static void Texts(JsonOutput json, IReadOnlyList<string> texts)
    {
        json.StartArray();
        foreach (var text in texts)
        {
            json.Value(text);
        }

        json.EndArray();
    }
}
