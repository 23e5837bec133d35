using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;

namespace IndicatorCore.Indicators.State;

/// <summary>What the consumers of one worker and input share: the scope of rows, their places, and scratch memory.</summary>
/// <param name="context">The engine's.</param>
/// <param name="state">The worker's state.</param>
/// <param name="scratch">The worker's.</param>
internal sealed class FoldDesk(EngineContext context, EngineState state, FoldScratch scratch)
{
    /// <summary>The parts of every place of the desk: the leaf's, the pane, and then a table's own.</summary>
    public const int Factory = 0, Workshop = 1, Line = 2, Device = 3, Product = 4, Pane = 5, Extra = 6;

    private readonly List<PlaceFinder> _finders = [];
    private readonly PaneClock _spans = context.NewSpanClock();
    private readonly int[] _panes = new int[RowChunk.Capacity];
    private PlaceFinder? _byLeaf;
    private PlaceFinder? _byProduct;
    private PlaceFinder? _bySpan;
    private PlaceFinder? _byDevice;

    /// <summary>The engine's context.</summary>
    public EngineContext Context { get; } = context;

    /// <summary>The worker's state.</summary>
    public EngineState State { get; } = state;

    /// <summary>The worker's scratch memory.</summary>
    public FoldScratch Scratch { get; } = scratch;

    /// <summary>The scope of rows.</summary>
    public ScopeReader Scope { get; } = new(context);

    /// <summary>Whether places should be forgotten before the next chunk: settle all consumers, then <see cref="Clear"/>.</summary>
    public bool IsFull
    {
        get
        {
            foreach (var finder in _finders)
            {
                if (finder.IsFull)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Places by leaf and pane.</summary>
    /// <param name="chunk">A chunk of the input.</param>
    /// <param name="withProduct">Whether the product is part of the leaf.</param>
    public PlaceFinder ByLeaf(RowChunk chunk, bool withProduct)
    {
        if (withProduct && chunk.Has(Lane.Product))
        {
            return _byProduct ??= Make(withProduct: true, static chunk => chunk.Pane);
        }

        return _byLeaf ??= Make(withProduct: false, static chunk => chunk.Pane);
    }

    /// <summary>Places by leaf and by the panes of tables that are kept by whole spans where no calendar is asked for.</summary>
    public PlaceFinder BySpan(RowChunk chunk) =>
        Context.KeepsSpans ? _bySpan ??= Make(withProduct: false, SpanPanes) : ByLeaf(chunk, withProduct: false);

    /// <summary>The same places, told apart by device whatever the levels of grouping are.</summary>
    public PlaceFinder BySpanAndDevice(RowChunk chunk) => Context.ByDevice
        ? BySpan(chunk)
        : _byDevice ??= Make(
        [
            static chunk => chunk.Has(Lane.Factory) ? chunk.Keys(Lane.Factory) : null,
            static chunk => chunk.Has(Lane.Workshop) ? chunk.Keys(Lane.Workshop) : null,
            _ => Scope.Lines,
            static chunk => chunk.Has(Lane.Device) ? chunk.Keys(Lane.Device) : null,
            static _ => null,
            Context.KeepsSpans ? SpanPanes : static chunk => chunk.Pane,
        ]);

    /// <summary>The pane of an instant by that clock.</summary>
    public int SpanPaneOf(long instant) => _spans.PaneOf(instant);

    /// <summary>The span pane in which a row at an instant is counted that was set aside.</summary>
    public int AsidePaneOf(long instant) => _spans.AsidePaneOf(instant);

    /// <summary>A finder of its own for a table with other panes, or with more that tells its rows apart.</summary>
    public PlaceFinder Make(bool withProduct, Func<RowChunk, int[]> pane, params Func<RowChunk, int[]?>[] extra)
    {
        return Make(
        [
            static chunk => chunk.Has(Lane.Factory) ? chunk.Keys(Lane.Factory) : null,
            static chunk => chunk.Has(Lane.Workshop) ? chunk.Keys(Lane.Workshop) : null,
            _ => Scope.Lines,
            chunk => Context.ByDevice && chunk.Has(Lane.Device) ? chunk.Keys(Lane.Device) : null,
            chunk => withProduct && chunk.Has(Lane.Product) ? chunk.Keys(Lane.Product) : null,
            pane,
            .. extra,
        ]);
    }

    /// <summary>A finder of any parts.</summary>
    public PlaceFinder Make(Func<RowChunk, int[]?>[] parts)
    {
        var finder = new PlaceFinder(parts, Context.Budget);
        _finders.Add(finder);
        return finder;
    }

    // asked for once a chunk, by the finder
    private int[] SpanPanes(RowChunk chunk)
    {
        for (var row = 0; row < chunk.Length; row++)
        {
            _panes[row] = chunk.Time[row] == long.MinValue ? 0 : _spans.PaneOf(chunk.Time[row]);
        }

        return _panes;
    }

    /// <summary>The leaf of a place by leaf.</summary>
    public static Leaf LeafOf(PlaceFinder finder, int place) => new(
        finder.Part(place, Factory), finder.Part(place, Workshop), finder.Part(place, Line), finder.Part(place, Device), finder.Part(place, Product));

    /// <summary>Forgets all places; the consumers are settled.</summary>
    public void Clear()
    {
        foreach (var finder in _finders)
        {
            finder.Clear();
        }
    }

    /// <summary>Gives the memory back.</summary>
    public void Free()
    {
        foreach (var finder in _finders)
        {
            finder.Free();
        }
    }
}
