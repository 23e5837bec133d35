using IndicatorCore.Ipc;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.World;

/// <summary>Small exports whose answer is known: kilowatt-hours that add up.</summary>
internal static class SmallExport
{
    /// <summary>The indicator that adds them.</summary>
    public const string Indicator = "energy_kwh";

    /// <summary>An export of several batches with one row each; each row adds <paramref name="kwh"/>.</summary>
    public static byte[] Energy(int batches = 4, double kwh = 2.5, IpcFormat format = IpcFormat.File, bool compress = false)
    {
        var export = ExportBuilder.Energy();
        for (var i = 0; i < batches; i++)
        {
            export.Row($"2024-03-0{1 + (i % 9)} 10:00", kwh);
            if (i < batches - 1)
            {
                export.NextBatch();
            }
        }

        return export.ToBytes(format, compress);
    }

    /// <summary>Writes one to a file.</summary>
    public static string Write(TemporaryFolder folder, string name, int batches = 4, double kwh = 2.5, IpcFormat format = IpcFormat.File) =>
        folder.Write(name, Energy(batches, kwh, format));

    /// <summary>The command line that adds them up, as one ndjson row.</summary>
    public const string Run = "indicators run --select energy_kwh --profile test-no-floor --format ndjson --quiet";
}
