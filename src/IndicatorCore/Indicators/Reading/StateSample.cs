using IndicatorCore.Aggregation;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.Reading;

/// <summary>
/// Looks at batches spread over the inputs before these are read, where their rows could make more state than the memory budget holds. They
/// are folded as ever, into states of their own that count nowhere; the slots of all of them together the state will have in any case.
/// Files are opened anew for it, so that a fault met here is met again, and reported, when it is its turn.
/// </summary>
internal sealed class StateSample : IDisposable
{
    private const int FewestTickets = 4;
    private const int FewestFirst = 4;
    private const int MostFirst = 16;
    // of a batch at a time, so that the tightest budgets are judged too: what does not fit the query's does not when it is read either
    private const long LeastBudget = 256 << 20;
    private const long CountAt = 32 << 20;

    private readonly EngineContext _context;
    private readonly SlotCensus _census;
    private readonly IReadOnlyList<OpenInput> _inputs;
    private readonly BatchTicket[] _tickets;
    private readonly MemoryBudget _budget;
    private readonly Dictionary<int, (IpcFileReader Reader, InputBinding Binding)> _open = [];
    private readonly List<IpcFileReader> _readers = [];
    private readonly InputTally _tally = new() { Name = "(sample)" };
    private EngineWorker _worker;
    private long _sampled;

    private StateSample(EngineContext context, SlotCensus census, IReadOnlyList<OpenInput> inputs, BatchTicket[] tickets)
    {
        _budget = new MemoryBudget(Math.Max(context.Budget.Limit, LeastBudget));
        _context = context.ForSample(_budget);
        (_census, _inputs, _tickets) = (census, inputs, tickets);
        _worker = new EngineWorker(_context);
    }

    /// <summary>
    /// What can be told of the state; null where the rows alone show that it fits, where an input or a row that is read may count for nothing
    /// (<c>--on-bad skip</c>, <c>--dedup rows</c>), where there are too few batches to choose from, and where those are faulty.
    /// </summary>
    public static StateForecast? Forecast(
        EngineContext context, IReadOnlyList<OpenInput> inputs, BatchTicket[] tickets, CancellationToken cancellationToken)
    {
        if (context.Query.OnBad == OnBad.Skip || context.Query.Dedup == DedupPolicy.Rows || tickets.Length < FewestTickets)
        {
            return null;
        }

        var census = new SlotCensus(context);
        var rows = 0L;
        foreach (var input in inputs)
        {
            census.Declare(input.Binding, input.Tally.RowsDeclared ?? 0);
            rows += input.Tally.RowsDeclared ?? 0;
        }

        if (census.BytesByRows <= 2 * (Int128)context.Budget.Limit)
        {
            return null;
        }

        using var sample = new StateSample(context, census, inputs, tickets);
        try
        {
            sample.Look(context.Budget.Limit, cancellationToken);
            return StateForecast.Of(census, context, rows, sample._sampled);
        }
        catch (Exception fault) when (fault is IndicatorDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _worker.Dispose();
        _readers.ForEach(static reader => reader.Dispose());
    }

    /// <summary>Numbers below a count, each once, any first few of them spread over all: the ends, then by reversed bits.</summary>
    /// <param name="count">At least 2.</param>
    internal static IEnumerable<int> Spread(int count)
    {
        yield return 0;
        yield return count - 1;
        var bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)count - 1);
        for (var i = 0L; i < 1L << bits; i++)
        {
            var reversed = 0L;
            for (var bit = 0; bit < bits; bit++)
            {
                reversed |= ((i >> bit) & 1) << (bits - 1 - bit);
            }

            if (reversed > 0 && reversed < count - 1)
            {
                yield return (int)reversed;
            }
        }
    }

    // a look at few first; further only while what they hold, times what may be looked at, could prove anything
    private void Look(long limit, CancellationToken cancellationToken)
    {
        var most = Math.Max(2, _tickets.Length / 4);
        var next = Math.Min(most, Math.Clamp(_tickets.Length / 64, FewestFirst, MostFirst));
        var done = 0;
        foreach (var place in Spread(_tickets.Length))
        {
            Fold(_tickets[place], cancellationToken);
            done++;
            if (_budget.Used > CountAt)
            {
                Count();
            }

            if (done < next)
            {
                continue;
            }

            Count();
            var bytes = _census.Bytes;
            if (done >= most || bytes > limit || (Int128)bytes * most <= (Int128)limit * done)
            {
                return;
            }

            next = Math.Min(most, done * 2);
        }
    }

    private void Count()
    {
        _census.Add(_worker.SettledState());
        _worker.Dispose();
        _worker = new EngineWorker(_context);
    }

    private void Fold(BatchTicket ticket, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_open.TryGetValue(ticket.Input, out var input))
        {
            var path = _inputs[ticket.Input].Tally.Name;
            var file = IpcFileReader.Open(path, _context.ReaderOptions);
            _readers.Add(file);
            _open.Add(ticket.Input, input = (file, InputBinding.Create(_context, file.Schema, path)));
        }

        var lease = _worker.Lease;
        if (ticket.Large is { } large)
        {
            if (large.Windows.IsCompressed)
            {
                return;   // windows of such a batch can only be decoded in order
            }

            using var windows = input.Reader.Windows(ticket.Batch, input.Binding.Projection, cancellationToken)
                ?? throw new InvalidOperationException("A large batch has windows.");
            windows.CheckLengths();
            windows.Read(ticket.Window, lease, cancellationToken);
        }
        else
        {
            input.Reader.Read(ticket.Batch, input.Binding.Projection, lease, cancellationToken);
        }

        lease.Decode(cancellationToken);
        var reader = _worker.Reader(input.Binding);
        reader.Begin(lease.View());
        reader.Read(lease.View(), ticket.Batch, _tally, cancellationToken);
        _sampled += lease.RowCount;
    }
}
