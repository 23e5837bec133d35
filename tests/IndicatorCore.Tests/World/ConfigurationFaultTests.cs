using System.Text;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Sources;
using IndicatorCore.Tests.Cli;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Profiles, registries and settings that are not what they should be.</summary>
public sealed class ConfigurationFaultTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Contents, and what is said of them as a profile.</summary>
    public static TheoryData<string, string> Contents => new()
    {
        { "nothing", "is not valid JSON" },
        { "junk", "is not UTF-8 text" },
        { "zeros", "is not valid JSON" },
        { "one long line", "more than 16777216 bytes" },
        { "no UTF-8", "is not UTF-8 text" },
        { "deep", "depth of 32" },
        { "half", "is not valid JSON" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Contents))]
    public void A_profile_that_is_none_is_a_typed_error_with_its_file(string content, string message)
    {
        var path = Written(content, "profile.json");
        foreach (var read in new Action[] { () => SourceProfile.Load(path), () => DefinitionProfileReader.Read(path) })
        {
            var fault = Assert.ThrowsAny<IndicatorDataException>(read);
            Assert.Equal(path, fault.Location.File);
            Assert.Contains(message, fault.Message, StringComparison.Ordinal);
            Assert.NotNull(fault.Advice);
        }
    }

    [Fact]
    public async Task A_profile_that_is_none_ends_a_run_with_3_and_a_directory_with_6()
    {
        using var command = new CommandRun();
        var path = Written("no UTF-8", "profile.json");
        Assert.Equal(3, await command.InvokeAsync("run", "a.arrow", "--source", path));
        Assert.Equal(3, await command.InvokeAsync("run", "a.arrow", "--profile", path));
        Assert.Contains("profile.json, row 2). Save it as UTF-8.", command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await command.InvokeAsync("run", "a.arrow", "--source", _folder.Path));
        Assert.Contains("is a directory; name a file", command.Error, StringComparison.Ordinal);
        Assert.Equal(2, await command.InvokeAsync("run", "a.arrow", "--profile", _folder.Path));
        Assert.Contains("neither a built-in profile nor a file", command.Error, StringComparison.Ordinal);
        Assert.Equal(6, await command.InvokeAsync("run", "a.arrow", "--source", Path.Combine(_folder.Path, "missing.json")));
        Assert.Empty(command.Engine.Paths);
    }

    [Fact]
    public void Profiles_with_a_byte_order_mark_are_read()
    {
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var path = _folder.Write("p.json", [.. encoding.Preamble, .. encoding.GetBytes("{\"name\": \"名\"}")]);
            Assert.Equal("名", SourceProfile.Load(path).Name);
        }
    }

    [SkippableFact]
    public void A_profile_may_come_through_a_pipe_and_a_device_never_hangs()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        Assert.Equal(0, Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrow --source <(echo '{{\"table\": \"energy\"}}')").Code);
        Child.Fails(_folder.Path, 3, "more than 16777216 bytes (/dev/zero)", $"{SmallExport.Run} energy.arrow --source /dev/zero");
        Child.Fails(_folder.Path, 3, "is not valid JSON", $"{SmallExport.Run} energy.arrow --source /dev/null");
    }

    [Theory]
    [InlineData("nothing", "The file is empty")]
    [InlineData("junk", "neither UTF-8 nor GB18030")]
    [InlineData("zeros", "The column device")]
    [InlineData("one long line", "The line has more than 1048576 bytes")]
    [InlineData("no UTF-8", "neither UTF-8 nor GB18030")]
    [InlineData("open quote", "never closed")]
    [InlineData("deep", "The line has more than 1048576 bytes")]
    public void A_table_of_a_registry_that_is_none_is_a_typed_error_with_its_file(string content, string message)
    {
        var path = Written(content, "devices.csv");
        var fault = Assert.ThrowsAny<IndicatorDataException>(() => RegistryReader.Read(_folder.Path));
        Assert.Equal((path, "devices"), (fault.Location.File, fault.Location.Table));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.NotNull(fault.Advice);
        Assert.InRange(fault.Message.Length, 1, 6_000);
    }

    [SkippableTheory]
    [InlineData("mkdir devices.csv", "is a directory, not a file")]
    [InlineData("mkfifo devices.csv", "is a pipe, not a file")]
    [InlineData("ln -s /dev/zero devices.csv", "is a device, not a file")]
    [InlineData("ln -s missing devices.csv", "is a link that leads nowhere")]
    public void A_table_that_is_no_file_is_never_passed_over_or_waited_for(string make, string message)
    {
        Child.Require();
        _folder.Write("lines.csv", "line,factory\nL1,F1\n");
        SmallExport.Write(_folder, "energy.arrow");
        Child.Fails(_folder.Path, 3, message, $"{make}; {SmallExport.Run} energy.arrow --registry .", seconds: 20);
    }

    [SkippableTheory]
    [InlineData("mkfifo indicators.json", 2, "is a pipe, not a file")]
    [InlineData("ln -s /dev/zero indicators.json", 2, "is a device, not a file")]
    [InlineData("head -c 20000000 /dev/zero > indicators.json", 2, "more than 16777216 bytes")]
    [InlineData("printf '{\"quiet\": \"\\xff\"}' > indicators.json", 2, "is not UTF-8 text")]
    [InlineData("printf '%20000s' | tr ' ' '[' > indicators.json", 2, "is no JSON")]
    [InlineData(": > indicators.json", 2, "is no JSON")]
    public void Settings_that_are_none_are_told(string make, int code, string message)
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        Child.Fails(_folder.Path, code, message, $"{make}; {SmallExport.Run} energy.arrow", seconds: 20);
    }

    private string Written(string content, string name) => _folder.Write(name, content switch
    {
        "nothing" => [],
        "junk" => [.. Enumerable.Range(0, 3_000).Select(static i => (byte)((i * 7919) ^ (i >> 3) | 0x80))],
        "zeros" => new byte[3_000],
        "one long line" => [.. Enumerable.Repeat((byte)'a', 100_000_000)],
        "no UTF-8" => [.. "{\n\"name\": \""u8, 0xFF, 0xFE, .. "\"}"u8],
        "open quote" => Encoding.UTF8.GetBytes("device,line\nD1,\"L1\n" + string.Concat(Enumerable.Repeat("D2,L2\n", 100_000))),
        "half" => Encoding.UTF8.GetBytes("{\"name\": \"x\", "),
        _ => [.. Enumerable.Repeat((byte)'[', 10_000_000)],
    });
}
