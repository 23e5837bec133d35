using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// The registered devices with evidence over NR in a window, on days they are in service: <c>link</c> is NR, or it is absent and the
/// registry's <c>access</c> of the device or of its <c>behind</c> is NR (indicator-definitions 2).
/// </summary>
internal sealed class NrEvidence
{
    private readonly RegistryIndex _registry;
    private readonly Dictionary<string, int> _numbers;

    private NrEvidence(ReportContext report, WindowPlan plan, int index)
    {
        _registry = report.Engine.Registry!;
        _numbers = report.Once((typeof(NrEvidence), typeof(DeviceSpell)), () => _registry.Registry.Devices.Select(static record => record.Behind).OfType<string>().Distinct()
            .ToDictionary(static gateway => gateway, gateway => report.Engine.Keys.Devices.Find(gateway)));
        foreach (var (pane, bitmap) in report.State.Evidence.Where(pane => plan.Of(pane.Key) == index))
        {
            var day = report.Panes.DayOf(pane);
            foreach (var device in bitmap.Members())
            {
                if (_registry.At(device, day) is { } spell)   // registered, and in service that day
                {
                    Add(spell, device, day, Contains(report.State.EvidenceNr, pane, device), Contains(report.State.EvidenceUnnamed, pane, device));
                }
            }
        }
    }

    /// <summary>Devices with NR evidence.</summary>
    public HashSet<int> Devices { get; } = [];

    /// <summary>Devices heard from behind one whose access is NR, whatever link they name: how they reach it says nothing of how it goes on.</summary>
    public HashSet<int> Reached { get; } = [];

    /// <summary>Devices through which others are connected over NR: those that <c>behind</c> names on the day, in service then.</summary>
    public HashSet<int> Carriers { get; } = [];

    /// <summary>The evidence of a window, found for the first definition that asks. Needs a registry.</summary>
    public static NrEvidence Of(ReportContext report, WindowPlan plan, int index) =>
        report.Once((typeof(NrEvidence), plan, index), () => new NrEvidence(report, plan, index));

    /// <summary>Whether anything can tell NR from other access: a <c>link</c> column, or <c>access</c> in the registry.</summary>
    public static bool CanBeTold(ReportContext report) =>
        report.HasAny(Lane.Link) || (report.Engine.Registry?.Registry.Devices.Any(static device => device.Access is not null) ?? false);

    private static bool Contains(Dictionary<int, DeviceBitmap> panes, int pane, int device) => panes.TryGetValue(pane, out var bitmap) && bitmap.Contains(device);

    private void Add(DeviceSpell spell, int device, int day, bool isNamedNr, bool isUnnamed)
    {
        var gateway = spell.Record.Behind is { } behind ? _numbers[behind] : -1;
        var carrier = gateway < 0 ? null : _registry.At(gateway, day);
        var isEvidence = isNamedNr || (isUnnamed && (IsNr(spell) || IsNr(carrier)));
        if (isEvidence)
        {
            Devices.Add(device);
        }

        if (IsNr(carrier))
        {
            Reached.Add(device);
        }

        if (carrier is not null && (isEvidence || IsNr(carrier)))
        {
            Carriers.Add(gateway);
        }
    }

    private static bool IsNr(DeviceSpell? spell) => spell?.Record.Access is { } access && RadioAccess.Classify(access) == RadioAccess.Nr;
}
