using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Fold;
using IndicatorCore.Kernels;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.State;

/// <summary>
/// What every table's consumer does alike: accepted rows go chunk by chunk into records, by masks and runs; rows that are set aside go one
/// by one into the state's arrival counts.
/// </summary>
internal abstract class TableConsumer : ITableConsumer
{
    private readonly ulong[] _feeding = RowMask.New();
    private readonly ulong[] _accepted = RowMask.New();
    private readonly int _table;
    private FoldSheet? _sheet;

    protected TableConsumer(FoldDesk desk, string table)
    {
        Desk = desk;
        _table = TableCatalog.IndexOf(table);
    }

    protected FoldDesk Desk { get; }

    protected EngineContext Context => Desk.Context;

    protected EngineState State => Desk.State;

    protected ScopeReader Scope => Desk.Scope;

    /// <summary>The records; made with the first chunk.</summary>
    protected FoldSheet Sheet => _sheet!;

    /// <summary>The places of the records.</summary>
    protected PlaceFinder Places { get; private set; } = null!;

    /// <inheritdoc/>
    public void Consume(RowChunk chunk, bool isTelemetry)
    {
        var words = (chunk.Length + 63) >> 6;
        var feeding = _feeding.AsSpan(0, words);
        if (!isTelemetry)
        {
            BitmapKernel.Fill(feeding, chunk.Length);
        }
        else if (!Feeding(chunk, feeding))
        {
            return;   // chunks of wide rows that say nothing of this table are common
        }

        if (!Restrict(chunk, feeding))
        {
            return;
        }

        Scope.Begin(chunk);
        var accepted = _accepted.AsSpan(0, words);
        BitmapKernel.And(feeding, chunk.Accepted.AsSpan(0, words), accepted);
        if (RowMask.Any(accepted))
        {
            FoldAccepted(chunk, accepted);
        }

        if (chunk.HasSetAside)
        {
            BitmapKernel.And(feeding, chunk.SetAside.AsSpan(0, words), feeding);
            CountSetAside(chunk, feeding);
        }
    }

    /// <inheritdoc/>
    public virtual void Settle()
    {
        if (_sheet is not { HasRows: true })
        {
            return;
        }

        for (var place = 0; place < Places.Count; place++)
        {
            var record = _sheet.Record(place);
            if (!record.IsEmpty && Low(record[0]) > 0)
            {
                Settle(place, record);
            }
        }

        _sheet.Empty();
    }

    /// <inheritdoc/>
    public virtual void Free() => _sheet?.Free();

    /// <summary>The wide rows that feed this table; false when none does.</summary>
    protected abstract bool Feeding(RowChunk chunk, Span<ulong> rows);

    /// <summary>Takes rows out that another consumer of the table takes; false when none is left.</summary>
    protected virtual bool Restrict(RowChunk chunk, Span<ulong> rows) => true;

    /// <summary>Takes the first chunk: which lanes there are decides on records and places.</summary>
    protected abstract (FoldSheet Sheet, PlaceFinder Places) Bind(RowChunk chunk);

    /// <summary>Puts a chunk's accepted rows into the sheet's lanes; the first counts the rows in its low half. The first two maxima are the extent of their times.</summary>
    protected abstract void Fold(RowChunk chunk, ReadOnlySpan<ulong> rows);

    /// <summary>Adds a place's record to the state.</summary>
    protected abstract void Settle(int place, ReadOnlySpan<long> record);

    /// <summary>The arrival counts of the state's slot that a row which is set aside belongs to, and where it is counted by reason.</summary>
    protected abstract ref RowEvidence Place(RowChunk chunk, int row, out PaneKey evidence);

    /// <summary>Counts a row that was set aside for a reason.</summary>
    protected virtual void Quarantine(in PaneKey evidence, QuarantineReason reason) =>
        State.Quarantined[new QuarantineKey(_table, evidence, reason)].Count++;

    /// <summary>Looks at a chunk's accepted rows, before anything is done with them.</summary>
    protected virtual void Examine(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
    }

    /// <summary>Whether the chunk that was examined needs lanes that the sheet has not: it is emptied and bound anew.</summary>
    protected virtual bool Outgrows() => false;

    /// <summary>A sheet of lanes.</summary>
    protected FoldSheet NewSheet(int adds, int maxima) => new(adds, maxima, Context.Budget, Desk.Scratch);

    /// <summary>Finds the places of rows that have a table's own parts; before they are located.</summary>
    protected virtual void BeforeLocate(RowChunk chunk)
    {
    }

    /// <summary>A sum of a measure over rows, all of which have a valid one.</summary>
    protected void Sum(int at, RowChunk chunk, Lane lane, ReadOnlySpan<ulong> rows)
    {
        var mask = All(chunk, rows);
        if (mask.IsEmpty && chunk.Deferred(lane) is { } deferred && Sheet.Sum(at, deferred))
        {
            return;
        }

        Sheet.Sum(at, chunk.Values(lane), mask, chunk.Magnitude(lane));
    }

    /// <summary>The evidence of a record whose lane 0 counts rows and whose extent lies at <paramref name="lane"/>.</summary>
    protected static RowEvidence Evidence(ReadOnlySpan<long> record, int lane) =>
        RowEvidence.Of(-record[lane], record[lane + 1]) with { Received = Low(record[0]) };

    /// <summary>A mask as kernels take it: empty where it is every row.</summary>
    protected static ReadOnlySpan<ulong> All(RowChunk chunk, ReadOnlySpan<ulong> rows) => RowMask.Count(rows) == chunk.Length ? default : rows;

    /// <summary>The count in a lane's low half.</summary>
    protected static long Low(long lane) => (uint)lane;

    /// <summary>The count in a lane's high half.</summary>
    protected static long High(long lane) => (long)((ulong)lane >> 32);

    /// <summary>The rows whose measure is there at all: not null, be it NaN or invalid; false when none is.</summary>
    protected static bool Present(RowChunk chunk, Lane lane, Span<ulong> rows)
    {
        if (!chunk.Has(lane))
        {
            rows.Clear();
            return false;
        }

        var classes = chunk.Classes(lane).AsSpan(0, chunk.Length);
        if (!classes.Contains(ValueClass.Missing))
        {
            BitmapKernel.Fill(rows, chunk.Length);
            return chunk.Length > 0;
        }

        if (!classes.ContainsAnyExcept(ValueClass.Missing))
        {
            rows.Clear();
            return false;
        }

        Span<ulong> every = stackalloc ulong[RowMask.Words];
        every = every[..rows.Length];
        BitmapKernel.Fill(every, chunk.Length);
        BitmapKernel.Equal(classes, ValueClass.Missing, rows);
        BitmapKernel.AndNot(every, rows, rows);
        return true;
    }

    private void FoldAccepted(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        Examine(chunk, rows);
        if (_sheet is null || Outgrows())
        {
            Settle();
            _sheet?.Free();
            (_sheet, Places) = Bind(chunk);
            Places.Carry(_sheet.Stride);
        }

        BeforeLocate(chunk);
        if (_sheet.IsFull)
        {
            Settle();
        }

        Places.Locate(chunk);
        _sheet.Begin(Places.Units);
        Fold(chunk, rows);
        Extent(chunk, _sheet, rows);
        _sheet.Fold(Places.Count);
    }

    // the first and last instants of a place, in the first two lanes of maxima
    private static void Extent(RowChunk chunk, FoldSheet sheet, ReadOnlySpan<ulong> rows)
    {
        var (first, last) = (sheet.Maxima, sheet.Maxima + 1);
        if (last >= sheet.Stride)
        {
            return;   // a sheet that only finds places
        }

        if (chunk.TimeExtent is { } extent && extent.First == extent.Last && sheet.Max(first, -extent.First) && sheet.Max(last, extent.Last))
        {
            return;
        }

        var mask = All(chunk, rows);
        sheet.Max(first, chunk.Time, mask, negate: true);
        sheet.Max(last, chunk.Time, mask, negate: false);
    }

    private void CountSetAside(RowChunk chunk, ReadOnlySpan<ulong> rows)
    {
        for (var row = RowMask.Next(rows, 0); row >= 0; row = row + 1 < chunk.Length ? RowMask.Next(rows, row + 1) : -1)
        {
            ref var counts = ref Place(chunk, row, out var evidence);
            counts.Received++;
            if (chunk.Disposition[row] == RowDisposition.Duplicate)
            {
                counts.Duplicates++;
            }
            else if (chunk.Disposition[row] == RowDisposition.Conflict)
            {
                counts.Conflicts++;
            }
            else
            {
                Quarantine(evidence, chunk.Reason[row]);
            }
        }
    }
}
