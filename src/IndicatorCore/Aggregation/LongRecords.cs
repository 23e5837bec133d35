using System.Runtime.CompilerServices;

namespace IndicatorCore.Aggregation;

/// <summary>Records of longs, all of one length, by number, in pages: they grow without copying more than the first page.</summary>
/// <param name="budget">What the memory is taken from.</param>
/// <param name="what">What they hold, for errors.</param>
/// <param name="empty">The record that a new one begins as.</param>
internal sealed class LongRecords(MemoryBudget budget, string what, long[] empty)
{
    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;
    private const int FirstLength = 64;

    private long[][] _pages = [];
    private int _capacity;
    private long _reserved;

    /// <summary>How many records there are.</summary>
    public int Count { get; private set; }

    /// <summary>A record; the span stays valid until the next <see cref="Add"/>.</summary>
    public Span<long> this[int record]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _pages[record >> PageBits].AsSpan((record & (PageLength - 1)) * empty.Length, empty.Length);
    }

    /// <summary>Adds an empty record and returns its number.</summary>
    public int Add()
    {
        if (Count == _capacity)
        {
            Grow();
        }

        var record = Count++;
        empty.CopyTo(this[record]);
        return record;
    }

    /// <summary>Gives the memory back; there are no records afterwards.</summary>
    public void Clear()
    {
        budget.Release(_reserved);
        (_pages, _capacity, _reserved, Count) = ([], 0, 0, 0);
    }

    private void Grow()
    {
        var capacity = _capacity == 0 ? FirstLength : _capacity < PageLength ? _capacity * 2 : checked(_capacity + PageLength);
        var bytes = (long)(capacity - _capacity) * empty.Length * sizeof(long);
        budget.Reserve(bytes, what);
        _reserved += bytes;
        if (capacity <= PageLength)
        {
            var page = _pages.Length == 0 ? [] : _pages[0];
            Array.Resize(ref page, capacity * empty.Length);
            _pages = [page];
        }
        else
        {
            var page = _capacity >> PageBits;
            if (page == _pages.Length)
            {
                Array.Resize(ref _pages, page * 2);
            }

            _pages[page] = GC.AllocateUninitializedArray<long>(PageLength * empty.Length);   // Add writes each
        }

        _capacity = capacity;
    }
}
