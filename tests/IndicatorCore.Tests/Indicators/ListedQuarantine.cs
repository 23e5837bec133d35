using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Indicators;

/// <summary>A sink that remembers every row as <c>file batch row REASON</c>, and how its values read.</summary>
internal sealed class ListedQuarantine : IQuarantineSink, IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<(QuarantineSource Source, long Batch, int Row, string Reason, long? Time)> _rows = [];
    private readonly HashSet<QuarantineSource> _discarded = [];

    public void Add(in QuarantinedRows rows)
    {
        lock (_gate)
        {
            foreach (var row in rows.Rows)
            {
                _rows.Add((rows.Source, rows.Batch, rows.View.FirstRow + row.Row, row.Reason, row.EventTime));
            }
        }
    }

    public void Discard(QuarantineSource source)
    {
        lock (_gate)
        {
            _discarded.Add(source);
        }
    }

    public IReadOnlyList<string> Lines() =>
    [
        .. _rows.Where(row => !_discarded.Contains(row.Source))
            .OrderBy(static row => row.Source.Name, StringComparer.Ordinal).ThenBy(static row => row.Source.Ordinal).ThenBy(static row => row.Batch).ThenBy(static row => row.Row)
            .Select(static row => $"{Path.GetFileName(row.Source.Name)} {row.Batch} {row.Row} {row.Reason}"),
    ];

    public void Dispose() => _rows.Clear();
}
