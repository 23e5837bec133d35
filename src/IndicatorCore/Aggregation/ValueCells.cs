using System.Numerics;
using System.Runtime.InteropServices;
using IndicatorCore.Errors;

namespace IndicatorCore.Aggregation;

/// <summary>
/// A worker's values by dense slot number, in blocks that are linked a slot: four bytes a value from 0 to 2^32 − 1, others in a list of
/// their own. Values come back in no promised order. Charged to the budget by pages, before they are made.
/// </summary>
internal sealed class ValueCells(MemoryBudget budget, string what)
{
    private const int PageBits = 18;
    private const int PageLength = 1 << PageBits;
    private const int BlockLength = 32;   // two cache lines: a link and 31 values
    private const int BlockMask = BlockLength - 1;
    private const int FirstSlots = 64;

    private uint[][] _pages = [];
    private uint _end;         // where the next block begins; block 0 is never used, so that 0 means none
    private uint[] _next = []; // by slot: where its next value goes; a multiple of the block's length when its block is full
    private int[] _lastWide = [];
    private PagedList<WideValue> _wide = new();
    private long _reserved;

    /// <summary>One more than the highest slot that may hold values.</summary>
    public int Slots => _next.Length;

    /// <summary>Values held in all slots.</summary>
    public long Total { get; private set; }

    /// <summary>Appends a value.</summary>
    /// <exception cref="LimitExceededException">The budget does not hold it.</exception>
    public void Append(int slot, long value)
    {
        if ((uint)slot >= (uint)_next.Length)
        {
            GrowSlots(slot);
        }

        Total++;
        if ((ulong)value > uint.MaxValue)
        {
            AppendWide(slot, value);
            return;
        }

        var at = _next[slot];
        if ((at & BlockMask) == 0)
        {
            at = NewBlock(at);
        }

        _pages[at >> PageBits][at & (PageLength - 1)] = (uint)value;
        _next[slot] = at + 1;
    }

    /// <summary>Appends values to one slot.</summary>
    /// <exception cref="LimitExceededException">The budget does not hold them.</exception>
    public void AppendRun(int slot, ReadOnlySpan<long> values)
    {
        if ((uint)slot >= (uint)_next.Length)
        {
            GrowSlots(slot);
        }

        while (!values.IsEmpty)
        {
            var at = _next[slot];
            if ((at & BlockMask) == 0)
            {
                at = NewBlock(at);
                _next[slot] = at;
            }

            var count = Math.Min(values.Length, BlockLength - (int)(at & BlockMask));
            var target = _pages[at >> PageBits].AsSpan((int)(at & (PageLength - 1)), count);
            if (TryNarrow(values[..count], target))
            {
                _next[slot] = at + (uint)count;
                Total += count;
            }
            else
            {
                foreach (var value in values[..count])
                {
                    Append(slot, value);
                }
            }

            values = values[count..];
        }
    }

    /// <summary>Appends the values of rows.</summary>
    /// <param name="slots">The slot of each row, below 0 = the row is skipped.</param>
    /// <param name="values">The value of each row.</param>
    /// <param name="mask">A bit a row, 64 rows a word, least significant first: 1 = the row's value counts.</param>
    /// <exception cref="LimitExceededException">The budget does not hold them.</exception>
    public void AppendRows(ReadOnlySpan<int> slots, ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask)
    {
        values = values[..slots.Length];
        Span<uint> places = stackalloc uint[64];
        Span<uint> narrow = stackalloc uint[64];
        for (var start = 0; start < slots.Length; start += 64)
        {
            var bits = mask[start >> 6];
            var rest = slots.Length - start;
            bits = rest < 64 ? bits & ((1UL << rest) - 1) : bits;

            // where values go is found first, so that their cache lines are waited for together
            var count = 0;
            for (; bits != 0; bits &= bits - 1)
            {
                var row = start + BitOperations.TrailingZeroCount(bits);
                var (slot, value) = (slots[row], values[row]);
                if ((uint)slot >= (uint)_next.Length || (ulong)value > uint.MaxValue)
                {
                    if (slot >= 0)
                    {
                        Append(slot, value);
                    }

                    continue;
                }

                var at = _next[slot];
                at = (at & BlockMask) == 0 ? NewBlock(at) : at;
                _next[slot] = at + 1;
                places[count] = at;
                narrow[count++] = (uint)value;
            }

            for (var i = 0; i < count; i++)
            {
                _pages[places[i] >> PageBits][places[i] & (PageLength - 1)] = narrow[i];
            }

            Total += count;
        }
    }

    /// <summary>Appends the values of rows that come in runs of one slot.</summary>
    /// <param name="slots">The slot of each run.</param>
    /// <param name="ends">The row after each run.</param>
    /// <param name="values">The value of each row.</param>
    /// <param name="mask">A bit a row, 64 rows a word, least significant first: 1 = the row's value counts.</param>
    /// <exception cref="LimitExceededException">The budget does not hold them.</exception>
    public void AppendRuns(ReadOnlySpan<int> slots, ReadOnlySpan<int> ends, ReadOnlySpan<long> values, ReadOnlySpan<ulong> mask)
    {
        var from = 0;
        for (var run = 0; run < slots.Length; run++)
        {
            for (var end = ends[run]; from < end;)
            {
                // at most the rows of one word of the mask; whole stretches at once
                var shift = from & 63;
                var length = Math.Min(end - from, 64 - shift);
                var bits = mask[from >> 6] >> shift << (64 - length) >> (64 - length);
                for (var at = from; bits != 0;)
                {
                    var skip = BitOperations.TrailingZeroCount(bits);
                    var count = BitOperations.TrailingZeroCount(~(bits >> skip));
                    AppendRun(slots[run], values.Slice(at + skip, count));
                    at += skip + count;
                    bits = skip + count == 64 ? 0 : bits >> (skip + count);
                }

                from += length;
            }
        }
    }

    /// <summary>How many values of a slot take four bytes, and how many do not.</summary>
    public (int Narrow, int Wide) Count(int slot)
    {
        var (narrow, wide) = (0, 0);
        if ((uint)slot < (uint)_next.Length)
        {
            for (var at = _next[slot]; at != 0; at = _pages[StartOf(at) >> PageBits][StartOf(at) & (PageLength - 1)])
            {
                narrow += (int)(at - StartOf(at)) - 1;
            }
        }

        for (var at = LastWide(slot); at != 0; at = _wide[at - 1].Previous)
        {
            wide++;
        }

        return (narrow, wide);
    }

    /// <summary>Whether a slot has values.</summary>
    public bool HasAny(int slot) => HasWide(slot) || ((uint)slot < (uint)_next.Length && _next[slot] != 0);

    /// <summary>Whether a slot has values that do not take four bytes.</summary>
    public bool HasWide(int slot) => LastWide(slot) != 0;

    /// <summary>Copies a slot's values of four bytes out, in one walk; false when there is no room for all.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="target">Where they go; undefined where there is no room.</param>
    /// <param name="count">How many there are.</param>
    public bool TryDrain(int slot, Span<uint> target, out int count)
    {
        count = 0;
        if ((uint)slot >= (uint)_next.Length)
        {
            return true;
        }

        for (var at = _next[slot]; at != 0;)
        {
            var start = StartOf(at);
            var block = _pages[start >> PageBits].AsSpan((int)(start & (PageLength - 1)), (int)(at - start));
            if (!block[1..].TryCopyTo(target[count..]))
            {
                return false;
            }

            count += block.Length - 1;
            at = block[0];
        }

        return true;
    }

    /// <summary>Copies a slot's values out; they stay.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="narrow">As long as <see cref="Count"/> says.</param>
    /// <param name="wide">As long as <see cref="Count"/> says.</param>
    public void Drain(int slot, Span<uint> narrow, Span<long> wide)
    {
        if ((uint)slot < (uint)_next.Length)
        {
            for (var at = _next[slot]; at != 0;)
            {
                var start = StartOf(at);
                var block = _pages[start >> PageBits].AsSpan((int)(start & (PageLength - 1)), (int)(at - start));
                block[1..].CopyTo(narrow);
                narrow = narrow[(block.Length - 1)..];
                at = block[0];
            }
        }

        var next = 0;
        for (var at = LastWide(slot); at != 0; at = _wide[at - 1].Previous)
        {
            wide[next++] = _wide[at - 1].Value;
        }
    }

    /// <summary>Gives the memory back; no slot holds values afterwards.</summary>
    public void Clear()
    {
        budget.Release(_reserved);
        (_pages, _end, _next, _lastWide, _wide, _reserved, Total) = ([], 0, [], [], new(), 0, 0);
    }

    // a position is the end of what is used of its block: the block's last place but one step back
    private static uint StartOf(uint at) => (at - 1) & ~(uint)BlockMask;

    private static bool TryNarrow(ReadOnlySpan<long> values, Span<uint> target)
    {
        var high = 0UL;
        var pairs = MemoryMarshal.Cast<long, Vector<ulong>>(values);
        var narrowed = MemoryMarshal.Cast<uint, Vector<uint>>(target);
        var highs = Vector<ulong>.Zero;
        var blocks = pairs.Length / 2;
        for (var i = 0; i < blocks; i++)
        {
            highs |= pairs[2 * i] | pairs[(2 * i) + 1];
            narrowed[i] = Vector.Narrow(pairs[2 * i], pairs[(2 * i) + 1]);
        }

        for (var i = 0; i < Vector<ulong>.Count; i++)
        {
            high |= highs[i];
        }

        for (var i = blocks * Vector<uint>.Count; i < values.Length; i++)
        {
            high |= (ulong)values[i];
            target[i] = (uint)values[i];
        }

        return high <= uint.MaxValue;
    }

    private uint NewBlock(uint previous)
    {
        var start = _end == 0 ? BlockLength : _end;
        if (start > uint.MaxValue - (2 * BlockLength))
        {
            throw new LimitExceededException($"More than 2^32 words are needed for {what}", advice: "Split the export.");
        }

        var page = (int)(start >> PageBits);
        if (page == _pages.Length || _pages[page] is null)
        {
            Reserve((long)PageLength * sizeof(uint));
            if (page == _pages.Length)
            {
                Array.Resize(ref _pages, Math.Max(4, page * 2));
            }

            _pages[page] = new uint[PageLength];
        }

        _pages[page][start & (PageLength - 1)] = previous;
        _end = start + BlockLength;
        return start + 1;
    }

    private void AppendWide(int slot, long value)
    {
        if (slot >= _lastWide.Length)
        {
            Reserve((long)(_next.Length - _lastWide.Length) * sizeof(int));
            Array.Resize(ref _lastWide, _next.Length);
        }

        if (_wide.Count == _wide.Capacity)
        {
            Reserve((long)(_wide.NextCapacity - _wide.Capacity) * 2 * sizeof(long));
            _wide.Grow();
        }

        _wide.Add(new WideValue(value, _lastWide[slot]));
        _lastWide[slot] = _wide.Count;
    }

    private int LastWide(int slot) => (uint)slot < (uint)_lastWide.Length ? _lastWide[slot] : 0;

    private void GrowSlots(int slot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slot);
        var length = Math.Max(FirstSlots, (int)BitOperations.RoundUpToPowerOf2((uint)slot + 1));
        Reserve((long)(length - _next.Length) * sizeof(uint));
        Array.Resize(ref _next, length);
    }

    private void Reserve(long bytes)
    {
        budget.Reserve(bytes, what);
        _reserved += bytes;
    }
}
