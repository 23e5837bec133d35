using System.Runtime.CompilerServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Reporting;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>
/// The accumulators of a plan for every group and window of a level: a row a (group, window), groups ordered by their key values as UTF-8
/// bytes (null first), each with all windows. Made in one pass over the store, in arrays by row.
/// </summary>
internal sealed class UserTotals
{
    private const string What = "the figures of user-defined indicators by group and window";
    private const int BytesOfEvidence = 40;
    private const int RowsPerPiece = 1_024;

    private readonly ReportContext _report;
    private readonly GroupLevel _level;
    private readonly UserPlan _plan;
    private readonly UserStore _store;
    private readonly UserPlaces _places;
    private readonly long[] _records;
    private readonly RowEvidence[] _rows;
    private readonly Dictionary<int, SortedDictionary<string, long>> _quarantined = [];

    public UserTotals(ReportContext report, GroupLevel level, UserPlan plan)
    {
        (_report, _level, _plan, _store) = (report, level, plan, report.State.User[plan.Number]);
        report.Reserve(2L * sizeof(int) * _store.Count, What);
        _places = new UserPlaces(report, level, _store);
        Members = new UserMembers(report, level, _places, _store);
        Windows = [.. _places.Plan.Windows.Select(static window => (window.Start, window.End))];
        report.Reserve(
            (long)Length * ((((long)plan.RecordLength + plan.Distincts.Length) * sizeof(long)) + BytesOfEvidence + (4 * sizeof(int))), What);
        _records = GC.AllocateUninitializedArray<long>(checked(Length * plan.RecordLength));
        _rows = new RowEvidence[Length];
        (GroupOf, WindowOf) = (new int[Length], new int[Length]);
        Fold();
        Quarantine(_places.Plan);
    }

    /// <summary>What does not add up over slots.</summary>
    public UserMembers Members { get; }

    /// <summary>The key values of the groups.</summary>
    public string?[][] Groups => _places.Groups;

    /// <summary>The windows.</summary>
    public (long Start, long End)[] Windows { get; }

    /// <summary>The group of each row.</summary>
    public int[] GroupOf { get; }

    /// <summary>The window of each row.</summary>
    public int[] WindowOf { get; }

    /// <summary>How many rows there are.</summary>
    public int Length => _places.Length;

    /// <summary>A row's accumulators, as the plan lays them out.</summary>
    public ReadOnlySpan<long> Record(int row) => _records.AsSpan(row * _plan.RecordLength, _plan.RecordLength);

    /// <summary>The accumulators of rows, one after the other.</summary>
    public ReadOnlySpan<long> Records(int row, int count) => _records.AsSpan(row * _plan.RecordLength, count * _plan.RecordLength);

    /// <summary>A row's window.</summary>
    public ReportWindow Window(int row) => _places.Plan.Windows[WindowOf[row]];

    /// <summary>A row's group as the level numbers it.</summary>
    public int LevelGroup(int row) => _places.LevelGroup(GroupOf[row]);

    /// <summary>A row's evidence.</summary>
    /// <param name="row">The row.</param>
    /// <param name="column">The place among the plan's classes of the column that is shown, or -1 for accepted rows.</param>
    public Evidence Evidence(int row, int column)
    {
        var record = Record(row);
        var (missing, invalid) = column < 0 ? (0, 0) : (record[_plan.ClassesAt + (2 * column)], record[_plan.ClassesAt + (2 * column) + 1]);
        var rows = _rows[row];
        return new Evidence
        {
            Received = rows.Received,
            Duplicates = rows.Duplicates,
            Conflicts = rows.Conflicts,
            Quarantined = _quarantined.TryGetValue(row, out var quarantined) ? [.. quarantined] : [],
            Valid = record[_plan.CountsAt] - missing - invalid,
            Missing = missing,
            Invalid = invalid,
            FirstTimestamp = rows.First,
            LastTimestamp = rows.Last,
        };
    }

    // most rows are one slot: those are copied row by row, others added afterwards
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fold()
    {
        var first = new int[Length];   // slot + 1
        var further = new List<(int Row, int Slot)>();
        for (var slot = 0; slot < _store.Count; slot++)
        {
            if (_places.GroupOfSlot[slot] >= 0)
            {
                Note(_places.Row(_places.GroupOfSlot[slot], _places.WindowOfSlot[slot]), slot);
            }
            else if (_places.GroupOfSlot[slot] == UserPlaces.Several)
            {
                foreach (var group in _places.GroupsOf(slot))
                {
                    Note(_places.Row(group, _places.WindowOfSlot[slot]), slot);
                }
            }
        }

        ReportCrew.Run(_report.Threads, (Length + RowsPerPiece - 1) / RowsPerPiece, () => UserRecord.Empty(_plan), (piece, empty) =>
            Copy(first, piece * RowsPerPiece, Math.Min(Length, (piece + 1) * RowsPerPiece), empty));
        foreach (var (row, slot) in further)
        {
            _rows[row].Merge(_store.Rows(slot));
            _store.AddTo(slot, _records.AsSpan(row * _plan.RecordLength, _plan.RecordLength));
        }

        void Note(int row, int slot)
        {
            if (first[row] == 0)
            {
                first[row] = slot + 1;
            }
            else
            {
                further.Add((row, slot));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(int[] first, int from, int end, long[] empty)
    {
        var windows = _places.Plan.Windows.Count;
        for (var row = from; row < end; row++)
        {
            (GroupOf[row], WindowOf[row]) = Math.DivRem(row, windows);
            var record = _records.AsSpan(row * empty.Length, empty.Length);
            if (first[row] == 0)
            {
                empty.CopyTo(record);
                continue;
            }

            _store.CopyRecord(first[row] - 1, record);
            _rows[row] = _store.Rows(first[row] - 1);
        }
    }

    private void Quarantine(WindowPlan windows)
    {
        for (var slot = 0; slot < _store.Quarantined.Count; slot++)
        {
            var (place, reason) = _store.Quarantined.Keys[slot];
            var window = windows.Of(place.Pane);
            if (window < 0)
            {
                continue;
            }

            foreach (var group in _level.GroupsOf(place.Leaf, _report.Panes.DayOf(place.Pane)))
            {
                var row = _places.Row(group, window);
                if (!_quarantined.TryGetValue(row, out var reasons))
                {
                    _quarantined.Add(row, reasons = new(StringComparer.Ordinal));
                }

                var name = QuarantineNames.Of(reason);
                reasons[name] = reasons.GetValueOrDefault(name) + _store.Quarantined.Cells[slot].Count;
            }
        }
    }
}
