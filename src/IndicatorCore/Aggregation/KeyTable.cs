using System.Globalization;
using System.Numerics;
using System.Text;

namespace IndicatorCore.Aggregation;

/// <summary>
/// Keys of one kind to dense numbers, for all workers of one engine. A key is a text; decimal integers are kept as integers, whose text is
/// made when someone asks for it. Numbers depend on the order of arrival and never reach a result; strings do (decisions D10).
/// </summary>
/// <remarks>
/// Looking up takes no lock: entries are written before the number that leads to them, arrays that grow are replaced as a whole, and
/// whoever does not find a key in what it sees asks again under the lock, where keys are entered.
/// </remarks>
internal sealed class KeyTable(string kind, MemoryBudget budget)
{
    private const uint MostSmall = 1 << 22;
    private const int IntegerBytes = 80;   // an entry, its places, and its text should it be asked for
    private const int TextBytes = 96;
    private const int PageLength = 1 << 16;
    private const int FirstPage = 1 << 10;
    private const int LongestInteger = 20;
    private const int ShortText = 256;

    private readonly Lock _gate = new();
    private int[] _small = [];          // by value: number + 1; 0 = look into the index
    private int[] _index = [];          // by hash, open addressing: number + 1
    private KeyEntry[] _entries = [];   // by number
    private string?[] _names = [];      // by number, once asked for
    private byte[][] _pages = [];       // the texts
    private int _pageUsed;
    private int _indexed;
    private int _count;

    /// <summary>How many keys there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The number of a key, given out now if it is new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> utf8)
    {
        if (IsInteger(utf8, out var value))
        {
            return GetOrAdd(value);
        }

        var hash = HashOf(utf8);
        var number = Find(utf8, hash);
        if (number >= 0)
        {
            return number;
        }

        lock (_gate)
        {
            number = Find(utf8, hash);
            if (number >= 0)
            {
                return number;
            }

            budget.Reserve(TextBytes + (3L * utf8.Length), What);
            return Index(Add(new KeyEntry(Keep(utf8), utf8.Length, hash)));
        }
    }

    /// <summary>The number of an integer's decimal form, given out now if it is new.</summary>
    public int GetOrAdd(long value)
    {
        var number = Find(value);
        if (number >= 0)
        {
            return number;
        }

        lock (_gate)
        {
            return Enter(value);
        }
    }

    /// <summary>The numbers of 32-bit integers, given out now where they are new.</summary>
    /// <param name="values">The integers.</param>
    /// <param name="isSigned">Whether their highest bit is a sign.</param>
    /// <param name="numbers">A number a value.</param>
    public void GetOrAdd(ReadOnlySpan<uint> values, bool isSigned, Span<int> numbers)
    {
        var small = Volatile.Read(ref _small);
        for (var i = 0; i < values.Length; i++)
        {
            var value = values[i];
            var number = value < (uint)small.Length ? small[value] : 0;
            if (number == 0)
            {
                // new keys come in crowds
                Enter(values[i..], isSigned, numbers[i..]);
                return;
            }

            numbers[i] = number - 1;
        }
    }

    /// <summary>The number of a key, given out now if it is new.</summary>
    public int GetOrAdd(string name)
    {
        Span<byte> utf8 = stackalloc byte[ShortText];
        return Encoding.UTF8.TryGetBytes(name, utf8, out var length) ? GetOrAdd(utf8[..length]) : GetOrAdd(Encoding.UTF8.GetBytes(name));
    }

    /// <summary>The number of a key, or -1 when it was never seen.</summary>
    public int Find(string name) => Find(Encoding.UTF8.GetBytes(name));

    /// <summary>The number of a key, or -1 when it was never seen.</summary>
    public int Find(ReadOnlySpan<byte> utf8) => IsInteger(utf8, out var value) ? Find(value) : Find(utf8, HashOf(utf8));

    /// <summary>The key of a number.</summary>
    public string Name(int number)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Count);
        ref var name = ref Volatile.Read(ref _names)[number];
        if (name is null)
        {
            var entry = Volatile.Read(ref _entries)[number];
            name = entry.IsInteger ? entry.At.ToString(CultureInfo.InvariantCulture) : Encoding.UTF8.GetString(Text(entry));
        }

        return name;
    }

    /// <summary>All keys by number, as they are now.</summary>
    public string[] Names()
    {
        var names = new string[Count];
        for (var number = 0; number < names.Length; number++)
        {
            names[number] = Name(number);
        }

        return names;
    }

    /// <summary>Takes over the keys of another table.</summary>
    /// <returns>By number there: the number here.</returns>
    public int[] Take(KeyTable other)
    {
        var numbers = new int[other.Count];
        for (var number = 0; number < numbers.Length; number++)
        {
            var entry = other._entries[number];
            numbers[number] = entry.IsInteger ? GetOrAdd(entry.At) : GetOrAdd(other.Text(entry));
        }

        return numbers;
    }

    // the decimal form that formatting gives: no blanks, no plus, no zeros in front
    private static bool IsInteger(ReadOnlySpan<byte> utf8, out long value)
    {
        value = 0;
        if (utf8.IsEmpty || utf8.Length > LongestInteger || !(utf8[0] is >= (byte)'1' and <= (byte)'9'))
        {
            return utf8.Length == 1 ? utf8[0] == (byte)'0' : IsNegative(utf8, out value);
        }

        return System.Buffers.Text.Utf8Parser.TryParse(utf8, out value, out var read) && read == utf8.Length;
    }

    private static bool IsNegative(ReadOnlySpan<byte> utf8, out long value)
    {
        value = 0;
        return utf8.Length is > 1 and <= LongestInteger && utf8[0] == (byte)'-' && utf8[1] is >= (byte)'1' and <= (byte)'9'
            && System.Buffers.Text.Utf8Parser.TryParse(utf8, out value, out var read) && read == utf8.Length;
    }

    // seeded by the process: no input can make keys collide
    private static int HashOf(ReadOnlySpan<byte> utf8)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8);
        return hash.ToHashCode();
    }

    private ReadOnlySpan<byte> Text(in KeyEntry entry) => Volatile.Read(ref _pages)[entry.Page].AsSpan(entry.Offset, entry.Length);

    private int Find(ReadOnlySpan<byte> utf8, int hash)
    {
        var index = Volatile.Read(ref _index);
        for (var at = hash; index.Length > 0; at++)
        {
            var number = Volatile.Read(ref index[at & (index.Length - 1)]) - 1;
            if (number < 0)
            {
                return -1;
            }

            var entry = Volatile.Read(ref _entries)[number];
            if (entry.Hash == hash && entry.Length == utf8.Length && Text(entry).SequenceEqual(utf8))
            {
                return number;
            }
        }

        return -1;
    }

    private int Find(long value)
    {
        var small = Volatile.Read(ref _small);
        if ((ulong)value < (ulong)small.Length && Volatile.Read(ref small[value]) is > 0 and var known)
        {
            return known - 1;
        }

        if ((ulong)value < MostSmall)
        {
            return -1;
        }

        var index = Volatile.Read(ref _index);
        var hash = HashCode.Combine(value);
        for (var at = hash; index.Length > 0; at++)
        {
            var number = Volatile.Read(ref index[at & (index.Length - 1)]) - 1;
            if (number < 0)
            {
                return -1;
            }

            var entry = Volatile.Read(ref _entries)[number];
            if (entry.Hash == hash && entry.IsInteger && entry.At == value)
            {
                return number;
            }
        }

        return -1;
    }

    private void Enter(ReadOnlySpan<uint> values, bool isSigned, Span<int> numbers)
    {
        lock (_gate)
        {
            for (var i = 0; i < values.Length; i++)
            {
                numbers[i] = Enter(isSigned ? (int)values[i] : values[i]);
            }
        }
    }

    // under the lock
    private int Enter(long value)
    {
        var number = Find(value);
        if (number >= 0)
        {
            return number;
        }

        budget.Reserve(IntegerBytes, What);
        if ((ulong)value >= MostSmall)
        {
            return Index(Add(new KeyEntry(value, -1, HashCode.Combine(value))));
        }

        if (value >= _small.Length)
        {
            var length = (int)BitOperations.RoundUpToPowerOf2((uint)value + 1);
            budget.Reserve((long)(length - _small.Length) * sizeof(int), What);
            var small = new int[length];
            _small.CopyTo(small, 0);
            Volatile.Write(ref _small, small);
        }

        number = Add(new KeyEntry(value, -1, 0));
        Volatile.Write(ref _small[value], number + 1);
        return number;
    }

    private string What => $"the keys of '{kind}'";

    // under the lock
    private int Add(in KeyEntry entry)
    {
        if (_count == _entries.Length)
        {
            var length = Math.Max(16, _count * 2);
            var entries = new KeyEntry[length];
            _entries.CopyTo(entries, 0);
            var names = new string?[length];
            _names.CopyTo(names, 0);
            Volatile.Write(ref _entries, entries);
            Volatile.Write(ref _names, names);
        }

        _entries[_count] = entry;
        Volatile.Write(ref _count, _count + 1);
        return _count - 1;
    }

    // under the lock: from here on others see it
    private int Index(int number)
    {
        if (2 * (_indexed + 1) > _index.Length)
        {
            var grown = new int[Math.Max(32, _index.Length * 2)];
            foreach (var old in _index)
            {
                if (old != 0)
                {
                    Put(grown, old - 1);
                }
            }

            Put(grown, number);
            Volatile.Write(ref _index, grown);
        }
        else
        {
            Put(_index, number);
        }

        _indexed++;
        return number;
    }

    private void Put(int[] index, int number)
    {
        var at = _entries[number].Hash & (index.Length - 1);
        while (index[at] != 0)
        {
            at = (at + 1) & (index.Length - 1);
        }

        Volatile.Write(ref index[at], number + 1);
    }

    // under the lock
    private long Keep(ReadOnlySpan<byte> utf8)
    {
        if (_pages.Length == 0 || _pageUsed + utf8.Length > _pages[^1].Length)
        {
            byte[][] pages = [.. _pages, new byte[Math.Max(_pages.Length == 0 ? FirstPage : PageLength, utf8.Length)]];
            Volatile.Write(ref _pages, pages);
            _pageUsed = 0;
        }

        utf8.CopyTo(_pages[^1].AsSpan(_pageUsed));
        var at = ((long)(_pages.Length - 1) << 32) | (uint)_pageUsed;
        _pageUsed += utf8.Length;
        return at;
    }
}
