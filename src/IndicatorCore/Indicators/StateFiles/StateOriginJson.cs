using System.Text.Json;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>What version 2 adds to the header of a state file: the grain, what was read how, shards and revisions.</summary>
internal static class StateOriginJson
{
    private const int MostCuts = 100_000;

    private static readonly string[] s_panes = [.. Enum.GetNames<StatePanes>().Select(static name => name.ToLowerInvariant())];

    /// <summary>Writes the members.</summary>
    public static void Write(JsonOutput json, StateHeader header)
    {
        json.Name("where");
        json.StartArray();
        foreach (var (key, value) in header.Where)
        {
            json.StartArray();
            json.Value(key);
            json.Value(value);
            json.EndArray();
        }

        json.EndArray();
        json.Name("source");
        json.Value(header.Source);
        json.Name("grain");
        Write(json, header.Grain!);
        json.Name("shards");
        json.StartArray();
        foreach (var shards in header.Shards)
        {
            json.StartObject();
            json.Name("plan");
            json.Value(shards.Plan);
            json.Name("count");
            json.Value(shards.Count);
            json.Name("present");
            var present = new State.BatchRanges();
            foreach (var shard in shards.Present)
            {
                present.Add(shard, shard + 1);
            }

            Ranges(json, present.Ranges);
            json.EndObject();
        }

        json.EndArray();
        json.Name("revisions");
        json.StartArray();
        foreach (var revision in header.Revisions)
        {
            Write(json, revision);
        }

        json.EndArray();
    }

    /// <summary>Reads the members into a header.</summary>
    /// <exception cref="Exception">Of the kinds that <see cref="StateHeader.Parse"/> expects: they are not there, or say something impossible.</exception>
    public static StateHeader Read(JsonElement root, StateHeader header)
    {
        var grain = root.GetProperty("grain");
        var panes = Array.IndexOf(s_panes, grain.GetProperty("panes").GetString());
        var cuts = grain.GetProperty("cuts_ns").EnumerateArray().Select(static cut => cut.GetInt64()).ToArray();
        if (panes < 0 || cuts.Length > MostCuts || cuts.Zip(cuts.Skip(1)).Any(static pair => pair.First >= pair.Second))
        {
            throw new FormatException("its grain is impossible");
        }

        var revisions = root.GetProperty("revisions").EnumerateArray().Select(Revision).ToList();
        for (var i = 0; i < revisions.Count; i++)
        {
            if (revisions[i].Number != i + 1)
            {
                throw new FormatException("its revisions are not in order");
            }
        }

        var shards = root.GetProperty("shards").EnumerateArray().Select(Shards).ToList();
        return shards.DistinctBy(static plan => plan.Plan).Count() < shards.Count
            ? throw new FormatException("a plan of shards is there twice")
            : header with
            {
                Where = [.. root.GetProperty("where").EnumerateArray().Select(static pair => KeyValuePair.Create(Text(pair[0]), Text(pair[1])))],
                Source = root.GetProperty("source").GetString(),
                Grain = new StateGrain
                {
                    Panes = (StatePanes)panes,
                    ByDevice = grain.GetProperty("device").GetBoolean(),
                    ByProduct = grain.GetProperty("product").GetBoolean(),
                    Cuts = cuts,
                    Definitions = header.Definitions,
                },
                Shards = shards,
                Revisions = revisions,
            };
    }

    private static void Write(JsonOutput json, StateGrain grain)
    {
        json.StartObject();
        json.Name("panes");
        json.Value(s_panes[(int)grain.Panes]);
        json.Name("device");
        json.Value(grain.ByDevice);
        json.Name("product");
        json.Value(grain.ByProduct);
        json.Name("cuts_ns");
        json.StartArray();
        foreach (var cut in grain.Cuts)
        {
            json.Value(cut);
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Write(JsonOutput json, StateRevision revision)
    {
        json.StartObject();
        json.Name("number");
        json.Value(revision.Number);
        json.Name("as_of_ns");
        if (revision.AsOf is { } asOf)
        {
            json.Value(asOf);
        }
        else
        {
            json.Null();
        }

        json.Name("inputs");
        json.StartArray();
        foreach (var input in revision.Inputs)
        {
            json.StartObject();
            json.Name("name");
            json.Value(input.Name);
            json.Name("fingerprint");
            json.Value(input.Fingerprint);
            json.Name("batches");
            Ranges(json, input.Batches);
            json.EndObject();
        }

        json.EndArray();
        json.EndObject();
    }

    private static void Ranges(JsonOutput json, IReadOnlyList<(long First, long End)> ranges)
    {
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

    private static StateRevision Revision(JsonElement json) => new()
    {
        Number = json.GetProperty("number").GetInt32(),
        AsOf = json.GetProperty("as_of_ns") is { ValueKind: JsonValueKind.Number } asOf ? asOf.GetInt64() : null,
        Inputs =
        [
            .. json.GetProperty("inputs").EnumerateArray().Select(static input => new StateInput(
                Text(input.GetProperty("name")), input.GetProperty("fingerprint").GetString(), Ranges(input.GetProperty("batches"), long.MaxValue))),
        ],
    };

    private static StateShards Shards(JsonElement json)
    {
        var count = json.GetProperty("count").GetInt32();
        if (count is < 1 or > Shard.MostShards)
        {
            throw new FormatException($"{count} shards");
        }

        var present = Ranges(json.GetProperty("present"), count);
        return new StateShards(
            Text(json.GetProperty("plan")), count, [.. present.SelectMany(static range => Enumerable.Range((int)range.First, (int)(range.End - range.First)))]);
    }

    private static List<(long First, long End)> Ranges(JsonElement json, long most)
    {
        var ranges = new List<(long First, long End)>();
        var last = -1L;
        foreach (var range in json.EnumerateArray())
        {
            var (first, end) = (range[0].GetInt64(), range[1].GetInt64());
            if (first <= last || end <= first || end > most)
            {
                throw new FormatException($"{first} to {end} is no range");
            }

            ranges.Add((first, end));
            last = end;
        }

        return ranges;
    }

    private static string Text(JsonElement json) => json.GetString() ?? throw new FormatException("a name is missing");
}
