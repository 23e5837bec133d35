using System.Diagnostics;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Cli;

public sealed class CompletionTests : IDisposable
{
    private readonly CommandRun _command = new();

    public void Dispose() => _command.Dispose();

    [Theory]
    [InlineData("indicators mer", "merge")]
    [InlineData("indicators run x --win", "--window")]
    [InlineData("indicators run x --window sh", "shift")]
    [InlineData("indicators run x --format nd", "ndjson")]
    [InlineData("indicators run x --select cov_s", "cov_sample")]
    [InlineData("indicators run x --select knr,eff_gain.p", "knr,eff_gain.pooled")]
    [InlineData("indicators run x --by city,fac", "city,factory")]
    [InlineData("indicators run x --where fac", "factory=")]
    [InlineData("indicators run x --tz Asia/Sh", "Asia/Shanghai")]
    [InlineData("indicators catalog cov_g", "cov_grid")]
    [InlineData("indicators form tian", "tianjin-2023")]
    [InlineData("indicators import pm", "pm-xml")]
    [InlineData("indicators completion z", "zsh")]
    public async Task What_may_stand_at_the_cursor_is_offered(string line, string offered)
    {
        Assert.Equal(0, await _command.InvokeAsync($"[suggest:{line.Length}]", line));
        Assert.Contains(offered, _command.Out.Split('\n'));
        Assert.Empty(_command.Error);
    }

    [SkippableTheory]
    [InlineData("bash", "--norc -c", """eval "$(indicators completion bash)"; COMP_LINE='indicators run x --select cov_sam'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(indicators run x --select cov_sam); COMP_CWORD=4; _indicators; echo "${COMPREPLY[0]}" """, "cov_sample")]
    [InlineData("bash", "--norc -c", """eval "$(indicators completion bash)"; COMP_LINE='indicators ver'; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(indicators ver); COMP_CWORD=1; _indicators; echo "${COMPREPLY[0]}" """, "verify")]
    [InlineData("zsh", "-f -c", """compadd() { shift 3; print -l -- "$@" }; _files() { }; compdef() { }; eval "$(indicators completion zsh)"; BUFFER='indicators ver'; CURSOR=${#BUFFER}; words=(indicators ver); _indicators""", "verify")]
    [InlineData("pwsh", "-NoProfile -Command", """indicators completion pwsh | Out-String | Invoke-Expression; (TabExpansion2 'indicators ver' 14).CompletionMatches.CompletionText""", "verify")]
    [Trait("Category", "Slow")]
    public void A_real_shell_completes(string shell, string options, string script, string offered)
    {
        Skip.IfNot(Programs.Has(shell), $"{shell} is not installed");
        var start = new ProcessStartInfo(shell) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var option in options.Split(' '))
        {
            start.ArgumentList.Add(option);
        }

        start.ArgumentList.Add(script);
        start.Environment["PATH"] = $"{Path.GetDirectoryName(Programs.Indicators)}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(output.Split('\n').Contains(offered), $"{shell} offered: {output}\n{error}");
    }

    [Fact]
    public async Task The_manual_page_has_every_verb_and_option_and_nothing_that_roff_would_take_for_a_request()
    {
        Assert.Equal(0, await _command.InvokeAsync("man"));
        string[] requests = [".TH", ".SH", ".SS", ".TP", ".B", ".I", ".PP", ".RS", ".RE", ".nf", ".fi"];
        Assert.All(_command.Out.Split('\n').Where(static line => line is ['.' or '\'', ..]), line => Assert.Contains(line.Split(' ')[0], requests));
        foreach (var verb in IndicatorCore.Cli.IndicatorsCommand.AllVerbs())
        {
            Assert.Contains($".SS indicators {(verb.Parent is { } parent ? $"{parent.Name} " : string.Empty)}{verb.Command.Name}".Replace("-", "\\-", StringComparison.Ordinal), _command.Out, StringComparison.Ordinal);
            Assert.All(verb.Command.Options.Where(static option => !option.Hidden), option => Assert.Contains($"\\fB{option.Name.Replace("-", "\\-", StringComparison.Ordinal)}\\fR", _command.Out, StringComparison.Ordinal));
        }
    }

    [SkippableFact]
    public async Task The_manual_page_is_set_without_a_warning()
    {
        Skip.IfNot(Programs.Has("groff"), "groff is not installed");
        Assert.Equal(0, await _command.InvokeAsync("man", "--out", "indicators.1"));
        using var process = Process.Start(new ProcessStartInfo("groff", ["-man", "-Kutf8", "-Tutf8", "-P-cbou", "-ww", "-rLL=100n", Path.Combine(_command.Folder, "indicators.1")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEndAsync();
        Assert.Equal(string.Empty, await process.StandardError.ReadToEndAsync());
        Assert.Contains("EXIT STATUS", await output, StringComparison.Ordinal);
    }
}
