using System.Numerics;
using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Kernels;

namespace IndicatorCore.Indicators.State;

/// <summary>Connectivity rows: which devices gave online evidence in which pane (indicator-definitions 2).</summary>
internal sealed class ConnectivityConsumer(FoldDesk desk) : TableConsumer(desk, "connectivity")
{
    private const int Cohort = 0, Device = 1, Pane = 2;

    private readonly int[] _cohorts = new int[RowChunk.Capacity];
    private readonly RangeMark _zero = new(0, 0);
    private readonly ulong[] _known = RowMask.New();
    private readonly ulong[] _online = RowMask.New();
    private int _pane = int.MinValue;
    private DeviceBitmap _evidence = null!;
    private DeviceBitmap _evidenceNr = null!;
    private DeviceBitmap _evidenceUnnamed = null!;

    protected override bool Feeding(RowChunk chunk, Span<ulong> rows)
    {
        BitmapKernel.NotNegative(chunk.Keys(Lane.Device).AsSpan(0, chunk.Length), rows);
        return RowMask.Any(rows);
    }

    protected override (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk) => (
        NewSheet(adds: 1, maxima: 2),
        Desk.Make(
        [
            _ => Context.Registry is null ? null : _cohorts,
            chunk => Context.ByDevice ? chunk.Keys(Lane.Device) : null,
            static chunk => chunk.Pane,
        ]));

    protected override void BeforeLocate(RowChunk chunk)
    {
        if (Context.Registry is { } registry)
        {
            var devices = chunk.Keys(Lane.Device);
            for (var row = 0; row < chunk.Length; row++)
            {
                _cohorts[row] = registry.CohortOf(devices[row]);
            }
        }
    }

    protected override void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        var words = rows.Length;
        var known = _known.AsSpan(0, words);
        BitmapKernel.NotNegative(chunk.Keys(Lane.Device).AsSpan(0, chunk.Length), known);
        BitmapKernel.And(known, rows, known);
        if (chunk.Has(Lane.Online))
        {
            BitmapKernel.And(known, chunk.Valid(Lane.Online)[..words], known);   // a null online is no evidence
        }

        Sheet.Count(0, rows, known);
        if (chunk.Has(Lane.Online))
        {
            _zero.Mark(chunk, Lane.Online, _online.AsSpan(0, words));
            BitmapKernel.AndNot(known, _online.AsSpan(0, words), known);
        }

        Collect(chunk, known);
    }

    protected override void Settle(int place, ReadOnlySpan<long> record)
    {
        ref var cell = ref State.Connectivity[new ConnectivityKey(Places.Part(place, Cohort), Places.Part(place, Device), Places.Part(place, Pane))];
        cell.Rows.Merge(Evidence(record, Sheet.Maxima));
        cell.Valid += High(record[0]);
        cell.Missing += Low(record[0]) - High(record[0]);
    }

    protected override ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence)
    {
        var device = chunk.Keys(Lane.Device)[row];
        var key = new ConnectivityKey(Context.Registry?.CohortOf(device) ?? -1, Context.ByDevice ? device : -1, chunk.Pane[row]);

        // the cohort stands in for the line, so that the scope is the registry's at the window's end here too
        evidence = new PaneKey(Leaf.None with { Line = key.Cohort, Device = key.Device }, key.Pane);
        return ref State.Connectivity.At(State.Connectivity.Slot(key)).Rows;
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        _pane = int.MinValue;   // the bitmaps go with the state
    }

    private void Collect(RowChunk chunk, ReadOnlySpan<ulong> online)
    {
        if (!chunk.Has(Lane.Link))
        {
            CollectUnnamed(chunk, online);
            return;
        }

        var devices = chunk.Keys(Lane.Device);
        var links = chunk.Keys(Lane.Link);
        for (var word = 0; word < online.Length; word++)
        {
            for (var bits = online[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                if (chunk.Pane[row] != _pane)
                {
                    Turn(chunk.Pane[row]);
                }

                _evidence.Add(devices[row]);
                if (links[row] < 0)
                {
                    _evidenceUnnamed.Add(devices[row]);
                }
                else if (links[row] == RadioAccess.Nr)
                {
                    _evidenceNr.Add(devices[row]);
                }
            }
        }
    }

    // neighbouring rows often are neighbouring devices: their bits are gathered before they are put into the sets
    private void CollectUnnamed(RowChunk chunk, ReadOnlySpan<ulong> online)
    {
        var devices = chunk.Keys(Lane.Device);
        var panes = chunk.Pane;
        var (at, gathered) = (-1, 0UL);
        for (var word = 0; word < online.Length; word++)
        {
            for (var bits = online[word]; bits != 0; bits &= bits - 1)
            {
                var row = (word << 6) + BitOperations.TrailingZeroCount(bits);
                var device = devices[row];
                if (device >> 6 != at || panes[row] != _pane)
                {
                    Put(at, gathered);
                    (at, gathered) = (device >> 6, 0);
                    if (panes[row] != _pane)
                    {
                        Turn(panes[row]);
                    }
                }

                gathered |= 1UL << (device & 63);
            }
        }

        Put(at, gathered);
    }

    private void Put(int word, ulong bits)
    {
        if (bits != 0)
        {
            _evidence.Add(word, bits);
            _evidenceUnnamed.Add(word, bits);
        }
    }

    private void Turn(int pane)
    {
        _pane = pane;
        _evidence = State.Bitmap(State.Evidence, pane);
        _evidenceNr = State.Bitmap(State.EvidenceNr, pane);
        _evidenceUnnamed = State.Bitmap(State.EvidenceUnnamed, pane);
    }
}
