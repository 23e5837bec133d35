using System.Runtime.CompilerServices;
using IndicatorCore.CData;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>Whose memory it is, when, and what happens when things go wrong: every callback once, on every path.</summary>
public sealed class CStreamReaderTests
{
    [Fact]
    public void Every_batch_is_released_when_its_lease_is_and_the_stream_with_the_reader()
    {
        var stream = Exported.Stream(Energy(batches: 5));
        var reader = stream.Open();
        Assert.Equal((1, 0), (stream.SchemaReleases, stream.StreamReleases));
        var leases = reader.ReadAll().ToList();
        Assert.Equal(5, leases.Count);
        Assert.Equal(5, reader.BatchCount);
        Assert.Null(reader.ReadLease());
        Assert.All(stream.ArrayReleases, static count => Assert.Equal(0, count));
        reader.Dispose();
        reader.Dispose();
        Assert.Equal(1, stream.StreamReleases);

        // leases outlive their reader
        Assert.Equal([1.0], leases[0].View()[1].Values<double>().ToArray());
        for (var i = 0; i < leases.Count; i++)
        {
            leases[i].Dispose();
            leases[i].Dispose();
            Assert.Equal(i + 1, stream.ArrayReleases.Sum());
            Assert.Equal(1, stream.ArrayReleases[i]);
        }
    }

    [Fact]
    public void Refilling_a_lease_releases_what_it_held()
    {
        var stream = Exported.Stream(Energy(batches: 3));
        using var reader = stream.Open();
        using var lease = new BatchLease();
        for (var i = 0; i < 3; i++)
        {
            Assert.True(reader.Read(lease));
            Assert.Equal(i, stream.ArrayReleases.Sum());
        }

        Assert.False(reader.Read(lease));
        Assert.Equal(3, stream.ArrayReleases.Sum());
        Assert.False(reader.Read(lease));
        Assert.Throws<InvalidOperationException>(() => lease.View().Length);
    }

    [Fact]
    public void A_reader_that_is_disposed_early_releases_the_stream_only()
    {
        var stream = Exported.Stream(Energy(batches: 3));
        var reader = stream.Open();
        using (reader.ReadLease())
        {
            reader.Dispose();
            Assert.Equal(1, stream.StreamReleases);
            Assert.Equal(0, stream.ArrayReleases[0]);
        }

        Assert.Equal([1, 1, 1], stream.ArrayReleases);
        using var lease = new BatchLease();
        Assert.Throws<ObjectDisposedException>(() => reader.Read(lease));
        Assert.Throws<ObjectDisposedException>(() => reader.Project(0));
    }

    [Fact]
    public void A_lease_is_of_no_use_once_it_is_disposed()
    {
        var stream = Exported.Stream(Energy(batches: 2));
        using var reader = stream.Open();
        var lease = reader.ReadLease()!;
        lease.Decode();
        var bytes = lease.Columns[1].Slots[ColumnData.FirstSlot].Bytes;
        Assert.Equal(8, bytes.Span.Length);
        lease.Dispose();
        Assert.Throws<ObjectDisposedException>(() => lease.View().Length);
        Assert.Throws<ObjectDisposedException>(() => bytes.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => bytes.Pin());
        Assert.Throws<ObjectDisposedException>(() => reader.Read(lease));
        Assert.Equal(1, stream.Given);   // nothing was asked for in vain
    }

    [Theory]
    [InlineData("the disk is on fire")]
    [InlineData(null)]
    public void A_failure_in_midstream_carries_the_producers_words(string? words)
    {
        var arrays = Exported.Arrays(Energy(batches: 4));
        var stream = new CountedStream(Exported.Schema(Exported.SchemaOf(Energy(batches: 4))), arrays) { FailAt = 2, Message = words };
        using (var reader = stream.Open(new CImportOptions { Name = "duck" }))
        {
            using var first = reader.ReadLease();
            using var second = reader.ReadLease();
            var fault = Assert.Throws<MalformedArrowException>(() => reader.ReadLease());
            Assert.Equal(DataFault.Truncated, fault.Kind);
            Assert.Contains(words ?? "does not say why", fault.Message, StringComparison.Ordinal);
            Assert.Contains("error 5", fault.Message, StringComparison.Ordinal);
            Assert.Equal(("duck", 2L), (fault.Location.File, fault.Location.Batch));
            Assert.Same(fault, Assert.Throws<MalformedArrowException>(() => reader.ReadLease()));
            Assert.Equal(1, second!.View().Length);
        }

        Assert.Equal([1, 1, 1, 1], stream.ArrayReleases);
        Assert.Equal((1, 1), (stream.StreamReleases, stream.SchemaReleases));
    }

    [Theory]
    [InlineData(38, typeof(UnsupportedArrowException))]
    [InlineData(22, typeof(MalformedArrowException))]
    public void A_schema_that_the_producer_cannot_give_ends_the_stream(int errno, Type type)
    {
        var stream = new CountedStream(Exported.Schema(Exported.SchemaOf(Energy(batches: 1))), []) { SchemaError = errno, Message = "no such table" };
        var fault = Record.Exception(() => stream.Open());
        Assert.IsType(type, fault);
        Assert.Contains("no such table", fault.Message, StringComparison.Ordinal);
        Assert.Equal((1, 0), (stream.StreamReleases, stream.SchemaReleases));
    }

    [Fact]
    public void A_schema_that_cannot_be_read_is_released_with_its_stream()
    {
        var stream = new CountedStream(Exported.Schema(Exported.SchemaOf(Energy(batches: 1))), []);
        Assert.Throws<LimitExceededException>(() => stream.Open(new CImportOptions { MaxColumns = 1 }));
        Assert.Equal((1, 1), (stream.StreamReleases, stream.SchemaReleases));
    }

    [Fact]
    public void A_batch_above_the_limit_is_released_at_once_and_ends_the_reading()
    {
        var stream = Exported.Stream(Energy(batches: 2, rows: 3));
        using (var reader = stream.Open(new CImportOptions { MaxRowsPerBatch = 2 }))
        {
            Assert.Throws<LimitExceededException>(() => reader.ReadLease());
            Assert.Equal([1, 0], stream.ArrayReleases);
            Assert.Throws<LimitExceededException>(() => reader.ReadLease());
        }

        Assert.Equal([1, 1], stream.ArrayReleases);
    }

    [Fact]
    public unsafe void A_fault_within_a_column_is_that_batchs_alone()
    {
        var arrays = Exported.Arrays(ExportBuilder.Table(null).Column("a", ExportBuilder.Text).Row("x").NextBatch().Row("y").ToBytes());
        *(byte*)arrays[0].Children[0]->Buffers[2] = 0xFF;
        var stream = new CountedStream(Exported.Schema(Exported.SchemaOf(ExportBuilder.Table(null).Column("a", ExportBuilder.Text).ToBytes())), arrays);
        using var reader = stream.Open();
        using (var bad = reader.ReadLease()!)
        {
            var fault = Assert.Throws<MalformedArrowException>(() => bad.Decode());
            Assert.Equal("A string is not UTF-8 (memory, column a, batch 0, row 0). Write the column as binary, or repair it.", fault.Message);
            Assert.Same(fault, Assert.Throws<MalformedArrowException>(() => bad.View().Length));
            Assert.Equal(0, stream.ArrayReleases[0]);
        }

        Assert.Equal([1, 0], stream.ArrayReleases);
        using var good = reader.ReadLease()!;
        Assert.Equal("'y'", IpcReading.Texts(good).Columns[0]![0]);
    }

    [Fact]
    public void What_nobody_disposes_is_released_by_the_finalizer()
    {
        var stream = Exported.Stream(Energy(batches: 2));
        Abandon(stream);
        for (var i = 0; i < 20 && (stream.StreamReleases == 0 || stream.ArrayReleases.Sum() < 2); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(1, stream.StreamReleases);
        Assert.Equal([1, 1], stream.ArrayReleases);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.Equal([1, 1], stream.ArrayReleases);
    }

    [Fact]
    public unsafe void Null_and_released_structs_are_refused()
    {
        ArrowArrayStream stream = default;
        ArrowSchema schema = default;
        ArrowArray array = default;
        var (streamAt, schemaAt, arrayAt) = ((nint)(&stream), (nint)(&schema), (nint)(&array));
        Assert.Throws<ArgumentException>(() => new CStreamReader(0));
        Assert.Throws<ArgumentException>(() => new CStreamReader(streamAt));
        Assert.Throws<ArgumentException>(() => new CArrayImport(0));
        Assert.Throws<ArgumentException>(() => new CArrayImport(schemaAt));
        var import = Exported.Import(Exported.SchemaOf(Energy(batches: 1)));
        Assert.Throws<ArgumentException>(() => import.Import(0));
        Assert.Throws<ArgumentException>(() => import.Import(arrayAt));
        Assert.Throws<ArgumentException>(() => CArrayExporter.ExportSchema(import.Schema, 0));
        Assert.Throws<ArgumentException>(() => CStreamExporter.Export(import.Schema, [], 0));
        using var lease = new BatchLease();
        Assert.Throws<ArgumentException>(() => CArrayExporter.Export(lease, 0));
        Assert.Throws<InvalidOperationException>(() => CArrayExporter.Export(lease, arrayAt));
    }

    [Fact]
    public void Columns_that_are_not_asked_for_are_not_looked_at()
    {
        var stream = Exported.Stream(Energy(batches: 2));
        using var reader = stream.Open();
        reader.Project(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.Project(2));
        using var lease = reader.ReadLease()!;
        Assert.False(lease.View().IsLoaded(0));
        Assert.Equal([1.0], lease.View()[1].Values<double>().ToArray());
        Assert.Throws<InvalidOperationException>(() => Exported.Array(lease));   // not all of its columns are there
        Assert.Equal(1, lease.View().Length);   // and it is still ours
    }

    [Fact]
    public void A_warm_reader_allocates_nothing_for_a_batch()
    {
        var file = ExportBuilder.Table(null).Column("k", ExportBuilder.Text, ArrowType.Int(32)).Numbers("x").Column("t", ExportBuilder.Text);
        for (var i = 0; i < 100; i++)
        {
            file.Row($"key {i % 7}", i % 5 == 0 ? null : (double)i, $"text {i}");
        }

        var arrays = Exported.Arrays(file.ToBytes());
        var import = Exported.Import(Exported.SchemaOf(file.ToBytes()));
        using var lease = new BatchLease();
        var dictionary = Repeat(import, arrays[0], lease, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var again = Repeat(import, arrays[0], lease, 100);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Same(dictionary, again);   // unchanged values are recognised
        Borrowed.Release(arrays[0]);
    }

    [Fact]
    public void Changed_dictionary_values_are_another_dictionary_and_the_former_stay()
    {
        byte[] File(string text) => ExportBuilder.Table(null).Column("k", ExportBuilder.Text, ArrowType.Int(32)).Row(text).ToBytes();
        var import = Exported.Import(Exported.SchemaOf(File("a")));
        var first = Exported.Lease(import, Exported.Arrays(File("a"))[0]);
        var values = first.View()[0].Dictionary!;
        using var second = Exported.Lease(import, Exported.Arrays(File("b"))[0]);
        var others = second.View()[0].Dictionary!;
        first.Dispose();
        Assert.NotSame(values, others);
        Assert.Equal("a"u8, values.Bytes(0));
        Assert.Equal("b"u8, others.Bytes(0));
    }

    [Fact]
    public unsafe void Our_own_stream_says_what_went_wrong_and_closes_its_source()
    {
        var bytes = Energy(batches: 3);
        var source = new FailingSource(bytes);
        ArrowArrayStream stream;
        CStreamExporter.Export(Exported.SchemaOf(bytes), source.Leases(), (nint)(&stream));
        using (var reader = new CStreamReader((nint)(&stream)))
        {
            using var first = reader.ReadLease();
            Assert.Equal(1, first!.View().Length);
            var fault = Assert.Throws<MalformedArrowException>(() => reader.ReadLease());
            Assert.Contains("error 5: the cable is cut", fault.Message, StringComparison.Ordinal);
        }

        Assert.True(source.IsClosed);
        CStreamExporter.Export(Exported.SchemaOf(bytes), Exported.Leases(bytes), (nint)(&stream));
        using (var reader = new CStreamReader((nint)(&stream)))
        {
            reader.ReadLease()!.Dispose();   // and never the others
        }

        var other = ExportBuilder.Production().ToBytes();
        CStreamExporter.Export(Exported.SchemaOf(other), Exported.Leases(bytes), (nint)(&stream));
        using (var reader = new CStreamReader((nint)(&stream)))
        {
            Assert.Contains("another schema", Assert.Throws<MalformedArrowException>(() => reader.ReadLease()).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_came_in_can_be_handed_on()
    {
        var stream = Exported.Stream(Energy(batches: 1, rows: 20));
        using var reader = stream.Open();
        var lease = reader.ReadLease()!;
        var expected = IpcReading.Texts(lease);
        var import = Exported.Import(reader.Schema);
        using (var again = Exported.Lease(import, Exported.Array(lease)))
        {
            IpcReading.AssertEqual([expected], [IpcReading.Texts(again)]);
            Assert.Equal([0], stream.ArrayReleases);
        }

        Assert.Equal([1], stream.ArrayReleases);
        Assert.Throws<ObjectDisposedException>(() => lease.Decode());
    }

    [Fact]
    public void A_schema_that_C_cannot_say_is_refused()
    {
        var number = new Field { Name = "n", Type = ArrowType.Int(32) };
        Assert.Throws<ArgumentException>(() => Exported.Schema(new Schema { Fields = [number, number with { Name = "a\0b" }] }));
        Assert.Throws<ArgumentException>(() => Exported.Schema(new Schema { Fields = [number, number with { Type = ArrowType.Int(24) }] }));
    }

    private static DictionaryValues? Repeat(CArrayImport import, ArrowArray array, BatchLease lease, int times)
    {
        DictionaryValues? dictionary = null;
        for (var i = 0; i < times; i++)
        {
            Borrowed.Read(import, array, lease);
            var view = lease.View();
            Assert.True(view[1].NullCount == 20 && view[2].Bytes(99).SequenceEqual("text 99"u8));
            dictionary = view[0].Dictionary;
        }

        return dictionary;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(CountedStream stream)
    {
        var reader = stream.Open();
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(1, reader.ReadLease()!.View().Length);
        }
    }

    private static byte[] Energy(int batches, int rows = 1)
    {
        var energy = ExportBuilder.Energy();
        for (var i = 1; i <= batches; i++)
        {
            energy.Times(rows, $"2024-03-{i:00} 08:00", (double)i);
            if (i < batches)
            {
                energy.NextBatch();
            }
        }

        return energy.ToBytes();
    }

    private sealed class FailingSource(byte[] bytes)
    {
        public bool IsClosed { get; private set; }

        public IEnumerable<BatchLease> Leases()
        {
            try
            {
                yield return Exported.Leases(bytes).First();
                throw new IOException("the cable is cut");
            }
            finally
            {
                IsClosed = true;
            }
        }
    }
}
