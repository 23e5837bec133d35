using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Energy from readings of cumulative meters, folded in time order (decisions D4): what a reading is above the one before, at the pane of the
/// earlier one. A reading below the one before means that the meter was reset: the interval is dropped and counted. Of several readings at
/// one instant the greatest counts.
/// </summary>
internal sealed class MeterEnergy
{
    private readonly Dictionary<PaneKey, (Int128 Energy, long Intervals, long Resets)> _folded = [];

    private MeterEnergy(ReportContext report)
    {
        var readings = report.State.Support.Readings;
        var meters = new Dictionary<(Leaf Leaf, int Meter), List<TimedValue>>();
        foreach (var key in readings.Cells.Keys.Enumerate())
        {
            if (!meters.TryGetValue((key.Leaf, key.Object), out var points))
            {
                meters.Add((key.Leaf, key.Object), points = []);
            }

            points.AddRange(readings.Of(key));
        }

        foreach (var ((leaf, _), points) in meters)
        {
            points.Sort(TimedValue.Compare);
            Fold(report, leaf, points);
        }
    }

    /// <summary>Folded energy at 10⁻⁶ kWh by scope and pane.</summary>
    public IEnumerable<KeyValuePair<PaneKey, (Int128 Energy, long Intervals, long Resets)>> All => _folded;

    /// <summary>The energy of a report's meters, folded once.</summary>
    public static MeterEnergy Of(ReportContext report) => report.Once(typeof(MeterEnergy), () => new MeterEnergy(report));

    /// <summary>The panes with readings.</summary>
    public static IEnumerable<int> Panes(ReportContext report) => report.State.Support.Readings.Cells.Keys.Enumerate().Select(static key => key.Pane).Distinct();

    private void Fold(ReportContext report, Leaf leaf, List<TimedValue> points)
    {
        var last = -1;
        for (var i = 0; i < points.Count; i++)
        {
            if (i + 1 < points.Count && points[i + 1].Time == points[i].Time)
            {
                continue;
            }

            if (last >= 0)
            {
                var place = new PaneKey(leaf, report.Panes.PaneOf(points[last].Time));
                var (energy, intervals, resets) = _folded.GetValueOrDefault(place);
                var rise = (Int128)points[i].Value - points[last].Value;
                _folded[place] = rise >= 0 ? (energy + rise, intervals + 1, resets) : (energy, intervals, resets + 1);
            }

            last = i;
        }
    }
}
