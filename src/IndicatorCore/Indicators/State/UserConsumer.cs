using System.Runtime.InteropServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Rows of one table for its user-defined indicators: every distinct predicate becomes a mask of the chunk once, every accumulator a lane
/// of the records, a set or a list of values.
/// </summary>
internal sealed class UserConsumer : TableConsumer
{
    private readonly UserPlan _plan;
    private readonly UserStore _store;
    private readonly UserMasks _masks;
    private readonly List<int> _counted = [];   // those counts that the sheet has lanes for, for the input had some
    private readonly ulong[] _mask = RowMask.New();
    private readonly List<(int Leaf, int Pane)> _scopes = [];   // by place, where sets of keys are kept
    private readonly ValueCells[] _values;   // by quantile
    private readonly int[] _otherOf;         // by extreme: the minimum to a maximum of the same values and the other way round; -1 = none
    private readonly bool[] _isSecond;       // by extreme: it is done with the other one, which comes first
    private readonly ProductLimbs? _products;   // where there are sums of products
    private readonly bool _byProduct;
    private int _sumLanes;

    /// <summary>Makes the consumer.</summary>
    /// <param name="desk">The worker's.</param>
    /// <param name="store">The worker's store of the plan.</param>
    public UserConsumer(FoldDesk desk, UserStore store)
        : base(desk, store.Plan.Table)
    {
        _plan = store.Plan;
        _store = store;
        _masks = new UserMasks(_plan, desk.Context);
        _products = Array.Exists(_plan.Sums, static sum => sum.Weight >= 0) ? new ProductLimbs() : null;
        _byProduct = desk.Context.ByProduct || _plan.ByProduct;
        _otherOf = [.. _plan.Extremes.Select(one => Array.FindIndex(
            _plan.Extremes, other => other.Column == one.Column && other.Predicate == one.Predicate && other.IsMinimum != one.IsMinimum))];
        _isSecond = [.. _otherOf.Select(static (other, i) => other >= 0 && other < i)];
        _values = [.. _plan.Quantiles.Select(_ => new ValueCells(desk.Context.Budget, "the values of quantiles"))];
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        _scopes.Clear();   // their numbers go with the state
        Array.ForEach(_values, static values => values.Clear());
    }

    /// <inheritdoc/>
    public override void Free()
    {
        base.Free();
        Array.ForEach(_values, static values => values.Clear());
    }

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows)
    {
        if (_plan.IsTelemetry)
        {
            BitmapKernel.Fill(rows, chunk.Length);
            return true;
        }

        rows.Clear();
        var mask = _mask.AsSpan(0, rows.Length);
        foreach (var feed in _plan.Feeds)
        {
            if (!chunk.Has(feed.Lane))
            {
                continue;
            }

            if (feed.IsKey)
            {
                BitmapKernel.NotNegative(chunk.Keys(feed.Lane).AsSpan(0, chunk.Length), mask);
            }
            else
            {
                Present(chunk, feed.Lane, mask);
            }

            BitmapKernel.Or(rows, mask, rows);
        }

        return RowMask.Any(rows);
    }

    // counts and classes share lanes by twos; a column is given its two counts only when it has values to count there
    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk)
    {
        for (var i = 0; i < _masks.IsFlawed.Length; i++)
        {
            if (_masks.IsFlawed[i] && !_counted.Contains(i))
            {
                _counted.Add(i);
            }
        }

        _sumLanes = (_plan.Counts.Length + _counted.Count + 1) / 2;
        return (NewSheet(_sumLanes + _plan.Sums.Length, 2 + _plan.Extremes.Length), Desk.ByLeaf(chunk, _byProduct));
    }

    protected override bool Outgrows()
    {
        for (var i = 0; i < _masks.IsFlawed.Length; i++)
        {
            if (_masks.IsFlawed[i] && !_counted.Contains(i))
            {
                return true;
            }
        }

        return false;
    }

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var words = rows.Length;
        var counts = _plan.Counts.Length + _counted.Count;
        for (var i = 0; i < counts; i += 2)
        {
            Sheet.Count(i / 2, Counted(i, words), i + 1 < counts ? Counted(i + 1, words) : default);
        }

        for (var i = 0; i < _plan.Sums.Length; i++)
        {
            var sum = _plan.Sums[i];
            if (sum.Limb > 0 || !Takes(chunk, sum.Column, sum.Predicate, words))
            {
                continue;   // the parts of products are done together
            }

            if (sum.Weight < 0)
            {
                Sum(_sumLanes + i, chunk, _plan.Lanes[sum.Column], _mask.AsSpan(0, words));
            }
            else
            {
                SumProducts(_sumLanes + i, chunk, sum, words);
            }
        }

        for (var i = 0; i < _plan.Extremes.Length; i++)
        {
            if (_isSecond[i])
            {
                continue;   // done with its other half
            }

            var (column, predicate, isMinimum) = _plan.Extremes[i];
            if (!Takes(chunk, column, predicate, words))
            {
                continue;
            }

            var lane = _plan.Lanes[column];
            var mask = All(chunk, _mask.AsSpan(0, words));
            var (one, other) = (Sheet.Maxima + 2 + i, _otherOf[i] < 0 ? -1 : Sheet.Maxima + 2 + _otherOf[i]);
            if (mask.IsEmpty && chunk.Deferred(lane) is { } deferred && Sheet.Extremes(isMinimum ? one : other, isMinimum ? other : one, deferred))
            {
                continue;
            }

            Sheet.Max(one, chunk.Values(lane), mask, isMinimum);
            if (other >= 0)
            {
                Sheet.Max(other, chunk.Values(lane), mask, !isMinimum);
            }
        }

        for (var i = 0; i < _plan.Distincts.Length; i++)
        {
            var (column, predicate) = _plan.Distincts[i];
            if (Takes(chunk, column, predicate, words))
            {
                Collect(i, chunk.Keys(_plan.Lanes[column]), _mask.AsSpan(0, words));
            }
        }

        for (var i = 0; i < _plan.Quantiles.Length; i++)
        {
            var (column, predicate) = _plan.Quantiles[i];
            if (Takes(chunk, column, predicate, words))
            {
                Append(i, chunk.Values(_plan.Lanes[column]), _mask.AsSpan(0, words));
            }
        }
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        var slot = _store.Slot(KeyOf(place));
        _store.Rows(slot).Merge(Evidence(record, Sheet.Maxima));
        var mine = _store.Record(slot);
        var (extremesAt, sumsAt) = (_plan.KeptExtremesAt, _plan.KeptSumsAt);
        for (var i = 0; i < extremesAt; i++)
        {
            mine[i] += i % 2 == 0 ? Low(record[i / 2]) : High(record[i / 2]);
        }

        for (var i = 0; i < sumsAt - extremesAt; i++)
        {
            ref var extreme = ref mine[extremesAt + i];
            extreme = Math.Max(extreme, record[Sheet.Maxima + 2 + i]);
        }

        for (var i = 0; i < _plan.Sums.Length; i++)
        {
            UserRecord.Add(mine.Slice(sumsAt + (2 * i), 2), Sheet.SumOf(place, _sumLanes + i));
        }

        for (var i = 0; i < _counted.Count; i++)
        {
            var at = _plan.Counts.Length + i;
            if ((at % 2 == 0 ? Low(record[at / 2]) : High(record[at / 2])) is not 0 and var rows)
            {
                _store.Classes(slot)[_counted[i]] += rows;
            }
        }

        for (var i = 0; i < _values.Length; i++)
        {
            _store.AddValues(slot, i, _values[i], place);
        }
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        evidence = new PaneKey(Scope.LeafOf(row, _byProduct), chunk.Pane[row]);
        return ref _store.Rows(_store.Slot(evidence));
    }

    protected override void Quarantine(in PaneKey evidence, QuarantineReason reason) =>
        _store.Quarantined[new PlaceQuarantineKey(evidence, reason)].Count++;

    // the rows of a count: those of the plan first, then those of classes
    private ReadOnlySpan<ulong> Counted(int count, int words)
    {
        return count < _plan.Counts.Length ? _masks.Holds(_plan.Counts[count], words) : _masks.Flawed(_counted[count - _plan.Counts.Length], words);
    }

    private PaneKey KeyOf(int place) => new(FoldDesk.LeafOf(Places, place), Places.Part(place, FoldDesk.Pane));

    protected override void Examine(RowChunk chunk, ReadOnlySpan<ulong> rows) => _masks.Examine(chunk, rows);

    // the rows whose values an accumulator takes, in the mask; false when there are none
    private bool Takes(RowChunk chunk, int column, int predicate, int words)
    {
        var mask = _mask.AsSpan(0, words);
        BitmapKernel.And(_masks.Holds(predicate, words), _masks.Valid(column, words), mask);
        return chunk.Has(_plan.Lanes[column]) && RowMask.Any(mask);
    }

    // of rows with both factors VALID
    private void SumProducts(int at, RowChunk chunk, UserSum sum, int words)
    {
        var mask = _mask.AsSpan(0, words);
        var (left, right) = (_plan.Lanes[sum.Column], _plan.Lanes[sum.Weight]);
        BitmapKernel.And(mask, _masks.Valid(sum.Weight, words), mask);
        if (!chunk.Has(right) || !RowMask.Any(mask))
        {
            return;
        }

        var magnitude = chunk.Magnitude(left);
        _products!.Multiply(chunk.Values(left).AsSpan(0, chunk.Length), magnitude, chunk.Values(right).AsSpan(0, chunk.Length), chunk.Magnitude(right));
        var taken = All(chunk, mask);
        for (var limb = 0; limb < _products.Used; limb++)
        {
            Sheet.Sum(at + limb, _products.Limb(limb), taken, _products.Magnitude);
        }
    }

    private void Collect(int distinct, int[] keys, ReadOnlySpan<ulong> rows)
    {
        while (_scopes.Count < Places.Count)
        {
            _scopes.Add(_store.ScopeOf(KeyOf(_scopes.Count)));
        }

        var units = Places.Units;
        var from = 0;
        for (var unit = 0; units.ByRuns && unit < units.Count; unit++)
        {
            var (leaf, pane) = _scopes[units.Places[unit]];
            _store.AddKeys(distinct, leaf, pane, keys, rows, from, units.Ends[unit]);
            from = units.Ends[unit];
        }

        if (!units.ByRuns)
        {
            _store.AddKeys(distinct, CollectionsMarshal.AsSpan(_scopes), units.Places, keys, rows);
        }
    }

    private void Append(int quantile, long[] values, ReadOnlySpan<ulong> rows)
    {
        var units = Places.Units;
        var cells = _values[quantile];
        if (units.ByRuns)
        {
            cells.AppendRuns(units.Places, units.Ends, values, rows);
        }
        else
        {
            cells.AppendRows(units.Places, values, rows);
        }
    }
}
