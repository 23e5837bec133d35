namespace IndicatorCore.Tests.CData;

/// <summary>A counted stream over the answer of a query.</summary>
internal sealed class CountedStreamOf
{
    public CountedStreamOf(DuckDb duck, string query)
    {
        var arrays = duck.Arrays(query, out var schema);
        Stream = new CountedStream(schema, arrays);
    }

    public CountedStream Stream { get; }
}
