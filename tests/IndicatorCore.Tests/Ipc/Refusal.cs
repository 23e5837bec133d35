using System.IO.Pipelines;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Holds that an input is refused as it should be: type, kind, place; the reader is poisoned or only the batch is, what was
/// delivered before stays, the pipe's memory goes back once.</summary>
internal static class Refusal
{
    /// <summary>Refused as a stream and as a file.</summary>
    /// <param name="kind">The kind of fault.</param>
    /// <param name="messages">The schema and what follows it.</param>
    /// <param name="column">The field path that the location must have.</param>
    /// <param name="batch">The batch that it must have.</param>
    /// <param name="at">The message whose offset it must have, in the stream.</param>
    /// <param name="row">The row that it must have.</param>
    /// <param name="options">The limits.</param>
    public static IndicatorDataException Everywhere(
        DataFault kind, MadeMessage[] messages, string? column = null, long? batch = null, int? at = null, long? row = null, IpcReaderOptions? options = null)
    {
        OfFile(kind, Made.File(messages), column, batch, options: options);
        return OfStream(kind, messages, column, batch, at, row, options);
    }

    public static IndicatorDataException OfStream(
        DataFault kind, MadeMessage[] messages, string? column = null, long? batch = null, int? at = null, long? row = null, IpcReaderOptions? options = null)
    {
        var fault = OfStream(kind, Made.Stream(messages), column, batch, at is { } index ? Made.Offset(messages, index) : null, options);
        Assert.True(row is null || fault.Location.Row == row, $"row {row} is due: {fault.Message}");
        return fault;
    }

    public static IndicatorDataException OfStream(
        DataFault kind, byte[] stream, string? column = null, long? batch = null, long? offset = null, IpcReaderOptions? options = null)
    {
        var pool = new CountingPool();
        var whole = FaultAsync(PipeReader.Create(new MemoryStream(stream), new StreamPipeReaderOptions(pool, bufferSize: 512, minimumReadSize: 1)), options)
            .GetAwaiter().GetResult();
        Assert.Equal((0, 0), (pool.Out, pool.Again));
        Check(whole, kind, column, batch, offset);
        var pieces = FaultAsync(new TricklePipe(stream, 13), options).GetAwaiter().GetResult();
        Assert.Equal(whole.Message, pieces.Message);
        return whole;
    }

    public static IndicatorDataException OfFile(
        DataFault kind, byte[] file, string? column = null, long? batch = null, long? offset = null, IpcReaderOptions? options = null)
    {
        var fault = FileFault(file, options);
        Check(fault, kind, column, batch, offset);
        return fault;
    }

    private static IndicatorDataException FileFault(byte[] file, IpcReaderOptions? options)
    {
        IpcFileReader reader;
        try
        {
            reader = IpcFileReader.Open(file, "test", options);
        }
        catch (IndicatorDataException fault)
        {
            return fault;
        }

        using (reader)
        {
            var projection = Projection.All(reader.Schema);
            for (var batch = 0; batch < reader.BatchCount; batch++)
            {
                using var lease = new BatchLease();
                try
                {
                    reader.Read(batch, projection, lease);
                }
                catch (IndicatorDataException fault)
                {
                    Assert.Throws<InvalidOperationException>(() => lease.View().Length);
                    Assert.Same(fault, Record.Exception(() => reader.Read(0, projection, lease)));
                    Assert.Same(fault, Record.Exception(() => reader.BatchInfo(0)));
                    return fault;
                }

                if (Record.Exception(() => lease.Decode()) is { } decoding)
                {
                    Assert.Same(decoding, Record.Exception(() => lease.View().Length));
                    return Assert.IsAssignableFrom<IndicatorDataException>(decoding);
                }

                IpcReading.Texts(lease);
            }
        }

        throw new Xunit.Sdk.XunitException("The file was read.");
    }

    private static async Task<IndicatorDataException> FaultAsync(PipeReader pipe, IpcReaderOptions? options)
    {
        await using var reader = new IpcStreamReader(pipe, "test", options);
        var delivered = new List<(BatchLease Lease, ReadBatch Texts)>();
        try
        {
            while (true)
            {
                var lease = new BatchLease();
                bool isRead;
                try
                {
                    isRead = await reader.ReadAsync(lease);
                }
                catch (IndicatorDataException fault)
                {
                    Assert.Throws<InvalidOperationException>(() => lease.View().Length);
                    Assert.Same(fault, await Record.ExceptionAsync(async () => await reader.ReadAsync(lease)));
                    Assert.Same(fault, await Record.ExceptionAsync(async () => await reader.ReadSchemaAsync()));
                    foreach (var (earlier, texts) in delivered)
                    {
                        Assert.Equal(texts.Columns, IpcReading.Texts(earlier).Columns);
                    }

                    return fault;
                }

                Assert.True(isRead, "The stream was read.");
                if (Record.Exception(() => lease.Decode()) is { } decoding)
                {
                    Assert.Same(decoding, Record.Exception(() => lease.View().Length));
                    return Assert.IsAssignableFrom<IndicatorDataException>(decoding);
                }

                delivered.Add((lease, IpcReading.Texts(lease)));
            }
        }
        finally
        {
            delivered.ForEach(static pair => pair.Lease.Dispose());
        }
    }

    private static void Check(IndicatorDataException fault, DataFault kind, string? column, long? batch, long? offset)
    {
        Assert.True(kind == fault.Kind, $"{kind} is due: {fault.Message}");
        Assert.IsType(
            kind switch
            {
                DataFault.LimitExceeded => typeof(LimitExceededException),
                DataFault.Unsupported => typeof(UnsupportedArrowException),
                _ => typeof(MalformedArrowException),
            },
            fault);
        Assert.Equal("test", fault.Location.File);
        Assert.True(column is null || fault.Location.Column == column, $"column {column} is due: {fault.Message}");
        Assert.True(batch is null || fault.Location.Batch == batch, $"batch {batch} is due: {fault.Message}");
        Assert.True(offset is null || fault.Location.Offset == offset, $"offset {offset} is due: {fault.Message}");
    }
}
