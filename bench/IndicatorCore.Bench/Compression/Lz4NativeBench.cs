using System.Buffers;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using IndicatorCore.Bench.Questions;
using IndicatorCore.Compression;

namespace IndicatorCore.Bench.Compression;

/// <summary>A block of 64 KiB and a frame of 1 MiB by kind of data, against liblz4; without it nothing runs.</summary>
[MemoryDiagnoser]
[GroupBenchmarksBy(BenchmarkDotNet.Configs.BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class Lz4NativeBench
{
    private const int Bytes = 1 << 20;
    private const int BlockBytes = 1 << 16;

    private readonly byte[] _output = new byte[Bytes];
    private byte[] _block = [];
    private byte[] _frame = [];
    private nint _context;

    /// <summary>The kind of data.</summary>
    [Params("constant", "runs", "steps", "readings", "random")]
    public string Data { get; set; } = "readings";

    [GlobalSetup]
    public void Setup()
    {
        var random = new Random(1);
        var plain = MemoryMarshal.AsBytes(Enumerable.Range(0, Bytes / sizeof(long)).Select(i => Value(i, random)).ToArray().AsSpan()).ToArray();
        var block = new byte[Lz4Block.MaxEncodedBytes(BlockBytes)];
        _block = block[..Lz4Block.Encode(plain.AsSpan(0, BlockBytes), block)];
        var frame = new ArrayBufferWriter<byte>();
        Lz4Frame.Encode(plain, frame, contentChecksum: true);
        _frame = frame.WrittenSpan.ToArray();
        _context = Liblz4.CreateContext();
    }

    [GlobalCleanup]
    public void Cleanup() => Liblz4.FreeContext(_context);

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("block")]
    public int NativeBlock() => Liblz4.DecodeBlock(_block, _output, 0, 0);

    [Benchmark]
    [BenchmarkCategory("block")]
    public int Block()
    {
        Lz4Block.Decode(_block, _output, 0, 0, out var written, out _);
        return written;
    }

    [Benchmark(Baseline = true)]
    [BenchmarkCategory("frame")]
    public int NativeFrame() => Liblz4.DecodeFrame(_context, _frame, _output);

    [Benchmark]
    [BenchmarkCategory("frame")]
    public void Frame() => Lz4Frame.Decode(_frame, _output);

    [Benchmark]
    [BenchmarkCategory("frame")]
    public void FrameUnchecked() => Lz4Frame.Decode(_frame, _output, verifyChecksums: false);

    private long Value(int i, Random random) => Data switch
    {
        "constant" => 7,
        "runs" => i / 50,
        "steps" => (i * 15L) + random.Next(8),
        "readings" => BitConverter.DoubleToInt64Bits((random.Next(400) / 10.0) - 110),
        _ => random.NextInt64(),
    };
}
