using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.UserDefined;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>Rows of one table for its user-defined indicators, one row at a time.</summary>
internal sealed class UserConsumer : ITableConsumer
{
    private readonly EngineContext _context;
    private readonly UserPlan _plan;
    private readonly UserStore _store;
    private readonly ScopeReader _scope;
    private readonly PaneClock _clock;
    private readonly int[][] _texts;     // by predicate: the key numbers of its texts
    private readonly bool[] _holds;      // by predicate, of the row at hand
    private readonly long[] _values;     // by column, of the row at hand: a value or a key's number
    private readonly byte[] _classes;    // likewise

    /// <summary>Makes the consumer.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="store">The worker's store of the plan.</param>
    public UserConsumer(EngineContext context, UserStore store)
    {
        _context = context;
        _plan = store.Plan;
        _store = store;
        _scope = new ScopeReader(context);
        _clock = context.NewPaneClock();
        _texts = [.. _plan.Predicates.Select(predicate => predicate.Texts.Select(text => context.Keys.Of(_plan.Columns[predicate.Column]).GetOrAdd(text)).ToArray())];
        _holds = new bool[_plan.Predicates.Length];
        _values = new long[_plan.Columns.Length];
        _classes = new byte[_plan.Columns.Length];
        Table = TableCatalog.IndexOf(_plan.Table);
    }

    /// <inheritdoc/>
    public int Table { get; }

    /// <inheritdoc/>
    public void Consume(RowChunk chunk, bool isTelemetry)
    {
        _scope.Begin(chunk, _clock);
        for (var row = 0; row < chunk.Length; row++)
        {
            if (chunk.Disposition[row] == RowDisposition.Ignored || chunk.Time[row] == long.MinValue || (isTelemetry && !Feeds(chunk, row)))
            {
                continue;
            }

            var place = new PaneKey(_scope.LeafOf(row, _context.ByProduct), chunk.Pane[row]);
            var slot = _store.Slot(place);
            ref var rows = ref _store.Rows(slot);
            rows.Received++;
            if (chunk.Disposition[row] == RowDisposition.Duplicate)
            {
                rows.Duplicates++;
            }
            else if (chunk.Disposition[row] == RowDisposition.Conflict)
            {
                rows.Conflicts++;
            }
            else if (chunk.Reason[row] != QuarantineReason.None)
            {
                _store.Quarantined[new PlaceQuarantineKey(place, chunk.Reason[row])].Count++;
            }
            else
            {
                rows.Touch(chunk.Time[row]);
                Update(chunk, row, slot);
            }
        }
    }

    private bool Feeds(RowChunk chunk, int row)
    {
        if (_plan.IsTelemetry)
        {
            return true;
        }

        foreach (var feed in _plan.Feeds)
        {
            if (chunk.Has(feed.Lane) && (feed.IsKey ? chunk.Keys(feed.Lane)[row] >= 0 : chunk.Classes(feed.Lane)[row] != ValueClass.Missing))
            {
                return true;
            }
        }

        return false;
    }

    private void Update(RowChunk chunk, int row, int slot)
    {
        Load(chunk, row);
        for (var i = 0; i < _holds.Length; i++)
        {
            _holds[i] = Holds(i);
        }

        for (var i = 0; i < _plan.Counts.Length; i++)
        {
            if (_holds[_plan.Counts[i]])
            {
                _store.AddCount(slot, i, 1);
            }
        }

        for (var i = 0; i < _plan.Classes.Length; i++)
        {
            var value = _classes[_plan.Classes[i]];
            if (value != ValueClass.Valid)
            {
                _store.AddClasses(slot, i, ValueClass.IsMissing(value) ? 1 : 0, ValueClass.IsMissing(value) ? 0 : 1);
            }
        }

        for (var i = 0; i < _plan.Extremes.Length; i++)
        {
            var (column, predicate, isMinimum) = _plan.Extremes[i];
            if (Takes(column, predicate))
            {
                _store.AddExtreme(slot, i, isMinimum ? -_values[column] : _values[column]);
            }
        }

        for (var i = 0; i < _plan.Sums.Length; i++)
        {
            var (column, predicate) = _plan.Sums[i];
            if (Takes(column, predicate))
            {
                _store.AddSum(slot, i, _values[column]);
            }
        }

        for (var i = 0; i < _plan.Distincts.Length; i++)
        {
            var (column, predicate) = _plan.Distincts[i];
            if (Takes(column, predicate))
            {
                _store.AddKey(slot, i, (int)_values[column]);
            }
        }

        for (var i = 0; i < _plan.Quantiles.Length; i++)
        {
            var (column, predicate) = _plan.Quantiles[i];
            if (Takes(column, predicate))
            {
                _store.AddValue(slot, i, _values[column], 1);
            }
        }
    }

    private bool Takes(int column, int predicate) => _classes[column] == ValueClass.Valid && _holds[predicate];

    private void Load(RowChunk chunk, int row)
    {
        for (var i = 0; i < _values.Length; i++)
        {
            var lane = _plan.Lanes[i];
            if (!chunk.Has(lane))
            {
                _classes[i] = ValueClass.Missing;
            }
            else if (_plan.Columns[i].Role == UserColumnRole.Key)
            {
                _values[i] = chunk.Keys(lane)[row];
                _classes[i] = _values[i] < 0 ? ValueClass.Missing : ValueClass.Valid;
            }
            else
            {
                _values[i] = chunk.Values(lane)[row];
                _classes[i] = chunk.Classes(lane)[row];
            }
        }
    }

    private bool Holds(int number)
    {
        var predicate = _plan.Predicates[number];
        switch (predicate.Kind)
        {
            case UserPredicateKind.Always:
                return true;
            case UserPredicateKind.All:
                return Array.TrueForAll(predicate.Operands, operand => _holds[operand]);
            case UserPredicateKind.Any:
                return Array.Exists(predicate.Operands, operand => _holds[operand]);
            case UserPredicateKind.Not:
                return !_holds[predicate.Operands[0]];
            default:
                break;
        }

        if (_classes[predicate.Column] != ValueClass.Valid)
        {
            return false;
        }

        var value = _values[predicate.Column];
        return predicate.Kind switch
        {
            UserPredicateKind.Valid => true,
            UserPredicateKind.Range => value >= predicate.Low && value <= predicate.High,
            UserPredicateKind.Among => Array.BinarySearch(predicate.Values, value) >= 0,
            _ => Array.IndexOf(_texts[number], (int)value) >= 0,
        };
    }
}
