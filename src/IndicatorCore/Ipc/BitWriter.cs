namespace IndicatorCore.Ipc;

/// <summary>Packs bits, least significant first, as validity bitmaps and Bool columns hold them.</summary>
internal sealed class BitWriter
{
    private byte[] _bytes = new byte[64];
    private int _count;

    /// <summary>The bitmap; the bits behind the last one are zero.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, (int)(((long)_count + 7) / 8));

    /// <summary>Appends one bit.</summary>
    public void Append(bool bit)
    {
        var at = _count >> 3;
        if ((_count & 7) == 0)
        {
            if (at == _bytes.Length)
            {
                Array.Resize(ref _bytes, 2 * at);
            }

            _bytes[at] = 0;
        }

        _bytes[at] |= (byte)((bit ? 1 : 0) << (_count & 7));
        _count = checked(_count + 1);
    }

    /// <summary>Appends <paramref name="count"/> zeros.</summary>
    public void AppendZeros(int count)
    {
        var end = checked(_count + count);
        var bytes = (int)(((long)end + 7) / 8);
        if (bytes > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(bytes, 2 * _bytes.Length));
        }

        var used = (int)(((long)_count + 7) / 8);
        _bytes.AsSpan(used, bytes - used).Clear();
        _count = end;
    }

    /// <summary>Forgets all bits and keeps the memory.</summary>
    public void Clear() => _count = 0;
}
