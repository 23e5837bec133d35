using System.Diagnostics;
using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Indices outside their dictionary, dictionaries that never come, deltas and replacements.</summary>
public sealed class HostileDictionaryTests
{
    private static readonly Dictionary<string, (int Width, bool IsSigned, long Code)> s_codes = new()
    {
        ["8 bits, the size"] = (8, true, 2),
        ["8 bits, -1"] = (8, true, -1),
        ["8 bits, least"] = (8, true, sbyte.MinValue),
        ["8 bits, greatest"] = (8, true, sbyte.MaxValue),
        ["8 bits unsigned, greatest"] = (8, false, byte.MaxValue),
        ["16 bits, the size"] = (16, true, 2),
        ["16 bits, -1"] = (16, true, -1),
        ["16 bits, least"] = (16, true, short.MinValue),
        ["16 bits unsigned, greatest"] = (16, false, ushort.MaxValue),
        ["32 bits, the size"] = (32, true, 2),
        ["32 bits, -1"] = (32, true, -1),
        ["32 bits, least"] = (32, true, int.MinValue),
        ["32 bits unsigned, greatest"] = (32, false, uint.MaxValue),
        ["64 bits, the size"] = (64, true, 2),
        ["64 bits, -1"] = (64, true, -1),
        ["64 bits, least"] = (64, true, long.MinValue),
        ["64 bits, an int of 0 with more above"] = (64, true, 1L << 32),
        ["64 bits unsigned, above the signed range"] = (64, false, unchecked((long)0x8000000000000000)),
        ["64 bits unsigned, greatest"] = (64, false, -1),
    };

    public static TheoryData<string> BadCodes() => [.. s_codes.Keys];

    [Theory]
    [MemberData(nameof(BadCodes))]
    public void An_index_outside_its_dictionary_is_malformed_with_its_row_and_ignored_under_a_null(string name)
    {
        var (width, isSigned, code) = s_codes[name];
        var column = MadeColumn.Codes("k", 1, width, isSigned, [0, 1, code]);
        var messages = new[] { Made.Schema(column), Made.Dictionary(1, "x", "y"), Made.Batch(column) };
        Refusal.Everywhere(DataFault.Malformed, messages, column: "k", batch: 0, at: 2, row: 2);
        column.Buffers[0] = MadeColumn.Bits(true, true, false);
        column.Nodes[1] = 1;
        messages[2] = Made.Batch(column);
        Assert.Equal(["'x'", "'y'", "null"], IpcReading.Stream(Made.Stream(messages)).Batches[0].Columns[0]!);
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(8, false)]
    [InlineData(16, true)]
    [InlineData(16, false)]
    [InlineData(32, true)]
    [InlineData(32, false)]
    [InlineData(64, true)]
    [InlineData(64, false)]
    public void An_index_of_any_width_is_read(int width, bool isSigned)
    {
        var column = MadeColumn.Codes("k", 1, width, isSigned, [1, 0, 1]);
        Assert.Equal(["'y'", "'x'", "'y'"], Read(Made.Schema(column), Made.Dictionary(1, "x", "y"), Made.Batch(column))[0].Columns[0]!);
    }

    [Fact]
    public void An_index_type_that_is_absent_is_a_signed_int_of_32_bits()
    {
        var column = MadeColumn.Codes("k", 1, 32, true, [1, 0]);
        column.Field.Table(4)[1] = null;
        Assert.Equal(["'y'", "'x'"], Read(Made.Schema(column), Made.Dictionary(1, "x", "y"), Made.Batch(column))[0].Columns[0]!);
    }

    [Fact]
    public void A_dictionary_that_never_came_or_is_empty_is_malformed_where_it_is_used()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Batch(column)], column: "k", batch: 0, at: 1, row: 0);
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Dictionary(1), Made.Batch(column)], column: "k", batch: 0, at: 2);
    }

    [Fact]
    public void A_dictionary_sent_after_its_use_is_malformed_in_a_stream_and_legal_in_a_file()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        var messages = new[] { Made.Schema(column), Made.Batch(column), Made.Dictionary(1, "x") };
        Refusal.OfStream(DataFault.Malformed, messages, column: "k", batch: 0, at: 1);
        Assert.Equal(["'x'"], IpcReading.File(Made.File(messages)).Batches[0].Columns[0]!);
    }

    [Fact]
    public void A_batch_of_nulls_may_come_before_its_dictionary()
    {
        var nulls = MadeColumn.Codes("k", 1, 8, true, [-1], [false]);
        var used = MadeColumn.Codes("k", 1, 8, true, [0]);
        var (_, batches) = IpcReading.Stream(Made.Stream(Made.Schema(nulls), Made.Batch(nulls), Made.Dictionary(1, "x"), Made.Batch(used)));
        Assert.Equal(["null", "'x'"], batches.Select(static batch => batch.Columns[0]![0]));
    }

    [Fact]
    public void A_delta_without_a_base_is_malformed()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Delta(1, "x"), Made.Batch(column)], at: 1);
    }

    [Fact]
    public void A_dictionary_without_data_is_malformed()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        Refusal.Everywhere(
            DataFault.Malformed, [Made.Schema(column), Made.Dictionary(1, "x").Bend(static message => message.Header[1] = null), Made.Batch(column)], at: 1);
    }

    [Fact]
    public void A_dictionary_that_no_field_has_is_passed_over()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        var batches = Read(Made.Schema(column), Made.Dictionary(99, "z"), Made.Dictionary(1, "x"), Made.Delta(77, "w"), Made.Batch(column));
        Assert.Equal(["'x'"], batches[0].Columns[0]!);
    }

    // duckdb-nanoarrow #112: a replacement in a file gave silently wrong values
    [Fact]
    public void A_replacement_is_malformed_in_a_file_and_leaves_earlier_batches_of_a_stream_alone()
    {
        var first = MadeColumn.Codes("k", 1, 8, true, [2, 0]);
        var second = MadeColumn.Codes("k", 1, 8, true, [0, 0]);
        var messages = new[]
        {
            Made.Schema(first), Made.Dictionary(1, "a", "b", "c"), Made.Batch(first), Made.Dictionary(1, "z"), Made.Batch(second), Made.Delta(1, "y"), Made.Batch(MadeColumn.Codes("k", 1, 8, true, [1])),
        };
        Refusal.OfFile(DataFault.Malformed, Made.File(messages));
        var (_, batches) = IpcReading.Stream(Made.Stream(messages));
        Assert.Equal(["'c','a'", "'z','z'", "'y'"], batches.Select(static batch => string.Join(',', batch.Columns[0]!)));

        // an index that the former dictionary had is outside the shorter one
        messages[4] = Made.Batch(first);
        Refusal.OfStream(DataFault.Malformed, messages, column: "k", batch: 1, at: 4, row: 0);
    }

    [Fact]
    public void Repeated_null_and_unused_values_are_read()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0, 1, 2, 4]);
        var batches = Read(Made.Schema(column), Made.Dictionary(1, "x", null, "x", "never", "y"), Made.Batch(column));
        Assert.Equal(["'x'", "null", "'x'", "'y'"], batches[0].Columns[0]!);
    }

    [Fact]
    public void Two_fields_may_share_a_dictionary()
    {
        var columns = new[] { MadeColumn.Codes("a", 1, 8, true, [0, 1]), MadeColumn.Codes("b", 1, 64, false, [1, 1]) };
        var batches = Read(Made.Schema(columns), Made.Dictionary(1, "x", "y"), Made.Batch(columns));
        Assert.Equal(["'x','y'", "'y','y'"], batches[0].Columns.Select(static texts => string.Join(',', texts!)));
    }

    [Fact]
    public void A_flood_of_deltas_takes_linear_time_and_memory()
    {
        var column = MadeColumn.Codes("k", 1, 32, true, [20_000]);
        var stream = Made.Stream([Made.Schema(column), Made.Dictionary(1, "start"), .. Enumerable.Range(0, 20_000).Select(static i => Made.Delta(1, $"v{i}")), Made.Batch(column)]);
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (_, batches) = IpcReading.Stream(stream);
        Assert.Equal(["'v19999'"], batches[0].Columns[0]!);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10L * stream.Length);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void Many_small_dictionaries_take_memory_by_their_bytes()
    {
        var fields = Enumerable.Range(0, 2000).Select(static id => MadeColumn.Codes($"k{id}", id, 8, true, [])).ToArray();
        var stream = Made.Stream([Made.Schema(fields), .. Enumerable.Range(0, 2000).Select(static id => Made.Dictionary(id, MadeColumn.Utf8("values", "a value"), pack: static (_, plain) => Made.Lz4(plain)))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(IpcReading.Stream(stream).Batches);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 15L * stream.Length);
    }

    [Fact]
    public void Bad_offsets_and_text_inside_a_dictionary_are_malformed_with_its_offset()
    {
        var column = MadeColumn.Codes("k", 1, 8, true, [0]);
        foreach (var values in new[]
        {
            MadeColumn.Utf8("values", [0, 2, 1], "abc"u8.ToArray()),
            MadeColumn.Utf8("values", [0, 2, 9], "abc"u8.ToArray()),
            MadeColumn.Utf8("values", [-1, 2, 3], "abc"u8.ToArray()),
            MadeColumn.Utf8("values", [0, 1, 3], [(byte)'a', 0xFF, 0xFF]),
        })
        {
            Refusal.Everywhere(DataFault.Malformed, [Made.Schema(column), Made.Dictionary(1, values), Made.Batch(column)], column: "k", at: 1);
        }
    }

    [Fact]
    public void Dictionaries_inside_lists_structs_and_other_dictionaries_are_read_and_judged()
    {
        MadeColumn Nested(params long[] codes) => MadeColumn.List("l", [0, codes.Length], MadeColumn.Struct("item", codes.Length, MadeColumn.Codes("k", 1, 8, true, codes)));
        Assert.Equal(["[{'y',},{'x',},]"], Read(Made.Schema(Nested(1, 0)), Made.Dictionary(1, "x", "y"), Made.Batch(Nested(1, 0)))[0].Columns[0]!);
        Refusal.Everywhere(
            DataFault.Malformed, [Made.Schema(Nested(1, 2)), Made.Dictionary(1, "x", "y"), Made.Batch(Nested(1, 2))], column: "l.item.k", batch: 0, at: 2, row: 1);

        // a dictionary of structs that hold codes of another
        var values = MadeColumn.Struct("values", 2, MadeColumn.Codes("k", 1, 8, true, [1, 0]));
        var field = MadeField.Of("outer", ArrowTypeId.Struct, null, [.. (List<FlatNode>)values.Field[5]!]);
        field[4] = new FlatNode { [0] = 2L, [1] = new FlatNode { [0] = 8, [1] = true } };
        var outer = MadeColumn.Of(field, 2, [[], [0, 1]]);
        var messages = new[] { Made.Schema(outer), Made.Dictionary(1, "x", "y"), Made.Dictionary(2, values), Made.Batch(outer) };
        Assert.Equal(["{'y',}", "{'x',}"], Read(messages)[0].Columns[0]!);
        messages[1] = Made.Dictionary(1, "x");
        Refusal.Everywhere(DataFault.Malformed, messages, column: "outer.k", at: 2, row: 0);
        Refusal.OfStream(
            DataFault.Unsupported, [messages[0], Made.Dictionary(1, "x", "y"), messages[2], Made.Dictionary(2, values, isDelta: true), messages[3]], column: "outer", at: 3);
    }

    [Fact]
    public async Task A_dictionary_that_no_needed_column_has_is_not_judged()
    {
        var columns = new[] { MadeColumn.Int64("v", 1), MadeColumn.Codes("k", 1, 8, true, [9]) };
        var stream = Made.Stream(Made.Schema(columns), Made.Dictionary(1, MadeColumn.Utf8("values", [0, 2, 1], "abc"u8.ToArray())), Made.Batch(columns));
        await using var reader = new IpcStreamReader(PipeReader.Create(new MemoryStream(stream)), "test");
        reader.Project(Projection.Of(await reader.ReadSchemaAsync(), [0]));
        using var lease = new BatchLease();
        Assert.True(await reader.ReadAsync(lease));
        Assert.Equal(1, lease.View()[0].Values<long>()[0]);
        Assert.False(await reader.ReadAsync(lease));
    }

    private static List<ReadBatch> Read(params MadeMessage[] messages)
    {
        var (_, batches) = IpcReading.Stream(Made.Stream(messages));
        IpcReading.AssertEqual(batches, IpcReading.File(Made.File(messages)).Batches);
        return batches;
    }
}
