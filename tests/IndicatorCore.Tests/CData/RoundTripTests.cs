using IndicatorCore.Columns;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.CData;

/// <summary>What the exporter hands out, taken in again: every type that the sample files of other producers hold.</summary>
public sealed class RoundTripTests
{
    private static readonly int[] s_skips = [1, 2, 7, 8, 9, 15, 16, 17, 63, 64, 65];

    public static TheoryData<string> Files()
    {
        var data = new TheoryData<string>();
        foreach (var path in Directory.EnumerateFiles(ArrowData.Composed, "ok.*")
            .Concat(Directory.EnumerateFiles(ArrowData.Producers, "*", SearchOption.AllDirectories).Where(IsWhole))
            .Concat(Gold())
            .Order(StringComparer.Ordinal))
        {
            data.Add(Path.GetRelativePath(Shared.Repository, path));
        }

        return data;
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void A_batch_exported_and_imported_is_the_same(string file)
    {
        var (schema, leases) = Read(file);
        var import = Exported.Import(schema);
        Assert.Equal(schema.Fields.Select(Shape), import.Schema.Fields.Select(Shape));
        Assert.Equal(schema.Metadata, import.Schema.Metadata);
        foreach (var lease in leases)
        {
            var expected = IpcReading.Texts(lease);
            using var imported = Exported.Lease(import, Exported.Array(lease));
            IpcReading.AssertEqual([expected], [IpcReading.Texts(imported)]);
            Assert.False(IsDisposed(lease));
            imported.Dispose();
            Assert.True(IsDisposed(lease));
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void A_slice_holds_the_rows_from_its_offset_on(string file)
    {
        var (schema, leases) = Read(file);
        var import = Exported.Import(schema);
        foreach (var lease in leases.Take(4))
        {
            var whole = IpcReading.Texts(lease);
            var array = Exported.Array(lease);

            // the exporter's struct stays with us: what is imported are copies that release nothing
            foreach (var skip in s_skips)
            {
                foreach (var length in new[] { Math.Min(500, whole.Rows - skip), Math.Min(10, whole.Rows - skip) })
                {
                    if (length < 0)
                    {
                        continue;
                    }

                    var expected = new ReadBatch(length, [.. whole.Columns.Select(column => column![skip..(skip + length)])]);
                    using var byParent = Borrowed.Slice(import, array, skip, length, ofColumns: false);
                    IpcReading.AssertEqual([expected], [IpcReading.Texts(byParent)]);
                    using var byColumns = Borrowed.Slice(import, array, skip, length, ofColumns: true);
                    IpcReading.AssertEqual([expected], [IpcReading.Texts(byColumns)]);
                }
            }

            Borrowed.Release(array);
            Assert.True(IsDisposed(lease));
        }
    }

    [Fact]
    public void Random_batches_are_the_same_behind_a_stream()
    {
        for (var seed = 0; seed < 40; seed++)
        {
            var file = RandomFile(new Random(seed));
            var (schema, expected) = IpcReading.File(file);
            var stream = Exported.Stream(file);
            using (var reader = stream.Open())
            {
                Assert.Equal(schema.Fields.Select(Shape), reader.Schema.Fields.Select(Shape));
                var actual = new List<ReadBatch>();
                using var lease = new BatchLease();
                while (reader.Read(lease))
                {
                    Assert.Equal(actual.Count, lease.BatchOrdinal);
                    actual.Add(IpcReading.Texts(lease));
                }

                IpcReading.AssertEqual(expected, actual);
            }

            Assert.All(stream.ArrayReleases, static count => Assert.Equal(1, count));
            Assert.Equal((1, 1), (stream.StreamReleases, stream.SchemaReleases));
        }
    }

    private static byte[] RandomFile(Random random)
    {
        using var output = new MemoryStream();
        var options = new IpcWriterOptions { Format = IpcFormat.File, Compress = random.Next(2) == 0 };
        using (var writer = new IpcWriter(output, WrittenSample.Schema, options, leaveOpen: true))
        {
            var batch = new BatchBuilder(WrittenSample.Schema);
            for (var i = random.Next(5); i > 0; i--)
            {
                batch.Clear();
                for (var rows = random.Next(random.Next(2) == 0 ? 10 : 300); rows > 0; rows--)
                {
                    WrittenSample.AppendRow(batch, random.Next(100_000));
                }

                writer.Write(batch);
            }

            writer.Complete();
        }

        return output.ToArray();
    }

    private static (Schema Schema, List<BatchLease> Leases) Read(string file)
    {
        var (schema, leases) = Exported.Any(File.ReadAllBytes(Path.Combine(Shared.Repository, file)));
        leases.ForEach(static lease => lease.Decode());
        Skip.If(leases.Exists(HasOldUnionNulls), "Unions with nulls of their own, of before Arrow 1.0, cannot be exported.");
        return (schema, leases);
    }

    private static bool HasOldUnionNulls(BatchLease lease)
    {
        var found = false;
        foreach (var column in lease.Columns)
        {
            found |= column is { UnionCount: > 0, NullCount: > 0, HasValidity: false };
        }

        return found;
    }

    // codecs and byte orders are the IPC tests' business
    private static IEnumerable<string> Gold() => Shared.Root is null ? [] : Directory
        .EnumerateFiles(Path.Combine(Shared.Root, "arrow", "golden", "integration"), "*", SearchOption.AllDirectories)
        .Where(static path => Path.GetExtension(path) is ".stream" or ".arrow_file"
            && !path.Contains("bigendian", StringComparison.Ordinal) && !path.Contains("zstd", StringComparison.Ordinal));

    private static bool IsWhole(string path) => Path.GetExtension(path) is ".arrow" or ".arrows"
        && !path.Contains("zstd", StringComparison.Ordinal) && !path.Contains("partial", StringComparison.Ordinal)
        && !path.Contains("bigblock", StringComparison.Ordinal);   // many rows of the same few types

    private static bool IsDisposed(BatchLease lease) => Record.Exception(() => lease.Decode()) is ObjectDisposedException;

    // names, types, nullability and metadata, all the way down
    private static string Shape(Field field) =>
        $"{field} {field.IsNullable} {field.Type.TimeZone} {field.Dictionary?.IsOrdered} {string.Join(';', field.Metadata)} "
        + $"{field.Type.Mode}({string.Join(',', field.Type.UnionTypeIds ?? [.. Enumerable.Range(0, field.Children.Count)])}) [{string.Join(',', field.Children.Select(Shape))}]";
}
