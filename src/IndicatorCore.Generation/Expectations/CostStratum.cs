namespace IndicatorCore.Generation.Expectations;

/// <summary>A product's cost in one phase: fen by element, and whether an element was null.</summary>
internal sealed class CostStratum
{
    /// <summary>Fen by element; an element stands here as soon as it has a row, null amounts included.</summary>
    public SortedDictionary<string, Int128> Elements { get; } = new(StringComparer.Ordinal);

    public bool HasNull { get; private set; }

    public Int128 Fen
    {
        get
        {
            Int128 sum = 0;
            foreach (var element in Elements.Values)
            {
                sum += element;
            }

            return sum;
        }
    }

    public void Add(string element, long? fen)
    {
        Elements[element] = Elements.GetValueOrDefault(element) + (fen ?? 0);
        HasNull |= fen is null;
    }
}
