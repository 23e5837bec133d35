using System.Buffers.Binary;
using System.Text;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Adapters.Results;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.StateFiles;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.StateFiles;

/// <summary>State files: what is saved comes back, equal states are equal bytes, and what is not whole or not ours is refused.</summary>
public sealed class StateFileTests(EngineLawsTests.Province province) : IClassFixture<EngineLawsTests.Province>
{
    public static TheoryData<string> Queries() => ["default", "hour", "month", "levels", "cuts", "bare", "select"];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task A_saved_state_gives_the_same_report(string name)
    {
        var query = QueryOf(name);
        using var folder = new TemporaryFolder();
        using var engine = Read(query, province.Files);
        var path = Save(engine, folder.File("all.state"));
        using var other = new IndicatorEngine(query);
        await other.MergeStateAsync(path);
        var (expected, actual) = (engine.Finish(), other.Finish());
        Reports.AssertSame(expected, actual);
        Assert.Equal(expected.Manifest.Rows, actual.Manifest.Rows);
        Assert.Equal(Reports.Text(expected.Manifest.Quarantined), Reports.Text(actual.Manifest.Quarantined));
        Assert.Equal(expected.Manifest.Inputs.Select(static input => input.Fingerprint), actual.Manifest.Inputs.Select(static input => input.Fingerprint));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Equal_states_give_equal_bytes(int seed)
    {
        var random = new Random(seed);
        using var once = Read(province.Query with { Threads = 1 }, province.Files);
        using var other = new IndicatorEngine(province.Query with { Threads = 3 });
        var files = province.Files.ToArray();
        random.Shuffle(files);
        foreach (var file in files)
        {
            Reports.ReadFiles(other, file);
        }

        Assert.Equal(Bytes(once), Bytes(other));
    }

    [Fact]
    public async Task A_state_that_was_read_is_written_as_it_was()
    {
        using var folder = new TemporaryFolder();
        using var engine = Read(province.Query, province.Files);
        var path = Save(engine, folder.File("a.state"));
        using var other = new IndicatorEngine(province.Query);
        await other.MergeStateAsync(path);
        Assert.Equal(File.ReadAllBytes(path), Bytes(other));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task States_of_single_files_merge_in_any_order_and_repeats_change_nothing(int seed)
    {
        using var folder = new TemporaryFolder();
        var states = province.Files.Select((file, i) =>
        {
            using var engine = Read(province.Query, [file]);
            return Save(engine, folder.File($"{i}.state"));
        }).ToList();
        var order = states.Concat(states.Take(3)).ToArray();
        new Random(seed).Shuffle(order);
        using var merged = new IndicatorEngine(province.Query);
        foreach (var state in order)
        {
            await merged.MergeStateAsync(state);
        }

        Assert.Equal(province.Digest, merged.Finish().Manifest.RowDigest);
    }

    [Fact]
    public async Task What_was_skipped_whole_stays_in_the_state_and_in_its_flags()
    {
        using var folder = new TemporaryFolder();
        var query = province.Query with { OnBad = OnBad.Skip };
        var bad = folder.Write("bad.arrow", File.ReadAllBytes(province.Files[0])[..5_000]);
        using var engine = Read(query, [bad, .. province.Files.Skip(1)]);
        using var other = new IndicatorEngine(query);
        await other.MergeStateAsync(Save(engine, folder.File("a.state")));
        var (expected, actual) = (engine.Finish(), other.Finish());
        Reports.AssertSame(expected, actual);
        Assert.Equal(
            expected.Manifest.Inputs.SelectMany(static input => input.Skipped).Select(static part => part.Message),
            actual.Manifest.Inputs.SelectMany(static input => input.Skipped).Select(static part => part.Message));
        Assert.Single(actual.Manifest.Inputs, static input => input.Skipped.Count > 0);
    }

    [Fact]
    public async Task States_that_share_some_inputs_but_not_all_are_refused_by_name()
    {
        using var folder = new TemporaryFolder();
        using var first = Read(province.Query, [province.Files[0], province.Files[1]]);
        using var second = Read(province.Query, [province.Files[1], province.Files[2]]);
        var path = Save(second, folder.File("second.state"));
        var fault = await Assert.ThrowsAsync<StateMismatchException>(() => first.MergeStateAsync(path));
        Assert.Contains(Path.GetFileName(province.Files[1]), fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_state_of_another_query_is_refused_with_the_difference()
    {
        using var folder = new TemporaryFolder();
        using var engine = Read(province.Query, [province.Files[0]]);
        var path = Save(engine, folder.File("a.state"));
        using var other = new IndicatorEngine(province.Query with { GroupBy = ["device"] });
        var fault = await Assert.ThrowsAsync<StateMismatchException>(() => other.MergeStateAsync(path));
        Assert.Contains("leaf is 'line', not 'line,device'", fault.Message, StringComparison.Ordinal);
        using var thresholds = new IndicatorEngine(province.Query with { Profile = DefinitionProfile.TestNoFloor with { RampDays = 31 } });
        await Assert.ThrowsAsync<StateMismatchException>(() => thresholds.MergeStateAsync(path));

        // what is done about faults, and with how many threads, makes no other state
        using var same = new IndicatorEngine(province.Query with { OnBad = OnBad.Skip, Threads = 7 });
        await same.MergeStateAsync(path);
    }

    [Fact]
    public async Task A_file_that_is_no_state_is_refused()
    {
        using var engine = new IndicatorEngine(province.Query);
        var fault = await Assert.ThrowsAsync<StateMismatchException>(() => engine.MergeStateAsync(province.Files[0]));
        Assert.Contains("no state file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_that_are_compared_at_the_end_have_no_revisions()
    {
        using var engine = new IndicatorEngine(Reports.NoFloor with { Dedup = DedupPolicy.Rows });
        Reports.Read(engine, ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5));
        Assert.Throws<StateMismatchException>(() => engine.Revise());
        Assert.Empty(engine.Revisions);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_changed_or_cut_state_file_is_refused_or_harmless_at_every_byte()
    {
        var query = Reports.NoFloor with { Threads = 1 };
        using var engine = new IndicatorEngine(query);
        Reports.Read(engine, ExportBuilder.Radio().Row("2024-03-05 10:00:00", "c", "NR", -90, 5));
        Assert.Equal(1, engine.Revise());
        var expected = engine.Finish();
        var bytes = Bytes(engine);
        using var folder = new TemporaryFolder();
        var path = folder.File("x.state");
        var refused = 0;
        for (var at = 0; at < bytes.Length; at += 3)
        {
            var changed = bytes.ToArray();
            changed[at] ^= (byte)(1 << (at % 8));
            refused += await Outcome(changed);
            refused += at % 9 == 0 ? await Outcome(bytes[..at]) : 0;
        }

        Assert.True(refused > bytes.Length / 3 / 2, $"{refused} refused of {bytes.Length}");

        async Task<int> Outcome(byte[] content)
        {
            File.WriteAllBytes(path, content);
            using var other = new IndicatorEngine(query);
            try
            {
                await other.MergeStateAsync(path);
            }
            catch (IndicatorDataException)
            {
                return 1;
            }

            // bytes of the footer that say nothing of the state
            Reports.AssertSame(expected, other.Finish());
            return 0;
        }
    }

    [Theory]
    [InlineData("grows")]
    [InlineData("no dictionary")]
    [InlineData("negative count")]
    [InlineData("huge count")]
    [InlineData("sections out of order")]
    [InlineData("unknown section")]
    [InlineData("span of another zone")]
    [InlineData("a value is missing")]
    [InlineData("stop of another span")]
    [InlineData("stop before it begins")]
    [InlineData("stop twice")]
    [InlineData("stop cut short")]
    public async Task A_whole_file_that_we_did_not_write_is_read_or_refused_by_place(string way)
    {
        var query = Reports.NoFloor with { Threads = 1, GroupBy = ["line"], Select = ["energy_kwh"] };
        string header;
        using (var empty = new IndicatorEngine(query))
        {
            using var state = IpcFileReader.Open(Bytes(empty), "empty");
            header = state.Schema.Meta(StateSchema.HeaderKey)!;
        }

        using var output = new MemoryStream();
        using (var hashed = new HashingStream(output))
        {
            var schema = StateSchema.With([new(StateSchema.HeaderKey, header)]);
            using var writer = new IpcWriter(hashed, schema, leaveOpen: true);
            var batch = new BatchBuilder(schema);
            if (way == "no dictionary")
            {
                writer.Write(batch);
            }

            foreach (var line in new[] { "L2", "L1" })
            {
                batch.Clear();
                Energy(batch, line, line == "L1" && way == "sections out of order" ? "section before" : way);
                writer.Write(batch);
            }

            writer.Complete(() => [new(StateSchema.DigestKey, hashed.Digest())]);
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write("theirs.state", output.ToArray());
        using var engine = new IndicatorEngine(query);
        if (way is "grows" or "no dictionary")
        {
            await engine.MergeStateAsync(path);
            using var again = new MemoryStream();
            engine.SaveState(again);
            Assert.Equal(2, CountOf(again.ToArray(), "energy"));
        }
        else
        {
            var fault = await Assert.ThrowsAsync<MalformedArrowException>(() => engine.MergeStateAsync(path));
            Assert.Equal((path, way == "sections out of order" ? 1L : 0L), (fault.Location.File, fault.Location.Batch));
            Assert.NotNull(fault.Location.Column);
        }
    }

    [Fact]
    public void Any_Arrow_reader_can_read_a_state_file()
    {
        using var engine = Read(province.Query, province.Files);
        var bytes = Bytes(engine);
        using var reader = IpcFileReader.Open(bytes, "state");
        using var lease = new BatchLease();
        var rows = 0L;
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, Projection.All(reader.Schema), lease);
            lease.Decode();
            rows += lease.RowCount;
        }

        Assert.True(rows > 100);
        Assert.Equal("section", reader.Schema.Fields[0].Name);
        Assert.Contains("\"cov_grid@1\"", reader.Schema.Meta("indicatorcore.state"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"version\":3", "\"version\":4")]
    [InlineData("\"version\":3", "\"version\":0")]
    [InlineData("\"version\":3", "\"version\":2e9")]
    [InlineData("\"version\":3", "\"version\":\"3\"")]
    [InlineData("\"grain\":", "\"grains\":")]
    [InlineData("\"panes\":\"day\"", "\"panes\":\"week\"")]
    [InlineData("\"panes\":\"day\"", "\"panes\":\"hour\"")]
    [InlineData("\"device\":false", "\"device\":1")]
    [InlineData("\"cuts_ns\":[]", "\"cuts_ns\":[5,5]")]
    [InlineData("\"cuts_ns\":[]", "\"cuts_ns\":[1e400]")]
    [InlineData("\"count\":7", "\"count\":0")]
    [InlineData("\"count\":7", "\"count\":2147483647")]
    [InlineData("\"present\":[[2,3]]", "\"present\":[[2,8]]")]
    [InlineData("\"present\":[[2,3]]", "\"present\":[[2]]")]
    [InlineData("\"present\":[[2,3]]", "\"present\":[[-1,3]]")]
    [InlineData("\"number\":1", "\"number\":2")]
    [InlineData("\"inputs\":[", "\"inputs\":[[],")]
    [InlineData("\"where\":[]", "\"where\":[[]]")]
    [InlineData("\"where\":[]", "\"where\":[[null,1]]")]
    [InlineData("\"source\":null", "\"source\":\"{\"")]
    [InlineData("\"tables\":[\"radio\"]", "\"tables\":[\"wishes\"]")]
    [InlineData("\"query_digest\":\"", "\"query_digest\":\"0")]
    [InlineData("{", "[")]
    public async Task A_forged_header_is_refused(string said, string says)
    {
        var query = Reports.NoFloor with { Threads = 1, Grain = new StateGrain(), Select = ["cov_sample"] };
        using var folder = new TemporaryFolder();
        using var engine = new IndicatorEngine(query) { Shard = new Shard(2, 7) };
        var row = ExportBuilder.Radio();
        for (var batch = 0; batch < 7; batch++)
        {
            row.Row("2024-03-05 10:00:00", "c", "NR", -90, batch).NextBatch();
        }

        Reports.ReadFiles(engine, folder.Write("radio.arrow", row.ToBytes(IpcFormat.File)));
        engine.Revise();
        var path = folder.Write("forged.state", Forge(Bytes(engine), header =>
        {
            Assert.Contains(said, header, StringComparison.Ordinal);
            return header.Remove(header.IndexOf(said, StringComparison.Ordinal), said.Length).Insert(header.IndexOf(said, StringComparison.Ordinal), says);
        }));
        using var other = new IndicatorEngine(query);
        await Assert.ThrowsAnyAsync<IndicatorDataException>(async () =>
        {
            var info = await StateFileInfo.SurveyAsync(path);
            using var asSaid = new IndicatorEngine(info.Over(query));
            await asSaid.MergeStateAsync(path);
        });
        await Assert.ThrowsAnyAsync<IndicatorDataException>(() => other.MergeStateAsync(path));
    }

    [Fact]
    public async Task Under_none_a_state_that_is_given_twice_counts_once()
    {
        using var folder = new TemporaryFolder();
        var query = province.Query with { Dedup = DedupPolicy.None };
        using var engine = Read(query, province.Files);
        var path = Save(engine, folder.File("a.state"));
        using var other = new IndicatorEngine(query);
        Assert.True(await other.MergeStateAsync(path));
        Assert.False(await other.MergeStateAsync(path));
        Reports.AssertSame(engine.Finish(), other.Finish());
    }

    [Fact]
    public async Task The_name_of_an_input_of_a_state_need_not_lead_to_it_here()
    {
        using var folder = new TemporaryFolder();
        var here = folder.File("radio.arrow");
        File.Copy(province.Files.First(static file => Path.GetFileName(file).StartsWith("radio", StringComparison.Ordinal)), here);
        File.Copy(here, folder.File("radio-copy.arrow"));
        using var engine = Read(province.Query, [here]);
        var path = Save(engine, folder.File("a.state"));
        File.Copy(province.Files.First(static file => Path.GetFileName(file).StartsWith("energy", StringComparison.Ordinal)), here, overwrite: true);
        using var other = new IndicatorEngine(province.Query);
        await other.MergeStateAsync(path);
        Reports.ReadFiles(other, folder.File("radio-copy.arrow"));
        Reports.AssertSame(engine.Finish(), other.Finish());
        Assert.Equal(1, other.Finish().Manifest.ReplayedInputs);
    }

    [Theory]
    [InlineData(2, "cov_grid,cov_sample,cost_red,eff_gain,energy_kwh,knr")]
    [InlineData(3, "cov_grid,cov_sample,dq_timeliness,energy_kwh,knr,lat_p50,rsrp_p50")]
    public async Task State_files_since_version_2_stay_readable_for_any_groups_and_windows(int version, string indicators)
    {
        var path = Path.Combine(Shared.Repository, "data", "state", $"v{version}.state");
        var info = await StateFileInfo.SurveyAsync(path);
        Assert.Equal((version, "0/1"), (info.Version, $"{info.Shards.Single().Present.Single()}/{info.Shards.Single().Count}"));
        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(Shared.Repository, "data", "state", "registry")),
            GroupBy = ["city"],
            Window = Window.Quarter,
            Select = indicators.Split(','),
        };
        using var engine = new IndicatorEngine(info.Over(query));
        await engine.MergeStateAsync(path);
        AssertKept($"v{version}.ndjson", engine.Finish());
    }

    [Theory]
    [InlineData("v1.state")]
    public async Task State_files_of_every_version_stay_readable(string name)
    {
        // all indicators of its time: with later ones the query is another
        var query = new IndicatorQuery
        {
            Registry = RegistryReader.Read(Path.Combine(Shared.Repository, "data", "state", "registry")),
            GroupBy = ["factory"],
            Select = ["cov_grid", "cov_sample", "cost_red", "eff_gain", "energy_kwh", "knr"],
        };
        using var engine = new IndicatorEngine(query);
        await engine.MergeStateAsync(Path.Combine(Shared.Repository, "data", "state", name));
        AssertKept(Path.ChangeExtension(name, ".ndjson"), engine.Finish());
    }

    [Fact]
    public async Task A_state_without_probes_does_not_answer_for_them()
    {
        var registry = RegistryReader.Read(Path.Combine(Shared.Repository, "data", "state", "registry"));
        using var engine = new IndicatorEngine(new IndicatorQuery { Registry = registry, GroupBy = ["factory"] });
        await Assert.ThrowsAsync<StateMismatchException>(() => engine.MergeStateAsync(Path.Combine(Shared.Repository, "data", "state", "v1.state")));
    }

    // the rows that the program of its time made of the same data
    private static void AssertKept(string name, IndicatorReport report)
    {
        using var rows = new MemoryStream();
        new NdjsonResultWriter().Write(report, rows);
        Assert.Equal(File.ReadAllText(Path.Combine(Shared.Repository, "data", "state", name)), Encoding.UTF8.GetString(rows.ToArray()));
    }

    // the same rows under another header, whole by its digest
    private static byte[] Forge(byte[] state, Func<string, string> change)
    {
        using var reader = IpcFileReader.Open(state, "state");
        var header = change(reader.Schema.Meta(StateSchema.HeaderKey)!);
        using var output = new MemoryStream();
        using (var hashed = new HashingStream(output))
        {
            var schema = StateSchema.With([new(StateSchema.HeaderKey, header)]);
            using var writer = new IpcWriter(hashed, schema, leaveOpen: true);
            writer.Complete(() => [new(StateSchema.DigestKey, hashed.Digest())]);
        }

        return output.ToArray();
    }

    private static void Energy(BatchBuilder batch, string line, string way)
    {
        var day = Reports.Nanoseconds("2024-03-05 00:00");
        if (way.StartsWith("stop", StringComparison.Ordinal))
        {
            batch[(int)StateColumn.Devices].AppendBytes(Stops(way, day));
        }

        batch[(int)StateColumn.Section].AppendString(way == "unknown section" ? "wishes" : way == "section before" ? "cost" : way.StartsWith("stop", StringComparison.Ordinal) ? "downtime" : "energy");
        batch[(int)StateColumn.Line].AppendString(line);
        batch[(int)StateColumn.PaneStart].AppendInt64(day);
        batch[(int)StateColumn.PaneEnd].AppendInt64(way == "span of another zone" ? day + 1 : Reports.Nanoseconds("2024-03-06 00:00"));
        foreach (var column in new[] { StateColumn.Received, StateColumn.Duplicates, StateColumn.Conflicts, StateColumn.Valid, StateColumn.Missing })
        {
            batch[(int)column].AppendInt64(way == "negative count" ? -1 : way == "huge count" ? long.MaxValue : 1);
        }

        if (way != "a value is missing")
        {
            batch[(int)StateColumn.Invalid].AppendInt64(0);
        }

        batch[(int)StateColumn.Energy].AppendDecimal(1_000_000);
        for (var column = 0; column < StateSchema.Columns; column++)
        {
            batch[column].AppendNulls(1 - batch[column].Length);
        }
    }

    private static byte[] Stops(string way, long day)
    {
        var stop = new byte[17];
        BinaryPrimitives.WriteInt64LittleEndian(stop, way == "stop of another span" ? day - 1 : day);
        BinaryPrimitives.WriteInt64LittleEndian(stop.AsSpan(8), way == "stop before it begins" ? day - 1 : day + 5);
        return way switch
        {
            "stop twice" => [.. stop, .. stop],
            "stop cut short" => stop[..16],
            _ => stop,
        };
    }

    private static int CountOf(byte[] state, string section)
    {
        using var reader = IpcFileReader.Open(state, "state");
        using var lease = new BatchLease();
        var count = 0;
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, Projection.All(reader.Schema), lease);
            lease.Decode();
            var view = lease.View();
            for (var row = 0; row < view.Length; row++)
            {
                count += System.Text.Encoding.UTF8.GetString(view[0].Bytes(row)) == section ? 1 : 0;
            }
        }

        return count;
    }

    private static IndicatorEngine Read(IndicatorQuery query, IReadOnlyList<string> files)
    {
        var engine = new IndicatorEngine(query);
        Reports.ReadFiles(engine, [.. files]);
        return engine;
    }

    private static byte[] Bytes(IndicatorEngine engine)
    {
        using var output = new MemoryStream();
        engine.SaveState(output);
        return output.ToArray();
    }

    private static string Save(IndicatorEngine engine, string path)
    {
        File.WriteAllBytes(path, Bytes(engine));
        return path;
    }

    private IndicatorQuery QueryOf(string name) => name switch
    {
        "hour" => province.Query with { Window = Window.Hour, Select = ["knr", "cov_sample", "cov_grid", "energy_kwh"] },
        "month" => province.Query with { Window = Window.Month },
        "levels" => province.Query with { GroupBy = ["province", "device", "line,product", "workshop"] },
        "cuts" => province.Query with { From = TimeBound.Parse("2024-01-10T05:30:00+08:00"), To = TimeBound.Parse("2024-12-24T17:45:00+08:00") },
        "bare" => new IndicatorQuery { Threads = 2 },
        "select" => province.Query with { Select = ["cov_grid", "cost_red"] },
        _ => province.Query,
    };
}
