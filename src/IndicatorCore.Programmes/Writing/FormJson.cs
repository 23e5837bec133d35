using System.Buffers;
using IndicatorCore.Indicators;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Programmes.Writing;

/// <summary>A filled form as JSON: copies, sections, fields and tables, evidence by number, findings.</summary>
public sealed class FormJson : IFormWriter
{
    /// <inheritdoc/>
    public void Write(FilledForm form, Stream output)
    {
        ArgumentNullException.ThrowIfNull(form);
        ArgumentNullException.ThrowIfNull(output);
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        var json = new JsonOutput(buffer);
        json.StartObject();
        Text(json, "programme", form.Programme);
        Text(json, "title", form.Title);
        Text(json, "notice", form.Notice);
        Text(json, "row_digest", form.RowDigest);
        Text(json, "registry_digest", form.RegistryDigest);
        json.Name("copies");
        json.StartArray();
        foreach (var copy in form.Copies)
        {
            json.StartLine();
            json.StartObject();
            Text(json, "subject", copy.Subject);
            json.Name("sections");
            json.StartArray();
            foreach (var section in copy.Sections)
            {
                Section(json, section);
            }

            json.EndArray();
            json.EndObject();
        }

        json.EndArray();
        json.Name("evidence");
        json.StartArray();
        foreach (var trace in form.Traces)
        {
            Trace(json, trace);
        }

        json.EndArray();
        json.Name("findings");
        json.StartArray();
        foreach (var finding in form.Findings)
        {
            json.StartLine();
            json.StartObject();
            Text(json, "severity", FormTraceColumns.Severity(finding.Severity));
            Text(json, "subject", finding.Subject);
            Text(json, "field", finding.Field);
            Text(json, "problem", finding.Problem);
            Text(json, "advice", finding.Advice);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.LineFeed();
        output.Write(buffer.WrittenSpan);
    }

    private static void Section(JsonOutput json, FilledSection section)
    {
        json.StartLine();
        json.StartObject();
        Text(json, "heading", section.Heading);
        if (section.Table is { } table)
        {
            json.Name("headings");
            json.StartArray();
            foreach (var heading in table.Headings)
            {
                json.Value(heading);
            }

            json.EndArray();
            json.Name("rows");
            json.StartArray();
            foreach (var row in table.Rows)
            {
                json.StartLine();
                json.StartArray();
                foreach (var cell in row)
                {
                    Cell(json, cell);
                }

                json.EndArray();
            }

            json.EndArray();
        }
        else
        {
            json.Name("fields");
            json.StartArray();
            foreach (var field in section.Fields)
            {
                json.StartLine();
                json.StartObject();
                Text(json, "name", field.Name);
                Text(json, "group", field.Group);
                Text(json, "heading", field.Heading);
                json.Name("cell");
                Cell(json, field.Cell);
                json.EndObject();
            }

            json.EndArray();
        }

        Text(json, "note", section.Note);
        json.EndObject();
    }

    private static void Cell(JsonOutput json, FilledCell cell)
    {
        if (cell is { Number: null, Trace: null, Options.Count: 0 })
        {
            json.Value(cell.Text);
            return;
        }

        json.StartObject();
        Text(json, "text", cell.Text);
        if (cell.Number is not null)
        {
            json.Name("number");
            json.Value(cell.Number);
        }

        if (cell.Options.Count > 0)
        {
            json.Name("ticked");
            json.StartArray();
            foreach (var option in cell.Options.Where(static option => option.IsChecked))
            {
                json.Value(option.Label);
            }

            json.EndArray();
        }

        if (cell.Trace is { } trace)
        {
            json.Name("evidence");
            json.Value(trace);
        }

        json.EndObject();
    }

    private static void Trace(JsonOutput json, FigureTrace trace)
    {
        json.StartLine();
        json.StartObject();
        json.Name("number");
        json.Value(trace.Number);
        Text(json, "group", trace.Group);
        Text(json, "indicator", trace.Indicator);
        Text(json, "definition", trace.Definition);
        Text(json, "window_start", trace.WindowStart);
        Text(json, "window_end", trace.WindowEnd);
        Number(json, "value", trace.Value);
        Text(json, "unit", trace.Unit);
        Text(json, "numerator", trace.Numerator);
        Text(json, "denominator", trace.Denominator);
        Number(json, "low", trace.Low);
        Number(json, "high", trace.High);
        json.Name("n");
        if (trace.Records is { } records)
        {
            json.Value(records);
        }
        else
        {
            json.Null();
        }

        Text(json, "status", trace.Status);
        Text(json, "reason", trace.Reason);
        json.Name("flags");
        json.StartArray();
        foreach (var flag in trace.Flags)
        {
            json.Value(flag);
        }

        json.EndArray();
        Text(json, "declared", trace.Declared);
        Text(json, "verdict", trace.Verdict);
        Text(json, "row_digest", trace.RowDigest);
        Text(json, "input_digest", trace.InputDigest);
        json.EndObject();
    }

    private static void Text(JsonOutput json, string name, string? value)
    {
        json.Name(name);
        json.Value(value);
    }

    private static void Number(JsonOutput json, string name, double? value)
    {
        json.Name(name);
        json.Value(value);
    }
}
