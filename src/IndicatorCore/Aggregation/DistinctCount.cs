namespace IndicatorCore.Aggregation;

/// <summary>
/// How many different keys were seen, in bounded memory: the least of their mixed hashes are kept, and how close they lie tells how many
/// there are (k minimum values, Bar-Yossef et al. 2002). Exact below <see cref="Kept"/> but for keys of equal hashes, which count once.
/// </summary>
internal sealed class DistinctCount
{
    /// <summary>How many hashes are kept; the standard error is one over its root, 0.8 %.</summary>
    public const int Kept = 1 << 14;

    private ulong[] _hashes = [];   // made with the first key: most counts are never asked to count
    private int _count;
    private ulong _bound = ulong.MaxValue;

    /// <summary>A count that there are at least, but for a chance below one in a billion: 5 %, six standard errors, are taken off an estimate.</summary>
    public long AtLeast
    {
        get
        {
            Compact();
            return _count < Kept ? _count : (long)(0.95 * (Kept - 1) * (ulong.MaxValue / (double)_hashes[Kept - 1]));
        }
    }

    /// <summary>Takes a key by its hash.</summary>
    public void Add(int hash)
    {
        // the finalizer of SplitMix64, which is a bijection
        var mixed = ((ulong)(uint)hash + 1) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        mixed ^= mixed >> 31;
        if (mixed >= _bound)
        {
            return;
        }

        if (_hashes.Length == 0)
        {
            _hashes = new ulong[2 * Kept];
        }

        _hashes[_count++] = mixed;
        if (_count == _hashes.Length)
        {
            Compact();
        }
    }

    private void Compact()
    {
        Array.Sort(_hashes, 0, _count);
        var different = 0;
        for (var i = 0; i < _count && different < Kept; i++)
        {
            if (different == 0 || _hashes[i] != _hashes[different - 1])
            {
                _hashes[different++] = _hashes[i];
            }
        }

        _count = different;
        _bound = different == Kept ? _hashes[Kept - 1] : ulong.MaxValue;
    }
}
