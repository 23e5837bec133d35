using System.Buffers.Binary;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;
using IndicatorCore.Spilling;

namespace IndicatorCore.Indicators.State.Rows;

/// <summary>What all stores of kept rows of one engine share: the shapes, the names of inputs, the memory, and the disk.</summary>
internal sealed class RowSpace
{
    /// <summary>What errors call the rows.</summary>
    public const string What = "the rows compared by --dedup rows";

    private const int LargestSegment = 4 << 20;
    private const int SmallestSegment = 1 << 14;
    private const int MostFanIn = 16;
    private const int LongestRecord = 4_096;   // nearly always: what is longer goes without a page

    private readonly Lock _gate = new();
    private readonly Dictionary<string, RowShape> _byText = new(StringComparer.Ordinal);
    private readonly EngineContext _context;
    private readonly Stack<byte[]> _pages = [];
    private RowShape[] _shapes = [];

    /// <summary>Makes the space.</summary>
    /// <param name="context">The engine's.</param>
    /// <param name="spill">Where rows go that the budget does not hold.</param>
    public RowSpace(EngineContext context, SpillSpace spill)
    {
        (_context, Spill) = (context, spill);
        Inputs = new KeyTable("input", context.Budget);

        // the engine's store and its workers' share what the folded state leaves; a quarter is for that, and as much again for all else
        var share = context.Budget.Limit / 8 * 3;
        MostOfEngine = share;
        MostOfWorker = share / (context.Query.Threads ?? Environment.ProcessorCount);
        SegmentBytes = (int)Math.Clamp(MostOfWorker / 8, SmallestSegment, LargestSegment);
        FanIn = (int)Math.Clamp(MostOfWorker / (4 * SpillBlock.Bytes), 2, MostFanIn);
    }

    /// <summary>The memory.</summary>
    public MemoryBudget Budget => _context.Budget;

    /// <summary>Where rows go that it does not hold.</summary>
    public SpillSpace Spill { get; }

    /// <summary>The names of inputs.</summary>
    public KeyTable Inputs { get; }

    /// <summary>The most bytes that the engine's store keeps in memory.</summary>
    public long MostOfEngine { get; private set; }

    /// <summary>The most bytes that a worker's store keeps in memory.</summary>
    public long MostOfWorker { get; private set; }

    /// <summary>The most bytes of rows that are sorted at once.</summary>
    public int SegmentBytes { get; private set; }

    /// <summary>Bytes of a page: room for what is sorted at once.</summary>
    public int PageBytes => SegmentBytes + LongestRecord;

    /// <summary>The most runs on disk that are merged at once.</summary>
    public int FanIn { get; private set; }

    /// <summary>Keeps less in memory than the budget asks for; before anything is kept.</summary>
    /// <param name="most">The most bytes of a store.</param>
    /// <param name="segmentBytes">The most bytes that are sorted at once.</param>
    /// <param name="fanIn">The most runs that are merged at once, 2 or more.</param>
    public void Tighten(long most, int segmentBytes, int fanIn) => (MostOfEngine, MostOfWorker, SegmentBytes, FanIn) = (most, most, segmentBytes, fanIn);

    /// <summary>The shape of an input's rows.</summary>
    public RowShape ShapeOf(InputBinding binding) => ShapeOf(RowShape.TextOf(binding));

    /// <summary>The shape of a spelling.</summary>
    /// <exception cref="Errors.MalformedArrowException">It is none of this query.</exception>
    public RowShape ShapeOf(string text)
    {
        lock (_gate)
        {
            if (!_byText.TryGetValue(text, out var shape))
            {
                _byText.Add(text, shape = RowShape.Parse(_context, text, _shapes.Length));
                Volatile.Write(ref _shapes, [.. _shapes, shape]);
            }

            return shape;
        }
    }

    /// <summary>The shape of a number.</summary>
    public RowShape Shape(int number) => Volatile.Read(ref _shapes)[number];

    /// <summary>A page that was given back, or null; the budget has its bytes already.</summary>
    public byte[]? RentPage()
    {
        lock (_gate)
        {
            return _pages.TryPop(out var page) ? page : null;
        }
    }

    /// <summary>Gives a page back for the next rows, which would else be new memory while this waits to be collected.</summary>
    public void ReturnPage(byte[] page)
    {
        lock (_gate)
        {
            _pages.Push(page);
        }
    }

    /// <summary>Lets go of the pages that wait.</summary>
    public void DropPages()
    {
        lock (_gate)
        {
            Budget.Release(_pages.Sum(static page => (long)page.Length));
            _pages.Clear();
        }
    }

    /// <summary>The length of the record that some bytes begin with; -1 where they hold none.</summary>
    public int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var shapes = Volatile.Read(ref _shapes);
        if (bytes.Length < RowRecord.KeysAt || (uint)RowRecord.ShapeOf(bytes) >= (uint)shapes.Length)
        {
            return -1;
        }

        var length = shapes[RowRecord.ShapeOf(bytes)].RecordBytes;
        return length <= bytes.Length ? length : -1;
    }

    /// <summary>
    /// Rows of one key together, of those rows of one payload, of those the one with the greatest revision and ingest sequence first. What is
    /// left is ordered by what the rows say, and at last by the input's name: no thread, batch or split has a say.
    /// </summary>
    public int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var order = left[..RowRecord.HeadBytes].SequenceCompareTo(right[..RowRecord.HeadBytes]);
        return order != 0 ? order : CompareContent(left, right);
    }

    private int CompareContent(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (shape, other) = (Shape(RowRecord.ShapeOf(left)), Shape(RowRecord.ShapeOf(right)));
        if (shape != other)
        {
            return string.CompareOrdinal(shape.Text, other.Text);
        }

        var order = RowRecord.TimeOf(left).CompareTo(RowRecord.TimeOf(right));
        order = order != 0 ? order : left[RowRecord.ReasonAt].CompareTo(right[RowRecord.ReasonAt]);
        var at = RowRecord.KeysAt;
        for (var i = 0; order == 0 && i < shape.KeyLanes.Length; i++, at += sizeof(int))
        {
            order = CompareKeys(shape.KeyTables[i], BinaryPrimitives.ReadInt32LittleEndian(left[at..]), BinaryPrimitives.ReadInt32LittleEndian(right[at..]));
        }

        order = order != 0 ? order : left[at..shape.RecordBytes].SequenceCompareTo(right[at..shape.RecordBytes]);
        return order != 0 ? order : CompareKeys(Inputs, RowRecord.InputOf(left), RowRecord.InputOf(right));
    }

    private static int CompareKeys(KeyTable? table, int left, int right) =>
        left == right ? 0
        : table is null || left < 0 || right < 0 ? left.CompareTo(right)
        : string.CompareOrdinal(table.Name(left), table.Name(right));
}
