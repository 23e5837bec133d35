using System.Text;
using CsvHelper;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Registry;

/// <summary>Writes what was found in a registry. Keys and columns have the same names in all formats.</summary>
public sealed class RegistryIssueWriter
{
    private static readonly string[] s_severities = ["error", "warning", "notice"];   // in the order of their enums
    private static readonly string[] s_kinds = ["contradiction", "unknown_reference", "duplicate", "gap", "malformed"];
    private static readonly string?[] s_colors = ["31", "33", null];

    private readonly RegistryIssueFormat _format;
    private readonly int? _width;
    private readonly bool _useColor;

    /// <summary>Makes a writer.</summary>
    /// <param name="format">The format.</param>
    /// <param name="width">The cells of a terminal's line, or null when there is no limit.</param>
    /// <param name="useColor">Whether severities are coloured, in tables.</param>
    public RegistryIssueWriter(RegistryIssueFormat format, int? width = null, bool useColor = false) => (_format, _width, _useColor) = (format, width, useColor);

    /// <summary>Writes the findings; the stream stays open.</summary>
    /// <param name="issues">The findings.</param>
    /// <param name="output">Takes the bytes.</param>
    public void Write(IReadOnlyList<RegistryIssue> issues, Stream output)
    {
        ArgumentNullException.ThrowIfNull(issues);
        ArgumentNullException.ThrowIfNull(output);
        switch (_format)
        {
            case RegistryIssueFormat.Json:
                WriteJson(issues, output);
                break;
            case RegistryIssueFormat.Csv:
                WriteCsv(issues, output);
                break;
            default:
                WriteTable(issues, output);
                break;
        }
    }

    /// <summary>How many errors, warnings and notices there are, such as <c>1 error, 2 warnings, 0 notices</c>.</summary>
    /// <param name="issues">The findings.</param>
    public static string Summary(IReadOnlyList<RegistryIssue> issues)
    {
        ArgumentNullException.ThrowIfNull(issues);
        return string.Join(", ", s_severities.Select((name, severity) =>
        {
            var count = issues.Count(issue => (int)issue.Severity == severity);
            return $"{count:N0} {name}{(count == 1 ? string.Empty : "s")}";
        }));
    }

    private void WriteTable(IReadOnlyList<RegistryIssue> issues, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        if (issues.Count == 0)
        {
            text.WriteLine("nothing found");
            return;
        }

        var table = new TextTable(
            new TextColumn("severity"), new TextColumn("table"), new TextColumn("place", CanWrap: true), new TextColumn("problem", CanWrap: true), new TextColumn("advice", CanWrap: true));
        foreach (var issue in issues)
        {
            table.Add([s_severities[(int)issue.Severity], issue.Table, Place(issue), issue.Problem, issue.Advice], s_colors[(int)issue.Severity]);
        }

        table.Write(text, _width, _useColor);
    }

    private static string Place(RegistryIssue issue)
    {
        var location = issue.Location;
        var row = issue.Cell ?? (location.Row is not { } number ? null : location.Batch is { } batch ? $"row {number} of batch {batch}" : $"line {number}");
        return location.Column is null ? row ?? string.Empty : row is null ? location.Column : $"{row}, {location.Column}";
    }

    private static void WriteJson(IReadOnlyList<RegistryIssue> issues, Stream output)
    {
        var buffer = new StreamBuffer(output);
        var json = new JsonOutput(buffer);
        json.StartObject();
        for (var severity = 0; severity < s_severities.Length; severity++)
        {
            json.Name(s_severities[severity] + "s");
            json.Value(issues.Count(issue => (int)issue.Severity == severity));
        }

        json.Name("findings");
        json.StartArray();
        foreach (var issue in issues)
        {
            json.StartLine();
            json.StartObject();
            foreach (var (name, value) in Fields(issue))
            {
                json.Name(name);
                if (value is long number)
                {
                    json.Value(number);
                }
                else
                {
                    json.Value(value as string);
                }
            }

            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
        json.LineFeed();
        buffer.Flush();
    }

    private static void WriteCsv(IReadOnlyList<RegistryIssue> issues, Stream output)
    {
        output.Write(Encoding.UTF8.Preamble);
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var (name, _) in Fields(new(default, default, string.Empty, default, null, string.Empty, string.Empty, string.Empty)))
        {
            csv.WriteField(name);
        }

        csv.EndRecord();
        foreach (var issue in issues)
        {
            foreach (var (_, value) in Fields(issue))
            {
                csv.WriteField(value?.ToString());
            }

            csv.EndRecord();
        }

        csv.Flush();
    }

    private static (string Name, object? Value)[] Fields(RegistryIssue issue) =>
    [
        ("severity", s_severities[(int)issue.Severity]),
        ("kind", s_kinds[(int)issue.Kind]),
        ("table", issue.Table),
        ("file", issue.Location.File),
        ("sheet", issue.Cell is null && issue.Location.Table == issue.Table ? null : issue.Location.Table),
        ("batch", issue.Location.Batch),
        ("row", issue.Location.Row),
        ("column", issue.Location.Column),
        ("cell", issue.Cell),
        ("key", issue.Key),
        ("problem", issue.Problem),
        ("advice", issue.Advice),
    ];
}
