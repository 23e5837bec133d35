namespace IndicatorCore.Indicators.Reading;

/// <summary>Hands out the tickets of one round in order; serves all workers.</summary>
/// <param name="tickets">All tickets.</param>
/// <param name="start">The first that is still to be done.</param>
/// <param name="faults">Behind a fault nothing more is handed out.</param>
/// <param name="isDue">Whether the round is to end as soon as every worker has done something.</param>
internal sealed class TicketQueue(BatchTicket[] tickets, int start, FaultList faults, Func<bool> isDue)
{
    private readonly Lock _gate = new();

    /// <summary>The first ticket that was not handed out.</summary>
    public int Next { get; private set; } = start;

    /// <summary>A ticket by its place.</summary>
    public BatchTicket this[int ticket] => tickets[ticket];

    /// <summary>Takes the next ticket; -1 when there is nothing to be done in this round.</summary>
    /// <param name="isFirst">Whether the worker has not had one in this round.</param>
    public int Take(bool isFirst)
    {
        lock (_gate)
        {
            // a round does not end within a batch
            return Next >= tickets.Length || faults.IsBefore(Next) || (!isFirst && tickets[Next].Window == 0 && isDue()) ? -1 : Next++;
        }
    }
}
