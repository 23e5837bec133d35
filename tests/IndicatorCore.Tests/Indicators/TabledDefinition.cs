using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.Definitions;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Tests.Indicators;

/// <summary>A definition that answers by rows and by column, from figures drawn at random.</summary>
internal sealed class TabledDefinition : IndicatorDefinition
{
    private readonly IReadOnlyList<string> _ids;
    private readonly IReadOnlyList<IndicatorRow> _rows;
    private readonly IReadOnlyList<IndicatorTable> _tables;
    private int _made;

    public TabledDefinition(string id, IReadOnlyList<string> parts, IReadOnlyList<IndicatorRow> rows, params IReadOnlyList<IndicatorTable> tables)
    {
        _ids = [id, .. parts];
        _rows = rows;
        _tables = tables;
        Description = new IndicatorDescription
        {
            Id = id,
            ChineseName = id,
            EnglishName = id,
            Formula = id,
            Unit = "1",
            Needs = [],
            State = "none",
            Weights = "none",
            PublicationRule = "none",
            Parts = parts,
            Sources = [],
        };
    }

    public override IndicatorDescription Description { get; }

    public override TableNeeds Needs => TableNeeds.None;

    public override string Table => "radio";

    /// <summary>The rows that columns made so far.</summary>
    public int Made => _made;

    public override IEnumerable<IndicatorRow> Compute(ReportContext report) => _rows;

    public override IEnumerable<IndicatorTable> Tables(ReportContext report)
    {
        foreach (var table in _tables)
        {
            yield return table.With([.. _ids.Order(StringComparer.Ordinal).Select(id => Column(table, id))]);
        }
    }

    /// <summary>A table of every third (group, window), without columns, in the order that definitions keep.</summary>
    public static IndicatorTable Shape(string[] keys, string?[][] groups, (long Start, long End)[] windows)
    {
        int[] order = [.. Enumerable.Range(0, groups.Length).OrderBy(i => groups[i], Comparer<string?[]>.Create(Compare))];
        var places = order.SelectMany(group => Enumerable.Range(0, windows.Length).Select(window => (group, window)))
            .Where(static place => (place.group + place.window) % 3 != 0)
            .ToList();
        return new IndicatorTable(keys, groups, windows, [.. places.Select(static place => place.group)], [.. places.Select(static place => place.window)], []);
    }

    /// <summary>Interface 4, as a comparison of two rows of one level.</summary>
    public static int Compare(IndicatorRow left, IndicatorRow right)
    {
        var group = Compare([.. left.Group.Select(static pair => pair.Value)], [.. right.Group.Select(static pair => pair.Value)]);
        var window = Nullable.Compare(left.WindowStart, right.WindowStart);
        return group != 0 ? group : window != 0 ? window : Compare(left.Indicator, right.Indicator);
    }

    private static int Compare(string?[] left, string?[] right)
    {
        for (var i = 0; i < left.Length; i++)
        {
            if (Compare(left[i], right[i]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Compare(string? left, string? right) => left is null || right is null
        ? (left is null ? 0 : 1) - (right is null ? 0 : 1)
        : Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private IndicatorColumn Column(IndicatorTable table, string id) => new(
        id, id + "@1", "1", Enumerable.Range(0, table.Length).Select(static row => row / 7.0).ToArray(), row =>
        {
            Interlocked.Increment(ref _made);
            return new IndicatorRow
            {
                Indicator = id,
                Definition = id + "@1",
                Group = [.. table.Keys.Zip(table.Group(row).ToArray(), KeyValuePair.Create)],
                WindowStart = table.Window(row).Start,
                WindowEnd = table.Window(row).End,
                Value = row / 7.0,
                Unit = "1",
                Evidence = new Evidence { Received = row },
            };
        });
}
