using IndicatorCore.Memory;

namespace IndicatorCore.Fuzz.Guards;

/// <summary>Buffers of a batch that each end right before a page that must not be touched, and hold rubbish until they are filled.</summary>
internal sealed class GuardedPieces : IPieceSource, IDisposable
{
    private const byte Rubbish = 0xA5;
    private const int Smallest = 16 * 1024;

    private readonly List<GuardedMemory> _regions = [];
    private int _used;

    public Memory<byte> Take(int length)
    {
        if (!GuardedPages.AreAvailable)
        {
            var common = new byte[length];
            common.AsSpan().Fill(Rubbish);
            return common;
        }

        if (_used == _regions.Count)
        {
            _regions.Add(new GuardedMemory(Math.Max(Smallest, length)));
        }
        else if (_regions[_used].Capacity < length)
        {
            ((IDisposable)_regions[_used]).Dispose();
            _regions[_used] = new GuardedMemory(length);
        }

        var piece = _regions[_used++].AtEnd(length);
        piece.Span.Fill(Rubbish);
        return piece;
    }

    public void Reset() => _used = 0;

    public void Dispose()
    {
        foreach (var region in _regions)
        {
            ((IDisposable)region).Dispose();
        }

        _regions.Clear();
    }
}
