using System.Runtime.InteropServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Columns;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State.Rows;
using IndicatorCore.Kernels;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>One worker's way from the batches of one binding into a state: decode a chunk, judge its rows, fold it.</summary>
internal sealed class InputReader
{
    private const long FutureTolerance = 300_000_000_000;   // 5 minutes

    private readonly EngineContext _context;
    private readonly InputBinding _binding;
    private readonly EngineState _state;
    private readonly RowChunk _chunk;
    private readonly ColumnDecoder[] _decoders;
    private readonly ITableConsumer[] _consumers;   // an array: its loop never allocates an enumerator
    private readonly FoldDesk _desk;
    private readonly PaneClock _clock;
    private readonly RowStore? _rows;
    private readonly RowShape? _shape;
    private readonly RowHasher? _hasher;
    private readonly QuarantineFeed? _quarantine;
    private readonly long[] _quarantined = new long[QuarantineNames.Count];

    /// <summary>Makes the reader.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="binding">The input's.</param>
    /// <param name="state">The worker's state.</param>
    /// <param name="chunk">The worker's chunk, reused from input to input.</param>
    /// <param name="scratch">The worker's scratch memory, likewise.</param>
    public InputReader(EngineContext context, InputBinding binding, EngineState state, RowChunk chunk, FoldScratch scratch)
    {
        _context = context;
        _binding = binding;
        _state = state;
        _chunk = chunk;
        _decoders = binding.NewDecoders();
        _desk = new FoldDesk(context, state, scratch);
        _consumers = [.. Consumers(_desk, binding)];
        _clock = context.NewPaneClock();
        if (binding.Identity is { } identity && state.Rows is { } rows)
        {
            _rows = rows;
            _shape = rows.Space.ShapeOf(binding);
            _hasher = identity.NewHasher();
        }

        _quarantine = context.Quarantine is { } tap ? new QuarantineFeed(tap, binding) : null;
        foreach (var table in binding.Feeds)
        {
            state.TablesSeen |= 1L << TableCatalog.IndexOf(table.Name);
        }

        foreach (var lane in binding.Lanes)
        {
            state.LanesSeen |= RowChunk.IsUserLane(lane) ? 0 : 1L << (int)lane;
        }

        foreach (var plan in binding.UserPlans)
        {
            state.TablesSeen |= plan.TableMask;
            for (var column = 0; column < plan.Lanes.Length; column++)
            {
                if (binding.Lanes.Contains(plan.Lanes[column]))
                {
                    state.User[plan.Number].See(column);
                }
            }
        }

        if (binding.Settings.NominalPeriodNanoseconds is { } period && binding.Feeds.Any(static table => table.Name == "connectivity"))
        {
            state.ConnectivityPeriod = state.ConnectivityPeriod == 0 ? period : Math.Min(state.ConnectivityPeriod, period);
        }
    }

    /// <summary>The consumers of a binding's rows.</summary>
    public static IReadOnlyList<ITableConsumer> Consumers(FoldDesk desk, IBoundInput binding)
    {
        var needs = desk.Context.Needs;
        var consumers = new List<ITableConsumer>();
        foreach (var table in binding.Feeds)
        {
            var before = consumers.Count;
            switch (table.Name)
            {
                case "connectivity" when needs.HasFlag(TableNeeds.Connectivity):
                    consumers.Add(new ConnectivityConsumer(desk));
                    break;
                case "radio" when needs.HasFlag(TableNeeds.Radio):
                    consumers.Add(new RadioConsumer(desk));
                    break;
                case "probe" when needs.HasFlag(TableNeeds.Probe) && binding.Has(Lane.OneWay):
                    consumers.Add(new ProbeConsumer(desk, isOneWay: false));
                    consumers.Add(new ProbeConsumer(desk, isOneWay: true));
                    break;
                case "probe" when needs.HasFlag(TableNeeds.Probe):
                    consumers.Add(new ProbeConsumer(desk));
                    break;
                case "production" when needs.HasFlag(TableNeeds.Production):
                    consumers.Add(new ProductionConsumer(desk));
                    break;
                case "cost" when needs.HasFlag(TableNeeds.Cost):
                    consumers.Add(new CostConsumer(desk));
                    break;
                case "energy" when needs.HasFlag(TableNeeds.Energy) && !binding.IsMetered:
                    consumers.Add(new EnergyConsumer(desk));
                    break;
                default:
                    break;   // its event times count towards the reference date all the same
            }

            SupportConsumer.AddTo(desk, binding, table.Name, consumers, hasOther: consumers.Count > before);
        }

        if (needs.HasFlag(TableNeeds.Online) && binding.Feeds.Any(static table => table.Name == "connectivity")
            && binding.HeartbeatTimeout is { } timeout)
        {
            consumers.Add(new OnlineConsumer(desk, timeout));
        }

        if (binding.Has(Lane.IngestTs) && (needs.HasFlag(TableNeeds.Delay) || binding.Has(Lane.OneWay)))
        {
            consumers.Add(new DelayConsumer(desk, binding.Table.Name));
        }

        AddOrdered(desk, binding, consumers);
        consumers.AddRange(binding.UserPlans.Select(plan => new UserConsumer(desk, desk.State.User[plan.Number])));
        return consumers;
    }

    // what order-dependent indicators keep: only where the input has the columns, or its source the periods
    private static void AddOrdered(FoldDesk desk, IBoundInput binding, List<ITableConsumer> consumers)
    {
        var needs = desk.Context.Needs;
        foreach (var table in binding.Feeds)
        {
            switch (table.Name)
            {
                case "connectivity" when needs.HasFlag(TableNeeds.Heartbeat) && binding.HeartbeatTimeout is { } timeout:
                    consumers.Add(new HeartbeatConsumer(desk, timeout));
                    break;
                case "radio" when needs.HasFlag(TableNeeds.RadioTime) && binding.SampleHold is { } hold && binding.Has(Lane.Device):
                    consumers.Add(new SampleConsumer(desk, hold));
                    break;
                case "probe":
                    if (needs.HasFlag(TableNeeds.Deadline) && binding.Has(Lane.Deadline))
                    {
                        consumers.Add(new DeadlineConsumer(desk));
                    }

                    if (needs.HasFlag(TableNeeds.Sequence) && binding.Has(Lane.Sequence))
                    {
                        consumers.Add(new PacketConsumer(desk, binding.SequenceBits));
                    }

                    break;
                case "counter" when needs.HasFlag(TableNeeds.Counter):
                    consumers.Add(new CounterConsumer(desk));
                    break;
                case "session" when needs.HasFlag(TableNeeds.Session):
                    consumers.Add(new SessionConsumer(desk));
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Looks at what only decoders can judge of a batch; to be called before <see cref="Read"/>, which counts its rows.</summary>
    /// <exception cref="Errors.IndicatorDataException">The batch is faulty; nothing of it counts.</exception>
    public void Begin(scoped RecordBatch batch)
    {
        foreach (var decoder in _decoders)
        {
            decoder.Begin(batch);
        }
    }

    /// <summary>Folds a batch that is decoded and valid.</summary>
    public void Read(scoped RecordBatch batch, long batchOrdinal, InputTally tally, CancellationToken cancellationToken)
    {
        if (_binding.ZoneUndeclared)
        {
            tally.SkipZone(_binding, batch.Length, isPart: batch.FirstRow > 0);
            _state.TablesSkipped |= _binding.TableMask;
            _quarantine?.TakeAll(batch, QuarantineReason.TzUndeclared, batchOrdinal, tally);
            return;
        }

        _binding.BindLanes(_chunk);

        for (var start = 0; start < batch.Length; start += RowChunk.Capacity)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadChunk(batch, start, Math.Min(RowChunk.Capacity, batch.Length - start), batchOrdinal, tally);
        }

        for (var reason = 1; reason < _quarantined.Length; reason++)
        {
            if (_quarantined[reason] != 0)
            {
                tally.Quarantine((QuarantineReason)reason, _quarantined[reason]);
                _quarantined[reason] = 0;
            }
        }
    }

    /// <summary>Puts what the consumers hold into the state.</summary>
    public void Settle()
    {
        foreach (var consumer in _consumers)
        {
            consumer.Settle();
        }
    }

    /// <summary>Gives memory back; what is not settled is gone.</summary>
    public void Free()
    {
        foreach (var consumer in _consumers)
        {
            consumer.Free();
        }

        _desk.Free();
    }

    private void ReadChunk(scoped RecordBatch batch, int start, int count, long batchOrdinal, InputTally tally)
    {
        _chunk.Begin(count);
        foreach (var decoder in _decoders)
        {
            decoder.Decode(batch, start, count, _chunk);
        }

        Judge();
        _chunk.Seal();
        _quarantine?.Take(batch, start, _chunk, batchOrdinal, tally);
        if (_rows is null)
        {
            foreach (var consumer in _consumers)
            {
                consumer.Consume(_chunk, _binding.IsTelemetry);
            }

            if (_desk.IsFull)
            {
                Settle();
                _desk.Clear();
            }

            _state.Points.Fit();
            return;
        }

        Keep(batch, start, tally);
    }

    // quarantine by time and scale, panes, and the span of accepted events
    private void Judge()
    {
        // an end that is no instant would else be taken for one that is not there
        var hasBadEnds = HasInvalid(Lane.IntervalEnd) || HasInvalid(Lane.PeriodEnd);
        MarkOutOfScale();
        if (hasBadEnds || !JudgeAll())
        {
            JudgeEach(hasBadEnds);
        }
    }

    // chunks in which nothing is to be set aside: nearly all
    private bool JudgeAll()
    {
        var count = _chunk.Length;
        if (_chunk.Has(Lane.Quarantine) || _chunk.Has(Lane.IngestTs)
            || MemoryMarshal.AsBytes(_chunk.Reason.AsSpan(0, count)).ContainsAnyExcept((byte)0)
            || MemoryMarshal.AsBytes(_chunk.Disposition.AsSpan(0, count)).ContainsAnyExcept((byte)0))
        {
            return false;
        }

        var times = _chunk.Time.AsSpan(0, count);
        var (first, last) = _chunk.TimeExtent ?? ExtentKernel.Of(times);
        if (first < (_binding.Settings.PlausibleFrom ?? long.MinValue) || last >= (_binding.Settings.PlausibleTo ?? long.MaxValue)
            || !_clock.PanesOf(times, first, last, _chunk.Pane.AsSpan(0, count)))
        {
            return false;
        }

        if (_chunk.Has(Lane.IntervalEnd))
        {
            var ends = _chunk.Values(Lane.IntervalEnd);
            var classes = _chunk.Classes(Lane.IntervalEnd);
            for (var row = 0; row < count; row++)
            {
                last = classes[row] == ValueClass.Valid ? Math.Max(last, ends[row]) : last;
            }
        }

        _state.FirstEvent = Math.Min(_state.FirstEvent, first);
        _state.LastEvent = Math.Max(_state.LastEvent, last);
        return true;
    }

    private void JudgeEach(bool hasBadEnds)
    {
        var settings = _binding.Settings;
        var marks = _chunk.Has(Lane.Quarantine) ? _chunk.Keys(Lane.Quarantine) : null;
        var ingest = _chunk.Has(Lane.IngestTs) ? _chunk.Values(Lane.IngestTs) : null;
        var ingestClass = ingest is null ? null : _chunk.Classes(Lane.IngestTs);
        var ends = _chunk.Has(Lane.IntervalEnd) ? _chunk.Values(Lane.IntervalEnd) : null;
        var endClass = ends is null ? null : _chunk.Classes(Lane.IntervalEnd);
        var from = settings.PlausibleFrom ?? long.MinValue;
        var to = settings.PlausibleTo ?? long.MaxValue;
        var (first, last) = (_state.FirstEvent, _state.LastEvent);
        for (var row = 0; row < _chunk.Length; row++)
        {
            if (_chunk.Disposition[row] == RowDisposition.Ignored)
            {
                continue;
            }

            ref var reason = ref _chunk.Reason[row];
            var hasTime = reason is not (QuarantineReason.MissingTime or QuarantineReason.ImplausibleTime);
            if (marks is not null && marks[row] > 0)
            {
                reason = (QuarantineReason)marks[row];
            }

            if (!hasTime)
            {
                _chunk.Time[row] = long.MinValue;
                _quarantined[(int)reason]++;
                continue;
            }

            var time = _chunk.Time[row];
            _chunk.Pane[row] = _clock.PaneOf(time);
            if (reason == QuarantineReason.None)
            {
                reason = time < from || time >= to || (hasBadEnds && (IsInvalid(Lane.IntervalEnd, row) || IsInvalid(Lane.PeriodEnd, row))) ? QuarantineReason.ImplausibleTime
                    : ingest is not null && ingestClass![row] == ValueClass.Valid && time > ingest[row] + FutureTolerance ? QuarantineReason.Future
                    : QuarantineReason.None;
            }

            if (reason != QuarantineReason.None)
            {
                _quarantined[(int)reason]++;
                continue;
            }

            first = Math.Min(first, time);
            last = Math.Max(last, time);
            if (ends is not null && endClass![row] == ValueClass.Valid)
            {
                last = Math.Max(last, ends[row]);
            }
        }

        (_state.FirstEvent, _state.LastEvent) = (first, last);
    }

    private bool HasInvalid(Lane lane) => _chunk.Has(lane) && _chunk.Classes(lane).AsSpan(0, _chunk.Length).Contains(ValueClass.Invalid);

    private bool IsInvalid(Lane lane, int row) => _chunk.Has(lane) && _chunk.Classes(lane)[row] == ValueClass.Invalid;

    private void MarkOutOfScale()
    {
        foreach (var lane in MeasureLanes)
        {
            MarkOutOfScale(lane);
        }

        foreach (var lane in _binding.UserMeasures)
        {
            MarkOutOfScale(lane);
        }
    }

    private void MarkOutOfScale(Lane lane)
    {
        if (!_chunk.Has(lane))
        {
            return;
        }

        var classes = _chunk.Classes(lane).AsSpan(0, _chunk.Length);
        if (!classes.Contains(ValueClass.OutOfScale))
        {
            return;
        }

        for (var row = 0; row < classes.Length; row++)
        {
            if (classes[row] == ValueClass.OutOfScale && _chunk.Reason[row] == QuarantineReason.None)
            {
                _chunk.Reason[row] = QuarantineReason.OutOfScale;
            }
        }
    }

    private static ReadOnlySpan<Lane> MeasureLanes =>
        [
            Lane.Rsrp, Lane.Sinr, Lane.X, Lane.Y, Lane.QGood, Lane.Labour, Lane.Machine, Lane.Amount, Lane.Kwh, Lane.Latency,
            Lane.PlannedBusy, Lane.ActualTime, Lane.IdealTime, Lane.QTotal, Lane.QStarted, Lane.QFirstPass, Lane.Reading, Lane.Deadline, Lane.Bytes,
        ];

    private void Keep(scoped RecordBatch batch, int start, InputTally tally)
    {
        var input = _rows!.Space.Inputs.GetOrAdd(tally.Name);
        for (var row = 0; row < _chunk.Length; row++)
        {
            if (_chunk.Disposition[row] == RowDisposition.Ignored || _chunk.Time[row] == long.MinValue)
            {
                continue;
            }

            var (key, payload) = _hasher!.Of(batch, start + row);
            _rows.Add(_shape!, key, payload, Order(Lane.Revision, row), Order(Lane.IngestSeq, row), input, _chunk, row);
        }
    }

    private long Order(Lane lane, int row) =>
        _chunk.Has(lane) && _chunk.Classes(lane)[row] == ValueClass.Valid ? _chunk.Values(lane)[row] : long.MinValue;
}
