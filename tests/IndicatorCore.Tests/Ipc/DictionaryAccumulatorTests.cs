using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.Ipc;

public sealed class DictionaryAccumulatorTests
{
    private static readonly Field s_text = new() { Name = "line", Type = ArrowType.Of(ArrowTypeId.Utf8) };

    [Fact]
    public void A_delta_changes_no_snapshot_taken_before()
    {
        var dictionary = new DictionaryAccumulator(7, s_text, new ReaderMemory(IpcReaderOptions.Default));
        Add(dictionary, isDelta: false, "a", null, "bb");
        var first = dictionary.Snapshot();
        Assert.Same(first, dictionary.Snapshot());
        Add(dictionary, isDelta: true, "c", null);
        var second = dictionary.Snapshot();
        Assert.NotSame(first, second);
        Assert.Equal(new string?[] { "a", null, "bb" }, Values(first));
        Assert.Equal(new string?[] { "a", null, "bb", "c", null }, Values(second));
        Add(dictionary, isDelta: false, "x");
        Assert.Equal(new string?[] { "a", null, "bb", "c", null }, Values(second));
        Assert.Equal(new string?[] { "x" }, Values(dictionary.Snapshot()));
        Assert.Equal((7, 1, 1), (first.Id, first.NullCount, Values(first).Count(static value => value is null)));
        Assert.Throws<ArgumentOutOfRangeException>(() => first.IsNull(3));
    }

    [Fact]
    public void Many_small_deltas_take_linear_time()
    {
        var dictionary = new DictionaryAccumulator(1, s_text, new ReaderMemory(IpcReaderOptions.Default));
        Add(dictionary, isDelta: false, "start");
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 100_000; i++)
        {
            Add(dictionary, isDelta: true, $"value {i}");
            Assert.Equal(i + 2, dictionary.Snapshot().Count);
        }

        Assert.Equal("value 99999", Encoding.UTF8.GetString(dictionary.Snapshot().Bytes(100_000)));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void A_delta_needs_a_dictionary_before_it() =>
        Assert.Throws<MalformedArrowException>(() => Add(new DictionaryAccumulator(1, s_text, new ReaderMemory(IpcReaderOptions.Default)), isDelta: true, "a"));

    [Fact]
    public void A_dictionary_that_never_came_is_empty() =>
        Assert.Equal(0, new DictionaryAccumulator(1, s_text, new ReaderMemory(IpcReaderOptions.Default)).Snapshot().Count);

    private static string?[] Values(DictionaryValues values)
    {
        var texts = new string?[values.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = values.IsNull(i) ? null : Encoding.UTF8.GetString(values.Bytes(i));
        }

        return texts;
    }

    private static void Add(DictionaryAccumulator dictionary, bool isDelta, params string?[] values)
    {
        using var lease = new BatchLease();
        lease.Begin(dictionary.ValueSchema, 0, 0, values.Length);
        lease.Load(0, true);
        var offsets = new int[values.Length + 1];
        var validity = new byte[(values.Length + 7) / 8];
        for (var i = 0; i < values.Length; i++)
        {
            offsets[i + 1] = offsets[i] + Encoding.UTF8.GetByteCount(values[i] ?? string.Empty);
            validity[i / 8] |= (byte)(values[i] is null ? 0 : 1 << (i % 8));
        }

        var column = lease.Columns[0];
        column.Length = values.Length;
        column.NullCount = values.Count(static value => value is null);
        column.Slots[ColumnData.ValiditySlot].Bytes = column.NullCount == 0 ? default : validity;
        column.Slots[ColumnData.FirstSlot].Bytes = MemoryMarshal.AsBytes<int>(offsets).ToArray();
        column.Slots[ColumnData.SecondSlot].Bytes = Encoding.UTF8.GetBytes(string.Concat(values));
        lease.Complete(null);
        Assert.False(dictionary.Apply(lease, isDelta));
    }
}
