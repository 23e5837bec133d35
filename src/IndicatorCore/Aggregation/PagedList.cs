namespace IndicatorCore.Aggregation;

/// <summary>Structs by number, in pages: it grows without copying what it holds, so that its memory is what it holds.</summary>
internal sealed class PagedList<T>
    where T : struct
{
    /// <summary>Items a page.</summary>
    public const int PageLength = 1 << PageBits;

    private const int PageBits = 10;
    private const int FirstLength = 64;

    private T[][] _pages = [];

    /// <summary>How many items there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many items there is room for.</summary>
    public int Capacity { get; private set; }

    /// <summary>The capacity after the next <see cref="Grow"/>; the first page doubles until it is full.</summary>
    public int NextCapacity => Capacity == 0 ? FirstLength : Capacity < PageLength ? Capacity * 2 : checked(Capacity + PageLength);

    /// <summary>An item; the reference stays valid once there are <see cref="PageLength"/> items, before that until the list grows.</summary>
    public ref T this[int index] => ref _pages[index >> PageBits][index & (PageLength - 1)];

    /// <summary>Makes room for more.</summary>
    public void Grow()
    {
        var capacity = NextCapacity;
        if (capacity <= PageLength)
        {
            var page = _pages.Length == 0 ? [] : _pages[0];
            Array.Resize(ref page, capacity);
            _pages = [page];
        }
        else
        {
            var page = Capacity >> PageBits;
            if (page == _pages.Length)
            {
                Array.Resize(ref _pages, page * 2);
            }

            _pages[page] = GC.AllocateUninitializedArray<T>(PageLength);   // items are written before they are read
        }

        Capacity = capacity;
    }

    /// <summary>Adds an item; there must be room.</summary>
    public void Add(in T item) => this[Count++] = item;

    /// <summary>Gives a full page's memory back; its items are gone.</summary>
    public void Drop(int page) => _pages[page] = [];

    /// <summary>All items in order.</summary>
    public IEnumerable<T> Enumerate()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }
}
