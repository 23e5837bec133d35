using System.Text;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Exports;

/// <summary>Inspections for people: each input with its columns, then what the export can feed.</summary>
internal static class InspectionText
{
    /// <summary>Writes the text.</summary>
    public static void Write(
        Stream output,
        IReadOnlyList<InputInspection> inputs,
        IReadOnlyList<IndicatorReadiness> indicators,
        IReadOnlyList<StateFileInfo> states,
        bool isFull,
        int? width,
        bool useColor)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        foreach (var input in inputs)
        {
            Input(text, input, isFull, width, useColor);
        }

        foreach (var state in states)
        {
            StateInspectionText.Write(text, state, width, useColor);
        }

        if (inputs.Count == 0)
        {
            return;
        }

        var ready = indicators.Where(static indicator => indicator.Missing.Count == 0).ToList();
        text.WriteLine($"Indicators that the export can feed: {List(ready.Where(static indicator => !indicator.NeedsRegistry))}");
        text.WriteLine($"With a registry (--registry) also: {List(ready.Where(static indicator => indicator.NeedsRegistry))}");
        var lacking = indicators.Where(static indicator => indicator.Missing.Count > 0).ToList();
        if (lacking.Count > 0)
        {
            text.WriteLine();
            var table = new TextTable(new TextColumn("not fed"), new TextColumn("missing", CanWrap: true));
            foreach (var indicator in lacking)
            {
                table.Add([indicator.Id, string.Join("; ", indicator.Missing)]);
            }

            table.Write(text, width, useColor);
        }
    }

    private static string List(IEnumerable<IndicatorReadiness> indicators)
    {
        var text = string.Join(", ", indicators.Select(static indicator => indicator.Id));
        return text.Length == 0 ? "none" : text;
    }

    private static void Input(StreamWriter text, InputInspection input, bool isFull, int? width, bool useColor)
    {
        text.WriteLine(TextTable.Visible(input.Name));
        text.WriteLine($"  Arrow {input.Container}, {ByteText.Of(input.Bytes)}, {input.Rows:N0} rows in {input.Batches:N0} batches, "
            + $"compression {(input.Compressions.Count == 0 ? "none" : string.Join(", ", input.Compressions))}");
        text.WriteLine($"  table {input.Table ?? "unknown"}, feeds {(input.Feeds.Count == 0 ? "nothing" : string.Join(", ", input.Feeds))}");
        if (input.First is not null)
        {
            text.WriteLine($"  time {input.First} to {input.Last} ({TextTable.Visible(input.TimeColumn!)})");
        }

        if (input.MissingOptional.Count > 0)
        {
            text.WriteLine($"  optional columns not there: {string.Join(", ", input.MissingOptional)}");
        }

        foreach (var problem in input.Problems)
        {
            text.WriteLine($"  problem: {TextTable.Visible(problem)}");
        }

        text.WriteLine();
        Columns(input, isFull).Write(text, width, useColor);
        text.WriteLine();
    }

    private static TextTable Columns(InputInspection input, bool isFull)
    {
        var columns = new List<TextColumn>
        {
            new("column", CanWrap: true), new("type", CanWrap: true), new("stored", IsRightAligned: true),
        };
        if (isFull)
        {
            columns.AddRange([new("count", IsRightAligned: true), new("nulls", IsRightAligned: true), new("NaN", IsRightAligned: true)]);
        }

        columns.AddRange([new("min", CanWrap: true), new("max", CanWrap: true)]);
        if (isFull)
        {
            columns.Add(new("distinct", IsRightAligned: true));
        }

        var table = new TextTable([.. columns]);
        for (var i = 0; i < input.Schema.Fields.Count; i++)
        {
            var field = input.Schema.Fields[i];
            var statistics = input.Statistics[i];
            var cells = new List<string?> { field.Name, TypeText.Of(field), input.StoredBytes is { } bytes ? ByteText.Of(bytes[i]) : null };
            if (isFull)
            {
                cells.AddRange([$"{statistics!.Count}", $"{statistics.Nulls}", $"{statistics.NotNumbers}"]);
            }

            cells.AddRange([Short(statistics?.Least), Short(statistics?.Greatest)]);
            if (isFull)
            {
                cells.Add(statistics!.Distinct?.ToString());
            }

            table.Add(cells);
        }

        return table;
    }

    private static string? Short(string? text) => text is { Length: > 60 } ? text[..57] + "..." : text;
}
