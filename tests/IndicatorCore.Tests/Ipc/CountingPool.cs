using System.Buffers;

namespace IndicatorCore.Tests.Ipc;

/// <summary>A pool that knows what is out, and that nothing came back twice.</summary>
internal sealed class CountingPool : MemoryPool<byte>
{
    public int Rented { get; private set; }

    public int Out { get; private set; }

    public int Again { get; private set; }

    public override int MaxBufferSize => 1 << 20;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        Rented++;
        Out++;
        return new Owner(this, Math.Max(minBufferSize, 256));
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Owner(CountingPool pool, int size) : IMemoryOwner<byte>
    {
        private bool _isBack;

        public Memory<byte> Memory { get; } = new byte[size];

        public void Dispose()
        {
            if (_isBack)
            {
                pool.Again++;
                return;
            }

            _isBack = true;
            pool.Out--;
        }
    }
}
