using System.Buffers.Binary;
using IndicatorCore.Portal.Tests.Support;

namespace IndicatorCore.Portal.Tests.Monitoring;

/// <summary>Many small exports: the batches of generated streams, each with its schema as a stream of its own.</summary>
internal static class SmallExports
{
    /// <summary>Makes exports into a folder <c>small</c>.</summary>
    /// <returns>Their paths, in an order of their own.</returns>
    public static async Task<IReadOnlyList<string>> MakeAsync(CommandLine command, int rows, int batchRows)
    {
        Assert.Equal(0, await command.InvokeAsync("generate", "--rows", $"{rows}", "--batch-rows", $"{batchRows}", "--streams", "--factories", "12", "--no-registry", "--no-faults", "--out", "generated", "-q"));
        var folder = Directory.CreateDirectory(command.Folder.File("small")).FullName;
        var made = new List<string>();
        foreach (var file in Directory.EnumerateFiles(command.Folder.File("generated"), "*.arrows", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var bytes = await File.ReadAllBytesAsync(file);
            var head = new List<byte>();
            for (var at = 0; at + 8 <= bytes.Length && BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 4)) is > 0 and var size;)
            {
                var (isBatch, body) = Head(bytes.AsSpan(at + 8, size));
                var next = at + 8 + size + body;
                var part = bytes.AsSpan(at, next - at);
                if (isBatch)
                {
                    var path = Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(file)}-{made.Count:D5}.arrows");
                    await File.WriteAllBytesAsync(path, [.. head, .. part.ToArray(), 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]);
                    made.Add(path);
                }
                else
                {
                    head.AddRange(part.ToArray());
                }

                at = next;
            }
        }

        // not by time: late ones among them
        var order = new Random(8);
        return [.. made.OrderBy(_ => order.Next())];
    }

    // the table Message of Message.fbs: header_type and bodyLength
    private static (bool IsBatch, int Body) Head(ReadOnlySpan<byte> metadata)
    {
        const int RecordBatch = 3;
        var table = BinaryPrimitives.ReadInt32LittleEndian(metadata);
        var fields = metadata[(table - BinaryPrimitives.ReadInt32LittleEndian(metadata[table..]))..];
        var body = BinaryPrimitives.ReadUInt16LittleEndian(fields) > 10 ? BinaryPrimitives.ReadUInt16LittleEndian(fields[10..]) : 0;
        return (metadata[table + BinaryPrimitives.ReadUInt16LittleEndian(fields[6..])] == RecordBatch, body == 0 ? 0 : (int)BinaryPrimitives.ReadInt64LittleEndian(metadata[(table + body)..]));
    }
}
