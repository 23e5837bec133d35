using IndicatorCore.Columns;
using IndicatorCore.Compression;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Compression;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Each limit of <see cref="IpcReaderOptions"/>: hit, named with its value and what the input declares, and before the memory is taken.</summary>
public sealed class ReaderLimitTests
{
    private const int Large = 64 << 20;
    private const int Little = 4 << 20;

    [Fact]
    public void Metadata_is_limited()
    {
        var messages = new[] { Made.Schema(MadeField.Int(new string('n', 2000), 64)) };
        Hit(nameof(IpcReaderOptions.MaxMetadataBytes), 1000, "bytes of metadata", () => IpcReading.Stream(Made.Stream(messages), options: new() { MaxMetadataBytes = 1000 }));
        Hit(nameof(IpcReaderOptions.MaxMetadataBytes), 1000, "The footer has", () => IpcReading.File(Made.File(messages), options: new() { MaxMetadataBytes = 1000 }));
    }

    [Fact]
    public void Metadata_of_a_block_is_limited()
    {
        var columns = Enumerable.Range(0, 400).Select(static i => MadeColumn.Int64("v", 1)).ToArray();
        var batch = Made.Batch(columns);
        batch.ToBytes();
        var schema = Made.Schema(columns);

        // equal fields stand in the footer once, so that it is smaller than the batch's metadata
        schema.Header[1] = Enumerable.Repeat(columns[0].Field, 400).ToList();
        var limit = batch.MetadataLength - 1;
        Hit(nameof(IpcReaderOptions.MaxMetadataBytes), limit, $"{batch.MetadataLength} bytes", () => IpcReading.File(Made.File([schema, batch]), options: new() { MaxMetadataBytes = limit }));
    }

    [Fact]
    public void Columns_are_limited_nested_ones_included()
    {
        var field = MadeField.Of("s", ArrowTypeId.Struct, null, MadeField.Int("a", 8), MadeField.Int("b", 8));
        var stream = Made.Stream(Made.Schema(field));
        Assert.Single(IpcReading.Stream(stream, options: new() { MaxColumns = 3 }).Schema.Fields);
        Hit(nameof(IpcReaderOptions.MaxColumns), 2, "3 fields", () => IpcReading.Stream(stream, options: new() { MaxColumns = 2 }));
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var field = MadeField.Of("a", ArrowTypeId.Struct, null, MadeField.Of("b", ArrowTypeId.Struct, null, MadeField.Int("c", 8)));
        var stream = Made.Stream(Made.Schema(field));
        Assert.Single(IpcReading.Stream(stream, options: new() { MaxNestingDepth = 3 }).Schema.Fields);
        var fault = Hit(nameof(IpcReaderOptions.MaxNestingDepth), 2, "3 levels", () => IpcReading.Stream(stream, options: new() { MaxNestingDepth = 2 }));
        Assert.Equal("a.b", fault.Location.Column);
    }

    [Fact]
    public void Stored_and_decompressed_buffers_are_limited()
    {
        var column = MadeColumn.Fixed("v", ArrowTypeId.Int, new FlatNode { [0] = 64 }, new byte[Large], Large / 8);
        var plain = Made.File([Made.Schema(column), Made.Batch(column)]);
        var packed = Made.File([Made.Schema(column), Made.Packed(static (_, bytes) => Made.Lz4(bytes), column)]);
        var options = new IpcReaderOptions { MaxBufferBytes = 1 << 20 };
        Assert.Equal(("v", 0L), Place(Hit(nameof(IpcReaderOptions.MaxBufferBytes), 1 << 20, $"{Large} bytes", () => Read(plain, options))));
        Assert.Equal(("v", 0L), Place(Hit(nameof(IpcReaderOptions.MaxBufferBytes), 1 << 20, $"{Large} bytes", () => Read(packed, options))));
    }

    [Fact]
    public void The_bytes_of_a_batch_are_limited_stored_and_decompressed()
    {
        var columns = Enumerable.Range(0, 8).Select(static i => MadeColumn.Fixed($"v{i}", ArrowTypeId.Int, new FlatNode { [0] = 64 }, new byte[Large / 8], Large / 64)).ToArray();
        using var folder = new TemporaryFolder();
        var plain = folder.Write("plain.arrow", Made.File([Made.Schema(columns), Made.Batch(columns)]));
        var packed = Made.File([Made.Schema(columns), Made.Packed(static (_, bytes) => Made.Lz4(bytes), columns)]);
        var options = new IpcReaderOptions { MaxBatchBytes = 1 << 20 };
        var fault = Hit(nameof(IpcReaderOptions.MaxBatchBytes), 1 << 20, "stored", () =>
        {
            using var reader = IpcFileReader.Open(plain, options);
            using var lease = new BatchLease();
            reader.Read(0, Projection.All(reader.Schema), lease);
        });
        Assert.Equal(0L, fault.Location.Batch);
        Assert.Equal(("v0", 0L), Place(Hit(nameof(IpcReaderOptions.MaxBatchBytes), 1 << 20, "decompressed", () => Read(packed, options))));
    }

    [Fact]
    public void Gaps_that_are_read_along_count_for_a_batch()
    {
        var columns = Enumerable.Range(0, 64).Select(static i => MadeColumn.Int64($"v{i}", 1)).ToArray();
        var batch = Made.Batch(columns);
        var spread = new MadeMessage(3, batch.Header, new byte[64 * 60_000]);
        for (var i = 0; i < 64; i++)
        {
            batch.Header.Longs(2)[(4 * i) + 2] = 60_000L * i;
        }

        using var folder = new TemporaryFolder();
        var path = folder.Write("a.arrow", Made.File([Made.Schema(columns), spread]));
        Hit(nameof(IpcReaderOptions.MaxBatchBytes), 1 << 20, "stored", () =>
        {
            using var reader = IpcFileReader.Open(path, new IpcReaderOptions { MaxBatchBytes = 1 << 20 });
            using var lease = new BatchLease();
            reader.Read(0, Projection.All(reader.Schema), lease);
        });
    }

    [Fact]
    public void The_kept_bytes_of_a_streams_message_are_limited_and_no_others()
    {
        var columns = new[] { MadeColumn.Fixed("v", ArrowTypeId.Int, new FlatNode { [0] = 64 }, new byte[Little], Little / 8), MadeColumn.Null("n", Little / 8) };
        var stream = Made.Stream(Made.Schema(columns), Made.Batch(columns));
        var options = new IpcReaderOptions { MaxStreamBodyBytes = 1 << 20 };
        Hit(nameof(IpcReaderOptions.MaxStreamBodyBytes), 1 << 20, $"{Little} bytes", () => IpcReading.Stream(stream, options: options), most: 2 << 20);
        Assert.Equal(Little / 8, Rows(stream, [1], options));
    }

    [Fact]
    public void Rows_are_limited()
    {
        var column = MadeColumn.Null("n", 1001);
        var messages = new[] { Made.Schema(column), Made.Batch(column) };
        var options = new IpcReaderOptions { MaxRowsPerBatch = 1000 };
        Hit(nameof(IpcReaderOptions.MaxRowsPerBatch), 1000, "1001 rows", () => IpcReading.Stream(Made.Stream(messages), options: options));
        Hit(nameof(IpcReaderOptions.MaxRowsPerBatch), 1000, "1001 rows", () => IpcReading.File(Made.File(messages), options: options));
    }

    [Fact]
    public void The_entries_of_a_dictionary_are_limited_over_all_its_deltas()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        var messages = new[] { Made.Schema(column), Made.Dictionary(1, "a", "b"), Made.Delta(1, "c", "d"), Made.Batch(column) };
        foreach (var read in Both(messages, new() { MaxDictionaryEntries = 3 }))
        {
            Assert.Equal("k", Hit(nameof(IpcReaderOptions.MaxDictionaryEntries), 3, "Dictionary 1 has 4 values", read).Location.Column);
        }

        Assert.Single(IpcReading.Stream(Made.Stream(messages), options: new() { MaxDictionaryEntries = 4 }).Batches);

        // a dictionary of so many nulls needs no bytes at all, and is refused before it is read
        var nulls = Made.Dictionary(1, MadeColumn.Null("values", int.MaxValue));
        var field = MadeField.Coded("k", new FlatNode { [0] = 8, [1] = true }, values: ArrowTypeId.Null);
        foreach (var read in Both([Made.Schema(field), nulls, messages[3]], new()))
        {
            Hit(nameof(IpcReaderOptions.MaxDictionaryEntries), 1 << 27, $"{int.MaxValue} values", read);
        }
    }

    [Fact]
    public void The_bytes_of_a_dictionary_are_limited_before_they_are_decompressed()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        var values = MadeColumn.Utf8("values", [0, Large], new byte[Large]);
        MadeMessage[] messages = [Made.Schema(column), Made.Dictionary(1, values, pack: static (_, plain) => Made.Lz4(plain)), Made.Batch(column)];
        foreach (var read in Both(messages, new() { MaxDictionaryBytes = 1 << 20 }))
        {
            Assert.Equal("k", Hit(nameof(IpcReaderOptions.MaxDictionaryBytes), 1 << 20, "bytes decompressed", read).Location.Column);
        }

        // deltas add up
        messages = [Made.Schema(column), Made.Dictionary(1, new string('a', 600)), Made.Delta(1, new string('b', 600)), Made.Batch(column)];
        foreach (var read in Both(messages, new() { MaxDictionaryBytes = 1000 }))
        {
            Hit(nameof(IpcReaderOptions.MaxDictionaryBytes), 1000, "The values of dictionary 1 take", read);
        }
    }

    [Fact]
    public void The_bytes_of_all_dictionaries_are_limited_together_and_given_back_by_a_replacement()
    {
        var columns = new[] { MadeColumn.Codes("a", 1, 8, true, [0]), MadeColumn.Codes("b", 2, 8, true, [0]) };
        MadeMessage[] messages = [Made.Schema(columns), Made.Dictionary(1, new string('a', 600)), Made.Dictionary(2, new string('b', 600)), Made.Batch(columns)];
        foreach (var read in Both(messages, new() { MaxTotalDictionaryBytes = 1000 }))
        {
            Hit(nameof(IpcReaderOptions.MaxTotalDictionaryBytes), 1000, "All dictionaries together", read);
        }

        MadeMessage[] replaced =
        [
            messages[0], Made.Dictionary(2, "b"), .. Enumerable.Range(0, 10).SelectMany(i => new[] { Made.Dictionary(1, new string((char)('a' + i), 600)), messages[3] }),
        ];
        Assert.Equal(10, IpcReading.Stream(Made.Stream(replaced), options: new() { MaxTotalDictionaryBytes = 1000 }).Batches.Count);
    }

    [Fact]
    public void Nested_dictionaries_count_for_all_dictionaries()
    {
        var fields = Enumerable.Range(1, 8).Select(static id =>
        {
            var field = MadeField.Of($"k{id}", ArrowTypeId.Struct, null, MadeField.Int("v", 64, isSigned: true));
            field[4] = new FlatNode { [0] = (long)id, [1] = new FlatNode { [0] = 8, [1] = true } };
            return field;
        }).ToArray();
        var columns = Array.ConvertAll(fields, static field => MadeColumn.Of(field, 1, [[], [0]]));
        MadeMessage[] messages =
        [
            Made.Schema(fields),
            .. Enumerable.Range(1, 8).Select(static id => Made.Dictionary(id, MadeColumn.Struct("values", 1, MadeColumn.Int64("v", 1)), pack: static (_, plain) => Made.Lz4(plain))),
            Made.Batch(columns),
        ];
        Assert.Single(IpcReading.Stream(Made.Stream(messages)).Batches);
        foreach (var read in Both(messages, new() { MaxTotalDictionaryBytes = 40_000 }))
        {
            Hit(nameof(IpcReaderOptions.MaxTotalDictionaryBytes), 40_000, "All dictionaries together", read);
        }
    }

    [Fact]
    public void A_reader_and_its_batch_are_limited_together()
    {
        var column = MadeColumn.Fixed("v", ArrowTypeId.Int, new FlatNode { [0] = 64 }, new byte[Large], Large / 8);
        MadeMessage[] messages = [Made.Schema(column), Made.Packed(static (_, plain) => Made.Lz4(plain), column)];
        foreach (var read in Both(messages, new() { MaxReaderBytes = 1 << 20 }))
        {
            Hit(nameof(IpcReaderOptions.MaxReaderBytes), 1 << 20, "The dictionaries and the batch", read);
        }

        var codes = MadeColumn.Codes("k", 1, 8, true, [0]);
        foreach (var read in Both([Made.Schema(codes), Made.Dictionary(1, new string('a', 600)), Made.Batch(codes)], new() { MaxReaderBytes = 605 }))
        {
            Hit(nameof(IpcReaderOptions.MaxReaderBytes), 605, "The dictionaries and the batch", read);
        }
    }

    [Fact]
    public void What_strings_and_views_may_expand_to_is_limited_by_what_is_stored()
    {
        // LZ4 cannot reach more than 255; a codec of the caller can reach anything
        var text = MadeColumn.Utf8("t", [0, Large], new byte[Large]);
        var views = MadeColumn.Utf8Views("t", MadeColumn.View(1, "a", 0, 0), new byte[Large]);
        foreach (var column in new[] { text, views })
        {
            var lz4 = new[] { Made.Schema(column), Made.Packed(static (_, plain) => Made.Lz4(plain), column) };
            Assert.Single(IpcReading.Stream(Made.Stream(lz4), [], new() { MaxDecompressionRatio = 100 }).Batches);
            foreach (var read in Both(lz4, new() { MaxDecompressionRatio = 100 }))
            {
                Assert.Equal(("t", 0L), Place(Hit(nameof(IpcReaderOptions.MaxDecompressionRatio), 100, $"declare {Large} bytes", read)));
            }

            var other = new[]
            {
                Made.Schema(column),
                Made.Packed((index, plain) => plain.Length == 0 ? [] : index == 2 ? Made.Prefixed(plain.Length, [1]) : Made.Prefixed(-1, plain), column),
            };
            other[1].Header.Table(3)[0] = (byte)1;
            foreach (var read in Both(other, new() { Codecs = [new ZeroCodec()] }))
            {
                Assert.Equal(("t", 0L), Place(Hit(nameof(IpcReaderOptions.MaxDecompressionRatio), 1000, $"declare {Large} bytes", read)));
            }
        }
    }

    [Fact]
    public void One_stored_buffer_that_many_view_buffers_name_counts_once_for_the_ratio_and_each_time_for_the_batch()
    {
        var bomb = Made.Prefixed(1 << 20, Lz4Bytes.Encode(new byte[1 << 20]));
        var column = MadeColumn.Utf8Views("t", MadeColumn.View(1, "a", 0, 0), [.. Enumerable.Repeat(Array.Empty<byte>(), 100)]);
        var batch = Made.Packed((index, plain) => index == 2 ? bomb : plain.Length == 0 ? [] : Made.Prefixed(-1, plain), column);
        var buffers = batch.Header.Longs(2);
        for (var i = 3; i < 102; i++)
        {
            (buffers[2 * i], buffers[(2 * i) + 1]) = (buffers[4], buffers[5]);
        }

        foreach (var read in Both([Made.Schema(column), batch], new()))
        {
            Assert.Equal(("t", 0L), Place(Hit(nameof(IpcReaderOptions.MaxDecompressionRatio), 1000, "stored bytes declare", read, most: 40 << 20)));
        }

        foreach (var read in Both([Made.Schema(column), batch], new() { MaxBatchBytes = 2 << 20 }))
        {
            Hit(nameof(IpcReaderOptions.MaxBatchBytes), 2 << 20, "decompressed", read, most: 8 << 20);
        }
    }

    [Fact]
    public void The_batches_and_dictionary_messages_of_a_footer_are_limited()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        var file = Made.File([Made.Schema(column), Made.Dictionary(1, "a"), Made.Delta(1, "b"), Made.Delta(1, "c"), Made.Batch(column), Made.Batch(column)]);
        Hit(nameof(IpcReaderOptions.MaxBatches), 1, "3 dictionary messages", () => IpcReading.File(file, options: new() { MaxBatches = 1 }));
        Hit(nameof(IpcReaderOptions.MaxBatches), 1, "2 batches", () => IpcReading.File(Made.File([Made.Schema(column), Made.Batch(column), Made.Batch(column)]), options: new() { MaxBatches = 1 }));
        Assert.Equal(2, IpcReading.File(file, options: new() { MaxBatches = 3 }).Batches.Count);
    }

    [Fact]
    public void Limits_that_make_no_sense_are_the_callers_fault()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxStreamBodyBytes = 63 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxTotalDictionaryBytes = 63 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxReaderBytes = 63 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxDecompressionRatio = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxBatches = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => IpcReaderOptions.Default with { MaxRowsPerBatch = 0 });
    }

    /// <summary>The limit is hit, the message names it and what was declared, and little memory was taken on the way.</summary>
    private static LimitExceededException Hit(string option, long limit, string declared, Action read, long most = Little)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var fault = Assert.Throws<LimitExceededException>(read);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Contains($"more than the limit of {limit} ({option})", fault.Message, StringComparison.Ordinal);
        Assert.Contains(declared, fault.Message, StringComparison.Ordinal);
        Assert.Contains(option, fault.Advice!, StringComparison.Ordinal);
        Assert.False(fault.IsMemoryBudget);
        Assert.NotNull(fault.Location.File);
        Assert.InRange(allocated, 0, most);
        return fault;
    }

    private static (string? Column, long? Batch) Place(IndicatorDataException fault) => (fault.Location.Column, fault.Location.Batch);

    /// <summary>Reading as a stream and as a file, the bytes made beforehand.</summary>
    private static Action[] Both(MadeMessage[] messages, IpcReaderOptions options)
    {
        var (stream, file) = (Made.Stream(messages), Made.File(messages));
        return [() => Rows(stream, null, options), () => Read(file, options)];
    }

    private static int Rows(byte[] stream, int[]? ordinals, IpcReaderOptions options) => IpcReading.Stream(stream, ordinals, options).Batches[0].Rows;

    private static void Read(byte[] file, IpcReaderOptions options) => IpcReading.File(file, options: options);

    private sealed class ZeroCodec : IBufferCodec
    {
        public int CodecId => 1;

        public void Decode(ReadOnlySpan<byte> source, Span<byte> destination, CancellationToken cancellationToken) => destination.Clear();
    }
}
