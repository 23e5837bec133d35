using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Nodes, buffers, offsets, views and null counts that lie; and what may look wrong and is legal.</summary>
public sealed class HostileBatchTests
{
    // buffers: 0 and 1 of v, 2 to 4 of t, 5 and 6 of b
    private static readonly Dictionary<string, (Action<MadeMessage> Bend, string? Column)> s_lies = new()
    {
        ["a node too few"] = (static batch => batch.Header.Longs(1).RemoveRange(4, 2), "b"),
        ["no nodes"] = (static batch => batch.Header[1] = null, "v"),
        ["a node too many"] = (static batch => batch.Header.Longs(1).AddRange([3, 0]), null),
        ["a buffer too few"] = (static batch => batch.Header.Longs(2).RemoveRange(12, 2), "b"),
        ["no buffers"] = (static batch => batch.Header[2] = null, "v"),
        ["a buffer too many"] = (static batch => batch.Header.Longs(2).AddRange([0, 0]), null),
        ["a count of view buffers where there is no view"] = (static batch => batch.Header[4] = new FlatLongs(1) { 0 }, null),
        ["a buffer at -1"] = (static batch => batch.Header.Longs(2)[2] = -1, "v"),
        ["a buffer at the least offset"] = (static batch => batch.Header.Longs(2)[2] = long.MinValue, "v"),
        ["a buffer of -1 bytes"] = (static batch => batch.Header.Longs(2)[3] = -1, "v"),
        ["a buffer of the least length"] = (static batch => batch.Header.Longs(2)[3] = long.MinValue, "v"),
        ["a buffer whose end overflows 64 bits"] = (static batch => Buffer(batch, 1, long.MaxValue - 7, 24), "v"),
        ["a buffer whose end overflows 32 bits"] = (static batch => Buffer(batch, 1, 0x1_0000_0000 - 8, 24), "v"),
        ["a buffer of 2^63 - 1 bytes"] = (static batch => batch.Header.Longs(2)[3] = long.MaxValue, "v"),
        ["a buffer beyond the body"] = (static batch => Buffer(batch, 1, batch.Body.Length - 16, 24), "v"),
        ["values shorter than the rows"] = (static batch => batch.Header.Longs(2)[3] = 23, "v"),
        ["no values"] = (static batch => batch.Header.Longs(2)[3] = 0, "v"),
        ["offsets shorter than the rows"] = (static batch => batch.Header.Longs(2)[7] = 12, "t"),
        ["no offsets"] = (static batch => batch.Header.Longs(2)[7] = 0, "t"),
        ["bytes shorter than the last offset"] = (static batch => batch.Header.Longs(2)[9] = 2, "t"),
        ["no bits"] = (static batch => batch.Header.Longs(2)[13] = 0, "b"),
        ["a node of -1 rows"] = (static batch => batch.Header.Longs(1)[0] = -1, "v"),
        ["a node of one row more than the batch"] = (static batch => batch.Header.Longs(1)[0] = 4, "v"),
        ["a node of one row less than the batch"] = (static batch => batch.Header.Longs(1)[0] = 2, "v"),
        ["more nulls than rows"] = (static batch => batch.Header.Longs(1)[1] = 4, "v"),
        ["-2 nulls"] = (static batch => batch.Header.Longs(1)[1] = -2, "v"),
        ["the least number of nulls"] = (static batch => batch.Header.Longs(1)[1] = long.MinValue, "v"),
        ["nulls without a bitmap"] = (static batch => batch.Header.Longs(1)[3] = 1, "t"),
        ["-1 rows"] = (static batch => batch.Header[0] = -1L, null),
    };

    private static readonly Dictionary<string, (int[] Offsets, long Row)> s_offsets = new()
    {
        ["negative first"] = ([-1, 1, 2, 3], 0),
        ["least int first"] = ([int.MinValue, 1, 2, 3], 0),
        ["decreasing"] = ([0, 2, 1, 3], 1),
        ["a spike of 1 GiB in the middle and a good last"] = ([0, 1 << 30, 2, 3], 1),
        ["a negative in the middle"] = ([0, -5, 2, 3], 0),
        ["the least int in the middle"] = ([0, 1, int.MinValue, 3], 1),
        ["a negative last"] = ([0, 1, 2, -1], 2),
    };

    private static readonly Dictionary<string, byte[]> s_views = new()
    {
        ["buffer -1"] = MadeColumn.View(20, "abcd", -1, 0),
        ["buffer at the count"] = MadeColumn.View(20, "abcd", 1, 0),
        ["greatest buffer"] = MadeColumn.View(20, "abcd", int.MaxValue, 0),
        ["offset -1"] = MadeColumn.View(20, "abcd", 0, -1),
        ["offset beyond"] = MadeColumn.View(20, "abcd", 0, 7),
        ["greatest offset"] = MadeColumn.View(20, "abcd", 0, int.MaxValue),
        ["length -1"] = MadeColumn.View(-1, "abcd", 0, 0),
        ["least length"] = MadeColumn.View(int.MinValue, "abcd", 0, 0),
        ["greatest length"] = MadeColumn.View(int.MaxValue, "abcd", 0, 0),
        ["another prefix"] = MadeColumn.View(20, "abcX", 0, 0),
    };

    public static TheoryData<string> Lies() => [.. s_lies.Keys];

    public static TheoryData<string> BadOffsets() => [.. s_offsets.Keys];

    public static TheoryData<string> BadViews() => [.. s_views.Keys];

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_batch_that_lies_is_malformed_with_its_column(string name)
    {
        var (bend, column) = s_lies[name];
        Refusal.Everywhere(DataFault.Malformed, Messages(bend), column, batch: 1, at: 2);
    }

    [Theory]
    [InlineData(1L << 31)]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void More_rows_than_an_array_can_have_are_over_the_limit(long rows)
    {
        var fault = Refusal.Everywhere(DataFault.LimitExceeded, Messages(batch => batch.Header[0] = rows), batch: 1, at: 2);
        Assert.Contains("(MaxRowsPerBatch)", fault.Message, StringComparison.Ordinal);
        Refusal.Everywhere(DataFault.LimitExceeded, Messages(batch => batch.Header.Longs(1)[0] = rows), column: "v", batch: 1, at: 2);
    }

    [Fact]
    public void More_rows_than_the_buffers_hold_are_malformed_and_take_no_memory()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Everywhere(
            DataFault.Malformed,
            Messages(static batch =>
            {
                batch.Header[0] = (long)int.MaxValue;
                batch.Header.Longs(1)[0] = batch.Header.Longs(1)[2] = batch.Header.Longs(1)[4] = int.MaxValue;
            }),
            column: "v");
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_bitmap_shorter_than_the_rows_is_malformed()
    {
        var column = MadeColumn.Int64("v", [.. Enumerable.Range(0, 20).Select(static i => i == 3 ? (long?)null : i)]);
        var batch = Made.Batch(column);
        batch.Header.Longs(2)[1] = 2;
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), batch], column: "v", batch: 0, at: 1);
    }

    [Theory]
    [MemberData(nameof(BadOffsets))]
    public void Offsets_that_are_negative_or_decrease_are_malformed_with_their_row(string name)
    {
        var (offsets, row) = s_offsets[name];
        var column = MadeColumn.Utf8("t", offsets, "abc"u8.ToArray());
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1, row: row);

        // under nulls as well, and far into a column that is checked a vector at a time
        int[] many = [.. Enumerable.Repeat(0, 100), .. offsets];
        var far = MadeColumn.Utf8("t", many, "abc"u8.ToArray(), new byte[13]);
        var expected = offsets[0] < 0 ? 99 : row + 100;
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(far), Made.Batch(far)], column: "t", batch: 0, row: expected);
        var list = MadeColumn.List("l", offsets, MadeColumn.Int64("item", 1, 2, 3));
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(list), Made.Batch(list)], column: "l", batch: 0, row: row);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(int.MaxValue)]
    public void A_last_offset_beyond_the_data_is_malformed(int last)
    {
        var column = MadeColumn.Utf8("t", [0, 1, last], "abc"u8.ToArray());
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1);
        var list = MadeColumn.List("l", [0, 1, last], MadeColumn.Int64("item", 1, 2, 3));
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(list), Made.Batch(list)], column: "l", batch: 0, at: 1);
    }

    [Fact]
    public void Offsets_of_64_bits_that_lie_are_malformed()
    {
        foreach (var offsets in new long[][] { [0, -1, 3], [long.MinValue, 0, 3], [0, 1L << 40, 3], [0, 1, 1L << 40], [0, 1, long.MaxValue] })
        {
            var column = MadeColumn.Of(MadeField.Of("t", ArrowTypeId.LargeUtf8), 2, [[], MemoryMarshal.AsBytes(offsets.AsSpan()).ToArray(), "abc"u8.ToArray()]);
            Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1);
        }
    }

    [Theory]
    [MemberData(nameof(BadViews))]
    public void A_view_that_points_elsewhere_is_malformed_with_its_row(string name)
    {
        byte[] views = [.. MadeColumn.View(1, "a", 0, 0), .. s_views[name]];
        var column = MadeColumn.Utf8Views("t", views, Encoding.ASCII.GetBytes("abcdefghijklmnopqrstuvwxyz"));
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1, row: 1);

        // under a null nobody looks at it
        column.Buffers[0] = [1];
        column.Nodes[1] = 1;
        Assert.Equal(["'a'", "null"], IpcReading.Stream(Made.Stream(Made.Schema(column), Made.Batch(column))).Batches[0].Columns[0]!);
    }

    // GH-48900: a count of view buffers taken at its word; CVE-2026-25087: use after free around view buffers
    [Theory]
    [InlineData("absent")]
    [InlineData("short")]
    [InlineData("extra")]
    [InlineData("-1")]
    [InlineData("2^40")]
    [InlineData("more than there are buffers")]
    [InlineData("less than there are buffers")]
    public void Counts_of_view_buffers_that_lie_are_malformed_and_take_no_memory(string name)
    {
        var first = MadeColumn.Utf8Views("a", MadeColumn.View(1, "a", 0, 0), "0123456789"u8.ToArray());
        var second = MadeColumn.Utf8Views("b", MadeColumn.View(1, "a", 0, 0), "0123456789"u8.ToArray());
        var batch = Made.Batch(first, second);
        batch.Header[4] = name switch
        {
            "absent" => null,
            "short" => new FlatLongs(1) { 1 },
            "extra" => new FlatLongs(1) { 1, 1, 0 },
            "-1" => new FlatLongs(1) { -1, 1 },
            "2^40" => new FlatLongs(1) { 1L << 40, 1 },
            "more than there are buffers" => new FlatLongs(1) { 2, 1 },
            _ => new FlatLongs(1) { 1, 0 },
        };
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(first, second), batch], batch: 0, at: 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Values_too_wide_for_any_body_are_malformed()
    {
        var column = MadeColumn.Fixed("w", ArrowTypeId.FixedSizeBinary, new FlatNode { [0] = int.MaxValue }, new byte[64], int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "w", batch: 0, at: 1);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_child_shorter_than_its_parent_needs_is_malformed()
    {
        var child = MadeColumn.Int64("x", 1, 2);
        MadeColumn[] parents = [MadeColumn.Struct("p", 3, child), MadeColumn.FixedList("p", 2, 3, child), MadeColumn.FixedList("p", int.MaxValue, int.MaxValue, child)];
        foreach (var parent in parents)
        {
            Refusal.Everywhere(DataFault.Malformed, [Made.Schema(parent), Made.Batch(parent)], column: "p", batch: 0, at: 1);
        }
    }

    [Fact]
    public void A_fault_of_a_nested_column_has_its_whole_path()
    {
        var text = MadeColumn.Utf8("t", [0, 2, 1], "abc"u8.ToArray());
        var outer = MadeColumn.List("l", [0, 2], MadeColumn.Struct("item", 2, MadeColumn.Int64("v", 1, 2), text));
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(outer), Made.Batch(outer)], column: "l.item.t", batch: 0, at: 1, row: 1);
    }

    [Fact]
    public void Rows_of_nothing_cost_nothing()
    {
        var column = MadeColumn.Null("n", int.MaxValue);
        var messages = Enumerable.Repeat(Made.Batch(column), 100).Prepend(Made.Schema(column)).ToArray();
        var clock = Stopwatch.StartNew();
        var rows = 0L;
        using var reader = IndicatorCore.Ipc.IpcFileReader.Open(Made.File(messages), "test");
        using var lease = new BatchLease();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, IndicatorCore.Ipc.Projection.All(reader.Schema), lease);
            Assert.Equal(int.MaxValue, lease.View()[0].NullCount);
            rows += lease.View().Length;
        }

        Assert.Equal(100L * int.MaxValue, rows);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(1L << 62)]
    public void More_rows_of_nothing_than_can_be_counted_are_over_the_limit(long rows)
    {
        var column = MadeColumn.Null("n", rows);
        Refusal.Everywhere(DataFault.LimitExceeded, [Made.Schema(column), Made.Batch(column)], batch: 0, at: 1);
        var none = Made.Batch();
        none.Header[0] = rows;
        Refusal.Everywhere(DataFault.LimitExceeded, [Made.Schema(Array.Empty<FlatNode>()), none], batch: 0, at: 1);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_bitmap_counts_the_nulls_whatever_the_node_declares(long declared)
    {
        var messages = Messages(batch => batch.Header.Longs(1)[1] = declared);
        foreach (var batches in new[] { IpcReading.Stream(Made.Stream(messages)).Batches, IpcReading.File(Made.File(messages)).Batches })
        {
            Assert.Equal(["1", "null", "3"], batches[1].Columns[0]!);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public void A_null_column_may_declare_any_count_of_nulls(long declared)
    {
        var column = MadeColumn.Null("n", 3);
        column.Nodes[1] = declared;
        Assert.Equal(["null", "null", "null"], IpcReading.Stream(Made.Stream(Made.Schema(column), Made.Batch(column))).Batches[0].Columns[0]!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Buffers_that_are_not_aligned_are_read_as_they_are(int shift)
    {
        var columns = new[] { MadeColumn.Int64("v", 1, 2, 3), MadeColumn.Utf8("t", "a", "bc", null) };
        byte[] body = new byte[128];
        var at = 0;
        var batch = Made.Batch(columns);
        var shifted = new MadeMessage(3, batch.Header, body);
        var buffers = batch.Header.Longs(2);
        for (var i = 0; i < buffers.Count; i += 2)
        {
            var start = at + shift;
            batch.Body.AsSpan((int)buffers[i], (int)buffers[i + 1]).CopyTo(body.AsSpan(start));
            buffers[i] = start;
            at = start + (int)buffers[i + 1];
        }

        var messages = new[] { Made.Schema(columns), shifted };
        foreach (var batches in new[] { IpcReading.Stream(Made.Stream(messages)).Batches, IpcReading.File(Made.File(messages)).Batches })
        {
            Assert.Equal(["1", "2", "3"], batches[0].Columns[0]!);
            Assert.Equal(["'a'", "'bc'", "null"], batches[0].Columns[1]!);
        }
    }

    [Fact]
    public void Buffers_that_overlap_show_the_bytes_that_are_there()
    {
        var columns = new[] { MadeColumn.Int64("a", 1, 2, 3), MadeColumn.Int64("b", 4, 5, 6), MadeColumn.Int64("c", 7, 8, 9) };
        var batch = Made.Batch(columns);
        Buffer(batch, 3, batch.Header.Longs(2)[2] + 8, 24);
        Buffer(batch, 5, batch.Header.Longs(2)[2] + 16, 24);
        var messages = new[] { Made.Schema(columns), batch };
        foreach (var batches in new[] { IpcReading.Stream(Made.Stream(messages)).Batches, IpcReading.File(Made.File(messages)).Batches })
        {
            Assert.Equal(["1", "2", "3"], batches[0].Columns[0]!);
            Assert.Equal(["2", "3", "4"], batches[0].Columns[1]!);
            Assert.Equal(["3", "4", "5"], batches[0].Columns[2]!);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { 0xF8, 0x88, 0x80, 0x80, 0x80 })]
    public void Text_that_is_not_UTF_8_is_malformed_where_it_is_valid_and_ignored_under_a_null(byte[] text)
    {
        var column = MadeColumn.Utf8("t", [0, 1, 1 + text.Length], [(byte)'a', .. text]);
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1, row: 1);
        column.Buffers[0] = [1];
        column.Nodes[1] = 1;
        Assert.Equal(["'a'", "null"], IpcReading.Stream(Made.Stream(Made.Schema(column), Made.Batch(column))).Batches[0].Columns[0]!);
    }

    [Fact]
    public void A_character_that_two_rows_share_is_malformed()
    {
        var column = MadeColumn.Utf8("t", [0, 1, 2], [0xC3, 0xA4]);
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "t", batch: 0, at: 1, row: 0);
    }

    [Fact]
    public void What_lies_under_nulls_and_behind_bitmaps_is_ignored()
    {
        MadeColumn[] columns =
        [
            MadeColumn.Fixed("f", ArrowTypeId.FloatingPoint, new FlatNode { [0] = (short)2 }, [.. BitConverter.GetBytes(1.5), .. BitConverter.GetBytes(double.NaN)], 2, [0xFD]),
            MadeColumn.Codes("k", 1, 8, true, [0, -1], [true, false]),
            MadeColumn.Utf8("t", [0, 1, 3], [(byte)'a', 0xFF, 0xFF], [0xFD]),
            MadeColumn.Of(MadeField.Of("b", ArrowTypeId.Bool), 2, [[0xFD], [0xFF]]),
        ];
        var messages = new[] { Made.Schema(columns), Made.Dictionary(1, "x"), Made.Batch(columns) };
        foreach (var batches in new[] { IpcReading.Stream(Made.Stream(messages)).Batches, IpcReading.File(Made.File(messages)).Batches })
        {
            Assert.Equal(["1.5 null", "'x' null", "'a' null", "true null"], batches[0].Columns.Select(static texts => string.Join(' ', texts!)));
        }
    }

    [Fact]
    public void Thousands_of_empty_batches_take_linear_time_and_no_memory_each()
    {
        var columns = new[] { MadeColumn.Int64("v"), MadeColumn.Utf8("t", [0], []) };
        var rows = new[] { MadeColumn.Int64("v", 1), MadeColumn.Utf8("t", "a") };
        var file = Made.File([Made.Schema(columns), .. Enumerable.Range(0, 20_000).Select(i => i % 100 == 0 ? Made.Batch(rows) : Made.Batch(columns))]);
        using var reader = IndicatorCore.Ipc.IpcFileReader.Open(file, "test");
        var projection = IndicatorCore.Ipc.Projection.All(reader.Schema);
        using var lease = new BatchLease();
        reader.Read(0, projection, lease);
        lease.Decode();
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var sum = 0;
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            reader.Read(batch, projection, lease);
            sum += lease.View().Length;
        }

        Assert.Equal((200, 20_000), (sum, reader.BatchCount));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 10);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void Zero_rows_need_no_offsets()
    {
        var column = MadeColumn.Of(MadeField.Of("t", ArrowTypeId.Utf8), 0, [[], [], []]);
        Assert.Empty(IpcReading.Stream(Made.Stream(Made.Schema(column), Made.Batch(column))).Batches[0].Columns[0]!);
    }

    private static MadeMessage[] Messages(Action<MadeMessage> bend)
    {
        var columns = new[] { MadeColumn.Int64("v", 1, null, 3), MadeColumn.Utf8("t", "a", "bc", "d"), MadeColumn.Bool("b", true, false, true) };
        return [Made.Schema(columns), Made.Batch(columns), Made.Batch(columns).Bend(bend)];
    }

    private static void Buffer(MadeMessage batch, int index, long offset, long length)
    {
        batch.Header.Longs(2)[2 * index] = offset;
        batch.Header.Longs(2)[(2 * index) + 1] = length;
    }
}
