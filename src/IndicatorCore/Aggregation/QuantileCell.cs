namespace IndicatorCore.Aggregation;

/// <summary>The sample of a slot; made when its first value comes.</summary>
internal struct QuantileCell : IMergeable<QuantileCell>
{
    /// <summary>The values, or null while there is none.</summary>
    public ValueSample? Sample;

    /// <summary>Takes over the other's sample; samples that are both there are merged by <see cref="QuantileStore"/>, which knows the budget.</summary>
    public void Merge(QuantileCell other) => Sample ??= other.Sample;
}
