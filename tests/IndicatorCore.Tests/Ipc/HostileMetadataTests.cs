using System.Diagnostics;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>FlatBuffers that point outside themselves, count wrongly, nest without end; headers and versions.</summary>
public sealed class HostileMetadataTests
{
    private static readonly Dictionary<string, Action<byte[]>> s_spoilt = new()
    {
        ["root offset beyond"] = static bytes => FlatPlace.Put32(bytes, 0, bytes.Length),
        ["root offset at the last byte"] = static bytes => FlatPlace.Put32(bytes, 0, bytes.Length - 1),
        ["root offset negative"] = static bytes => FlatPlace.Put32(bytes, 0, 0xFFFFFFF0),
        ["root offset 0"] = static bytes => FlatPlace.Put32(bytes, 0, 0),
        ["vtable beyond"] = static bytes => FlatPlace.Put32(bytes, FlatPlace.Root(bytes), -100_000),
        ["vtable before"] = static bytes => FlatPlace.Put32(bytes, FlatPlace.Root(bytes), 100_000),
        ["vtable at the far end of an int"] = static bytes => FlatPlace.Put32(bytes, FlatPlace.Root(bytes), 0x80000000),
        ["vtable of length 0"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes), 0),
        ["vtable of length 2"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes), 2),
        ["vtable of odd length"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes), 13),
        ["vtable of length 65535"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes), 65535),
        ["vtable of length 65534"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes), 65534),
        ["table of length 65535"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes) + 2, 65535),
        ["table of length 0"] = static bytes => FlatPlace.Put16(bytes, RootVtable(bytes) + 2, 0),
        ["header field at 65535"] = static bytes => FlatPlace.Put16(bytes, FlatPlace.Slot(bytes, FlatPlace.Root(bytes), 2), 65535),
        ["header field at the table's end"] = static bytes => FlatPlace.Put16(
            bytes, FlatPlace.Slot(bytes, FlatPlace.Root(bytes), 2), BitConverter.ToUInt16(bytes, RootVtable(bytes) + 2) - 3),
        ["header offset beyond"] = static bytes => FlatPlace.Put32(bytes, FlatPlace.Field(bytes, FlatPlace.Root(bytes), 2), 1 << 20),
        ["header offset to itself"] = static bytes => FlatPlace.Put32(bytes, FlatPlace.Field(bytes, FlatPlace.Root(bytes), 2), 0),
    };

    private static readonly Dictionary<string, (int Field, long Count)> s_vectorLies = new()
    {
        ["nodes 2^30"] = (1, 1 << 30),
        ["nodes times 16 wraps to 16"] = (1, 0x10000001),
        ["nodes 2^32 - 1"] = (1, uint.MaxValue),
        ["buffers 2^30"] = (2, 1 << 30),
        ["buffers times 16 wraps to 16"] = (2, 0x10000001),
        ["buffers 2^31"] = (2, 0x80000000),
    };

    public static TheoryData<string> Spoilt() => [.. s_spoilt.Keys];

    public static TheoryData<string> VectorLies() => [.. s_vectorLies.Keys];

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void Metadata_that_points_outside_itself_is_malformed(string name)
    {
        var schema = Sample();
        schema[0].Spoil = s_spoilt[name];
        Refusal.OfStream(DataFault.Malformed, schema, at: 0);
        var batch = Sample();
        batch[1].Spoil = s_spoilt[name];
        Refusal.Everywhere(DataFault.Malformed, batch, batch: 0, at: 1);
    }

    [Theory]
    [InlineData(1 << 30)]
    [InlineData(0x10000001)]
    [InlineData(uint.MaxValue)]
    public void A_count_of_fields_that_lies_is_malformed_and_takes_no_memory(long count)
    {
        var messages = Sample();
        messages[0].Spoil = bytes => FlatPlace.Put32(bytes, FlatPlace.Into(bytes, FlatPlace.Into(bytes, FlatPlace.Root(bytes), 2), 1), count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.OfStream(DataFault.Malformed, messages, at: 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [MemberData(nameof(VectorLies))]
    public void A_count_of_nodes_or_buffers_that_lies_is_malformed_and_takes_no_memory(string name)
    {
        var (field, count) = s_vectorLies[name];
        var messages = Sample();
        messages[1].Spoil = bytes => FlatPlace.Put32(bytes, FlatPlace.Into(bytes, FlatPlace.Into(bytes, FlatPlace.Root(bytes), 2), field), count);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Everywhere(DataFault.Malformed, messages, batch: 0, at: 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    // arrow-dotnet #48: a string's length that lies gave foreign memory or killed the process
    [Theory]
    [InlineData(5000)]
    [InlineData(int.MaxValue)]
    [InlineData(uint.MaxValue)]
    public void A_length_of_a_name_that_lies_is_malformed_and_shows_no_other_memory(long length)
    {
        var messages = Sample();
        messages[0].Spoil = bytes => FlatPlace.Put32(bytes, FlatPlace.Into(bytes, FirstField(bytes), 0), length);
        Refusal.OfStream(DataFault.Malformed, messages, at: 0);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(100)]
    [InlineData(5000)]
    public void Nesting_beyond_the_limit_is_refused_without_overflowing_the_stack(int levels)
    {
        var stream = Nested(levels);
        var fault = Refusal.OfStream(DataFault.LimitExceeded, stream, offset: 0);
        Assert.Contains("64 (MaxNestingDepth)", fault.Message, StringComparison.Ordinal);
        Assert.Equal(string.Join('.', Enumerable.Repeat("n", 64)), fault.Location.Column);
    }

    [Fact]
    public void Nesting_up_to_the_limit_is_read()
    {
        Assert.Single(IpcReading.Stream(Nested(64)).Schema.Fields);
        Assert.Single(IpcReading.Stream(Nested(512), options: new IpcReaderOptions { MaxNestingDepth = 512 }).Schema.Fields);
        Assert.Throws<ArgumentOutOfRangeException>(() => new IpcReaderOptions { MaxNestingDepth = 513 });
    }

    [Fact]
    public void Children_that_stand_in_two_places_each_are_refused_long_before_they_are_all_visited()
    {
        var field = MadeField.Int("leaf", 64);
        for (var level = 0; level < 28; level++)
        {
            field = MadeField.Of("n", ArrowTypeId.Struct, null, field, field);
        }

        var messages = new[] { Made.Schema(field) };
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.OfStream(DataFault.LimitExceeded, messages, at: 0);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
    }

    [Theory]
    [InlineData("absent", DataFault.Malformed)]
    [InlineData("none", DataFault.Malformed)]
    [InlineData("tensor", DataFault.Unsupported)]
    [InlineData("sparse tensor", DataFault.Unsupported)]
    [InlineData("future", DataFault.Malformed)]
    [InlineData("255", DataFault.Malformed)]
    public void A_message_without_a_header_that_can_be_read_is_refused(string header, DataFault kind)
    {
        foreach (var at in new[] { 0, 1 })
        {
            var messages = Sample();
            messages[at].Message[1] = (byte)(header switch { "absent" => at == 0 ? 1 : 3, "none" => 0, "tensor" => 4, "sparse tensor" => 5, "future" => 6, _ => 255 });
            messages[at].Message[2] = header == "absent" ? null : messages[at].Header;
            Refusal.OfStream(kind, messages, at: at);
        }
    }

    [Fact]
    public void A_batch_that_calls_itself_a_dictionary_gives_no_rows()
    {
        var messages = Sample();
        messages[1].Message[1] = (byte)2;
        Assert.Empty(IpcReading.Stream(Made.Stream(messages)).Batches);
        Refusal.OfFile(DataFault.Malformed, Made.File([messages[0], Sample()[1]], footer =>
        {
            footer[2] = footer[3];
            footer[3] = new FlatLongs(3) { 8, 64, 0 };
        }), batch: 0);
    }

    [Fact]
    public void A_stream_starts_with_a_schema_and_has_no_second_one()
    {
        var messages = Sample();
        Refusal.OfStream(DataFault.Malformed, [messages[1]], at: 0);
        Refusal.OfStream(DataFault.Malformed, [Made.Dictionary(1, "x"), messages[0]], at: 0);
        Refusal.OfStream(DataFault.Malformed, [messages[0], messages[1], Sample()[0], messages[1]], batch: 1, at: 2);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(-1)]
    [InlineData(short.MaxValue)]
    public void Metadata_versions_other_than_V4_and_V5_are_not_read(int version)
    {
        foreach (var at in new[] { 0, 1 })
        {
            var messages = Sample();
            messages[at].Message[0] = (short)version;
            Refusal.OfStream(DataFault.Unsupported, messages, at: at);
        }

        Refusal.OfFile(DataFault.Unsupported, Made.File(Sample(), footer => footer[0] = (short)version));
    }

    [Theory]
    [InlineData(1, DataFault.Unsupported)]
    [InlineData(5, DataFault.Malformed)]
    [InlineData(-1, DataFault.Malformed)]
    public void Byte_orders_other_than_little_endian_are_never_ignored(int endianness, DataFault kind)
    {
        var messages = Sample();
        messages[0].Header[0] = (short)endianness;
        Refusal.OfStream(kind, messages, at: 0);
        Refusal.OfFile(kind, Made.File(messages));
    }

    [Fact]
    public void Feature_bits_change_nothing_known_or_not()
    {
        var messages = Sample();
        messages[0].Header[3] = new FlatLongs(1) { 1, 2, 64, -1 };
        IpcReading.AssertEqual(IpcReading.Stream(Made.Stream(Sample())).Batches, IpcReading.Stream(Made.Stream(messages)).Batches);
    }

    [Fact]
    public void Every_flipped_bit_of_the_metadata_gives_a_typed_error_or_a_result()
    {
        var messages = Sample();
        var (faults, reads) = (0, 0);
        foreach (var bytes in new[] { Made.Stream(messages), Made.File(messages) })
        {
            for (var at = 0; at < 8 * bytes.Length; at++)
            {
                bytes[at / 8] ^= (byte)(1 << (at % 8));
                try
                {
                    IpcReading.Any(bytes);
                    reads++;
                }
                catch (IndicatorDataException fault)
                {
                    Assert.Equal("test", fault.Location.File);
                    faults++;
                }

                bytes[at / 8] ^= (byte)(1 << (at % 8));
            }
        }

        Assert.True(faults > 1000 && reads > 1000, $"{faults} faults, {reads} reads");
    }

    private static MadeMessage[] Sample()
    {
        var columns = new[] { MadeColumn.Int64("v", 1, null, 3), MadeColumn.Utf8("t", "a", "bc", null) };
        return [Made.Schema(columns), Made.Batch(columns)];
    }

    private static int RootVtable(byte[] bytes) => FlatPlace.Vtable(bytes, FlatPlace.Root(bytes));

    private static int FirstField(byte[] bytes)
    {
        var fields = FlatPlace.Into(bytes, FlatPlace.Into(bytes, FlatPlace.Root(bytes), 2), 1);
        return FlatPlace.Follow(bytes, fields + 4);
    }

    /// <summary>Structs in structs; written from within, so that the composer does not recurse as deep.</summary>
    private static byte[] Nested(int levels)
    {
        var builder = new FlatBufferBuilder();
        var written = new Dictionary<object, int>(ReferenceEqualityComparer.Instance);
        var field = MadeField.Of("n", ArrowTypeId.Struct);
        field.Write(builder, written);
        for (var level = 1; level < levels; level++)
        {
            field = MadeField.Of("n", ArrowTypeId.Struct, null, field);
            field.Write(builder, written);
        }

        var message = Made.Schema(field).Message;
        builder.Finish(message.Write(builder, written));
        var metadata = builder.Written;
        return [255, 255, 255, 255, .. BitConverter.GetBytes(metadata.Length), .. metadata];
    }
}
