namespace IndicatorCore.Aggregation;

/// <summary>Translates the keys of one engine's state into another's numbers.</summary>
internal interface IKeyMap<TKey>
    where TKey : struct
{
    /// <summary>The key in the numbers of the receiving side.</summary>
    TKey Map(in TKey key);
}
