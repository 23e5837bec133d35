using System.Buffers.Binary;
using System.Diagnostics;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Schemas that are large, or pretend to be by naming one part many times.</summary>
public sealed class MetadataLimitTests
{
    [Fact]
    public void A_hundred_thousand_columns_are_read()
    {
        var clock = Stopwatch.StartNew();
        var (schema, batches) = IpcReading.Stream(Compose(static builder =>
        {
            var fields = new int[100_000];
            for (var i = 0; i < fields.Length; i++)
            {
                fields[i] = NullField(builder, builder.CreateString($"c{i}"), 0);
            }

            return fields;
        }));
        Assert.Equal(100_000, schema.Fields.Count);
        Assert.Empty(batches);
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
    }

    [Fact]
    public void A_long_name_that_many_fields_share_is_refused_before_it_fills_the_memory() => Refused(static builder =>
    {
        var field = NullField(builder, builder.CreateString(new string('n', 100_000)), 0);
        var fields = new int[50_000];
        fields.AsSpan().Fill(field);
        return fields;
    });

    [Fact]
    public void Metadata_that_many_fields_share_is_refused_before_it_fills_the_memory() => Refused(static builder =>
    {
        var key = builder.CreateString("key");
        var entries = new int[10_000];
        for (var i = 0; i < entries.Length; i++)
        {
            builder.StartTable(2);
            builder.AddOffset(0, key);
            entries[i] = builder.EndTable();
        }

        var shared = builder.CreateOffsets(entries);
        var name = builder.CreateString("x");
        var fields = new int[10_000];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = NullField(builder, name, shared);
        }

        return fields;
    });

    [Fact]
    public void An_entry_that_stands_many_times_in_shared_metadata_is_refused_before_it_fills_the_memory() => Refused(static builder =>
    {
        builder.StartTable(2);
        var entries = new int[20_000];
        entries.AsSpan().Fill(builder.EndTable());
        var shared = builder.CreateOffsets(entries);
        var name = builder.CreateString("x");
        var fields = new int[1000];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = NullField(builder, name, shared);
        }

        return fields;
    });

    private static void Refused(Func<FlatBufferBuilder, int[]> compose)
    {
        var stream = Compose(compose);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();
        Assert.Throws<LimitExceededException>(() => IpcReading.Stream(stream));
        Assert.InRange(clock.ElapsedMilliseconds, 0, 5000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L * stream.Length);
    }

    private static int NullField(FlatBufferBuilder builder, int name, int metadata)
    {
        builder.StartTable(0);
        var type = builder.EndTable();
        builder.StartTable(7);
        builder.AddOffset(0, name);
        builder.AddOffset(3, type);
        if (metadata != 0)
        {
            builder.AddOffset(6, metadata);
        }

        builder.AddByte(2, 1);
        return builder.EndTable();
    }

    private static byte[] Compose(Func<FlatBufferBuilder, int[]> compose)
    {
        var builder = new FlatBufferBuilder();
        var fields = builder.CreateOffsets(compose(builder));
        builder.StartTable(4);
        builder.AddOffset(1, fields);
        var schema = builder.EndTable();
        builder.StartTable(5);
        builder.AddOffset(2, schema);
        builder.AddInt16(0, 4);
        builder.AddByte(1, 1);
        builder.Finish(builder.EndTable());
        var metadata = builder.Written;
        var stream = new byte[8 + metadata.Length];
        stream.AsSpan(0, 4).Fill(0xFF);
        BinaryPrimitives.WriteInt32LittleEndian(stream.AsSpan(4), metadata.Length);
        metadata.CopyTo(stream.AsSpan(8));
        return stream;
    }
}
