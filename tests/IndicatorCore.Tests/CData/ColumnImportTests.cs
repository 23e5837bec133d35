using IndicatorCore.CData;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>Arrays that contradict their schema or themselves, as far as the interface lets that be seen.</summary>
public sealed unsafe class ColumnImportTests
{
    private delegate void Change(ArrowArray* record);

    private static readonly Dictionary<string, Change> s_changes = new(StringComparer.Ordinal)
    {
        ["negative rows of the batch"] = static record => record->Length = -1,
        ["negative offset of the batch"] = static record => record->Offset = -1,
        ["more nulls than rows"] = static record => record->NullCount = 4,
        ["nulls without a bitmap, of the batch"] = static record => record->NullCount = 1,
        ["a column too few"] = static record => record->ChildCount--,
        ["a column too many"] = static record => record->ChildCount++,
        ["no columns"] = static record => record->Children = null,
        ["a batch without its buffer"] = static record => record->BufferCount = 0,
        ["a batch without buffers"] = static record => record->Buffers = null,
        ["a batch with a dictionary"] = static record => record->Dictionary = record->Children[0],
        ["a null column"] = static record => record->Children[0] = null,
        ["a released column"] = static record => record->Children[0]->Release = null,
        ["negative rows"] = static record => record->Children[0]->Length = -1,
        ["negative offset"] = static record => record->Children[0]->Offset = -1,
        ["offset without end"] = static record => record->Children[0]->Offset = long.MaxValue,
        ["rows without end"] = static record => record->Children[0]->Length = long.MaxValue,
        ["too few rows"] = static record => record->Children[0]->Length = 2,
        ["too few rows behind the batch's offset"] = static record => record->Offset = 1,
        ["declared nulls below -1"] = static record => record->Children[0]->NullCount = -2,
        ["nulls without a bitmap"] = static record =>
        {
            record->Children[0]->NullCount = 1;
            record->Children[0]->Buffers[0] = null;
        },
        ["a buffer too few"] = static record => record->Children[0]->BufferCount--,
        ["a buffer too many"] = static record => record->Children[0]->BufferCount++,
        ["no buffers"] = static record => record->Children[0]->Buffers = null,
        ["no values"] = static record => record->Children[0]->Buffers[1] = null,
        ["children of a number"] = static record => record->Children[0]->ChildCount = 1,
        ["a dictionary of numbers"] = static record => record->Children[0]->Dictionary = record->Children[1],
        ["no offsets"] = static record => record->Children[1]->Buffers[1] = null,
        ["no bytes"] = static record => record->Children[1]->Buffers[2] = null,
        ["a negative last offset"] = static record => ((int*)record->Children[1]->Buffers[1])[3] = -1,
        ["decreasing offsets"] = static record => ((int*)record->Children[1]->Buffers[1])[1] = 1000,
        ["a negative first offset"] = static record => ((int*)record->Children[1]->Buffers[1])[0] = -1,
        ["no dictionary"] = static record => record->Children[2]->Dictionary = null,
        ["an index at the dictionary's end"] = static record => ((int*)record->Children[2]->Buffers[1])[1] = 3,
        ["a negative index"] = static record => ((int*)record->Children[2]->Buffers[1])[1] = -1,
        ["memory without end"] = static record =>
        {
            record->Children[0]->Buffers[0] = null;
            record->Children[0]->NullCount = 0;
            record->Children[0]->Offset = 1L << 55;
            record->Children[0]->Buffers[1] = (void*)(nuint.MaxValue - 64);
        },
    };

    public static TheoryData<string> Changes() => [.. s_changes.Keys];

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_contradiction_is_refused(string change)
    {
        var bytes = Three().ToBytes();
        var import = Exported.Import(Exported.SchemaOf(bytes));
        var owner = Exported.Arrays(bytes)[0];
        var good = Borrowed.Copy(owner);
        using (var lease = Exported.Lease(import, good))
        {
            Assert.Equal(3, lease.View().Length);
        }

        var bad = Changed(Borrowed.Copy(owner), s_changes[change]);
        var fault = Record.Exception(() =>
        {
            using var lease = Exported.Lease(import, bad);
            lease.Decode();
        });
        var typed = Assert.IsAssignableFrom<IndicatorDataException>(fault);
        Assert.Equal("memory", typed.Location.File);
        Borrowed.Release(owner);
    }

    [Fact]
    public void A_bitmap_may_be_absent_and_a_null_count_unknown()
    {
        var bytes = Three().ToBytes();
        var import = Exported.Import(Exported.SchemaOf(bytes));
        var owner = Exported.Arrays(bytes)[0];
        var record = Borrowed.Copy(owner);
        record.NullCount = -1;
        record.Children[0]->NullCount = -1;
        record.Children[1]->NullCount = -1;
        record.Children[1]->Buffers[0] = null;
        using var lease = Exported.Lease(import, record);
        Assert.Equal(1, lease.View()[0].NullCount);
        Assert.Equal(0, lease.View()[1].NullCount);
        Borrowed.Release(owner);
    }

    [Fact]
    public void Rows_of_the_batch_that_are_null_as_a_whole_are_refused()
    {
        var bytes = Three().ToBytes();
        var import = Exported.Import(Exported.SchemaOf(bytes));
        var owner = Exported.Arrays(bytes)[0];
        byte bits = 0b1111_1011;
        foreach (var (offset, isGood) in new[] { (0L, false), (3L, true) })
        {
            var record = Borrowed.Copy(owner);
            record.NullCount = -1;
            record.Buffers[0] = &bits;
            record.Offset = offset;
            record.Length = 3 - offset;
            var fault = Record.Exception(() => Exported.Lease(import, record).Dispose());
            Assert.True(isGood ? fault is null : fault is UnsupportedArrowException, fault?.Message);
        }

        Borrowed.Release(owner);
    }

    [Fact]
    public void Limits_hold()
    {
        var bytes = Three().ToBytes();
        foreach (var options in new[]
        {
            new CImportOptions { MaxRowsPerBatch = 2 },
            new CImportOptions { MaxDictionaryEntries = 2 },
        })
        {
            var import = Exported.Import(Exported.SchemaOf(bytes), options);
            var array = Exported.Arrays(bytes)[0];
            Assert.Throws<LimitExceededException>(() =>
            {
                using var lease = Exported.Lease(import, array);
                lease.Decode();
            });
        }

        var wide = ExportBuilder.Table(null).Numbers("x").Times(9, 1.0).ToBytes();
        var narrow = Exported.Import(Exported.SchemaOf(wide), new CImportOptions { MaxBufferBytes = 64 });
        Assert.Throws<LimitExceededException>(() =>
        {
            using var lease = Exported.Lease(narrow, Exported.Arrays(wide)[0]);
            lease.Decode();
        });
        Field deep = new() { Name = "deep", Type = ArrowType.Int(8) };
        for (var i = 0; i < 5; i++)
        {
            deep = new Field { Name = "deep", Type = ArrowType.Of(ArrowTypeId.List), Children = [deep] };
        }

        var schema = new Schema { Fields = [deep], Metadata = [new("key", new string('v', 100))] };
        Assert.Equal(schema.Metadata, Exported.Import(schema, new CImportOptions { MaxNestingDepth = 6 }).Schema.Metadata);
        Assert.Throws<LimitExceededException>(() => Exported.Import(schema, new CImportOptions { MaxNestingDepth = 5 }));
        Assert.Throws<LimitExceededException>(() => Exported.Import(schema, new CImportOptions { MaxMetadataBytes = 100 }));
        Assert.Throws<LimitExceededException>(() => Exported.Import(schema, new CImportOptions { MaxColumns = 5 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CImportOptions { MaxNestingDepth = 513 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new CImportOptions { MaxColumns = 0 });
    }

    [Fact]
    public void An_array_that_is_no_struct_is_a_batch_of_one_column()
    {
        var bytes = Three().ToBytes();
        var owner = Exported.Arrays(bytes)[0];
        var schema = Exported.Schema(Exported.SchemaOf(bytes));
        var import = new CArrayImport((nint)schema.Children[2]);
        var column = *owner.Children[2];
        owner.Children[2]->Release = null;   // moved
        using (var lease = Exported.Lease(import, column))
        {
            Assert.Equal("c: dictionary<int32, utf8>", Assert.Single(import.Schema.Fields).ToString());
            Borrowed.Release(owner);         // a child outlives its parent
            Assert.Equal(["'x'", "null", "'z'"], IpcReading.Texts(lease).Columns[0]!.Select((text, row) => row == 1 ? "null" : text));
        }

        schema.Release(&schema);
    }

    private static ArrowArray Changed(ArrowArray record, Change change)
    {
        change(&record);
        return record;
    }

    private static ExportBuilder Three() => ExportBuilder.Table("three")
        .Column("a", ArrowType.Int(32)).Column("b", ExportBuilder.Text).Column("c", ExportBuilder.Text, ArrowType.Int(32))
        .Row(1, "one", "x").Row(null, "two", "y").Row(3, "three", "z");
}
