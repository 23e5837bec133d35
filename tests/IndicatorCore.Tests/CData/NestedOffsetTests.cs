using System.Text;
using IndicatorCore.CData;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>Offsets of children, on top of those of their parents.</summary>
public sealed unsafe class NestedOffsetTests
{
    private static readonly ArrowArray s_numbers = Hand.Array(3, 9, [[0b1111_0111, 0b1111_1101], Hand.Bytes<long>(90, 91, 92, 0, 1, 2, 3, 4, 5, 6, 7, 8)]);

    [Fact]
    public void Lists_count_from_the_first_row_of_their_child() => AssertTexts(
        ["[1,2,]", "[]", "[3,4,5,]"],
        Hand.Schema("+l", "l", Hand.Schema("l", "item")),
        Hand.Array(1, 3, [null, Hand.Bytes(0, 1, 3, 3, 6)], s_numbers));

    [Fact]
    public void Large_lists_and_list_views_do_too()
    {
        AssertTexts(
            ["[null,]", "[1,2,]"],
            Hand.Schema("+L", "l", Hand.Schema("l", "item")),
            Hand.Array(0, 2, [null, Hand.Bytes<long>(0, 1, 3)], s_numbers));
        AssertTexts(
            ["[4,5,]", "null", "[null,1,]"],
            Hand.Schema("+vl", "l", Hand.Schema("l", "item")),
            Hand.Array(2, 3, [[0b1_0111], Hand.Bytes(7, 7, 4, 100, 0), Hand.Bytes(1, 1, 2, 100, 2)], s_numbers));
        AssertTexts(
            ["[7,8,]"],
            Hand.Schema("+vL", "l", Hand.Schema("l", "item")),
            Hand.Array(0, 1, [null, Hand.Bytes<long>(7), Hand.Bytes<long>(2)], s_numbers));
    }

    [Fact]
    public void Lists_of_one_size_skip_as_many_items_as_their_rows_have() => AssertTexts(
        ["[3,4,5,]", "[null,7,8,]"],
        Hand.Schema("+w:3", "l", Hand.Schema("l", "item")),
        Hand.Array(1, 2, [null], s_numbers));

    [Fact]
    public void A_struct_in_a_struct_adds_up_the_offsets() => AssertTexts(
        ["{5,}", "{null,}"],
        Hand.Schema("+s", "s", Hand.Schema("+s", "t", Hand.Schema("l", "n"))),
        Hand.Array(2, 2, [null], Hand.Array(3, 5, [null], s_numbers)));   // the outer one is the record

    [Fact]
    public void Sparse_unions_skip_rows_of_their_children_and_dense_ones_do_not()
    {
        var other = Hand.Array(1, 6, [null, Hand.Bytes<int>(-1, 10, 11, 12, 13, 14, 15)]);
        AssertTexts(
            ["1:12", "0:3"],
            Hand.Schema("+us:5,9", "u", Hand.Schema("l", "a"), Hand.Schema("i", "b")),
            Hand.Array(2, 2, [[5, 5, 9, 5]], s_numbers, other));
        AssertTexts(
            ["1:10", "0:8"],
            Hand.Schema("+ud:5,9", "u", Hand.Schema("l", "a"), Hand.Schema("i", "b")),
            Hand.Array(1, 2, [[5, 9, 5], Hand.Bytes(0, 0, 8)], s_numbers, other));
    }

    [Theory]
    [InlineData(0, 10, "1 1 1 2 2 3 3 3 3 4")]
    [InlineData(1, 3, "1 1 2")]
    [InlineData(3, 4, "2 2 3 3")]
    [InlineData(5, 1, "3")]
    [InlineData(9, 1, "4")]
    [InlineData(10, 0, "")]
    public void Runs_end_earlier_where_rows_are_skipped(int offset, int length, string expected)
    {
        var texts = expected.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var values = Hand.Array(2, 4, [null, Hand.Bytes<byte>(8, 9, 1, 2, 3, 4)]);
        foreach (var (format, ends) in new[]
        {
            ("s", Hand.Bytes<short>(0, 3, 5, 9, 10)),
            ("i", Hand.Bytes<int>(0, 3, 5, 9, 10)),
            ("l", Hand.Bytes<long>(0, 3, 5, 9, 10)),
        })
        {
            AssertTexts(
                texts,
                Hand.Schema("+r", "r", Hand.Schema(format, "run_ends"), Hand.Schema("C", "values")),
                Hand.Array(offset, length, [], Hand.Array(1, 4, [null, ends]), values));
        }
    }

    [Fact]
    public void Dictionaries_have_an_offset_of_their_own()
    {
        var schema = Hand.Schema("c", "d");
        schema.Dictionary = Hand.Keep(Hand.Schema("u", string.Empty));
        var array = Hand.Array(1, 3, [[0b1011], [9, 1, 99, 0]]);
        array.Dictionary = Hand.Keep(Hand.Array(1, 2, [null, Hand.Bytes(0, 2, 5, 6), Encoding.UTF8.GetBytes("xxabcd")]));
        AssertTexts(["'d'", "null", "'abc'"], schema, array);
    }

    [Fact]
    public void Views_keep_their_buffers()
    {
        var inline = Hand.Bytes<int>(2, 0x6261, 0, 0);
        var outside = Hand.Bytes<int>(13, BitConverter.ToInt32("data"u8), 1, 3);
        AssertTexts(
            ["'ab'", "'data in place'"],
            Hand.Schema("vu", "v"),
            Hand.Array(1, 2, [null, [.. new byte[16], .. inline, .. outside], [], Encoding.UTF8.GetBytes("...data in place"), Hand.Bytes<long>(0, 16)]));
    }

    [Fact]
    public void Buffers_need_not_be_aligned()
    {
        var numbers = Hand.Array(0, 3, [null, [0, .. Hand.Bytes<long>(1, -2, 3)]]);
        numbers.Buffers[1] = (byte*)numbers.Buffers[1] + 1;
        AssertTexts(["1", "-2", "3"], Hand.Schema("l", "n"), numbers);
        var texts = Hand.Array(0, 2, [null, [0, .. Hand.Bytes(0, 1, 3)], "abc"u8.ToArray()]);
        texts.Buffers[1] = (byte*)texts.Buffers[1] + 1;
        AssertTexts(["'a'", "'bc'"], Hand.Schema("u", "t"), texts);
    }

    [Fact]
    public void What_lies_outside_is_refused()
    {
        // the child has 9 rows
        AssertRefused(Hand.Schema("+l", "l", Hand.Schema("l", "item")), Hand.Array(0, 1, [null, Hand.Bytes(0, 10)], s_numbers));
        AssertRefused(Hand.Schema("+vl", "l", Hand.Schema("l", "item")), Hand.Array(0, 1, [null, Hand.Bytes(8), Hand.Bytes(2)], s_numbers));
        AssertRefused(Hand.Schema("+w:3", "l", Hand.Schema("l", "item")), Hand.Array(1, 3, [null], s_numbers));
        AssertRefused(Hand.Schema("+w:2000000000", "l", Hand.Schema("l", "item")), Hand.Array(1L << 55, 1, [null], s_numbers));
        AssertRefused(Hand.Schema("+s", "s", Hand.Schema("l", "n")), Hand.Array(1, 9, [null], s_numbers));
        AssertRefused(Hand.Schema("+us:0", "u", Hand.Schema("l", "a")), Hand.Array(1, 9, [new byte[10]], s_numbers));
        AssertRefused(Hand.Schema("+ud:0", "u", Hand.Schema("l", "a")), Hand.Array(0, 1, [[0], Hand.Bytes(9)], s_numbers));
        AssertRefused(Hand.Schema("+ud:0", "u", Hand.Schema("l", "a")), Hand.Array(0, 1, [[1], Hand.Bytes(0)], s_numbers));
        AssertRefused(
            Hand.Schema("+r", "r", Hand.Schema("i", "run_ends"), Hand.Schema("l", "values")),
            Hand.Array(2, 3, [], Hand.Array(0, 2, [null, Hand.Bytes(3, 4)]), s_numbers));
        AssertRefused(
            Hand.Schema("+r", "r", Hand.Schema("i", "run_ends"), Hand.Schema("l", "values")),
            Hand.Array(0, 4, [], Hand.Array(0, 2, [null, Hand.Bytes(4, 3)]), s_numbers));
        var views = Hand.Bytes<int>(13, 0x6261, 1, 0);
        AssertRefused(Hand.Schema("vu", "v"), Hand.Array(0, 1, [null, views, new byte[20], Hand.Bytes<long>(20)]));
        AssertRefused(Hand.Schema("vu", "v"), Hand.Array(0, 1, [null, views, new byte[20], new byte[20], Hand.Bytes<long>(20, -1)]));
        AssertRefused(Hand.Schema("vu", "v"), Hand.Array(0, 1, [null, views]));
    }

    private static void AssertTexts(string[] expected, ArrowSchema schema, ArrowArray array)
    {
        using var lease = Exported.Lease(new CArrayImport((nint)(&schema)), array);
        Assert.Equal(expected, IpcReading.Texts(lease).Columns[0]);
    }

    private static void AssertRefused(ArrowSchema schema, ArrowArray array)
    {
        var import = new CArrayImport((nint)(&schema));
        Assert.IsAssignableFrom<IndicatorDataException>(Record.Exception(() =>
        {
            using var lease = Exported.Lease(import, array);
            lease.Decode();
        }));
    }
}
