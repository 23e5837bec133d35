using System.Buffers;
using System.Text.Json;
using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>What a state file says of an input that it covers: one line of JSON a row.</summary>
internal static class InputJson
{
    /// <summary>Writes an input.</summary>
    public static void Write(InputTally input, IBufferWriter<byte> output)
    {
        var json = new JsonOutput(output);
        json.StartObject();
        json.Name("name");
        json.Value(input.Name);
        json.Name("fingerprint");
        json.Value(input.Fingerprint);
        json.Name("tables");
        json.Value(input.Tables);
        json.Name("columns");
        json.StartArray();
        foreach (var column in input.Columns)
        {
            json.Value(column.Name);
        }

        json.EndArray();
        json.Name("bytes");
        json.Value(input.Bytes);
        json.Name("modified");
        json.Value(input.Modified);
        json.Name("batch_total");
        json.Value(input.BatchTotal);
        json.Name("batches");
        json.StartArray();
        foreach (var (first, end) in input.Coverage.Ranges)
        {
            json.StartArray();
            json.Value(first);
            json.Value(end);
            json.EndArray();
        }

        json.EndArray();
        json.Name("rows");
        json.Value(input.Rows);
        json.Name("batches_read");
        json.Value(input.Batches);
        json.Name("bytes_read");
        json.Value(input.BytesRead);
        json.Name("bytes_skipped");
        json.Value(input.BytesSkipped);
        json.Name("quarantined");
        json.StartObject();
        foreach (var (reason, count) in input.Quarantined)
        {
            json.Name(reason);
            json.Value(count);
        }

        json.EndObject();
        json.Name("skipped");
        json.StartArray();
        foreach (var part in input.Skipped)
        {
            SkippedPartJson.Write(json, part);
        }

        json.EndArray();
        json.EndObject();
    }

    /// <summary>Reads an input.</summary>
    /// <exception cref="MalformedArrowException">It is none.</exception>
    public static InputTally Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8);
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            var input = new InputTally
            {
                Name = root.GetProperty("name").GetString() ?? throw new FormatException("an input has no name"),
                Fingerprint = root.GetProperty("fingerprint").GetString(),
                Bytes = Count(root, "bytes"),
                Modified = Count(root, "modified"),
                BatchTotal = Count(root, "batch_total"),
            };
            input.Bind(root.GetProperty("tables").GetString(), root.GetProperty("columns").EnumerateArray().Select(static name => name.GetString() ?? string.Empty));
            foreach (var range in root.GetProperty("batches").EnumerateArray())
            {
                var (first, end) = (range[0].GetInt64(), range[1].GetInt64());
                if (first < 0 || end <= first || end > input.BatchTotal)
                {
                    throw new FormatException($"batches {first} to {end} of {input.BatchTotal}");
                }

                input.Coverage.Add(first, end);
            }

            input.Add(Count(root, "rows"), Count(root, "batches_read"), Count(root, "bytes_read"), root.TryGetProperty("bytes_skipped", out _) ? Count(root, "bytes_skipped") : 0);
            foreach (var reason in root.GetProperty("quarantined").EnumerateObject())
            {
                var known = Array.IndexOf(StateNames.Reasons, reason.Name);
                input.Quarantine(
                    known >= 0 ? (QuarantineReason)(known + 1) : throw new FormatException($"'{reason.Name}' is no reason of quarantine"), reason.Value.GetInt64());
            }

            foreach (var skip in root.GetProperty("skipped").EnumerateArray())
            {
                input.Skip(SkippedPartJson.Read(skip));
            }

            return input;
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new MalformedArrowException($"An input of the state file cannot be read: {fault.Message}", inner: fault);
        }
    }

    private static long Count(JsonElement root, string name) =>
        root.GetProperty(name).GetInt64() is >= 0 and var count ? count : throw new FormatException($"{name} is negative");
}
