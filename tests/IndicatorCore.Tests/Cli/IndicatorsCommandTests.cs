using IndicatorCore.Errors;

namespace IndicatorCore.Tests.Cli;

public sealed class IndicatorsCommandTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("run")]
    [InlineData("catalog")]
    public async Task Help_of_a_verb_shows_examples(string verb)
    {
        Assert.Equal(0, await _command.InvokeAsync(verb, "--help"));
        Assert.Contains("Usage:\n  indicators " + verb, _command.Out, StringComparison.Ordinal);
        Assert.Contains("Examples:\n  # ", _command.Out, StringComparison.Ordinal);
        Assert.Empty(_command.Error);
    }

    [Fact]
    public async Task Help_and_version_go_to_standard_output()
    {
        Assert.Equal(0, await _command.InvokeAsync("--help"));
        Assert.Contains("Exit codes:", _command.Out, StringComparison.Ordinal);
        Assert.Equal(0, await _command.InvokeAsync("--version"));
        Assert.Matches(@"^indicators \d+\.\d+\.\d+( \(commit [0-9a-f]{12}\))?\n$", _command.Out);
    }

    [Theory]
    [InlineData("no verb given", "")]
    [InlineData("there is no verb 'runn'. Did you mean run?", "runn")]
    [InlineData("'EXPORT' missing", "run")]
    [InlineData("unknown option '--bye'. Did you mean --by?", "run x --bye factory")]
    [InlineData("unknown option '--shard'", "run x --shard 0/2")]
    [InlineData("'pdf' not recognized", "run x --format pdf")]
    [InlineData("there is no programme 'tianjin'", "form tianjin x")]
    [InlineData("liaoning-2024 needs exports", "form liaoning-2024")]
    [InlineData("'fortnight' not recognized", "run x --window fortnight")]
    [InlineData("no time zone 'Mars'", "run x --tz Mars")]
    [InlineData("--from: '2024' is neither", "run x --from 2024")]
    [InlineData("--baseline and --after go together", "run x --baseline 2023-01-01..2023-02-01")]
    [InlineData("'2023-01-01' is no span", "run x --after 2023-01-01 --baseline 2023-01-01..2023-02-01")]
    [InlineData("--threads: '0' is no number", "run x --threads 0")]
    [InlineData("--memory: '5 apples'", "run x --memory", "5 apples")]
    [InlineData("--where: 'factory' is no condition", "run x --where factory")]
    [InlineData("neither a built-in profile nor a file. Did you mean cn-nr-a?", "run x --profile cn-nr-b")]
    [InlineData("standard input (-) can be read only once", "run - -")]
    [InlineData("there is no indicator 'knrr'", "catalog knrr")]
    public async Task What_makes_no_sense_is_a_usage_error_of_one_line(string message, string line, string? last = null)
    {
        string[] args = [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. last is null ? [] : new[] { last }];
        Assert.Equal(2, await _command.InvokeAsync(args));
        Assert.StartsWith("error: ", _command.Error, StringComparison.Ordinal);
        Assert.Contains(message, _command.Error, StringComparison.Ordinal);
        Assert.Equal(1, _command.Error.Count(static c => c == '\n'));
        Assert.Empty(_command.Out);
    }

    [Fact]
    public async Task Data_at_fault_is_told_with_its_place_and_nothing_is_written()
    {
        var place = new DataLocation("a.arrow", "radio", "rsrp_dbm", 3, 17, 4096);
        _command.Engine = Failing(new MalformedArrowException("The body ends early", place, DataFault.Truncated, "Copy the file again."));
        Assert.Equal(3, await _command.InvokeAsync("run", "a.arrow", "--out", "r.json"));
        Assert.Equal(
            "error: The body ends early (a.arrow, table radio, column rsrp_dbm, batch 3, row 17, offset 4096). Copy the file again.\n",
            _command.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_command.Folder));
        Assert.True(_command.Engine.IsDisposed);
    }

    [Fact]
    public async Task Verbose_adds_the_stack_trace()
    {
        _command.Engine = Failing(new MalformedArrowException("Bad"));
        Assert.Equal(3, await _command.InvokeAsync("run", "a.arrow", "--verbose"));
        Assert.Contains("   at ", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_of_fault_has_its_exit_code()
    {
        (Exception Problem, int Code)[] faults =
        [
            (new MalformedArrowException("x"), 3),
            (new UnsupportedArrowException("x"), 3),
            (new SchemaMismatchException("x"), 3),
            (new InputChangedException("x"), 3),
            (new StateMismatchException("x"), 3),
            (new ConfigurationException("x"), 3),
            (new LimitExceededException("x"), 3),
            (new LimitExceededException("x", isMemoryBudget: true), 6),
            (new FileNotFoundException("gone", "a.arrow"), 6),
            (new IOException("No space left on device"), 6),
            (new UnauthorizedAccessException("x"), 6),
            (new AggregateException(new MalformedArrowException("x")), 3),
        ];
        foreach (var (problem, code) in faults)
        {
            _command.Engine = Failing(problem);
            Assert.Equal(code, await _command.InvokeAsync("run", "a.arrow"));
            Assert.StartsWith("error: ", _command.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_interrupt_ends_with_130_and_leaves_nothing()
    {
        using var interrupt = new CancellationTokenSource();
        _command.Engine = new FakeRun
        {
            Reading = async cancellationToken =>
            {
                await interrupt.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        Assert.Equal(130, await _command.InvokeAsync(["run", "a.arrow", "--out", "r.json"], interrupt.Token));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_command.Folder));
        Assert.DoesNotContain("error", _command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_leaves_ends_the_command_quietly()
    {
        _command.Output = new LeavingReader();
        Assert.Equal(0, await _command.InvokeAsync("run", "a.arrow"));
        Assert.Empty(_command.Error);
    }

    private static FakeRun Failing(Exception problem) => new() { Reading = _ => Task.FromException(problem) };

    private sealed class LeavingReader : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe", 32);

        public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe", 32);
    }
}
