using System.Buffers;

namespace IndicatorCore.Indicators;

/// <summary>One result row as one JSON object: names, order and number forms of interface 4, no blanks, UTF-8 unescaped.</summary>
public static class ResultRowJson
{
    /// <summary>Writes one row, without a line feed.</summary>
    /// <param name="output">Takes the UTF-8 bytes.</param>
    /// <param name="row">The row.</param>
    /// <param name="zone">The reporting zone, in which instants are written.</param>
    public static void Write(IBufferWriter<byte> output, IndicatorRow row, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(output);
        Write(new JsonOutput(output), row, zone);
    }

    /// <summary>Writes one row as the next value of a document.</summary>
    internal static void Write(JsonOutput json, IndicatorRow row, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(row);
        ArgumentNullException.ThrowIfNull(zone);
        json.StartObject();
        json.Name("indicator");
        json.Value(row.Indicator);
        json.Name("definition");
        json.Value(row.Definition);
        json.Name("group");
        json.StartObject();
        for (var i = 0; i < row.Group.Count; i++)
        {
            json.Name(row.Group[i].Key);
            json.Value(row.Group[i].Value);
        }

        json.EndObject();
        json.Name("window_start");
        json.Instant(row.WindowStart, zone);
        json.Name("window_end");
        json.Instant(row.WindowEnd, zone);
        json.Name("value");
        json.Value(row.Value);
        json.Name("unit");
        json.Value(row.Unit);
        json.Name("numerator");
        json.Value(row.Numerator);
        json.Name("denominator");
        json.Value(row.Denominator);
        json.Name("low");
        json.Value(row.Low);
        json.Name("high");
        json.Value(row.High);
        json.Name("status");
        json.Value(ResultNames.Of(row.Status));
        json.Name("reason");
        json.Value(row.Reason is { } reason ? ResultNames.Of(reason) : null);
        json.Name("flags");
        Flags(json, row.Flags);
        json.Name("evidence");
        Evidence(json, row.Evidence, zone);
        if (row.Revision is { } revision)
        {
            json.Name("revision");
            json.Value(revision);
        }

        json.EndObject();
    }

    private static void Flags(JsonOutput json, ResultFlags flags)
    {
        json.StartArray();
        if (flags != ResultFlags.None)
        {
            foreach (var flag in ResultNames.Of(flags))
            {
                json.Value(flag);
            }
        }

        json.EndArray();
    }

    private static void Evidence(JsonOutput json, Evidence? evidence, TimeZoneInfo zone)
    {
        if (evidence is null)
        {
            json.Null();
            return;
        }

        json.StartObject();
        json.Name("n_received");
        json.Value(evidence.Received);
        json.Name("n_dup");
        json.Value(evidence.Duplicates);
        json.Name("n_conflict");
        json.Value(evidence.Conflicts);
        json.Name("n_quarantined");
        Counts(json, evidence.Quarantined);
        json.Name("n_valid");
        json.Value(evidence.Valid);
        json.Name("n_missing");
        json.Value(evidence.Missing);
        json.Name("n_invalid");
        json.Value(evidence.Invalid);
        json.Name("n_unserved");
        json.Value(evidence.Unserved);
        json.Name("first_ts");
        json.Instant(evidence.FirstTimestamp, zone);
        json.Name("last_ts");
        json.Instant(evidence.LastTimestamp, zone);
        json.Name("expected");
        json.Value(evidence.Expected);
        json.Name("completeness");
        json.Value(evidence.Completeness);
        for (var i = 0; i < evidence.Additional.Count; i++)
        {
            json.Name(evidence.Additional[i].Key);
            Additional(json, evidence.Additional[i].Value, zone);
        }

        json.EndObject();
    }

    /// <summary>Counts by reason as an object.</summary>
    internal static void Counts(JsonOutput json, IReadOnlyList<KeyValuePair<string, long>> counts)
    {
        json.StartObject();
        for (var i = 0; i < counts.Count; i++)
        {
            json.Name(counts[i].Key);
            json.Value(counts[i].Value);
        }

        json.EndObject();
    }

    private static void Additional(JsonOutput json, in EvidenceValue value, TimeZoneInfo zone)
    {
        if (value.Texts is { } texts)
        {
            json.StartArray();
            for (var i = 0; i < texts.Count; i++)
            {
                json.Value(texts[i]);
            }

            json.EndArray();
        }
        else if (value.Count is { } count)
        {
            json.Value(count);
        }
        else if (value.Number is { } number)
        {
            json.Value(number);
        }
        else if (value.Instant is { } instant)
        {
            json.Instant(instant, zone);
        }
        else
        {
            json.Value(value.Text);
        }
    }
}
