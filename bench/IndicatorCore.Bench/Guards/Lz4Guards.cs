using System.Buffers;
using System.Runtime.InteropServices;
using IndicatorCore.Bench.Questions;
using IndicatorCore.Compression;

namespace IndicatorCore.Bench.Guards;

/// <summary>LZ4 of readings, against copying what they decode to and against liblz4.</summary>
internal sealed class Lz4Guards : IDisposable
{
    private readonly byte[] _plain;
    private readonly byte[] _frame;
    private readonly byte[] _block;
    private readonly byte[] _output;
    private readonly byte[] _blockOutput = new byte[1 << 16];
    private readonly nint _context = Liblz4.IsHere ? Liblz4.CreateContext() : 0;

    public Lz4Guards()
    {
        var random = new Random(1);
        _plain = MemoryMarshal.AsBytes(Enumerable.Range(0, 250_000).Select(_ => (random.Next(400) / 10.0) - 110).ToArray().AsSpan()).ToArray();
        var encoded = new ArrayBufferWriter<byte>();
        Lz4Frame.Encode(_plain, encoded, contentChecksum: true);
        _frame = encoded.WrittenSpan.ToArray();
        _output = new byte[_plain.Length];
        var block = new byte[Lz4Block.MaxEncodedBytes(_blockOutput.Length)];
        _block = block[..Lz4Block.Encode(_plain.AsSpan(0, _blockOutput.Length), block)];
    }

    /// <summary>The guards of time.</summary>
    public IEnumerable<RatioCase> Ratios()
    {
        var absence = Liblz4.IsHere ? null : "liblz4.so.1 is not here";
        return
        [
            new("lz4_decode_to_copy", Decode, () => _plain.CopyTo(_output, 0)),
            new(
                "lz4_block_to_liblz4",
                () => Lz4Block.Decode(_block, _blockOutput, 0, 0, out _, out _),
                () => Liblz4.DecodeBlock(_block, _blockOutput, 0, 0),
                absence),
            new("lz4_frame_to_lz4f", Decode, () => Liblz4.DecodeFrame(_context, _frame, _output), absence),
        ];
    }

    /// <summary>The guard of memory.</summary>
    public AllocationCase Allocation() => new("lz4_decode", Decode, 1);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_context != 0)
        {
            Liblz4.FreeContext(_context);
        }
    }

    private void Decode() => Lz4Frame.Decode(_frame, _output);
}
