using IndicatorCore.Adapters.Results;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Exports;

/// <summary>Inspections as one JSON object: inputs, then indicators, then state files where there are some.</summary>
internal static class InspectionJson
{
    /// <summary>Writes the document.</summary>
    public static void Write(
        Stream output, IReadOnlyList<InputInspection> inputs, IReadOnlyList<IndicatorReadiness> indicators, IReadOnlyList<StateFileInfo> states, bool isFull)
    {
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        json.StartObject();
        json.Name("inputs");
        json.StartArray();
        foreach (var input in inputs)
        {
            json.StartLine();
            Input(json, input, isFull);
        }

        json.EndArray();
        json.StartLine();
        json.Name("indicators");
        json.StartArray();
        foreach (var indicator in indicators)
        {
            json.StartLine();
            json.StartObject();
            json.Name("id");
            json.Value(indicator.Id);
            json.Name("fed");
            json.Value(indicator.Missing.Count == 0);
            json.Name("needs_registry");
            json.Value(indicator.NeedsRegistry);
            Texts(json, "missing", indicator.Missing);
            json.EndObject();
        }

        json.EndArray();
        if (states.Count > 0)
        {
            json.StartLine();
            json.Name("states");
            json.StartArray();
            foreach (var state in states)
            {
                json.StartLine();
                StateInspectionJson.Write(json, state);
            }

            json.EndArray();
        }

        json.EndObject();
        json.LineFeed();
        buffer.Flush();
    }

    private static void Input(JsonOutput json, InputInspection input, bool isFull)
    {
        json.StartObject();
        json.Name("name");
        json.Value(input.Name);
        json.Name("container");
        json.Value(input.Container);
        json.Name("bytes");
        json.Value(input.Bytes);
        json.Name("batches");
        json.Value(input.Batches);
        json.Name("rows");
        json.Value(input.Rows);
        Texts(json, "compression", input.Compressions);
        json.Name("metadata");
        json.StartObject();
        foreach (var (key, value) in input.Schema.Metadata)
        {
            json.Name(key);
            json.Value(value);
        }

        json.EndObject();
        json.Name("table");
        json.Value(input.Table);
        json.Name("time_range");
        json.StartObject();
        json.Name("column");
        json.Value(input.TimeColumn);
        json.Name("first");
        json.Value(input.First);
        json.Name("last");
        json.Value(input.Last);
        json.EndObject();
        Texts(json, "feeds", input.Feeds);
        Texts(json, "missing_required", input.MissingRequired);
        Texts(json, "missing_optional", input.MissingOptional);
        Texts(json, "problems", input.Problems);
        json.Name("columns");
        json.StartArray();
        for (var i = 0; i < input.Schema.Fields.Count; i++)
        {
            json.StartLine();
            Column(json, input.Schema.Fields[i], input.StoredBytes?[i], input.Statistics[i], isFull);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Column(JsonOutput json, Field field, long? storedBytes, ColumnStatistics? statistics, bool isFull)
    {
        json.StartObject();
        json.Name("name");
        json.Value(field.Name);
        json.Name("type");
        json.Value(TypeText.Of(field));
        json.Name("nullable");
        json.Value(field.IsNullable);
        if (storedBytes is { } bytes)
        {
            json.Name("stored_bytes");
            json.Value(bytes);
        }

        if (statistics is not null)
        {
            if (isFull)
            {
                json.Name("count");
                json.Value(statistics.Count);
                json.Name("nulls");
                json.Value(statistics.Nulls);
                json.Name("nan");
                json.Value(statistics.NotNumbers);
            }

            Bound(json, "min", statistics.Least, statistics.IsNumeric);
            Bound(json, "max", statistics.Greatest, statistics.IsNumeric);
            if (isFull)
            {
                json.Name("distinct");
                json.Value((ExactNumber?)statistics.Distinct);
            }
        }

        json.EndObject();
    }

    private static void Bound(JsonOutput json, string name, string? text, bool isNumeric)
    {
        json.Name(name);
        if (isNumeric && text is not null && char.IsAsciiDigit(text[^1]))
        {
            json.RawNumber(text);
        }
        else
        {
            json.Value(text);
        }
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
}
