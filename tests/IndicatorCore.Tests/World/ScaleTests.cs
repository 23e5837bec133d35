using System.Diagnostics;
using IndicatorCore.Columns;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Exports of extreme shapes: very many files, very many batches, one huge batch, very many columns.</summary>
[Collection(nameof(Alone))]
[Trait("Category", "Slow")]
public sealed class ScaleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("fail")]
    [InlineData("skip")]
    public void Ten_thousand_tiny_files_need_few_handles_and_little_time(string onBad)
    {
        Child.Require();
        var template = ExportBuilder.Connectivity().Row("2024-03-01 08:00", "D00000", "nr").ToBytes();
        var at = template.AsSpan().IndexOf("D00000"u8);
        for (var i = 0; i < 10_000; i++)
        {
            $"D{i:00000}".Select(static c => (byte)c).ToArray().CopyTo(template, at);
            _folder.Write($"connectivity-{i:00000}.arrow", template);
        }

        File.WriteAllText(_folder.File("lines.csv"), "line,factory\nL1,F1\n");
        File.WriteAllLines(_folder.File("devices.csv"), ["device,line,is_key", .. Enumerable.Range(0, 12_500).Select(static i => $"D{i:00000},L1,1")]);
        Directory.CreateDirectory(_folder.File("registry"));
        File.Move(_folder.File("lines.csv"), _folder.File("registry/lines.csv"));
        File.Move(_folder.File("devices.csv"), _folder.File("registry/devices.csv"));
        var (code, output, error) = Child.Run(
            _folder.Path,
            $"ulimit -n 256; indicators run . --registry registry --select knr --profile test-no-floor --as-of 2024-03-02 --format ndjson --on-bad {onBad}",
            seconds: 120);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("\"numerator\":10000,\"denominator\":12500,", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_thousand_batches_take_linear_time_and_bounded_memory()
    {
        double Seconds(int batches)
        {
            var path = SmallExport.Write(_folder, $"energy-{batches}.arrow", batches, kwh: 1);
            var watch = Stopwatch.StartNew();
            using var engine = new IndicatorEngine(Reports.NoFloor);
            Reports.ReadFiles(engine, path);
            Assert.Equal(batches, engine.Finish().Row(SmallExport.Indicator).Value);
            Assert.InRange(engine.MemoryUsed, 0, 8 << 20);
            return watch.Elapsed.TotalSeconds;
        }

        Seconds(1_000);
        var tenth = Seconds(10_000);
        var whole = Seconds(100_000);
        Assert.True(whole < (30 * tenth) + 1, $"{tenth:0.00} s and {whole:0.00} s");
    }

    [SkippableTheory]
    [InlineData(true, 100_000_000)]
    [InlineData(false, 30_000_000)]
    public void A_batch_of_very_many_rows_takes_no_more_memory_than_others(bool compress, int rows)
    {
        Child.Require();
        WriteHuge(_folder.File("energy.arrow"), rows, compress, IpcFormat.File);
        foreach (var options in new[] { "--threads 1", "--threads 2", "--threads 2 --on-bad skip" })
        {
            // 5 bytes a row decoded, in a heap of 80 MiB
            var (code, output, error) = Child.Run(
                _folder.Path, $"{SmallExport.Run} energy.arrow --as-of 2024-03-05 {options}", seconds: 240, variables: ("DOTNET_GCHeapHardLimit", "0x5000000"));
            Assert.Equal((0, string.Empty), (code, error));
            Assert.True(output.Contains($"\"value\":{(long)rows * 3},", StringComparison.Ordinal), output);
        }
    }

    [SkippableFact]
    public void Many_huge_batches_take_no_more_memory_than_one()
    {
        Child.Require();
        WriteHuge(_folder.File("energy.arrow"), rows: 3_000_000, compress: true, IpcFormat.File, batches: 12);
        var (code, output, error) = Child.Run(
            _folder.Path, $"{SmallExport.Run} energy.arrow --as-of 2024-03-05 --threads 2", seconds: 120, variables: ("DOTNET_GCHeapHardLimit", "0x4000000"));
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains($"\"value\":{12L * 3_000_000 * 3},", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_huge_batch_of_a_stream_is_counted_or_named_as_too_large()
    {
        Child.Require();
        const int Rows = 50_000_000;
        WriteHuge(_folder.File("energy.arrows"), Rows, compress: true, IpcFormat.Stream);
        var (code, output, error) = Child.Run(
            _folder.Path, $"{SmallExport.Run} energy.arrows --as-of 2024-03-05 --memory 1G", seconds: 240, variables: ("DOTNET_GCHeapHardLimit", "0x28000000"));
        Assert.Equal((0, string.Empty), (code, error));
        Assert.True(output.Contains($"\"value\":{(long)Rows * 3},", StringComparison.Ordinal), output);
        var (tooSmall, _, message) = Child.Run(_folder.Path, $"{SmallExport.Run} energy.arrows --memory 100M", seconds: 240);
        Assert.Equal(6, tooSmall);
        Assert.Contains("energy.arrow", message, StringComparison.Ordinal);
        Assert.Contains("--memory", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ten_thousand_columns_only_the_needed_ones_are_read()
    {
        const int Columns = 10_000;
        var schema = new Schema
        {
            Fields =
            [
                .. Enumerable.Range(0, Columns).Select(static i => new Field { Name = $"column_{i}", Type = ArrowType.Float(64) }),
                new Field { Name = "interval_start", Type = ExportBuilder.Instant },
                new Field { Name = "kwh", Type = ArrowType.Float(64) },
                new Field { Name = "line", Type = ExportBuilder.Text },
            ],
            Metadata = [new("table", "energy")],
        };
        var path = _folder.File("energy.arrow");
        using (var file = File.Create(path))
        using (var writer = new IpcWriter(file, schema))
        {
            var batch = new BatchBuilder(schema);
            for (var i = 0; i < 3; i++)
            {
                for (var row = 0; row < 100; row++)
                {
                    for (var column = 0; column < Columns; column++)
                    {
                        batch[column].AppendDouble(row);
                    }

                    batch[Columns].AppendInt64(ExportBuilder.Ticks("2024-03-01 08:00") / 10);
                    batch[Columns + 1].AppendDouble(2);
                    batch[Columns + 2].AppendString("L1");
                }

                writer.Write(batch);
                batch.Clear();
            }

            writer.Complete();
        }

        var watch = Stopwatch.StartNew();
        var report = Reports.OfFiles(Reports.NoFloor with { Select = [SmallExport.Indicator] }, path);
        Assert.Equal(600, report.Row(SmallExport.Indicator).Value);
        var input = Assert.Single(report.Manifest.Inputs);
        Assert.InRange(new FileInfo(path).Length, 3L * 100 * 8 * Columns, long.MaxValue);
        Assert.InRange(input.BytesRead, 1, 3 * 4_000_000);   // metadata of 10,000 columns, and 3 columns of 100 rows
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 10);
    }

    private static void WriteHuge(string path, int rows, bool compress, IpcFormat format, int batches = 1)
    {
        var schema = new Schema
        {
            Fields =
            [
                new Field { Name = "interval_start", Type = new ArrowType { Id = ArrowTypeId.Date, BitWidth = 32 } },
                new Field { Name = "kwh", Type = ArrowType.Int(8) },
            ],
            Metadata = [new("table", "energy")],
        };
        using var file = File.Create(path);
        using var writer = new IpcWriter(file, schema, new IpcWriterOptions { Compress = compress, Format = format });
        var batch = new BatchBuilder(schema);
        for (var row = 0; row < rows; row++)
        {
            batch[0].AppendInt64(19_783 + (int)(row * 4L / rows));   // 2024-03-01 and three days more
            batch[1].AppendInt64(3);
        }

        for (var i = 0; i < batches; i++)
        {
            writer.Write(batch);
        }

        writer.Complete();
    }
}
