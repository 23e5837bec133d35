using System.Collections;

namespace IndicatorCore.Indicators.Phases;

/// <summary>Cells that are made when they are first looked at: cost seldom needs production.</summary>
/// <param name="count">How many there are.</param>
/// <param name="make">Makes them.</param>
internal sealed class DeferredCells<TCell>(int count, Func<TCell[]> make) : IReadOnlyList<TCell>
{
    private readonly Lazy<TCell[]> _cells = new(make);

    /// <inheritdoc/>
    public int Count => count;

    /// <inheritdoc/>
    public TCell this[int index] => _cells.Value[index];

    /// <inheritdoc/>
    public IEnumerator<TCell> GetEnumerator() => _cells.Value.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
