using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>Sessions of a group in a window.</summary>
internal sealed class SessionTotals : ArrivalTotals
{
    /// <summary>The table.</summary>
    public const string TableName = "session";

    private const string What = "the sessions of groups and windows, in the order of time";
    private const int Few = 64;
    private const int BytesPerSession = 2 * sizeof(long);
    private const long Hour = 3_600_000_000_000;

    private readonly HashSet<int> _devices = [];
    private readonly List<long> _starts = [];
    private readonly List<long> _ends = [];
    private int _capacity = Few;   // of each list, as it is paid for

    /// <summary>Sessions that are longer than an hour, whenever they began or end.</summary>
    public long Long { get; private set; }

    /// <summary>Devices with a session.</summary>
    public long Devices => _devices.Count;

    /// <summary>The most sessions at one instant of the window.</summary>
    public long Most => ConcurrencyFold.Most(_starts, _ends);

    /// <summary>The sessions of a level's groups.</summary>
    public static GroupedTotals<SessionTotals> Of(ReportContext report, GroupLevel level, WindowPlan plan)
    {
        var totals = Collect<SessionTotals>(report, level, plan, TableName);
        foreach (var (key, session) in Spans(report))
        {
            for (var i = plan.EndingAfter(session.Start); i < plan.Windows.Count; i++)
            {
                var window = plan.Windows[i];
                if (window.Start >= session.End && window.Start > session.Start)
                {
                    break;
                }

                foreach (var group in level.GroupsOf(key.Leaf, report.Clock.DayOf(session.Start)))
                {
                    totals[group, i].Add(report, key.Device, session, window);
                }
            }
        }

        return totals;
    }

    // a device's session is one wherever the device stood: it counts where it began
    private static IEnumerable<(SessionKey Key, SessionCell Session)> Spans(ReportContext report)
    {
        var keys = report.State.Sessions.Keys;
        var places = new Dictionary<int, Leaf>();
        var moved = new HashSet<int>();
        for (var slot = 0; slot < keys.Count; slot++)
        {
            if (!places.TryAdd(keys[slot].Device, keys[slot].Leaf) && places[keys[slot].Device] != keys[slot].Leaf)
            {
                moved.Add(keys[slot].Device);
            }
        }

        var whole = new Dictionary<SessionKey, (Leaf Leaf, long Start, SessionCell Session)>();
        for (var slot = 0; slot < keys.Count; slot++)
        {
            var (key, session) = (keys[slot], report.State.Sessions.Cells[slot]);
            if (key.Session < 0 || !moved.Contains(key.Device))
            {
                yield return (key, session);
                continue;
            }

            var anywhere = key with { Leaf = Leaf.None };
            if (whole.TryGetValue(anywhere, out var other))
            {
                var order = other.Start.CompareTo(session.Start);
                order = order != 0 ? order : PointWalk.Compare(report.Engine.Keys, other.Leaf, key.Leaf);
                other.Session.Merge(session);
                whole[anywhere] = order <= 0 ? other : (key.Leaf, session.Start, other.Session);
            }
            else
            {
                whole.Add(anywhere, (key.Leaf, session.Start, session));
            }
        }

        foreach (var (key, (leaf, _, session)) in whole)
        {
            yield return (key with { Leaf = leaf }, session);
        }
    }

    private void Add(ReportContext report, int device, SessionCell session, ReportWindow window)
    {
        _devices.Add(device);
        Long += session.End - session.Start > Hour ? 1 : 0;
        var (start, end) = (Math.Max(session.Start, window.Start), Math.Min(session.End, window.End));
        if (start < end)
        {
            if (_starts.Count == _capacity)
            {
                report.Reserve((long)_capacity * BytesPerSession, What);
                _capacity *= 2;
            }

            _starts.Add(start);
            _ends.Add(end);
        }
    }
}
