using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;
using IndicatorCore.Indicators.Reporting;

namespace IndicatorCore.Indicators.Definitions;

/// <summary>The points of one device in the order of time, whatever the scopes that its rows were in; of points alike those are taken first whose scope comes first by name.</summary>
internal sealed class PointWalk
{
    private readonly List<(Leaf Leaf, PointSet Points)> _sets;

    /// <summary>A walk.</summary>
    /// <param name="report">The report.</param>
    /// <param name="sets">The points by scope.</param>
    public PointWalk(ReportContext report, IEnumerable<(Leaf Leaf, PointSet Points)> sets)
    {
        _sets = [.. sets];
        if (_sets.Count > 1)
        {
            _sets.Sort((left, right) => Compare(report.Engine.Keys, left.Leaf, right.Leaf));
        }
    }

    /// <summary>The scopes, in the order of their names.</summary>
    public IEnumerable<Leaf> Leaves => _sets.Select(static set => set.Leaf);

    /// <summary>The place among <see cref="Leaves"/> of the point that came last.</summary>
    public int At { get; private set; }

    /// <summary>The points.</summary>
    public IEnumerable<Point> InOrder()
    {
        var walks = _sets.ConvertAll(static set => set.Points.InOrder().GetEnumerator());
        try
        {
            var open = walks.ConvertAll(static walk => walk.MoveNext());
            while (true)
            {
                var first = -1;
                for (var i = 0; i < walks.Count; i++)
                {
                    first = open[i] && (first < 0 || walks[i].Current < walks[first].Current) ? i : first;
                }

                if (first < 0)
                {
                    yield break;
                }

                At = first;
                yield return walks[first].Current;
                open[first] = walks[first].MoveNext();
            }
        }
        finally
        {
            walks.ForEach(static walk => walk.Dispose());
        }
    }

    /// <summary>Orders scopes by name, so that the order in which keys arrived does not show.</summary>
    public static int Compare(KeySpaces keys, in Leaf left, in Leaf right)
    {
        var order = Compare(keys.Factories, left.Factory, right.Factory);
        order = order != 0 ? order : Compare(keys.Workshops, left.Workshop, right.Workshop);
        return order != 0 ? order : Compare(keys.Lines, left.Line, right.Line);
    }

    private static int Compare(KeyTable keys, int left, int right) =>
        left < 0 || right < 0 ? left.CompareTo(right) : string.CompareOrdinal(keys.Name(left), keys.Name(right));
}
