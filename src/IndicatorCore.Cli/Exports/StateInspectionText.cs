using IndicatorCore.Adapters.Results;
using IndicatorCore.Cli.Output;
using IndicatorCore.Indicators;

namespace IndicatorCore.Cli.Exports;

/// <summary>A state file for people: what it is of, what it covers, and what is in it.</summary>
internal static class StateInspectionText
{
    /// <summary>Writes the text.</summary>
    public static void Write(TextWriter text, StateFileInfo state, int? width, bool useColor)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(state.Option("tz") ?? "UTC", out var found) ? found : TimeZoneInfo.Utc;
        text.WriteLine(TextTable.Visible(state.Path));
        text.WriteLine($"  state of format version {state.Version}, {ByteText.Of(state.Bytes)}, digest {state.Digest} (verified)");
        if (state.Grain is { } grain)
        {
            text.WriteLine($"  kept by {grain.Panes.ToString().ToLowerInvariant()}, by line{(grain.ByDevice ? ", device" : string.Empty)}{(grain.ByProduct ? ", product" : string.Empty)}"
                + (grain.Cuts.Count == 0 ? string.Empty : $", cut at {string.Join(", ", grain.Cuts.Select(cut => InstantText.Format(cut, zone)))}"));
        }

        text.WriteLine($"  query: {TextTable.Visible(string.Join(", ", state.Query.Select(static option => $"{option.Key} {option.Value}")))}"
            + (state.Source is null ? string.Empty : ", with a source profile"));
        text.WriteLine($"  digest of the query: {state.QueryDigest}");
        text.WriteLine($"  definitions: {TextTable.Visible(string.Join(", ", state.Definitions))}");
        text.WriteLine($"  tables: {(state.Tables.Count == 0 ? "none" : string.Join(", ", state.Tables))}");
        if (state is { FirstEvent: { } first, LastEvent: { } last })
        {
            text.WriteLine($"  events {InstantText.Format(first, zone)} to {InstantText.Format(last, zone)}");
        }

        foreach (var shards in state.Shards)
        {
            var missing = shards.Missing.ToList();
            text.WriteLine($"  shard {StateShards.Text(shards.Present)} of {shards.Count} (plan {shards.Plan}){(missing.Count == 0 ? ", all there" : $", missing {StateShards.Text(missing)}")}");
        }

        foreach (var revision in state.Revisions)
        {
            text.WriteLine($"  revision {revision.Number}: {revision.Inputs.Count:N0} inputs"
                + (revision.AsOf is { } asOf ? $", as of {InstantText.Format(asOf, zone)}" : string.Empty));
        }

        var signature = StateSignature.Find(state.Path);
        text.WriteLine(signature is null ? "  not signed" : $"  signed ({signature.Algorithm}) by key {signature.KeyId}, not verified here");
        text.WriteLine();
        var inputs = new TextTable(
            new TextColumn("input", CanWrap: true), new TextColumn("tables", CanWrap: true), new TextColumn("rows", IsRightAligned: true), new TextColumn("batches"),
            new TextColumn("of", IsRightAligned: true), new TextColumn("fingerprint"));
        foreach (var input in state.Inputs)
        {
            inputs.Add([input.Input.Name, input.Input.Tables, $"{input.Input.Rows:N0}", Batches(input.Batches), $"{input.BatchTotal:N0}", input.Input.Fingerprint?[..Math.Min(12, input.Input.Fingerprint.Length)]]);
        }

        inputs.Write(text, width, useColor);
        text.WriteLine();
        var sections = new TextTable(new TextColumn("section"), new TextColumn("rows", IsRightAligned: true));
        foreach (var (name, rows) in state.Sections)
        {
            sections.Add([name, $"{rows:N0}"]);
        }

        sections.Write(text, width, useColor);
        text.WriteLine();
    }

    private static string Batches(IReadOnlyList<(long First, long End)> ranges) =>
        string.Join(", ", ranges.Select(static range => range.End == range.First + 1 ? $"{range.First}" : $"{range.First}-{range.End - 1}"));
}
