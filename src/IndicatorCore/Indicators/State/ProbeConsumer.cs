using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// Probes: what came back with its latency, and what was lost (indicator-definitions 6). Lost is what the flag <c>lost</c> says, whatever
/// the latency; else a null latency, which in a wide row is no probe at all. NaN is missing: it was measured badly, not lost.
/// </summary>
internal sealed class ProbeConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "probe")
{
    private readonly PaneClock _spans = context.NewSpanClock();
    private long[] _latency = [];
    private byte[]? _latencyClass;
    private long[] _lost = [];
    private byte[]? _lostClass;
    private PaneKey _key;
    private int _slot = -1;
    private ValueSample? _sample;

    protected override void Begin(RowChunk chunk)
    {
        _latency = chunk.Values(Lane.Latency);
        _latencyClass = chunk.Has(Lane.Latency) ? chunk.Classes(Lane.Latency) : null;
        _lost = chunk.Values(Lane.Lost);
        _lostClass = chunk.Has(Lane.Lost) ? chunk.Classes(Lane.Lost) : null;
    }

    protected override bool FeedsAny(RowChunk chunk) => IsAnyPresent(chunk, Lane.Latency) || IsAnyPresent(chunk, Lane.Lost);

    protected override bool Feeds(RowChunk chunk, int row) => IsPresent(chunk, Lane.Latency, row) || IsLost(row);

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var key = new PaneKey(Scope.LeafOf(row, withProduct: false), _spans.PaneOf(chunk.Time[row]));
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Probe.Slot(key);
            _sample = null;
        }

        return ref State.Probe.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        if (Scope.Contradicts(row))
        {
            State.ScopeConflicts++;
        }

        ref var cell = ref State.Probe.At(_slot);
        var latency = _latencyClass is null ? ValueClass.Missing : _latencyClass[row];
        if (IsLost(row) || latency == ValueClass.Missing)
        {
            cell.Lost++;
        }
        else if (latency == ValueClass.NotANumber)
        {
            cell.Missing++;
        }
        else if (latency != ValueClass.Valid)
        {
            cell.Invalid++;
        }
        else
        {
            cell.Valid++;
            _sample ??= State.Values[new QuantileKey(ValueKind.Latency, _key)];
            _sample.Add(_latency[row], 1);
        }
    }

    protected override PaneKey Evidence(RowChunk chunk, int row) => _key;

    private bool IsLost(int row) => _lostClass is not null && _lostClass[row] == ValueClass.Valid && _lost[row] != 0;
}
