using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

/// <summary>Shards: equal files make equal plans, every batch is read once, and any tree of merges gives what one run gives.</summary>
public sealed class ShardTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>
{
    private IndicatorQuery Query => province.Query with { Grain = StateGrain.For(province.Query) };

    [Fact]
    [Trait("Category", "Slow")]
    public void Any_number_of_shards_in_any_tree_with_repeats_gives_the_rows_of_one_run() => Prop.ForAll(
        Gen.Choose(1, 16).Zip(Gen.Choose(0, int.MaxValue)).ToArbitrary(),
        drawn =>
        {
            var (count, seed) = drawn;
            using var folder = new TemporaryFolder();
            var random = new Random(seed);
            var shards = Enumerable.Range(0, count).Select(shard => Save(new Shard(shard, count), folder.File($"{shard}.state"), [.. province.Files])).ToList();
            var missing = random.Next(count);
            using (var part = new IndicatorEngine(Query))
            {
                foreach (var shard in shards.Where((_, i) => i != missing))
                {
                    Merge(part, shard);
                }

                Assert.Equal(count == 1 ? [] : [missing], part.Shards.SelectMany(static plan => plan.Missing));
            }

            // a random tree: two of the files at a time become one, now and then one comes twice
            var open = shards.ToList();
            for (var made = 0; open.Count > 1; made++)
            {
                var (left, right) = (Take(open, random), Take(open, random));
                var path = folder.File($"m{made}.state");
                using var engine = new IndicatorEngine(Query with { Threads = random.Next(1, 4) });
                Merge(engine, left);
                Merge(engine, right);
                if (random.Next(3) == 0)
                {
                    Assert.False(engine.MergeStateAsync(random.Next(2) == 0 ? left : right).GetAwaiter().GetResult());
                }

                using (var output = File.Create(path))
                {
                    engine.SaveState(output);
                }

                open.Add(path);
            }

            using var merged = new IndicatorEngine(Query);
            Merge(merged, open[0]);
            Assert.Equal(province.Digest, merged.Finish().Manifest.RowDigest);
            Assert.Empty(merged.Shards.Single().Missing);
            Assert.Equal(count, merged.Shards.Single().Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(6));

    [Fact]
    public void Merge_trees_make_equal_bytes()
    {
        using var folder = new TemporaryFolder();
        var shards = Enumerable.Range(0, 4).Select(shard => Save(new Shard(shard, 4), folder.File($"{shard}.state"), [.. province.Files])).ToArray();
        var bytes = new List<byte[]>();
        foreach (var order in new int[][] { [0, 1, 2, 3], [3, 1, 0, 2], [2, 2, 3, 1, 0, 3] })
        {
            using var engine = new IndicatorEngine(Query);
            foreach (var shard in order)
            {
                Merge(engine, shards[shard]);
            }

            using var output = new MemoryStream();
            engine.SaveState(output);
            bytes.Add(output.ToArray());
        }

        Assert.Equal(bytes[0], bytes[1]);
        Assert.Equal(bytes[0], bytes[2]);
    }

    [Fact]
    public void Names_folders_and_order_change_no_plan()
    {
        using var folder = new TemporaryFolder();
        var copies = province.Files.Select((file, i) =>
        {
            Directory.CreateDirectory(folder.File($"d{i % 3}"));
            var copy = folder.File($"d{i % 3}/{Path.GetFileName(file).Split('-')[0]}-{97 - i}.arrow");
            File.Copy(file, copy);
            return copy;
        }).Reverse().ToArray();
        var parts = new List<string>();
        for (var shard = 0; shard < 5; shard++)
        {
            using var here = new IndicatorEngine(Query) { Shard = new Shard(shard, 5) };
            using var there = new IndicatorEngine(Query) { Shard = new Shard(shard, 5) };
            Reports.ReadFiles(here, [.. province.Files]);
            Reports.ReadFiles(there, copies);
            Assert.Equal(here.Shards.Single().Plan, there.Shards.Single().Plan);
            Assert.Equal(Covered(here), Covered(there));
            parts.AddRange(Covered(here));
        }

        Assert.Equal(parts.Distinct().Count(), parts.Count);

        static IEnumerable<string> Covered(IndicatorEngine engine)
        {
            using var output = new MemoryStream();
            engine.SaveState(output);
            using var folder = new TemporaryFolder();
            var info = StateFileInfo.SurveyAsync(folder.Write("x.state", output.ToArray())).GetAwaiter().GetResult();
            return [.. info.Inputs.Where(static input => input.Batches.Count > 0).Select(static input => $"{input.Input.Fingerprint} {string.Join(' ', input.Batches)}").Order(StringComparer.Ordinal)];
        }
    }

    [Fact]
    public void Shards_differ_by_a_batch_at_most()
    {
        var read = new List<long>();
        for (var shard = 0; shard < 4; shard++)
        {
            using var engine = new IndicatorEngine(Query) { Shard = new Shard(shard, 4) };
            Reports.ReadFiles(engine, [.. province.Files]);
            read.Add(engine.Inputs.Sum(static input => input.BytesRead + input.BytesSkipped));
        }

        Assert.True(read.Max() - read.Min() < read.Sum() / 4, $"{string.Join(", ", read)} bytes");
        Assert.All(read, static bytes => Assert.True(bytes > 0));
    }

    [Fact]
    public void A_replay_belongs_to_one_shard()
    {
        using var folder = new TemporaryFolder();
        var again = folder.File("radio-again.arrow");
        File.Copy(province.Files.First(static file => Path.GetFileName(file).StartsWith("radio", StringComparison.Ordinal)), again);
        using var merged = new IndicatorEngine(Query);
        for (var shard = 0; shard < 3; shard++)
        {
            Merge(merged, Save(new Shard(shard, 3), folder.File($"{shard}.state"), [.. province.Files, again]));
        }

        Assert.Equal(province.Digest, merged.Finish().Manifest.RowDigest);
    }

    [Fact]
    public void More_shards_than_batches_leave_valid_empty_states()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("radio.arrow", ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5).ToBytes(IpcFormat.File));
        using var merged = new IndicatorEngine(Query);
        for (var shard = 0; shard < 3; shard++)
        {
            Merge(merged, Save(new Shard(shard, 3), folder.File($"{shard}.state"), file));
        }

        Reports.AssertSame(Reports.OfFiles(province.Query, file), merged.Finish());
        Assert.Equal([0, 1, 2], merged.Shards.Single().Present);
    }

    [Fact]
    public void What_is_unreadable_is_skipped_once()
    {
        using var folder = new TemporaryFolder();
        var query = Query with { OnBad = OnBad.Skip };
        var bad = folder.Write("radio-bad.arrow", File.ReadAllBytes(province.Files[0])[..5_000]);
        using var merged = new IndicatorEngine(query);
        for (var shard = 0; shard < 3; shard++)
        {
            using var engine = new IndicatorEngine(query) { Shard = new Shard(shard, 3) };
            Reports.ReadFiles(engine, [bad, .. province.Files]);
            using (var output = File.Create(folder.File($"{shard}.state")))
            {
                engine.SaveState(output);
            }

            Merge(merged, folder.File($"{shard}.state"));
            Merge(merged, folder.File($"{shard}.state"));
        }

        Assert.Single(merged.Inputs, static input => input.Skipped.Count > 0);
        Reports.AssertSame(Reports.OfFiles(province.Query with { OnBad = OnBad.Skip }, [bad, .. province.Files]), merged.Finish());
    }

    [Fact]
    public void A_stream_is_refused()
    {
        using var folder = new TemporaryFolder();
        var stream = folder.Write("radio.arrows", ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5).ToBytes(IpcFormat.Stream));
        using var engine = new IndicatorEngine(Query) { Shard = new Shard(0, 2) };
        var fault = Assert.Throws<StateMismatchException>(() => Reports.ReadFiles(engine, stream));
        Assert.Contains("cannot be read in shards", fault.Message, StringComparison.Ordinal);
        Assert.Equal(stream, fault.Location.File);
    }

    [Fact]
    public void The_rest_of_an_input_that_a_state_holds_in_part_is_read()
    {
        using var folder = new TemporaryFolder();
        using var engine = new IndicatorEngine(Query);
        Merge(engine, Save(new Shard(1, 3), folder.File("1.state"), [.. province.Files]));
        Reports.ReadFiles(engine, [.. province.Files]);
        Assert.Equal(province.Digest, engine.Finish().Manifest.RowDigest);
    }

    [Theory]
    [InlineData("0/1", true)]
    [InlineData("15/16", true)]
    [InlineData("16/16", false)]
    [InlineData("-1/4", false)]
    [InlineData("0/0", false)]
    [InlineData("1", false)]
    [InlineData("1/2/3", false)]
    [InlineData(" 1/2", false)]
    [InlineData("0/1000001", false)]
    [InlineData(null, false)]
    public void A_shard_is_written_as_part_of_how_many(string? text, bool isOne)
    {
        Assert.Equal(isOne, Shard.TryParse(text, out var shard));
        Assert.True(!isOne || shard.ToString() == text);
    }

    private static string Take(List<string> paths, Random random)
    {
        var at = random.Next(paths.Count);
        var path = paths[at];
        paths.RemoveAt(at);
        return path;
    }

    private static void Merge(IndicatorEngine engine, string path) => engine.MergeStateAsync(path).GetAwaiter().GetResult();

    private string Save(Shard shard, string path, params string[] files)
    {
        using var engine = new IndicatorEngine(Query) { Shard = shard };
        Reports.ReadFiles(engine, files);
        using var output = File.Create(path);
        engine.SaveState(output);
        return path;
    }
}
