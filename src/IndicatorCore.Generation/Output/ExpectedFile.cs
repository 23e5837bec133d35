using System.Text.Encodings.Web;
using System.Text.Json;
using IndicatorCore.Generation.Expectations;
using IndicatorCore.Generation.Model;
using IndicatorCore.Ipc;

namespace IndicatorCore.Generation.Output;

/// <summary>Writes <c>expected.json</c>.</summary>
internal static class ExpectedFile
{
    private const int FlushBytes = 1 << 16;

    private static readonly JsonWriterOptions s_json = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(
        string path, GenerationOptions options, ProvinceModel province, Ledger ledger, IReadOnlyList<GeneratedFile> files)
    {
        var firstDay = LocalCalendar.DayOf(ledger.Clock.First);
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        using var json = new Utf8JsonWriter(stream, s_json);
        json.WriteStartObject();
        json.WriteString(
            "about",
            "Exact answers kept while generating, by plain arithmetic. Values are the doubles nearest to the exact figures; bootstrap "
            + "limits are left out (low and high are null). Disclosure is applied to the rows without grouping. Left out as well: "
            + "eff_gain.labour, eff_gain.machine and cost_red.without_project_cost, n_unregistered where it is 0, and what rests on data that a "
            + "group does not have, such as cost_red of a line that the ledger does not know.");
        WriteOptions(json, options);
        json.WriteString("reference_date", Midnight(province.EndDay));
        json.WriteStartObject("window_all");
        json.WriteString("start", Midnight(firstDay));
        json.WriteString("end", Midnight(province.EndDay));
        json.WriteEndObject();
        WriteFiles(json, files);
        json.WriteStartObject("quarantined");
        foreach (var (reason, rows) in ledger.Clock.Quarantined)
        {
            json.WriteNumber(reason, rows);
        }

        json.WriteEndObject();
        json.WriteNumber("cells_outside_plan", ledger.Coverage.OutsidePlan);
        json.WriteStartObject("profiles");
        foreach (var (profile, floors) in new[] { ("cn-nr-a", true), ("test-no-floor", false) })
        {
            json.WriteStartArray(profile);
            foreach (var row in Answers.Of(province, ledger, floors, firstDay))
            {
                WriteRow(json, row);
                if (json.BytesPending > FlushBytes)
                {
                    json.Flush();
                }
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteOptions(Utf8JsonWriter json, GenerationOptions options)
    {
        json.WriteStartObject("options");
        json.WriteNumber("seed", options.Seed);
        json.WriteNumber("rows", options.Rows);
        json.WriteString("start", options.Start.ToString("yyyy-MM-dd"));
        json.WriteNumber("days", options.Days);
        json.WriteNumber("hot_days", options.HotDayCount);
        json.WriteNumber("factories", options.FactoryCount);
        WriteGiven(json, "lines", options.Lines);
        WriteGiven(json, "devices", options.Devices);
        WriteGiven(json, "period_s", (int?)options.Period?.TotalSeconds);
        json.WriteBoolean("compress", options.Compress);
        json.WriteString("order", options.Order == RowOrder.Shuffled ? "shuffled" : "time_major");
        json.WriteString("layout", options.Layout == GenerationLayout.Telemetry ? "telemetry" : "tables");
        json.WriteNumber("batch_rows", options.BatchRows);
        json.WriteString("format", options.Format == IpcFormat.Stream ? "stream" : "file");
        json.WriteBoolean("faults", options.Faults);
        json.WriteBoolean("periods", options.Periods);
        json.WriteEndObject();
    }

    private static void WriteGiven(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } given)
        {
            json.WriteNumber(name, given);
        }
    }

    private static void WriteFiles(Utf8JsonWriter json, IReadOnlyList<GeneratedFile> files)
    {
        var distinct = files.Where(static file => file.ReplayOf is null).ToList();
        var replayed = files.Where(static file => file.ReplayOf is not null).ToList();
        json.WriteNumber("rows", distinct.Sum(static file => file.Rows));
        json.WriteNumber("replayed_inputs", replayed.Count);
        json.WriteNumber("replayed_rows", replayed.Sum(static file => file.Rows));
        json.WriteStartArray("files");
        foreach (var file in files)
        {
            json.WriteStartObject();
            json.WriteString("name", file.Name);
            json.WriteString("table", file.Table);
            json.WriteNumber("rows", file.Rows);
            json.WriteNumber("batches", file.Batches);
            if (file.ReplayOf is not null)
            {
                json.WriteString("replay_of", file.ReplayOf);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteRow(Utf8JsonWriter json, ExpectedRow row)
    {
        json.WriteStartObject();
        json.WriteString("indicator", row.Indicator);
        json.WriteStartObject("group");
        if (row.Key is not null)
        {
            json.WriteString(row.Key, row.Group);
        }

        json.WriteEndObject();
        json.WriteString("window_start", row.WindowStart is { } start ? Midnight(start) : null);
        json.WriteString("window_end", row.WindowEnd is { } end ? Midnight(end) : null);
        WriteNumber(json, "value", row.Value);
        WriteRaw(json, "numerator", row.Numerator);
        WriteRaw(json, "denominator", row.Denominator);
        WriteNumber(json, "low", row.Low);
        WriteNumber(json, "high", row.High);
        json.WriteString("status", row.Status);
        json.WriteString("reason", row.Reason);
        json.WriteStartArray("flags");
        foreach (var flag in row.Flags)
        {
            json.WriteStringValue(flag);
        }

        json.WriteEndArray();
        if (row.Evidence.Count > 0)
        {
            json.WriteStartObject("evidence");
            foreach (var (key, value) in row.Evidence)
            {
                WriteEvidence(json, key, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteEvidence(Utf8JsonWriter json, string key, object value)
    {
        switch (value)
        {
            case int day when key is "baseline_start" or "baseline_end":
                json.WriteString(key, Midnight(day));
                break;
            case int number:
                json.WriteNumber(key, number);
                break;
            case long number:
                json.WriteNumber(key, number);
                break;
            case double number:
                json.WriteNumber(key, number);
                break;
            default:
                json.WriteString(key, value.ToString());
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    // Exact decimals may have more digits than any number type of a JSON reader, but as in results they are JSON numbers.
    private static void WriteRaw(Utf8JsonWriter json, string name, string? digits)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(digits ?? "null", skipInputValidation: false);
    }

    private static string Midnight(int day) => $"{LocalCalendar.Date(day):yyyy-MM-dd}T00:00:00+08:00";
}
