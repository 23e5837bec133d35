using System.Security.Cryptography;
using System.Text.Json;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

/// <summary><c>partial</c>, <c>merge</c>, <c>inspect STATE</c> and <c>run --state</c> with the real engine.</summary>
public sealed class StateVerbsTests : IDisposable
{
    private static readonly string s_sample = Path.Combine(Shared.Repository, "data", "sample");
    private static readonly string s_registry = Path.Combine(s_sample, "registry");

    private readonly CommandRun _command = new() { UsesRealEngine = true };

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("--by", "factory", "--window", "month")]
    [InlineData("--by", "city,industry", "--by", "line", "--as-of", "2024-12-01")]
    [InlineData("--select", "knr,eff_gain,lat_p95", "--from", "2024-02-01", "--to", "2024-11-01")]
    public async Task Merged_shards_are_the_bytes_of_one_run(params string[] report)
    {
        await Done(["run", s_sample, "--registry", s_registry, "--format", "ndjson", .. report]);
        var expected = _command.Out;
        for (var shard = 0; shard < 3; shard++)
        {
            await Done(["partial", s_sample, "--registry", s_registry, "--shard", $"{shard}/3", "--out", $"{shard}.state"]);
            Assert.Equal(string.Empty, _command.Out);
            Assert.Contains($"shard {shard}/3", _command.Error, StringComparison.Ordinal);
        }

        await Done(["merge", "2.state", "0.state", "--registry", s_registry, "--state", "some.state"]);
        Assert.Contains("of 3 shards 1 is missing", _command.Error, StringComparison.Ordinal);
        await Done(["merge", "some.state", "1.state", "2.state", "--registry", s_registry, "--expect", "3", "--format", "ndjson", .. report]);
        Assert.Equal(expected, _command.Out);
        await Done(["merge", ".", "--registry", s_registry, "--expect", "3", "--format", "ndjson", "--quiet", .. report]);
        Assert.Equal((expected, string.Empty), (_command.Out, _command.Error));
    }

    [Fact]
    public async Task Missing_shards_are_named_and_nothing_is_written()
    {
        await Done(["partial", s_sample, "--select", "cov_sample", "--shard", "2/5", "--out", "a.state"]);
        Assert.Equal(5, await _command.InvokeAsync("merge", "a.state", "--expect", "5", "--out", "x.csv", "--format", "csv"));
        Assert.Contains("shards 0-1, 3-4 are missing", _command.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_command.Folder, "x.csv")));
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "--expect", "4"));
        await Done(["partial", s_sample, "--select", "cov_sample", "--shard", "0/2", "--out", "b.state"]);
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "b.state", "--expect", "5"));
        await Done(["partial", Path.Combine(s_sample, "radio-0001.arrow"), "--select", "cov_sample", "--out", "c.state"]);
        Assert.Equal(5, await _command.InvokeAsync("merge", "c.state", "--expect", "2"));
        Assert.Equal(2, await _command.InvokeAsync("merge", "c.state", "--expect", "none"));
    }

    [Theory]
    [InlineData("1/4", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=2", "shard 1/4 (SLURM_ARRAY_TASK_ID=3)")]
    [InlineData("2/3", "SLURM_ARRAY_TASK_ID=11 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=5", "shard 2/3")]
    [InlineData("0/2", "JOB_COMPLETION_INDEX=0 INDICATORS_SHARDS=2", "shard 0/2 (JOB_COMPLETION_INDEX=0)")]
    [InlineData("1/7", "INDICATORS_SHARD=1/7 SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=2", "shard 1/7")]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_COUNT")]
    [InlineData(null, "SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_COUNT=2 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2", "none of 2 tasks")]
    [InlineData(null, "JOB_COMPLETION_INDEX=2", "INDICATORS_SHARDS")]
    [InlineData(null, "JOB_COMPLETION_INDEX=2 INDICATORS_SHARDS=2", "none of 2 shards")]
    [InlineData(null, "INDICATORS_SHARD=2/2", "no shard")]
    public async Task Schedulers_say_which_shard_it_is(string? expected, string variables, string says)
    {
        foreach (var pair in variables.Split(' '))
        {
            _command.Variables.Add(pair.Split('=')[0], pair.Split('=')[1]);
        }

        string[] command = ["partial", Path.Combine(s_sample, "radio-0001.arrow"), "--select", "cov_sample", "--out", "a.state"];
        Assert.Equal(expected is null ? 2 : 0, await _command.InvokeAsync(command));
        Assert.Contains(says, _command.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("no option of any verb", _command.Error, StringComparison.Ordinal);
        if (expected is not null)
        {
            var shards = (await StateFileInfo.ReadAsync(Path.Combine(_command.Folder, "a.state"))).Shards.Single();
            Assert.Equal(expected, $"{shards.Present.Single()}/{shards.Count}");
            await Done([.. command, "--shard", "0/1"]);
            Assert.Contains("shard 0/1 (--shard)", _command.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Standard_input_is_refused()
    {
        Assert.Equal(2, await _command.InvokeAsync("partial", "-", "--shard", "0/2", "--out", "a.state"));
        Assert.Contains("standard input", _command.Error, StringComparison.Ordinal);
        Assert.Equal(2, await _command.InvokeAsync("partial", s_sample));
        Assert.Equal(2, await _command.InvokeAsync("merge", "a.state", "--sign", "key.pem"));
        Assert.Equal(6, await _command.InvokeAsync("merge", "nowhere.state"));
        Assert.Empty(Directory.GetFileSystemEntries(_command.Folder));
    }

    [Fact]
    public async Task Shards_keep_rows_that_are_compared_at_the_end()
    {
        string[] query = ["--registry", Path.Combine(s_sample, "registry"), "--dedup", "rows", "--select", "cov_sample,energy_kwh,loss,lat_p95", "--by", "factory", "--format", "ndjson"];
        await Done(["run", s_sample, .. query]);
        var expected = _command.Out;
        await Done(["partial", s_sample, .. query[..^2], "--shard", "0/2", "--out", "a.state"]);
        await Done(["partial", s_sample, .. query[..^2], "--shard", "1/2", "--out", "b.state"]);
        await Done(["merge", "b.state", "a.state", "--expect", "2", .. query]);
        Assert.Equal(expected, _command.Out);
    }

    [Fact]
    public async Task What_decided_a_state_need_not_be_said_again_but_must_not_differ()
    {
        string[] partial = ["partial", s_sample, "--registry", s_registry, "--tz", "UTC", "--profile", "test-no-floor", "--where", "line=F001-L01", "--select", "cov_sample,knr"];
        await Done([.. partial, "--out", "a.state"]);
        await Done(["run", .. partial.Skip(1), "--by", "factory", "--format", "ndjson"]);
        var expected = _command.Out;
        await Done(["merge", "a.state", "--registry", s_registry, "--by", "factory", "--format", "ndjson"]);
        Assert.Equal(expected, _command.Out);
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state"));
        Assert.Contains("--registry", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "--registry", s_registry, "--tz", "Asia/Tokyo"));
        Assert.Contains("tz is 'UTC', not 'Asia/Tokyo'", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "--registry", s_registry, "--by", "device"));
        Assert.Contains("--by device", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "--registry", s_registry, "--select", "oee"));
        Assert.Contains("does not hold 'oee'", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_shard_goes_on_from_its_own_checkpoint_alone()
    {
        string[] partial = ["partial", s_sample, "--select", "cov_sample,energy_kwh", "--checkpoint", "kept", "--out", "a.state"];
        await Done([.. partial, "--shard", "1/2"]);
        var bytes = File.ReadAllBytes(Path.Combine(_command.Folder, "a.state"));
        await Done([.. partial, "--shard", "1/2"]);
        Assert.Equal(bytes, File.ReadAllBytes(Path.Combine(_command.Folder, "a.state")));
        Assert.Contains("going on from", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync([.. partial, "--shard", "0/2"]));
        Assert.Contains("shard 1 of 2", _command.Error, StringComparison.Ordinal);
        Assert.Equal(3, await _command.InvokeAsync(partial));
    }

    [Fact]
    public async Task Signed_states_are_verified_and_their_signers_named()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _command.Write("key.pem", key.ExportPkcs8PrivateKeyPem());
        Directory.CreateDirectory(Path.Combine(_command.Folder, "keys"));
        _command.Write("keys/site a.pem", key.ExportSubjectPublicKeyInfoPem());
        await Done(["partial", Path.Combine(s_sample, "radio-0001.arrow"), "--out", "a.state", "--sign", "key.pem"]);
        await Done(["partial", Path.Combine(s_sample, "energy-0001.arrow"), "--out", "b.state"]);
        await Done(["merge", "a.state", "--trust", "keys", "--manifest", "m.json", "--quiet"]);
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(_command.Folder, "m.json")));
        var state = manifest.RootElement.GetProperty("states")[0];
        Assert.Equal(("site a", 64), (state.GetProperty("signer").GetString(), state.GetProperty("key_id").GetString()!.Length));
        Assert.Equal(3, await _command.InvokeAsync("merge", "a.state", "b.state", "--trust", "keys"));
        Assert.Contains("b.state", _command.Error, StringComparison.Ordinal);
        await Done(["merge", "a.state", "b.state", "--state", "c.state", "--sign", "key.pem"]);
        await Done(["merge", "c.state", "--trust", "keys", "--quiet"]);

        // a signature of what was there before does not stay behind
        await Done(["partial", Path.Combine(s_sample, "radio-0001.arrow"), "--out", "a.state"]);
        Assert.False(File.Exists(Path.Combine(_command.Folder, "a.state.sig")));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("json")]
    public async Task Inspect_explains_a_state(string format)
    {
        await Done(["partial", s_sample, "--registry", s_registry, "--shard", "1/3", "--by", "device", "--out", "a.state"]);
        await Done(["inspect", "a.state", "--format", format]);
        if (format == "table")
        {
            Assert.Contains("kept by day, by line, device", _command.Out, StringComparison.Ordinal);
            Assert.Contains("shard 1 of 3", _command.Out, StringComparison.Ordinal);
            Assert.Contains("not signed", _command.Out, StringComparison.Ordinal);
            return;
        }

        using var document = JsonDocument.Parse(_command.Out);
        var state = document.RootElement.GetProperty("states")[0];
        Assert.Equal((3, "day", true), (state.GetProperty("version").GetInt32(), state.GetProperty("grain").GetProperty("panes").GetString(), state.GetProperty("grain").GetProperty("device").GetBoolean()));
        Assert.Equal("[0,2]", state.GetProperty("shards")[0].GetProperty("missing").GetRawText());
        Assert.Equal(state.GetProperty("inputs").GetArrayLength(), state.GetProperty("sections").GetProperty("input").GetInt32());
        Assert.Equal(JsonValueKind.Null, state.GetProperty("signature").ValueKind);
    }

    [Fact]
    public async Task W26_late_data_makes_a_revision_and_the_one_before_stays()
    {
        Directory.CreateDirectory(Path.Combine(_command.Folder, "registry"));
        _command.Write("registry/devices.csv", "device,line,is_key\nA,L1,1\nB,L1,1\nC,L1,1\nD,L1,1\nE,L2,1\nF,L2,1\n");
        _command.Write("registry/lines.csv", "line,factory\nL1,F1\nL2,F1\n");
        _command.Write("registry/factories.csv", "factory\nF1\n");
        Write("day1.arrow", ExportBuilder.Connectivity().Times(500, "2024-03-01 08:00", "A", "nr").Row("2024-03-01 09:00", "B", "nr").Row("2024-03-01 10:00", "E", "lte"));
        string[] Run(params string[] exports) =>
            ["run", .. exports.Select(name => Path.Combine(_command.Folder, name)), "--registry", "registry", "--profile", "test-no-floor", "--as-of", "2024-03-03", "--select", "knr", "--state", "kept.state", "--format", "ndjson"];
        await Done([.. Run("day1.arrow"), "--difference", "d1.ndjson"]);
        var first = _command.Out;
        Assert.Equal(("3/6", 1), Figure(first));
        Assert.Contains("\"change\":\"added\"", File.ReadAllText(Path.Combine(_command.Folder, "d1.ndjson")), StringComparison.Ordinal);

        Write("day2.arrow", ExportBuilder.Connectivity()
            .Row("2024-03-02 08:00", "A", "nr").Row("2024-03-02 08:00", "C", "nr").Row("2024-03-02 08:00", "E", "nr").Row("2024-03-02 08:00", "X", "nr"));
        await Done([.. Run("day1.arrow", "day2.arrow"), "--difference", "d2.ndjson"]);
        Assert.Equal(("4/6", 2), Figure(_command.Out));
        var second = _command.Out;
        var change = File.ReadLines(Path.Combine(_command.Folder, "d2.ndjson")).Select(static line => JsonDocument.Parse(line).RootElement).Single(static row => row.GetProperty("indicator").GetString() == "knr");
        Assert.Equal(("changed", 1, 0, 3, 4), (change.GetProperty("change").GetString(), change.GetProperty("numerator_change").GetInt32(), change.GetProperty("denominator_change").GetInt32(),
            change.GetProperty("old").GetProperty("numerator").GetInt32(), change.GetProperty("new").GetProperty("numerator").GetInt32()));

        // the state before stands beside the new one, and says what it said
        string[] merge = ["merge", "--registry", "registry", "--as-of", "2024-03-03"];
        await Done([.. merge, "kept.state.r1", "--format", "ndjson"]);
        Assert.Equal(first, _command.Out);
        await Done([.. merge, "kept.state", "--format", "ndjson"]);
        Assert.Equal(second, _command.Out);

        // nothing new, no new revision; and every form of results has it
        await Done([.. Run("day2.arrow", "day1.arrow"), "--difference", "d3.ndjson"]);
        Assert.Equal((second, string.Empty), (_command.Out, File.ReadAllText(Path.Combine(_command.Folder, "d3.ndjson"))));
        Assert.False(File.Exists(Path.Combine(_command.Folder, "kept.state.r2")));
        foreach (var format in new[] { "csv", "json", "markdown", "table" })
        {
            await Done([.. merge, "kept.state", "--format", format]);
            Assert.Contains("revision", _command.Out, StringComparison.Ordinal);
        }

        var info = await StateFileInfo.SurveyAsync(Path.Combine(_command.Folder, "kept.state"));
        Assert.Equal(["day1.arrow", "day2.arrow"], info.Revisions.Select(static revision => Path.GetFileName(revision.Inputs.Single().Name)));

        // without a state there is no revision
        await Done(["run", Path.Combine(_command.Folder, "day1.arrow"), "--registry", "registry", "--select", "knr", "--format", "ndjson"]);
        Assert.DoesNotContain("revision", _command.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_state_may_go_elsewhere_and_a_state_of_another_query_is_refused()
    {
        string[] run = ["run", Path.Combine(s_sample, "radio-0001.arrow"), "--select", "cov_sample", "--state", "a.state", "--quiet"];
        await Done(run);
        var before = File.ReadAllBytes(Path.Combine(_command.Folder, "a.state"));
        run[1] = s_sample;
        await Done([.. run, "--state-out", "b.state"]);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_command.Folder, "a.state")));
        Assert.Equal(2, (await StateFileInfo.ReadAsync(Path.Combine(_command.Folder, "b.state"))).Revisions.Count);
        Assert.Equal(3, await _command.InvokeAsync([.. run, "--tz", "UTC"]));
        Assert.Equal(3, await _command.InvokeAsync([.. run, "--by", "device"]));
        Assert.Equal(2, await _command.InvokeAsync([.. run, "--checkpoint", "kept"]));
        Assert.Equal(2, await _command.InvokeAsync("run", s_sample, "--difference", "d.ndjson"));
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_command.Folder, "a.state")));
    }

    private async Task Done(string[] arguments) => Assert.True(await _command.InvokeAsync(arguments) == 0, $"{string.Join(' ', arguments)}: {_command.Error}");

    private void Write(string name, ExportBuilder export) => File.WriteAllBytes(Path.Combine(_command.Folder, name), export.ToBytes(IpcFormat.File));

    private static (string Fraction, int Revision) Figure(string ndjson)
    {
        var row = ndjson.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static line => JsonDocument.Parse(line).RootElement).Single(static row => row.GetProperty("indicator").GetString() == "knr");
        return ($"{row.GetProperty("numerator")}/{row.GetProperty("denominator")}", row.GetProperty("revision").GetInt32());
    }
}
