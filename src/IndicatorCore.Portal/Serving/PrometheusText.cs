using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace IndicatorCore.Portal.Serving;

/// <summary>What a meter has measured, as Prometheus reads it (text format 0.0.4).</summary>
internal sealed class PrometheusText : IDisposable
{
    private static readonly double[] s_bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Series> _series = [];
    private readonly MeterListener _listener = new();

    /// <summary>Listens to a meter from now on.</summary>
    public PrometheusText(string meter)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>All series.</summary>
    public string Write()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var of in _series.GroupBy(static pair => pair.Key.Instrument).OrderBy(static of => of.Key.Name, StringComparer.Ordinal))
        {
            var isHistogram = of.Key is Histogram<double>;
            var name = NameOf(of.Key);
            text.Append("# HELP ").Append(name).Append(' ').Append(of.Key.Description).Append('\n');
            text.Append("# TYPE ").Append(name).Append(isHistogram ? " histogram\n" : of.Key is Counter<long> ? " counter\n" : " gauge\n");
            foreach (var ((_, labels), series) in of.OrderBy(static pair => pair.Key.Labels, StringComparer.Ordinal))
            {
                series.Write(text, name, labels, isHistogram);
            }
        }

        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static string NameOf(Instrument instrument)
    {
        var unit = instrument.Unit switch { "s" => "_seconds", "By" => "_bytes", _ => string.Empty };
        var name = instrument.Name.Replace('.', '_');
        return (name.EndsWith(unit, StringComparison.Ordinal) ? name : name + unit) + (instrument is Counter<long> ? "_total" : string.Empty);
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, tag) in tags)
        {
            labels.Append(labels.Length > 0 ? "," : string.Empty).Append(key.Replace('.', '_')).Append("=\"")
                .Append(Convert.ToString(tag, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('"');
        }

        _series.GetOrAdd((instrument, labels.ToString()), static _ => new Series()).Take(value, isLast: instrument.IsObservable);
    }

    private sealed class Series
    {
        private readonly Lock _lock = new();
        private readonly long[] _buckets = new long[s_bounds.Length];
        private double _sum;
        private long _count;

        public void Take(double value, bool isLast)
        {
            lock (_lock)
            {
                _sum = isLast ? value : _sum + value;
                _count++;
                for (var i = 0; i < s_bounds.Length; i++)
                {
                    _buckets[i] += value <= s_bounds[i] ? 1 : 0;
                }
            }
        }

        public void Write(StringBuilder text, string name, string labels, bool isHistogram)
        {
            lock (_lock)
            {
                var braces = labels.Length > 0 ? $"{{{labels}}}" : string.Empty;
                if (!isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{braces} {_sum}\n");
                    return;
                }

                var comma = labels.Length > 0 ? labels + "," : string.Empty;
                for (var i = 0; i < s_bounds.Length; i++)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{comma}le=\"{s_bounds[i]}\"}} {_buckets[i]}\n");
                }

                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{comma}le=\"+Inf\"}} {_count}\n{name}_sum{braces} {_sum}\n{name}_count{braces} {_count}\n");
            }
        }
    }
}
