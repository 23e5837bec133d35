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
        foreach (var (pane, bitmap) in report.State.EvidenceNr)
        {
            Add(report, plan, index, pane, bitmap, isNamed: true);
        }

        foreach (var (pane, bitmap) in report.State.EvidenceUnnamed)
        {
            Add(report, plan, index, pane, bitmap, isNamed: false);
        }
    }

    /// <summary>Devices with NR evidence of their own.</summary>
    public HashSet<int> Devices { get; } = [];

    /// <summary>Devices through which others have it: those that <c>behind</c> names on the day, in service then.</summary>
    public HashSet<int> Carriers { get; } = [];

    /// <summary>The evidence of a window, found for the first definition that asks. Needs a registry.</summary>
    public static NrEvidence Of(ReportContext report, WindowPlan plan, int index) =>
        report.Once((typeof(NrEvidence), plan, index), () => new NrEvidence(report, plan, index));

    /// <summary>Whether anything can tell NR from other access: a <c>link</c> column, or <c>access</c> in the registry.</summary>
    public static bool CanBeTold(ReportContext report) =>
        report.HasAny(Lane.Link) || (report.Engine.Registry?.Registry.Devices.Any(static device => device.Access is not null) ?? false);

    private void Add(ReportContext report, WindowPlan plan, int index, int pane, DeviceBitmap bitmap, bool isNamed)
    {
        if (plan.Of(pane) != index)
        {
            return;
        }

        var day = report.Panes.DayOf(pane);
        foreach (var device in bitmap.Members())
        {
            if (_registry.At(device, day) is not { } spell)
            {
                continue;   // not registered, or not in service that day
            }

            var gateway = spell.Record.Behind is { } behind && _numbers.TryGetValue(behind, out var number) ? number : -1;
            var carrier = gateway < 0 ? null : _registry.At(gateway, day);
            if (isNamed || IsNr(spell) || IsNr(carrier))
            {
                Devices.Add(device);
                if (carrier is not null)
                {
                    Carriers.Add(gateway);
                }
            }
        }
    }

    private static bool IsNr(DeviceSpell? spell) => spell?.Record.Access is { } access && RadioAccess.Classify(access) == RadioAccess.Nr;
}
