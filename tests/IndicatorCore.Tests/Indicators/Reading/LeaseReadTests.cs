using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Indicators.Reading;

public class LeaseReadTests
{
    [Fact]
    public async Task Batches_that_come_one_by_one_give_the_same_as_batches_at_hand()
    {
        var energy = Energy(batches: 9);
        using var atHand = new IndicatorEngine(Reports.NoFloor);
        await atHand.ReadAsync(Leases(energy.ToBytes()).ToList());
        using var coming = new IndicatorEngine(Reports.NoFloor);
        await coming.ReadAsync(Coming(Leases(energy.ToBytes())));
        Assert.Equal("45", coming.Finish().Row("energy_kwh").Numerator.ToString());
        Assert.Equal(atHand.Finish().Manifest.RowDigest, coming.Finish().Manifest.RowDigest);
    }

    [Fact]
    public async Task Every_lease_is_given_back_also_when_one_is_faulty()
    {
        var good = Leases(Energy(batches: 6).ToBytes()).ToList();
        var strange = Leases(ExportBuilder.Table("energy").Numbers("kwh").Row(1.0).ToBytes()).ToList();
        List<BatchLease> all = [.. good[..3], .. strange, .. good[3..]];
        using var engine = new IndicatorEngine(Reports.NoFloor);
        var handed = new List<BatchLease>();
        await Assert.ThrowsAsync<SchemaMismatchException>(() => engine.ReadAsync(Coming(all, handed)));
        Assert.True(handed.Count >= 4);
        Assert.All(handed, static lease => Assert.Throws<ObjectDisposedException>(() => lease.View().Length));
        Assert.Throws<InvalidOperationException>(() => engine.Finish());
        foreach (var rest in all.Except(handed))
        {
            rest.Dispose();
        }
    }

    private static ExportBuilder Energy(int batches)
    {
        var energy = ExportBuilder.Energy();
        for (var i = 1; i <= batches; i++)
        {
            energy.Row($"2024-03-{i:00} 08:00", (double)i).NextBatch();
        }

        return energy;
    }

    private static IEnumerable<BatchLease> Leases(byte[] file)
    {
        using var reader = IpcFileReader.Open(file, "memory.arrow");
        for (var batch = 0; batch < reader.BatchCount; batch++)
        {
            var lease = new BatchLease();
            reader.Read(batch, Projection.All(reader.Schema), lease);
            lease.Decode();
            yield return lease;
        }
    }

    private static async IAsyncEnumerable<BatchLease> Coming(IEnumerable<BatchLease> leases, List<BatchLease>? handed = null)
    {
        foreach (var lease in leases)
        {
            await Task.Yield();
            handed?.Add(lease);
            yield return lease;
        }
    }
}
