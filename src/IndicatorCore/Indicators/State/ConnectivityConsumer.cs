using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>Connectivity rows: which devices gave online evidence in which pane (indicator-definitions 2).</summary>
internal sealed class ConnectivityConsumer(EngineContext context, EngineState state) : TableConsumer(context, state, "connectivity")
{
    private int[] _devices = [];
    private int[]? _links;
    private long[]? _online;
    private byte[]? _onlineClass;
    private ConnectivityKey _key;
    private int _slot = -1;
    private int _pane = int.MinValue;
    private DeviceBitmap _evidence = null!;
    private DeviceBitmap _evidenceNr = null!;
    private DeviceBitmap _evidenceUnnamed = null!;

    protected override void Begin(RowChunk chunk)
    {
        _devices = chunk.Keys(Lane.Device);
        _links = chunk.Has(Lane.Link) ? chunk.Keys(Lane.Link) : null;
        _online = chunk.Has(Lane.Online) ? chunk.Values(Lane.Online) : null;
        _onlineClass = chunk.Has(Lane.Online) ? chunk.Classes(Lane.Online) : null;
    }

    protected override bool FeedsAny(RowChunk chunk) => _devices.AsSpan(0, chunk.Length).ContainsAnyExcept(-1);

    protected override bool Feeds(RowChunk chunk, int row) => _devices[row] >= 0;

    protected override ref RowEvidence Place(RowChunk chunk, int row)
    {
        var device = _devices[row];
        var key = new ConnectivityKey(Context.Registry?.CohortOf(device) ?? -1, Context.ByDevice ? device : -1, chunk.Pane[row]);
        if (_slot < 0 || !key.Equals(_key))
        {
            _key = key;
            _slot = State.Connectivity.Slot(key);
        }

        return ref State.Connectivity.At(_slot).Rows;
    }

    protected override void Update(RowChunk chunk, int row)
    {
        ref var cell = ref State.Connectivity.At(_slot);
        var device = _devices[row];
        if (device < 0 || (_onlineClass is not null && _onlineClass[row] != ValueClass.Valid))
        {
            cell.Missing++;   // a null online is no evidence
            return;
        }

        cell.Valid++;
        if (_online is not null && _online[row] == 0)
        {
            return;
        }

        if (chunk.Pane[row] != _pane)
        {
            _pane = chunk.Pane[row];
            _evidence = State.Bitmap(State.Evidence, _pane);
            _evidenceNr = State.Bitmap(State.EvidenceNr, _pane);
            _evidenceUnnamed = State.Bitmap(State.EvidenceUnnamed, _pane);
        }

        _evidence.Add(device);
        var link = _links is null ? -1 : _links[row];
        if (link < 0)
        {
            _evidenceUnnamed.Add(device);
        }
        else if (link == RadioAccess.Nr)
        {
            _evidenceNr.Add(device);
        }
    }

    protected override PaneKey Evidence(RowChunk chunk, int row)
    {
        // the cohort stands in for the line, so that the scope is the registry's at the window's end here too
        return new PaneKey(Leaf.None with { Line = _key.Cohort, Device = _key.Device }, chunk.Pane[row]);
    }
}
