using System.IO.Pipelines;
using System.Security.Cryptography;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

public sealed class IpcStreamReaderTests
{
    [Theory]
    [InlineData("ok.base.arrows", 1)]
    [InlineData("ok.dict_replace_then_delta.arrows", 1)]
    [InlineData("ok.lz4_polars_style.arrows", 1)]
    [InlineData("ok.mixed_prefix.arrows", 3)]
    [InlineData("ok.utf8view.arrows", 7)]
    [InlineData("ok.buffers_out_of_order.arrows", 5)]
    public async Task Bytes_that_come_a_few_at_a_time_give_the_same(string file, int step)
    {
        var bytes = Composed(file);
        var (_, expected) = IpcReading.Stream(bytes);
        var (_, actual) = await IpcReading.StreamAsync(new TricklePipe(bytes, step));
        IpcReading.AssertEqual(expected, actual);
    }

    [Fact]
    public async Task A_batch_keeps_its_dictionary_when_a_later_message_replaces_it()
    {
        await using var reader = Open("ok.dict_replace.arrows");
        using var first = new BatchLease();
        using var second = new BatchLease();
        Assert.True(await reader.ReadAsync(first));
        Assert.True(await reader.ReadAsync(second));
        var (_, expected) = IpcReading.Stream(Composed("ok.dict_replace.arrows"));
        Assert.Equal(expected[0].Columns, IpcReading.Texts(first).Columns);
        Assert.Equal(expected[1].Columns, IpcReading.Texts(second).Columns);
        Assert.NotSame(first.View()[1].Dictionary, second.View()[1].Dictionary);
    }

    [Fact]
    public async Task A_dictionary_that_does_not_change_stays_the_same_object()
    {
        await using var reader = Open("ok.base.arrows");
        using var first = new BatchLease();
        using var second = new BatchLease();
        Assert.True(await reader.ReadAsync(first));
        Assert.True(await reader.ReadAsync(second));
        Assert.Same(first.View()[1].Dictionary, second.View()[1].Dictionary);
    }

    [Fact]
    public async Task The_content_hash_covers_the_stream_and_nothing_behind_it()
    {
        var bytes = Composed("ok.trailing_after_eos.arrows");
        var pipe = new TricklePipe(bytes, 64);
        await using var reader = new IpcStreamReader(pipe, "test", new IpcReaderOptions { HashContent = true, LeaveOpen = true });
        using var lease = new BatchLease();
        Assert.Null(reader.ContentHash);
        while (await reader.ReadAsync(lease))
        {
        }

        Assert.False(await reader.ReadAsync(lease));
        Assert.Equal(reader.BytesRead, pipe.Consumed);
        Assert.InRange(reader.BytesRead, 8, bytes.Length - 1);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, (int)reader.BytesRead))), reader.ContentHash);
        await reader.DisposeAsync();
        Assert.False(pipe.IsCompletedByReader);
    }

    [Fact]
    public async Task Disposing_completes_the_pipe()
    {
        var pipe = new TricklePipe(Composed("ok.base.arrows"), 64);
        await using (var reader = new IpcStreamReader(pipe, "test"))
        {
            await reader.ReadSchemaAsync();
        }

        Assert.True(pipe.IsCompletedByReader);
    }

    [Fact]
    public async Task Columns_that_are_not_needed_are_neither_kept_nor_judged()
    {
        var bytes = Composed("bad.dictidx_max.arrows");
        var (_, all) = IpcReading.Stream(Composed("ok.base.arrows"));
        var (_, some) = IpcReading.Stream(bytes, [0, 4]);
        Assert.Equal(all[0].Columns[0], some[0].Columns[0]);
        Assert.Equal(all[0].Columns[4], some[0].Columns[4]);
        Assert.Null(some[0].Columns[1]);
        Assert.Throws<MalformedArrowException>(() => IpcReading.Stream(bytes));
        await using var reader = Open("ok.base.arrows");
        using var lease = new BatchLease();
        reader.Project(Projection.Of(await reader.ReadSchemaAsync(), [0]));
        Assert.True(await reader.ReadAsync(lease));
        Assert.False(lease.View().IsLoaded(1));
        Assert.Throws<InvalidOperationException>(() => lease.View()[1].Length);
        Assert.Equal(24 * 8, lease.View()[0].Values<long>().Length * 8);
    }

    [Fact]
    public async Task A_fault_of_one_batch_leaves_the_reader_going()
    {
        await using var reader = Open("bad.dictidx_max.arrows");
        using var lease = new BatchLease();
        Assert.True(await reader.ReadAsync(lease));
        var fault = Assert.Throws<MalformedArrowException>(() => lease.Decode());
        Assert.Equal("line", fault.Location.Column);
        Assert.Equal(0, fault.Location.Batch);
        Assert.NotNull(fault.Location.Row);
        Assert.Same(fault, Assert.Throws<MalformedArrowException>(() => lease.View().Length));
        Assert.False(await reader.ReadAsync(lease));
    }

    [Fact]
    public async Task A_fault_of_the_framing_poisons_the_reader()
    {
        await using var reader = Open("bad.metasize_max.arrows");
        using var lease = new BatchLease();
        var first = await Assert.ThrowsAnyAsync<IndicatorDataException>(async () =>
        {
            while (await reader.ReadAsync(lease))
            {
            }
        });
        Assert.Same(first, await Assert.ThrowsAnyAsync<IndicatorDataException>(async () => await reader.ReadAsync(lease)));
    }

    [Fact]
    public async Task A_call_cancelled_between_messages_can_be_repeated()
    {
        var (_, expected) = IpcReading.Stream(Composed("ok.base.arrows"));
        var pipe = new Pipe();
        await using var reader = new IpcStreamReader(pipe.Reader, "test");
        using var lease = new BatchLease();
        using (var source = new CancellationTokenSource())
        {
            var waiting = reader.ReadAsync(lease, source.Token).AsTask();
            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        await pipe.Writer.WriteAsync(Composed("ok.base.arrows"));
        await pipe.Writer.CompleteAsync();
        Assert.True(await reader.ReadAsync(lease));
        Assert.Equal(expected[0].Columns, IpcReading.Texts(lease).Columns);
    }

    [Fact]
    public async Task A_failing_input_passes_its_exception_on()
    {
        var pipe = new TricklePipe(Composed("ok.base.arrows"), 100) { Fault = static consumed => consumed > 1500 ? new IOException("gone") : null };
        await using var reader = new IpcStreamReader(pipe, "test");
        using var lease = new BatchLease();
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            while (await reader.ReadAsync(lease))
            {
            }
        });
        await Assert.ThrowsAsync<IOException>(async () => await reader.ReadAsync(lease));
    }

    [Fact]
    public async Task Other_formats_are_called_by_name()
    {
        byte[][] inputs = ["PAR1----"u8.ToArray(), [0x1F, 0x8B, 8, 0, 0, 0, 0, 0], "ts,line,v\n"u8.ToArray(), "ARROW1\0\0"u8.ToArray(), []];
        string[] names = ["Parquet", "gzip", "text", "Arrow file", "empty"];
        for (var i = 0; i < inputs.Length; i++)
        {
            await using var reader = new IpcStreamReader(PipeReader.Create(new MemoryStream(inputs[i])), "test");
            var fault = await Assert.ThrowsAsync<MalformedArrowException>(async () => await reader.ReadSchemaAsync());
            Assert.Contains(names[i], fault.Message, StringComparison.Ordinal);
        }
    }

    private static byte[] Composed(string file) => File.ReadAllBytes(Path.Combine(ArrowData.Composed, file));

    private static IpcStreamReader Open(string file) => new(PipeReader.Create(new MemoryStream(Composed(file))), "test");
}
