namespace IndicatorCore.Aggregation;

/// <summary>
/// Memory for samples that are made one after the other, in arrays of 65,536 values: many small arrays would each be moved by the garbage
/// collector. What a sample takes is charged by the sample.
/// </summary>
internal sealed class ValueSlab
{
    private const int Length = 1 << 16;
    private const int Least = 4_096;   // an array ends with less room than this, so that no walk is made in vain

    private uint[] _array = [];
    private int _used;

    /// <summary>What is free of the present array, at least 4,096 values.</summary>
    public Span<uint> Free
    {
        get
        {
            if (_array.Length - _used < Least)
            {
                (_array, _used) = (GC.AllocateUninitializedArray<uint>(Length), 0);
            }

            return _array.AsSpan(_used);
        }
    }

    /// <summary>Takes the first values of <see cref="Free"/>.</summary>
    /// <returns>The array and where they begin in it.</returns>
    public (uint[] Array, int From) Take(int count)
    {
        var from = _used;
        _used += count;
        return (_array, from);
    }
}
