using FsCheck;
using FsCheck.Fluent;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators;

/// <summary>Which devices count as connected over 5G, and where (indicator-definitions 2).</summary>
public sealed class FiveGDeviceTests
{
    private static readonly string?[] s_links = ["nr", "5G", "wifi", "wired", null];

    private static IndicatorQuery Query => Reports.NoFloor with { Registry = Plant, Select = ["knr", "knr_5g", "n_5g_terminals", "n_devices_5g"] };

    private static IndicatorRegistry Plant => new()
    {
        Factories = [Registries.Factory("F1")],
        Lines = [Registries.Line("L1"), Registries.Line("L2")],
        Devices =
        [
            Registries.Device("gate", "L1", isKey: false) with { Kind = "gateway", Access = "nr" },
            Registries.Device("hub", "L2", isKey: false) with { Kind = "网关", Access = "wired" },
            Registries.Device("pad", "L2", isKey: false) with { Kind = "5G PAD", Access = "5G" },
            Registries.Device("lathe", "L1") with { Kind = "machine", Behind = "gate", Access = "wired" },
            Registries.Device("press", "L1") with { Kind = "machine", Behind = "gate" },
            Registries.Device("robot", "L2") with { Kind = "machine", Access = "NR-SA" },
            Registries.Device("oven", "L2") with { Kind = "machine", Behind = "hub" },
        ],
    };

    [Fact]
    public void A_gateway_is_a_terminal_and_the_machines_behind_it_are_devices()
    {
        // no link column: the registry's access tells; the gateway itself never reports
        var export = ExportBuilder.Table("connectivity").Time("event_ts").Keys("device")
            .Row("2024-03-01 08:00", "lathe").Row("2024-03-01 09:00", "press").Row("2024-03-02 08:00", "lathe")
            .Row("2024-03-02 09:00", "robot").Row("2024-03-02 10:00", "oven").Row("2024-03-02 10:00", "stranger");
        var report = Laws.Hold(Query with { GroupBy = ["factory", "line"] }, export);
        Assert.Equal(1, report.Row("n_5g_terminals", "factory=F1").Value);
        Assert.Equal(3, report.Row("n_devices_5g", "factory=F1").Value);
        Assert.Equal("4/4", report.Row("knr", "factory=F1").Fraction());
        Assert.Equal("3/4", report.Row("knr_5g", "factory=F1").Fraction());
        Assert.Equal("2/2", report.Row("knr_5g", "line=L1").Fraction());
        Assert.Equal("1/2", report.Row("knr_5g", "line=L2").Fraction());
        Assert.Equal((1, 2), (report.Row("n_5g_terminals", "line=L1").Value, report.Row("n_devices_5g", "line=L1").Value));
        Assert.Equal((0, 1), (report.Row("n_5g_terminals", "line=L2").Value, report.Row("n_devices_5g", "line=L2").Value));
    }

    [Fact]
    public void A_link_that_is_named_wins_over_the_registry()
    {
        var export = ExportBuilder.Connectivity()
            .Row("2024-03-01 08:00", "lathe", "wired")   // behind an NR gateway, but the row says how it came
            .Row("2024-03-01 08:00", "oven", "5G")
            .Row("2024-03-01 08:00", "robot", null)
            .Row("2024-03-01 08:00", "pad", "nr");
        var report = Laws.Hold(Query, export);
        Assert.Equal("2/4", report.Row("knr_5g").Fraction());
        Assert.Equal("3/4", report.Row("knr").Fraction());

        // the pad by its own rows, the hub because the oven came through it over NR, the gate because it takes on what the lathe says by wire
        Assert.Equal((3, 3), (report.Row("n_5g_terminals").Value, report.Row("n_devices_5g").Value));
    }

    [Fact]
    public void Evidence_out_of_service_and_devices_gone_at_the_end_do_not_count()
    {
        var registry = Plant with
        {
            Devices =
            [
                .. Plant.Devices.Where(static device => device.Device is not ("robot" or "oven")),
                Registries.Device("robot", "L2", from: "2024-03-02") with { Kind = "machine", Access = "nr" },
                Registries.Device("oven", "L2", to: "2024-03-02") with { Kind = "machine", Access = "nr" },
            ],
        };
        var export = ExportBuilder.Connectivity()
            .Row("2024-03-01 08:00", "robot", "nr").Row("2024-03-01 08:00", "oven", "nr").Row("2024-03-02 08:00", "press", "nr");
        var report = Laws.Hold(Query with { Registry = registry }, export);
        Assert.Equal("1/3", report.Row("knr_5g").Fraction());
        Assert.Equal((1, 1), (report.Row("n_5g_terminals").Value, report.Row("n_devices_5g").Value));
    }

    [Fact]
    public void Without_link_and_access_nothing_tells_5g_from_other_access()
    {
        var export = ExportBuilder.Table("connectivity").Time("event_ts").Keys("device").Row("2024-03-01 08:00", "A");
        var report = Reports.Of(Query with { Registry = Registries.Of("L1: A B") }, export);
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", report.Row("knr_5g").StatusText());
        Assert.Equal("NOT_AVAILABLE(MISSING_COLUMN)", report.Row("n_devices_5g").StatusText());
        Assert.Equal("1/2", report.Row("knr").Fraction());
        Assert.Equal("NOT_AVAILABLE(NO_REGISTRY)", Reports.Of(Query with { Registry = null }, export).Row("n_5g_terminals").StatusText());
    }

    [Fact]
    public void Too_few_key_devices_suppress_the_rate_over_5g_too()
    {
        var export = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "robot", "nr");
        var row = Reports.Of(Query with { Profile = DefinitionProfile.CnNrA, GroupBy = ["factory"] }, export).Row("knr_5g", "factory=F1");
        Assert.Equal("SUPPRESSED(TOO_FEW_DEVICES)", row.StatusText());
        Assert.Equal((null, null), (row.Value, row.Numerator));
    }

    [Fact]
    public void Random_plants_agree_with_plain_loops_and_obey_the_laws()
    {
        var seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();
        Prop.ForAll(seeds, Agrees).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    private static void Agrees(int seed)
    {
        var random = new Random(seed);
        string?[] kinds = ["machine", "gateway", "cpe", "module", null];
        string?[] accesses = ["nr", "wired", "5g", null, null];
        var devices = Enumerable.Range(0, random.Next(1, 12)).Select(number => new DeviceRecord
        {
            Device = $"D{number}",
            Line = $"L{random.Next(2)}",
            IsKey = random.Next(3) > 0,
            Kind = kinds[random.Next(kinds.Length)],
            Access = accesses[random.Next(accesses.Length)],
            Behind = random.Next(2) == 0 ? $"D{random.Next(14)}" : null,
            Valid = random.Next(4) > 0 ? DayBounds.Always : new DayBounds(new DateOnly(2024, 3, 1).AddDays(random.Next(3)), new DateOnly(2024, 3, 4).AddDays(random.Next(3))),
        }).ToList();
        var registry = new IndicatorRegistry { Factories = [Registries.Factory("F1")], Lines = [Registries.Line("L0"), Registries.Line("L1")], Devices = [.. devices, new DeviceRecord { Device = "Z", Kind = "cpe", Access = "nr" }] };
        var rows = Enumerable.Range(0, random.Next(1, 60))
            .Select(_ => (Day: random.Next(1, 6), Device: $"D{random.Next(14)}", Link: s_links[random.Next(s_links.Length)])).ToList();
        rows.Add((5, "D0", "wifi"));
        var exports = rows.Chunk(7).Select(static chunk => chunk.Aggregate(
            ExportBuilder.Connectivity(), static (export, row) => export.Row($"2024-03-0{row.Day} 10:00", row.Device, row.Link))).ToArray();
        var report = Laws.Hold(Query with { Registry = registry }, exports);

        DeviceRecord? At(string? id, int day) => devices.Find(device => device.Device == id && device.Valid.Contains(new DateOnly(2024, 3, day)));
        static bool Is5G(string? name) => name?.ToUpperInvariant() is "NR" or "5G";
        var mine = new HashSet<string>();
        var reached = new HashSet<string>();
        var carriers = new HashSet<string>();
        foreach (var (day, id, link) in rows)
        {
            if (At(id, day) is not { } device)
            {
                continue;
            }

            var gate = At(device.Behind, day);
            var isMine = link is null ? Is5G(device.Access) || Is5G(gate?.Access) : Is5G(link);
            mine.UnionWith(isMine ? [id] : []);
            reached.UnionWith(Is5G(gate?.Access) ? [id] : []);
            carriers.UnionWith(gate is not null && (isMine || Is5G(gate.Access)) ? [gate.Device] : []);
        }

        bool Terminal(string id) => At(id, 5)?.Kind is "gateway" or "cpe" or "module";
        var keys = devices.Count(device => device.IsKey && At(device.Device, 5) is not null);
        Assert.Equal(mine.Union(carriers).Count(Terminal), report.Row("n_5g_terminals").Value);
        Assert.Equal(mine.Union(reached).Count(id => At(id, 5) is not null && !Terminal(id)), report.Row("n_devices_5g").Value);
        var rate = report.Row("knr_5g");
        Assert.Equal(keys == 0 ? "/" : $"{mine.Count(id => At(id, 5) is { IsKey: true })}/{keys}", rate.Fraction());
    }
}
