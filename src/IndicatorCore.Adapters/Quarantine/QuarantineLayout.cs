using IndicatorCore.Columns;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>The columns of a quarantine file: where and why first, then every column that was read, in the order of first appearance.</summary>
internal sealed class QuarantineLayout
{
    /// <summary>The columns that every file has.</summary>
    public static readonly string[] Fixed = ["input", "table", "batch", "row", "reason", "event_time"];

    private readonly List<(string Name, ArrowType Type)> _columns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<QuarantineShape, int[]> _shapes = new(ReferenceEqualityComparer.Instance);

    /// <summary>The layout of segments in their final order.</summary>
    public QuarantineLayout(IEnumerable<QuarantineSegment> segments)
    {
        foreach (var segment in segments)
        {
            if (!_shapes.ContainsKey(segment.Shape))
            {
                _shapes.Add(segment.Shape, Array.ConvertAll(segment.Shape.Columns, Place));
            }
        }
    }

    /// <summary>The columns behind the fixed ones: their headings, and the type that all inputs share, else utf8.</summary>
    public IReadOnlyList<(string Name, ArrowType Type)> Columns =>
    [
        .. _columns.Select(static column => (
            Fixed.Contains(column.Name) ? "column_" + column.Name : column.Name,
            column.Type.Id == ArrowTypeId.Null ? ArrowType.Of(ArrowTypeId.Utf8) : column.Type)),
    ];

    /// <summary>For each column of a shape, its place among <see cref="Columns"/>.</summary>
    public int[] Of(QuarantineShape shape) => _shapes[shape];

    private int Place(QuarantineColumnShape column)
    {
        if (!_places.TryGetValue(column.Name, out var place))
        {
            _places.Add(column.Name, place = _columns.Count);
            _columns.Add((column.Name, column.Type));
            return place;
        }

        var (name, type) = _columns[place];
        _columns[place] = (name, type.Id == ArrowTypeId.Null ? column.Type
            : column.Type.Id == ArrowTypeId.Null || column.Type == type ? type
            : ArrowType.Of(ArrowTypeId.Utf8));
        return place;
    }
}
