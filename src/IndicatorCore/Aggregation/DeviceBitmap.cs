using IndicatorCore.Kernels;

namespace IndicatorCore.Aggregation;

/// <summary>A set of device numbers, one bit each. Merge = OR.</summary>
internal sealed class DeviceBitmap(MemoryBudget budget)
{
    private ulong[] _words = [];

    /// <summary>Puts a device into the set.</summary>
    public void Add(int device) => Add(device >> 6, 1UL << (device & 63));

    /// <summary>Puts up to 64 devices into the set: those of word <paramref name="word"/>, by their bits.</summary>
    public void Add(int word, ulong bits)
    {
        if (word >= _words.Length)
        {
            Grow(word + 1);
        }

        _words[word] |= bits;
    }

    /// <summary>The set, 64 devices a word; valid until it grows.</summary>
    public Span<ulong> Words => _words;

    /// <summary>Makes room for some words at least.</summary>
    public void Grow(int words)
    {
        if (words > _words.Length)
        {
            var length = Math.Max(16, Math.Max(words, _words.Length * 2));
            budget.Reserve((long)(length - _words.Length) * sizeof(ulong), "the bitmaps of devices");
            Array.Resize(ref _words, length);
        }
    }

    /// <summary>Whether a device is in the set.</summary>
    public bool Contains(int device) => (uint)(device >> 6) < (uint)_words.Length && (_words[device >> 6] >> (device & 63) & 1) != 0;

    /// <summary>Gives the memory back; the set is empty afterwards.</summary>
    public void Clear()
    {
        budget.Release((long)_words.Length * sizeof(ulong));
        _words = [];
    }

    /// <summary>Adds every device of <paramref name="other"/>, its numbers translated by <paramref name="map"/> (empty = the same).</summary>
    public void MergeFrom(DeviceBitmap other, ReadOnlySpan<int> map)
    {
        if (map.IsEmpty)
        {
            Grow(other._words.Length);
            BitmapKernel.Or(_words.AsSpan(0, other._words.Length), other._words, _words.AsSpan(0, other._words.Length));
            return;
        }

        foreach (var device in other.Members())
        {
            Add(map[device]);
        }
    }

    /// <summary>The devices in ascending number.</summary>
    public IEnumerable<int> Members()
    {
        for (var word = 0; word < _words.Length; word++)
        {
            for (var bits = _words[word]; bits != 0; bits &= bits - 1)
            {
                yield return (word << 6) + System.Numerics.BitOperations.TrailingZeroCount(bits);
            }
        }
    }
}
