using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Adapters.Registry;
using IndicatorCore.Generation;
using IndicatorCore.Indicators;
using IndicatorCore.Tests.Support;
using IndicatorCore.Tests.World;

namespace IndicatorCore.Tests.Indicators;

/// <summary>
/// The whole catalogue over generated exports with every trap: whatever the order of rows, their split into batches and files, the threads, the
/// tree of merged state files, replays, interruptions, the width of vectors and the operating system's locale, the rows are the same to the last bit.
/// </summary>
[Collection(nameof(Alone))]
public sealed class CatalogueLawsTests
{
    [Fact]
    public void Nothing_but_the_rows_decides_the_result() => Check(cases: 2);

    [Fact]
    [Trait("Category", "Slow")]
    public void Nothing_but_the_rows_decides_the_result_in_many_provinces() => Check(cases: 25);

    /// <summary>The host of the library may have any culture: as German, Persian and Turkish hosts write numbers, and with a minus of its own.</summary>
    [Theory]
    [InlineData(",", ".")]
    [InlineData("٫", "٬")]
    [InlineData("İ", "ı")]
    public void The_culture_of_the_host_shows_nowhere(string point, string separator)
    {
        using var folder = new TemporaryFolder();
        var query = Generate(folder, seed: 77, GenerationLayout.Tables);
        var expected = Reports.Lines(Reports.OfFiles(query, folder.Path));
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = point;
        culture.NumberFormat.NumberGroupSeparator = separator;
        culture.NumberFormat.NegativeSign = "−";
        culture.DateTimeFormat.DateSeparator = separator;
        culture.DateTimeFormat.TimeSeparator = point;
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, CultureInfo.DefaultThreadCurrentCulture);   // nothing runs beside these tests
        try
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, CultureInfo.DefaultThreadCurrentCulture) = (culture, culture, culture);
            Assert.Equal("1" + point + "5", 1.5.ToString("0.0", CultureInfo.CurrentCulture));
            var again = query with { Registry = RegistryReader.Read(folder.File("registry")) };
            Assert.Equal(expected.Split('\n'), Reports.Lines(Reports.OfFiles(again, folder.Path)).Split('\n'));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture, CultureInfo.DefaultThreadCurrentCulture) = before;
        }
    }

    [SkippableFact]
    [Trait("Category", "Slow")]
    public void Vector_width_and_locale_of_a_process_show_nowhere()
    {
        Child.Require();
        using var folder = new TemporaryFolder();
        Generate(folder, seed: 78, GenerationLayout.Tables);
        const string Run = "indicators run . --registry registry --by factory,line --by line --profile test-no-floor --format ndjson --quiet";
        var (code, expected, error) = Child.Run(folder.Path, Run, seconds: 120);
        Assert.True(code == 0, error);
        Assert.True(expected.AsSpan().Count('\n') > 300);
        foreach (var variable in new[]
        {
            ("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableHWIntrinsic", "0"),
            ("LC_ALL", "tr_TR.UTF-8"), ("LC_ALL", "de_DE.UTF-8"), ("LC_ALL", "fa_IR.UTF-8"), ("LANG", "ar_SA"), ("TZ", "America/St_Johns"),
        })
        {
            Assert.Equal(expected, Child.Run(folder.Path, Run, 120, variable).Out);
        }
    }

    private static void Check(int cases) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), Hold).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));

    private static void Hold(int seed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(seed);
        var layout = random.Next(3) == 0 ? GenerationLayout.Telemetry : GenerationLayout.Tables;
        var query = Generate(folder, (ulong)(uint)seed, layout) with
        {
            Window = random.Next(3) switch { 0 => Window.Month, 1 => Window.Day, _ => Window.Default },
        };
        var files = Directory.GetFiles(folder.Path, "*.arrow").Order(StringComparer.Ordinal).ToArray();
        var expected = Reports.OfFiles(query with { Threads = 1 }, files);
        Assert.True(expected.Rows.Select(static row => row.Indicator).Distinct().Count() > 40);

        // any number of threads, and a replay of everything
        Reports.AssertSame(expected, Reports.OfFiles(query with { Threads = random.Next(2, 9) }, [.. files, .. files]));

        // any order of rows, over any files and batches
        var shuffled = new List<string>();
        foreach (var file in files.Where(static file => !file.Contains("-resend", StringComparison.Ordinal)))
        {
            foreach (var bytes in Rebatch.Shuffled(file, random, random.Next(1, 4)))
            {
                shuffled.Add(folder.Write($"{Path.GetFileName(file).Split('-')[0]}-part{shuffled.Count}.part", bytes));
            }
        }

        var order = shuffled.ToArray();
        random.Shuffle(order);
        Reports.AssertSame(expected, Reports.OfFiles(query with { Threads = random.Next(1, 9) }, order));

        // any tree of state files
        var states = new List<string>();
        foreach (var part in order.Chunk(random.Next(1, 5)))
        {
            using var engine = new IndicatorEngine(query with { Threads = random.Next(1, 4) });
            Reports.ReadFiles(engine, part);
            states.Add(Save(engine, folder.File($"{states.Count}.state")));
        }

        while (states.Count > 1)
        {
            using var engine = new IndicatorEngine(query);
            for (var taken = 0; taken < 3 && states.Count > 0; taken++)
            {
                var at = random.Next(states.Count);
                engine.MergeStateAsync(states[at]).GetAwaiter().GetResult();
                states.RemoveAt(at);
            }

            var merged = Save(engine, folder.File($"{Guid.NewGuid():N}.state"));
            states.Add(merged);
        }

        using var last = new IndicatorEngine(query);
        last.MergeStateAsync(states[0]).GetAwaiter().GetResult();
        Reports.AssertSame(expected, last.Finish());

        // interrupted anywhere, and taken up again
        for (var read = 0; read < order.Length; read += random.Next(1, order.Length))
        {
            using var engine = new IndicatorEngine(query) { Checkpoint = new CheckpointOptions { Directory = folder.File("kept"), Bytes = 1 } };
            Reports.ReadFiles(engine, order[..read]);
        }

        using var resumed = new IndicatorEngine(query) { Checkpoint = new CheckpointOptions { Directory = folder.File("kept"), Bytes = 1 } };
        Reports.ReadFiles(resumed, order);
        Reports.AssertSame(expected, resumed.Finish());
    }

    private static string Save(IndicatorEngine engine, string path)
    {
        using var state = File.Create(path);
        engine.SaveState(state);
        return path;
    }

    private static IndicatorQuery Generate(TemporaryFolder folder, ulong seed, GenerationLayout layout)
    {
        new ProvinceGenerator(new GenerationOptions
        {
            OutputDirectory = folder.Path,
            Seed = seed,
            Rows = 8_000,
            Factories = 2,
            Days = 540,
            HotDays = 30,
            Layout = layout,
            BatchRows = 700,
            Periods = true,
        }).Generate();
        return new IndicatorQuery
        {
            Registry = RegistryReader.Read(folder.File("registry")),
            GroupBy = ["factory", "line"],
            Profile = DefinitionProfile.TestNoFloor,
            Threads = 2,
        };
    }
}
