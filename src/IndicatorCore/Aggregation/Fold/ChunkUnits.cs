namespace IndicatorCore.Aggregation.Fold;

/// <summary>The units that a chunk is folded by: runs of rows of one place where they are long, else single rows.</summary>
internal sealed class ChunkUnits
{
    private readonly int[] _ends = new int[RowChunk.Capacity];
    private readonly int[] _places = new int[RowChunk.Capacity];

    /// <summary>Rows of the chunk.</summary>
    public int Rows { get; private set; }

    /// <summary>Units.</summary>
    public int Count { get; private set; }

    /// <summary>Whether units are runs.</summary>
    public bool ByRuns { get; private set; }

    /// <summary>The row behind the last of each run; only of runs.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Count);

    /// <summary>The place of each unit.</summary>
    public ReadOnlySpan<int> Places => _places.AsSpan(0, Count);

    /// <summary>The whole room for ends.</summary>
    public Span<int> AllEnds => _ends;

    /// <summary>The whole room for places.</summary>
    public Span<int> AllPlaces => _places;

    /// <summary>Says what the units are; ends and places are there.</summary>
    public void Set(int rows, int count, bool byRuns) => (Rows, Count, ByRuns) = (rows, count, byRuns);

    /// <summary>The unit of a row.</summary>
    public int PlaceOf(int row)
    {
        if (!ByRuns)
        {
            return _places[row];
        }

        var at = Ends.BinarySearch(row + 1);
        return _places[at < 0 ? ~at : at];
    }
}
