using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Names of files and folders that people and other systems make.</summary>
public sealed class FileNameTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("with some spaces")]
    [InlineData("五月 第一周 导出")]
    [InlineData("emoji 😀 and ü")]
    [InlineData("new\nline\tand tab")]
    [InlineData("escape \u001b[31m red")]
    [InlineData("[brackets] {braces} $HOME 'quotes' \"double\"")]
    [InlineData("star * and ? mark")]
    [InlineData("-dash")]
    [InlineData("back\\slash")]
    public void Any_name_can_be_read_and_written(string name)
    {
        Child.Require();
        var inner = Directory.CreateDirectory(_folder.File(name)).FullName;
        var path = Path.Combine(inner, $"energy-{name}.arrow");
        File.WriteAllBytes(path, SmallExport.Energy(batches: 4));
        foreach (var export in new[] { path, inner })
        {
            var (code, output, error) = Child.Run(
                inner,
                $"{SmallExport.Run} \"$EXPORT\" --out \"$OUT\" --manifest m.json && cat \"$OUT\"",
                variables: [("EXPORT", export), ("OUT", $"{inner}/out {name}.txt")]);
            Assert.Equal((0, string.Empty), (code, error));
            Assert.Contains("\"value\":10,", output, StringComparison.Ordinal);
        }

        File.WriteAllBytes(path, new byte[100]);
        var (failed, _, message) = Child.Run(inner, $"{SmallExport.Run} \"$EXPORT\"", variables: ("EXPORT", path));
        Assert.Equal(3, failed);
        Assert.Equal(1, message.AsSpan().Count('\n'));   // no control character comes through
        Assert.DoesNotContain('\e', message);
    }

    [SkippableFact]
    public void A_name_that_is_not_UTF_8_is_told_and_a_folder_of_such_a_name_too()
    {
        Child.Require();
        SmallExport.Write(_folder, "energy.arrow");
        Child.Fails(_folder.Path, 6, "the bytes of its name are not UTF-8; rename it", $"mkdir d; cp energy.arrow d/$'energy-\\xff\\xfe.arrow'; {SmallExport.Run} d");
        Child.Fails(_folder.Path, 6, "the bytes of its name are not UTF-8; rename it", $"{SmallExport.Run} d/*.arrow");
        Child.Fails(_folder.Path, 6, "the bytes of its name are not UTF-8; rename it", $"{SmallExport.Run} 'd/*.arrow'");
        var (code, _, error) = Child.Run(_folder.Path, $"mkdir -p e/$'\\xff'; cp energy.arrow e/$'\\xff'/; {SmallExport.Run} e");
        Child.Run(_folder.Path, "rm -rf d e");
        Assert.Equal(6, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void The_longest_names_can_be_read_and_written_and_longer_paths_are_told()
    {
        Child.Require();
        var longest = "energy-" + new string('x', 255 - "energy-.arrow".Length) + ".arrow";
        SmallExport.Write(_folder, longest, batches: 4);
        var output = new string('r', 255);
        var (code, _, error) = Child.Run(_folder.Path, $"{SmallExport.Run} {longest} --out {output}");
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("\"value\":10,", File.ReadAllText(_folder.File(output)), StringComparison.Ordinal);

        var part = new string('y', 200);
        var deep = string.Join('/', Enumerable.Repeat(part, 18));
        Directory.CreateDirectory(_folder.File(deep));
        File.Copy(_folder.File(longest), _folder.File(deep + "/energy.arrow"));
        File.Delete(_folder.File(longest));
        Assert.Equal(0, Child.Run(_folder.Path, $"{SmallExport.Run} {part}").Code);

        // deeper than a path may be long: made step by step
        var tooDeep = string.Join(string.Empty, Enumerable.Repeat($"mkdir -p {part}; cd {part}; ", 25));
        var (failed, _, message) = Child.Run(_folder.Path, $"({tooDeep} echo > energy.arrow); {SmallExport.Run} {part}");
        Child.Run(_folder.Path, $"rm -rf {part}");
        Assert.Equal(6, failed);
        Assert.StartsWith("error: ", message, StringComparison.Ordinal);
    }
}
