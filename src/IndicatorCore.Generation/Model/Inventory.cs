using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Model;

/// <summary>What a factory's registry lists beside lines and devices: assets, scenarios, systems, marks of security, figures of the enterprise.</summary>
internal sealed class Inventory
{
    /// <summary>The meaning of a scenario whose name may mean several.</summary>
    public const string Ambiguous = "?";

    private static readonly (string Kind, string Written)[] s_assets = [("macro", "宏站"), ("micro", "micro"), ("prru", "5G pRRU"), ("edge", "边缘计算节点")];

    // as written, and what of the twenty it is
    private static readonly (string Written, string Meaning)[] s_scenarios =
    [
        ("机器视觉质检", "机器视觉质检"), ("厂区智能理货", "厂区智能理货"), ("智能理货", "厂区智能理货"), ("现场辅助安装", "现场辅助装配"), ("生产能效管控", "生产能效管控"),
        ("设备预测维护", "设备预测维护"), ("无人智能巡检", "无人智能巡检"), ("协同研发设计", "协同研发设计"), ("工艺合规管理", "工艺合规校验"), ("众包设计", string.Empty),
        ("智能安防", string.Empty), ("全域智能物流", Ambiguous),
    ];

    private static readonly (string Written, string Code)[] s_systems =
        [("ERP", "ERP"), ("MES", "MES"), ("制造执行系统", "MES"), ("PLM", "PLM/PDM"), ("PDM", "PLM/PDM"), ("SCM", "SCM/SRM"), ("OA", "OA"), ("LIMS", "LIMS")];

    private Inventory()
    {
    }

    /// <summary>Whether assets are listed; else the factory's row prints counts.</summary>
    public bool ListsAssets { get; private init; }

    /// <summary>Macro stations as its row prints them.</summary>
    public int PrintedMacro { get; private init; }

    /// <summary>Micro stations as its row prints them.</summary>
    public int PrintedMicro { get; private init; }

    public IReadOnlyList<InventoryItem> Assets { get; private init; } = [];

    public IReadOnlyList<InventoryItem> Scenarios { get; private init; } = [];

    public IReadOnlyList<InventoryItem> Systems { get; private init; } = [];

    /// <summary>The five marks of security: yes, no, or nothing written.</summary>
    public IReadOnlyList<bool?> SecurityMarks { get; private init; } = [];

    /// <summary>Labour productivity in ten-thousands of a CNY for a person, in hundredths; null where nothing is written.</summary>
    public int? ProductivityHundredths { get; private init; }

    /// <summary>Cost of 100 CNY of revenue in fen; null where nothing is written.</summary>
    public int? CostFen { get; private init; }

    public static Inventory Of(ProvinceModel province, FactoryModel factory)
    {
        var draw = Draw.For(province.Seed, Purpose.Inventory, factory.Index);
        var lists = factory.Index % 2 == 0;

        // figures of an enterprise: sister factories say the same, one in three of them not
        var enterprise = Draw.For(province.Seed, Purpose.Inventory, -1 - province.Factories.First(other => other.Enterprise == factory.Enterprise).Index);
        var (productivity, cost) = (enterprise.Between(1_500, 9_000), enterprise.Between(6_000, 9_500));
        return new Inventory
        {
            ListsAssets = lists,
            PrintedMacro = 1 + (factory.Index % 3),
            PrintedMicro = 2 + (factory.TargetCells / 12),
            Assets = lists ? AssetsOf(province, factory, ref draw) : [],
            Scenarios = ScenariosOf(province, factory, ref draw),
            Systems = SystemsOf(factory, ref draw),
            SecurityMarks = factory.Index % 7 == 3 ? new bool?[5] : [.. Enumerable.Range(0, 5).Select(mark => Mark(province, factory, mark))],
            ProductivityHundredths = factory.Index % 5 == 4 ? null : productivity,
            CostFen = factory.Index % 33 == 32 ? cost + 1 : cost,
        };
    }

    private static List<InventoryItem> AssetsOf(ProvinceModel province, FactoryModel factory, ref Draw draw)
    {
        var assets = new List<InventoryItem>();
        foreach (var (kind, written) in s_assets)
        {
            var count = kind == "edge" ? draw.Below(3) : draw.Between(1, 6);
            for (var i = 0; i < count; i++)
            {
                var id = $"{factory.Id}-{kind}-{i + 1}";
                switch (draw.Below(8))
                {
                    case 0:
                        assets.Add(new(id, kind, written, Assignment.Always, province.EndDay - 40));   // gone
                        break;
                    case 1:
                        assets.Add(new(id, kind, written, province.EndDay + 20, Assignment.Forever));   // still to come
                        break;
                    case 2:
                        // the same one twice
                        assets.Add(new(id, kind, written, Assignment.Always, Assignment.Forever));
                        assets.Add(new(id, kind, written, province.EndDay - 100, Assignment.Forever));
                        break;
                    default:
                        assets.Add(new(id, kind, written, Assignment.Always, Assignment.Forever));
                        break;
                }
            }
        }

        return assets;
    }

    private static List<InventoryItem> ScenariosOf(ProvinceModel province, FactoryModel factory, ref Draw draw)
    {
        var devices = province.Devices.Where(device => device.Factory.Index == factory.Index).Take(40).ToList();
        var scenarios = new List<InventoryItem>();
        foreach (var (written, meaning) in s_scenarios)
        {
            if (draw.Chance(550_000) && !(meaning == Ambiguous && factory.Index % 3 != 1))
            {
                var bound = draw.Below(3);
                var from = draw.Below(devices.Count);
                var until = draw.Chance(100_000) ? province.EndDay - 60 : Assignment.Forever;
                scenarios.Add(new(written, meaning, string.Join(';', devices.Skip(from).Take(bound).Select(static device => device.Id)), Assignment.Always, until));
            }
        }

        return scenarios;
    }

    private static List<InventoryItem> SystemsOf(FactoryModel factory, ref Draw draw)
    {
        var systems = new List<InventoryItem>();
        foreach (var (written, code) in s_systems)
        {
            if (draw.Chance(500_000) || (factory.Index == 0 && code == "ERP"))
            {
                systems.Add(new(written, code, string.Empty, Assignment.Always, Assignment.Forever));
            }
        }

        return systems;
    }

    private static bool? Mark(ProvinceModel province, FactoryModel factory, int mark) =>
        Draw.For(province.Seed, Purpose.Inventory, factory.Index, mark + 1).Below(5) switch { 0 => null, 1 => false, _ => true };
}
