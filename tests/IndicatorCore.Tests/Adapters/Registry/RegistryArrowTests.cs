using IndicatorCore.Adapters.Registry;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.Reading;
using IndicatorCore.Ipc;
using IndicatorCore.Registry;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Adapters.Registry;

public sealed class RegistryArrowTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(IpcFormat.File, false, false)]
    [InlineData(IpcFormat.File, true, true)]
    [InlineData(IpcFormat.Stream, true, false)]
    public void The_sample_says_the_same_in_Arrow(IpcFormat format, bool compress, bool asDictionary)
    {
        var sample = Path.Combine(Shared.Repository, "data", "sample", "registry");
        foreach (var csv in Directory.GetFiles(sample, "*.csv"))
        {
            var lines = File.ReadAllLines(csv).Select(static line => line.TrimStart('\uFEFF').Split(',')).ToList();
            var table = ExportBuilder.Table(null);
            foreach (var heading in lines[0])
            {
                table.Column(heading, ExportBuilder.Text, asDictionary ? ArrowType.Int(16) : null);
            }

            foreach (var (index, line) in lines.Skip(1).Index())
            {
                table.Row([.. line.Select(static text => text.Length == 0 ? null : text)]);
                _ = index % 50 == 49 ? table.NextBatch() : table;
            }

            _folder.Write(Path.GetFileNameWithoutExtension(csv) + ".arrow", table.ToBytes(format, compress));
        }

        Assert.Equal(RegistryReader.Read(sample).Digest, RegistryReader.Read(_folder.Path).Digest);
    }

    [Fact]
    public void Typed_columns_say_what_texts_would()
    {
        Write("devices", ExportBuilder.Table(null).Column("设备编号", ArrowType.Int(32)).Column("line", ExportBuilder.Text).Column("is_key", ExportBuilder.Flag)
            .Column("valid_from", ArrowType.Int(32) with { Id = ArrowTypeId.Date }).Column("valid_to", ArrowType.Timestamp(TimeUnit.Nanosecond, null)).Column("ignored", ArrowType.Of(ArrowTypeId.Binary))
            .Row(17, "L1", true, "2024-03-01", "2024-05-01", new byte[] { 1 })
            .Row(null, null, null, null, null, null)
            .Row(18, "L1", null, null, null, null));
        Write("lines", ExportBuilder.Table(null).Column("line", ExportBuilder.Text).Column("go_live", ArrowType.Timestamp(TimeUnit.Second, "Asia/Shanghai"))
            .Row("L1", "2024-03-01 08:00"));
        Write("zones", ExportBuilder.Table(null).Column("zone", ExportBuilder.Text).Column("population", ExportBuilder.Number).Column("5G基站数量", ArrowType.Int(64))
            .Row("Z1", 494000.0, 337L).Row("Z2", double.NaN, null).Row("Z3", 1.2e16, null));
        Write("price_index", ExportBuilder.Table(null).Column("month", ExportBuilder.Text).Column("index", ArrowType.Decimal128(9, 4)).Row("2024-03", 103.5m));
        Write("grid_cells", ExportBuilder.Table(null).Column("factory", ExportBuilder.Text).Column("ix", ArrowType.Decimal128(9, 2)).Column("iy", ArrowType.Int(8)).Row("F1", -3m, 4));
        Write("shifts", ExportBuilder.Table(null).Column("name", ExportBuilder.Text).Column("start", Time).Column("end", Time).Row("早班", 8 * 3600, 16 * 3600));

        var registry = RegistryReader.Read(_folder.Path);
        Assert.Equal(
            [
                new DeviceRecord { Device = "17", Line = "L1", IsKey = true, Valid = new DayBounds(new DateOnly(2024, 3, 1), new DateOnly(2024, 5, 1)) },
                new DeviceRecord { Device = "18", Line = "L1" },
            ],
            registry.Devices);
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 0, 0, 0, TimeSpan.Zero), Assert.Single(registry.Lines).GoLiveInstant);
        Assert.Equal([494_000L, null, 12_000_000_000_000_000L], registry.Zones.Select(static zone => zone.Population));
        Assert.Equal("337", registry.Zones[0].Additional["5G基站数量"]);
        Assert.Equal(103.5m, registry.PriceIndex[0].Index);
        Assert.Equal(new GridCellRecord("F1", 0, -3, 4), registry.GridCells[0]);
        Assert.Equal((TimeSpan.FromHours(8), TimeSpan.FromHours(16)), (registry.Shifts[0].Start, registry.Shifts[0].End));
    }

    [Fact]
    public void A_fault_names_file_column_batch_and_row()
    {
        Write("devices", ExportBuilder.Table(null).Keys("device", "valid_from").Row("A", null).NextBatch().Row("B", null).Row("C", "2024-02-30"));
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Equal(new DataLocation(_folder.File("devices.arrow"), "devices", "valid_from", 1, 1), fault.Location);
        Assert.Contains("\"2024-02-30\" is not a date", fault.Problem, StringComparison.Ordinal);

        Write("devices", ExportBuilder.Table(null).Keys("devise").Row("A"));
        Assert.Contains("Is it devise?", Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path)).Advice, StringComparison.Ordinal);
        Write("devices", ExportBuilder.Table(null).Keys("device").Column("line", ArrowType.Of(ArrowTypeId.Binary)).Row("A", new byte[] { 1 }));
        fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Equal(("line", "The column is binary, which no value of a registry is"), (fault.Location.Column, fault.Problem));
    }

    [Fact]
    public void What_is_no_Arrow_is_refused_with_its_name_and_noted_by_the_check()
    {
        _folder.Write("devices.arrow", "device\nA\n");
        _folder.Write("lines.csv", "line,factory\nL1,F1\n");
        var fault = Assert.ThrowsAny<IndicatorDataException>(() => RegistryReader.Read(_folder.Path));
        Assert.Equal((_folder.File("devices.arrow"), "devices"), (fault.Location.File, fault.Location.Table));
        var reading = RegistryReader.ReadAll(_folder.Path);
        Assert.Equal("devices", Assert.Single(reading.Issues([])).Table);
        Assert.Equal("L1", Assert.Single(reading.Registry.Lines).Line);

        var whole = ExportBuilder.Table(null).Keys("device").Row("A").ToBytes();
        _folder.Write("devices.arrow", whole[..^20]);
        Assert.Throws<MalformedArrowException>(() => RegistryReader.Read(_folder.Path));
    }

    [Fact]
    public void A_folder_may_mix_formats_and_has_every_table_once()
    {
        Write("devices", ExportBuilder.Table(null).Keys("device", "line").Row("A", "L1"));
        _folder.Write("lines.csv", "line,factory\nL1,F1\n");
        Assert.Equal("L1", Assert.Single(RegistryReader.Read(_folder.Path).Devices).Line);

        _folder.Write("devices.csv", "device,line\nA,L1\n");
        var fault = Assert.Throws<ConfigurationException>(() => RegistryReader.Read(_folder.Path));
        Assert.Contains("twice, as devices.arrow and devices.csv", fault.Problem, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Single(RegistryReader.ReadAll(_folder.Path).Issues([])).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_registry_in_Arrow_is_no_part_of_the_export_around_it()
    {
        _folder.Write("radio.arrow", ExportBuilder.Radio().ToBytes());
        var inner = Directory.CreateDirectory(_folder.File("registry")).FullName;
        File.WriteAllBytes(Path.Combine(inner, "lines.arrow"), ExportBuilder.Table(null).Keys("line").ToBytes());
        File.WriteAllBytes(Path.Combine(inner, "shifts.arrow"), ExportBuilder.Table(null).Keys("name").ToBytes());
        Assert.Equal([_folder.File("radio.arrow")], ExportFiles.Expand([_folder.Path]));
    }

    private static ArrowType Time => ArrowType.Int(32) with { Id = ArrowTypeId.Time, Unit = TimeUnit.Second };

    private void Write(string table, ExportBuilder rows) => _folder.Write(table + ".arrow", rows.ToBytes());
}
