using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Types that the format does not allow, each named by its path; and schemas that look odd and are legal.</summary>
public sealed class HostileSchemaTests
{
    private static readonly Dictionary<string, (FlatNode Field, DataFault Kind)> s_fields = new()
    {
        ["no type"] = (Of(0, null), DataFault.Malformed),
        ["type 27"] = (Of(27, new FlatNode()), DataFault.Unsupported),
        ["type 255"] = (Of(255, new FlatNode()), DataFault.Unsupported),
        ["type table absent"] = (Of(2, null), DataFault.Malformed),
        ["int of width 0"] = (MadeField.Int("bad", 0), DataFault.Malformed),
        ["int of width 7"] = (MadeField.Int("bad", 7), DataFault.Malformed),
        ["int of width 24"] = (MadeField.Int("bad", 24), DataFault.Malformed),
        ["int of width -8"] = (MadeField.Int("bad", -8), DataFault.Malformed),
        ["int of width 128"] = (MadeField.Int("bad", 128), DataFault.Malformed),
        ["float of precision 3"] = (Of(3, new FlatNode { [0] = (short)3 }), DataFault.Malformed),
        ["float of precision -1"] = (Of(3, new FlatNode { [0] = (short)-1 }), DataFault.Malformed),
        ["decimal of width 17"] = (Of(7, new FlatNode { [0] = 5, [1] = 2, [2] = 17 }), DataFault.Malformed),
        ["decimal of width 0"] = (Of(7, new FlatNode { [0] = 5, [1] = 2, [2] = 0 }), DataFault.Malformed),
        ["date of unit 2"] = (Of(8, new FlatNode { [0] = (short)2 }), DataFault.Malformed),
        ["time of unit 4"] = (Of(9, new FlatNode { [0] = (short)4 }), DataFault.Malformed),
        ["time of nanoseconds in 32 bits"] = (Of(9, new FlatNode { [0] = (short)3, [1] = 32 }), DataFault.Malformed),
        ["timestamp of unit 9"] = (Of(10, new FlatNode { [0] = (short)9 }), DataFault.Malformed),
        ["timestamp of unit -1"] = (Of(10, new FlatNode { [0] = (short)-1 }), DataFault.Malformed),
        ["timestamp of a zone that is not UTF-8"] = (Of(10, new FlatNode { [1] = new byte[] { 0xFF, 0xFE } }), DataFault.Malformed),
        ["interval of unit 3"] = (Of(11, new FlatNode { [0] = (short)3 }), DataFault.Malformed),
        ["duration of unit 4"] = (Of(18, new FlatNode { [0] = (short)4 }), DataFault.Malformed),
        ["fixed-size binary of -1 bytes"] = (Of(15, new FlatNode { [0] = -1 }), DataFault.Malformed),
        ["fixed-size list of -2 values"] = (Of(16, new FlatNode { [0] = -2 }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["fixed-size list without a child"] = (Of(16, new FlatNode { [0] = 2 }), DataFault.Malformed),
        ["list without a child"] = (Of(12, new FlatNode()), DataFault.Malformed),
        ["list of two children"] = (Of(12, new FlatNode(), MadeField.Int("x", 8), MadeField.Int("y", 8)), DataFault.Malformed),
        ["large list without a child"] = (Of(21, new FlatNode()), DataFault.Malformed),
        ["list view without a child"] = (Of(25, new FlatNode()), DataFault.Malformed),
        ["int with a child"] = (Of(2, new FlatNode { [0] = 64 }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["map of an int"] = (Of(17, new FlatNode(), MadeField.Int("x", 8)), DataFault.Malformed),
        ["map of a struct of one"] = (Of(17, new FlatNode(), MadeField.Of("x", ArrowTypeId.Struct, null, MadeField.Int("k", 8))), DataFault.Malformed),
        ["run-end encoded with one child"] = (Of(22, new FlatNode(), MadeField.Int("ends", 32)), DataFault.Malformed),
        ["run ends of 8 bits"] = (Of(22, new FlatNode(), MadeField.Int("ends", 8), MadeField.Int("x", 8)), DataFault.Malformed),
        ["run ends unsigned"] = (Of(22, new FlatNode(), MadeField.Int("ends", 32, isSigned: false), MadeField.Int("x", 8)), DataFault.Malformed),
        ["union of mode 2"] = (Of(14, new FlatNode { [0] = (short)2 }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["union of type id 128"] = (Of(14, new FlatNode { [1] = new[] { 128 } }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["union of type id -1"] = (Of(14, new FlatNode { [1] = new[] { -1 } }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["union of one type id twice"] = (Of(14, new FlatNode { [1] = new[] { 3, 3 } }, MadeField.Int("x", 8), MadeField.Int("y", 8)), DataFault.Malformed),
        ["union of more ids than children"] = (Of(14, new FlatNode { [1] = new[] { 3, 4 } }, MadeField.Int("x", 8)), DataFault.Malformed),
        ["dictionary index of width 0"] = (MadeField.Coded("bad", new FlatNode { [0] = 0 }), DataFault.Malformed),
        ["dictionary index of width 24"] = (MadeField.Coded("bad", new FlatNode { [0] = 24 }), DataFault.Malformed),
        ["dictionary index of width -8"] = (MadeField.Coded("bad", new FlatNode { [0] = -8 }), DataFault.Malformed),
        ["dictionary index of width 128"] = (MadeField.Coded("bad", new FlatNode { [0] = 128 }), DataFault.Malformed),
        ["dictionary of another kind"] = (Sparse(), DataFault.Unsupported),
        ["metadata that is not UTF-8"] = (With(MadeField.Int("bad", 8), 6, new List<FlatNode> { new() { [0] = new byte[] { 0x80 } } }), DataFault.Malformed),
    };

    private static readonly Dictionary<string, Func<FlatNode>> s_odd = new()
    {
        ["no name"] = static () => MadeField.Of(null, ArrowTypeId.Int, new FlatNode { [0] = 64, [1] = true }),
        ["an empty name"] = static () => MadeField.Int(string.Empty, 64),
        ["no vector of children"] = static () => With(MadeField.Int("v", 64), 5, null),
        ["metadata with repeated and absent keys and values"] = static () => With(
            MadeField.Int("v", 64), 6, new List<FlatNode> { new() { [0] = "k", [1] = "1" }, new() { [0] = "k" }, new() { [1] = "2" }, new() }),
        ["the name of the other field"] = static () => MadeField.Int("t", 64),
    };

    public static TheoryData<string> Fields() => [.. s_fields.Keys];

    public static TheoryData<string> Odd() => [.. s_odd.Keys];

    [Theory]
    [MemberData(nameof(Fields))]
    public void A_type_that_the_format_does_not_allow_is_refused_by_its_path(string name)
    {
        var (field, kind) = s_fields[name];
        var good = MadeField.Int("good", 64);
        Refuse(kind, "bad", good, field);
        Refuse(kind, "outer.bad", good, MadeField.Of("outer", ArrowTypeId.Struct, null, good, field));
        Refuse(kind, "list.outer.bad", MadeField.Of("list", ArrowTypeId.List, null, MadeField.Of("outer", ArrowTypeId.Struct, null, field)));
    }

    [Fact]
    public void One_dictionary_of_two_value_types_is_refused()
    {
        var index = new FlatNode { [0] = 8, [1] = true };
        Refuse(DataFault.Malformed, "b", MadeField.Coded("a", index), MadeField.Coded("b", index, values: ArrowTypeId.Binary));

        // a dictionary whose values hold the same dictionary would have no end
        var inner = MadeField.Coded("inner", index);
        Refuse(DataFault.Malformed, "outer", With(MadeField.Of("outer", ArrowTypeId.Struct, null, inner), 4, new FlatNode { [0] = 1L, [1] = index }));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]
    [InlineData(new byte[] { (byte)'a', 0xE2, 0x82 })]
    public void A_name_that_is_not_UTF_8_is_malformed(byte[] name) =>
        Refuse(DataFault.Malformed, "outer", MadeField.Of("outer", ArrowTypeId.Struct, null, With(MadeField.Int("x", 8), 0, name)));

    [Theory]
    [MemberData(nameof(Odd))]
    public void A_field_that_looks_odd_is_read(string name)
    {
        var columns = new[] { MadeColumn.Int64("v", 1, null, 3) with { Field = s_odd[name]() }, MadeColumn.Utf8("t", "a", "bc", null) };
        var messages = new[] { Made.Schema(columns), Made.Batch(columns) };
        foreach (var (schema, batches) in new[] { IpcReading.Stream(Made.Stream(messages)), IpcReading.File(Made.File(messages)) })
        {
            Assert.Equal(["1", "null", "3"], Assert.Single(batches).Columns[0]!);
            Assert.Equal(["'a'", "'bc'", "null"], batches[0].Columns[1]!);
            Assert.Equal(2, schema.Fields.Count);
        }
    }

    [Fact]
    public void Metadata_keeps_repeated_and_absent_entries_in_order()
    {
        var messages = new[] { Made.Schema(MadeField.Int("v", 64)) };
        messages[0].Header[2] = new List<FlatNode> { new() { [0] = "k", [1] = "1" }, new() { [0] = "k", [1] = "2" }, new() { [1] = "3" }, new() };
        var (schema, _) = IpcReading.Stream(Made.Stream(messages));
        Assert.Equal([("k", "1"), ("k", "2"), (string.Empty, "3"), (string.Empty, string.Empty)], schema.Metadata.Select(static entry => (entry.Key, entry.Value)));
        Assert.Equal("1", schema.Meta("k"));
    }

    [Fact]
    public void Zero_columns_may_have_rows()
    {
        var messages = new[] { Made.Schema(Array.Empty<FlatNode>()), Made.Batch() };
        messages[1].Header[0] = 17L;
        Assert.Equal(17, Assert.Single(IpcReading.Stream(Made.Stream(messages)).Batches).Rows);
        Assert.Equal(17, Assert.Single(IpcReading.File(Made.File(messages)).Batches).Rows);
        messages[0].Header[1] = null;
        Assert.Equal(17, Assert.Single(IpcReading.Stream(Made.Stream(messages)).Batches).Rows);
    }

    [Fact]
    public void Columns_that_are_not_needed_may_have_any_known_type()
    {
        MadeColumn[] columns =
        [
            MadeColumn.Fixed("interval", ArrowTypeId.Interval, new FlatNode { [0] = (short)2 }, [], 2),
            MadeColumn.Fixed("decimal", ArrowTypeId.Decimal, new FlatNode { [0] = 60, [1] = 2, [2] = 256 }, [], 2),
            new(Of(14, new FlatNode { [0] = (short)1 }, MadeField.Int("x", 8)), 2, new FlatLongs(2) { 2, 0, 2, 0 }, [[], [], [], []], new FlatLongs(1)),
            MadeColumn.Utf8Views("views", new byte[32], []),
            MadeColumn.Int64("v", 7, 8),
        ];
        var messages = new[] { Made.Schema(columns), Made.Batch(columns) };
        Assert.Equal(["7", "8"], IpcReading.Stream(Made.Stream(messages), [4]).Batches[0].Columns[4]!);
        Assert.Equal(["7", "8"], IpcReading.File(Made.File(messages), [4]).Batches[0].Columns[4]!);
        Refusal.Everywhere(DataFault.Malformed, messages, column: "interval", batch: 0);
    }

    private static void Refuse(DataFault kind, string? column, params FlatNode[] fields)
    {
        var messages = new[] { Made.Schema(fields) };
        Refusal.OfStream(kind, messages, column, at: 0);
        Refusal.OfFile(kind, Made.File(messages), column);
    }

    private static FlatNode Of(byte type, FlatNode? table, params FlatNode[] children)
    {
        var field = MadeField.Of("bad", ArrowTypeId.Null, null, children);
        field[2] = type;
        field[3] = table;
        return field;
    }

    private static FlatNode Sparse()
    {
        var field = MadeField.Coded("bad", new FlatNode { [0] = 8, [1] = true });
        field.Table(4)[3] = (short)1;
        return field;
    }

    private static FlatNode With(FlatNode node, int field, object? value)
    {
        node[field] = value;
        return node;
    }
}
