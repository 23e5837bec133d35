using System.Runtime.InteropServices;

namespace IndicatorCore.Memory;

/// <summary>Memory that is handed out piece by piece and taken back all at once; after the first uses it allocates no more.</summary>
/// <remarks>Pieces start at multiples of 64 bytes. What a piece held before is undefined: whoever takes one fills it.</remarks>
internal sealed class BufferArena(IPieceSource? source = null)
{
    private const int Alignment = 64;
    private const int SmallestChunk = 16 * 1024;

    private readonly List<byte[]> _full = [];
    private byte[] _chunk = [];
    private int _used;
    private long _taken;

    /// <summary>Bytes handed out since the last <see cref="Reset"/>, alignment included.</summary>
    public long Taken => _taken;

    /// <summary>Bytes of memory kept, handed out or not.</summary>
    public long Capacity
    {
        get
        {
            var bytes = (long)_chunk.Length;
            foreach (var chunk in _full)
            {
                bytes += chunk.Length;
            }

            return bytes;
        }
    }

    /// <summary>A piece of exactly <paramref name="length"/> bytes, valid until the next <see cref="Reset"/>.</summary>
    public Memory<byte> Take(int length)
    {
        if (length == 0)
        {
            return default;
        }

        if (source is not null)
        {
            _taken += length;
            return source.Take(length);
        }

        if (length > _chunk.Length - _used - Alignment)
        {
            Grow(length);
        }

        var piece = _chunk.AsMemory(_used, length);
        var advance = Math.Min((length + (long)(Alignment - 1)) & ~(Alignment - 1L), _chunk.Length - _used);
        _used += (int)advance;
        _taken += advance;
        return piece;
    }

    /// <summary>Makes room for pieces of so many bytes, alignment included, so that they lie in one run of memory; before any is taken.</summary>
    public void Reserve(long bytes)
    {
        // an eighth more: the next batch may be a little larger
        var wanted = bytes + (bytes / 8);
        if (source is null && _taken == 0 && bytes > _chunk.Length - _used - Alignment && wanted <= Array.MaxLength - (2L * Alignment))
        {
            _chunk = Allocate((int)wanted + Alignment);
            _used = Skew(_chunk);
        }
    }

    /// <summary>Takes every piece back. Debug builds overwrite them, so that a view kept too long shows.</summary>
    public void Reset()
    {
        source?.Reset();
        Overwrite();
        if (_full.Count > 0)
        {
            _full.Clear();
            // a quarter more, so that batches that grow little by little do not allocate each time
            var wanted = _taken + (_taken / 4) + Alignment;
            _chunk = wanted <= Array.MaxLength - (2 * Alignment) ? Allocate((int)wanted) : _chunk;
        }

        _used = _chunk.Length == 0 ? 0 : Skew(_chunk);
        _taken = 0;
    }

    /// <summary>Lets go of the memory.</summary>
    public void Free()
    {
        Overwrite();
        _full.Clear();
        _chunk = [];
        _used = 0;
        _taken = 0;
    }

    private static int Skew(byte[] chunk) =>
        (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(chunk, 0).ToInt64() & (Alignment - 1));

    private static byte[] Allocate(int length) => GC.AllocateUninitializedArray<byte>(length + Alignment, pinned: true);

    private void Grow(int length)
    {
        if (_chunk.Length > 0)
        {
            _full.Add(_chunk);
        }

        var wanted = Math.Max(length + (long)Alignment, Math.Min(2L * _chunk.Length, 64 << 20));
        _chunk = Allocate((int)Math.Min(Math.Max(wanted, SmallestChunk), Array.MaxLength - Alignment));
        _used = Skew(_chunk);
    }

    [System.Diagnostics.Conditional("DEBUG")]
    private void Overwrite()
    {
        foreach (var chunk in _full)
        {
            chunk.AsSpan().Fill(0xDB);
        }

        _chunk.AsSpan().Fill(0xDB);
    }
}
