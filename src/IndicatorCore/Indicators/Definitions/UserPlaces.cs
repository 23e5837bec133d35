using System.Runtime.CompilerServices;
using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// Which rows the slots of a store count in at a level: a row a (group, window), groups ordered by their key values as UTF-8 bytes (null
/// first), each with all windows.
/// </summary>
internal sealed class UserPlaces
{
    /// <summary>A slot with several groups.</summary>
    public const int Several = -2;

    private const int KnownLeaves = 4_096;

    private readonly ReportContext _report;
    private readonly GroupLevel _level;
    private readonly UserStore _store;
    private readonly int[] _order;      // by rank: the level's number of a group
    private readonly int[] _rankOf;     // the other way

    /// <summary>Finds each slot's window and groups.</summary>
    public UserPlaces(ReportContext report, GroupLevel level, UserStore store)
    {
        (_report, _level, _store) = (report, level, store);
        var panes = new HashSet<int>();
        var last = int.MinValue;
        for (var slot = 0; slot < store.Count; slot++)
        {
            var pane = store.Places[slot].Pane;
            if (pane != last || slot == 0)
            {
                panes.Add(last = pane);   // neighbours mostly share it
            }
        }

        Plan = report.Plan(panes, report.Panes);
        (WindowOfSlot, GroupOfSlot) = (new int[store.Count], new int[store.Count]);
        (_order, _rankOf) = Ranked(level, Meet());
        Groups = [.. _order.Select(group => level.Values(group).ToArray())];
        Length = checked(_order.Length * Plan.Windows.Count);
    }

    /// <summary>The windows.</summary>
    public WindowPlan Plan { get; }

    /// <summary>The key values of the groups, by rank.</summary>
    public string?[][] Groups { get; }

    /// <summary>How many rows there are.</summary>
    public int Length { get; }

    /// <summary>By slot: the window, or -1.</summary>
    public int[] WindowOfSlot { get; }

    /// <summary>By slot: the only group, -1 = none, <see cref="Several"/>.</summary>
    public int[] GroupOfSlot { get; }

    /// <summary>The level's number of a group.</summary>
    public int LevelGroup(int rank) => _order[rank];

    /// <summary>The row of a group, as the level numbers it, and a window.</summary>
    public int Row(int group, int window) => (_rankOf[group] * Plan.Windows.Count) + window;

    /// <summary>The groups of a slot.</summary>
    public ReadOnlySpan<int> GroupsOf(int slot)
    {
        var place = _store.Places[slot];
        return _level.GroupsOf(place.Leaf, _report.Panes.DayOf(place.Pane));
    }

    private static (int[] Order, int[] RankOf) Ranked(GroupLevel level, bool[] met)
    {
        int[] order = [.. Enumerable.Range(0, met.Length).Where(group => met[group])];
        var keys = Array.ConvertAll(order, group => level.Values(group).Select(static value => value is null ? null : Encoding.UTF8.GetBytes(value)).ToArray());
        Array.Sort(keys, order, Comparer<byte[]?[]>.Create(Compare));
        var ranks = new int[met.Length];
        for (var rank = 0; rank < order.Length; rank++)
        {
            ranks[order[rank]] = rank;
        }

        return (order, ranks);
    }

    private static int Compare(byte[]?[] left, byte[]?[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            var order = left[i] is null || right[i] is null
                ? (left[i] is null ? 0 : 1) - (right[i] is null ? 0 : 1)
                : left[i].AsSpan().SequenceCompareTo(right[i]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    // finds each slot's window and groups, and which groups there are
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool[] Meet()
    {
        var met = new List<bool>();
        var known = new (Leaf Leaf, int Day, int Group)[KnownLeaves];   // what was found last for leaves of a like hash
        Array.Fill(known, (Leaf.None, int.MinValue, -1));
        var (pane, window, day) = (int.MinValue, -1, 0);
        for (var slot = 0; slot < _store.Count; slot++)
        {
            var place = _store.Places[slot];
            if (place.Pane != pane || slot == 0)
            {
                pane = place.Pane;
                window = Plan.Of(pane);
                day = window < 0 ? 0 : _report.Panes.DayOf(pane);
            }

            WindowOfSlot[slot] = window;
            GroupOfSlot[slot] = -1;
            if (window < 0)
            {
                continue;
            }

            ref var last = ref known[(place.Leaf.Line ^ (place.Leaf.Device * 7)) & (KnownLeaves - 1)];
            if (last.Day == day && last.Leaf == place.Leaf)
            {
                GroupOfSlot[slot] = last.Group;
                continue;
            }

            var groups = _level.GroupsOf(place.Leaf, day);
            GroupOfSlot[slot] = groups.Length switch { 0 => -1, 1 => groups[0], _ => Several };
            last = (place.Leaf, day, GroupOfSlot[slot]);
            foreach (var group in groups)
            {
                while (group >= met.Count)
                {
                    met.Add(false);
                }

                met[group] = true;
            }
        }

        return [.. met];
    }
}
