using System.Diagnostics.Metrics;
using System.Reflection;

namespace IndicatorCore.Portal.Serving;

/// <summary>The meter <c>IndicatorCore.Portal</c>.</summary>
internal sealed class PortalMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "IndicatorCore.Portal";

    private readonly Meter _meter = new(Name, Version);

    /// <summary>The instruments.</summary>
    public PortalMetrics()
    {
        Rows = _meter.CreateCounter<long>("indicators.upload.rows", "{row}", "Rows of uploads that were published");
        Bytes = _meter.CreateCounter<long>("indicators.upload.bytes", "By", "Bytes of uploads that were published");
        Served = _meter.CreateCounter<long>("indicators.served.rows", "{row}", "Result rows served");
        Errors = _meter.CreateCounter<long>("indicators.errors", "{error}", "Answers that are problems, by status");
        Uploads = _meter.CreateUpDownCounter<long>("indicators.upload.queue", "{upload}", "Uploads that are read or published now");
        Requests = _meter.CreateHistogram<double>("indicators.request.duration", "s", "How long requests took, by route and status");
        _meter.CreateObservableGauge("indicators.process.memory", static () => Environment.WorkingSet, "By", "Memory of the process");
        _meter.CreateObservableGauge("indicators.process.heap", static () => GC.GetTotalMemory(forceFullCollection: false), "By", "Managed memory in use");
    }

    /// <summary>The library's version.</summary>
    public static string Version { get; } = typeof(PortalMetrics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public Counter<long> Rows { get; }

    public Counter<long> Bytes { get; }

    public Counter<long> Served { get; }

    public Counter<long> Errors { get; }

    public UpDownCounter<long> Uploads { get; }

    public Histogram<double> Requests { get; }

    public void Dispose() => _meter.Dispose();
}
