using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.Reading;

/// <summary>Keeps the fault of the lowest ticket, so that the error reported does not depend on which worker was faster.</summary>
internal sealed class FaultList
{
    private readonly Lock _gate = new();
    private int _ticket = int.MaxValue;

    /// <summary>The fault of the lowest ticket, or null.</summary>
    public Exception? First { get; private set; }

    /// <summary>Whether a fault of an earlier ticket is known, so that this one need not be done.</summary>
    public bool IsBefore(int ticket)
    {
        lock (_gate)
        {
            return _ticket < ticket;
        }
    }

    /// <summary>Keeps what a ticket's work threw, with its place.</summary>
    public void Note(int ticket, Exception fault, in DataLocation location)
    {
        if (fault is IndicatorDataException data)
        {
            data.At(location);
        }

        lock (_gate)
        {
            if (ticket < _ticket)
            {
                _ticket = ticket;
                First = fault;
            }
        }
    }
}
