using System.Globalization;
using CsvHelper;
using IndicatorCore.Indicators;

namespace IndicatorCore.Adapters.Quarantine;

/// <summary>Quarantined rows as CSV: a byte order mark, so that spreadsheets take Chinese for what it is, and RFC 4180 behind it.</summary>
internal sealed class QuarantineCsv : IQuarantineWriter
{
    private readonly CsvWriter _csv;
    private readonly TimeZoneInfo _zone;
    private readonly string?[] _values;

    public QuarantineCsv(Stream output, QuarantineLayout layout, TimeZoneInfo zone)
    {
        output.Write([0xEF, 0xBB, 0xBF]);
        _zone = zone;
        _csv = CsvWriter.Create(output, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var name in QuarantineLayout.Fixed)
        {
            _csv.WriteField(name);
        }

        var columns = layout.Columns;
        _values = new string?[columns.Count];
        foreach (var (name, _) in columns)
        {
            _csv.WriteField(name);
        }

        _csv.EndRecord();
    }

    /// <inheritdoc/>
    public void Write(in QuarantineSegment segment, int[] columns, int ordinal, string reason, long? eventTime, ref SpooledRow row)
    {
        _csv.WriteField(segment.Source.Name);
        _csv.WriteField(segment.Shape.Table);
        _csv.WriteField(segment.Batch.ToString(CultureInfo.InvariantCulture));
        _csv.WriteField(ordinal.ToString(CultureInfo.InvariantCulture));
        _csv.WriteField(reason);
        _csv.WriteField(eventTime is { } instant ? InstantText.Format(instant, _zone) : null);
        Array.Clear(_values);
        for (var i = 0; i < columns.Length; i++)
        {
            var bytes = row.TakeBytes(out var isNull);
            _values[columns[i]] = isNull ? null : SpooledValue.Text(segment.Shape.Columns[i].Type, bytes);
        }

        foreach (var value in _values)
        {
            _csv.WriteField(value);
        }

        _csv.EndRecord();
    }

    /// <inheritdoc/>
    public void Complete() => _csv.Flush();

    /// <inheritdoc/>
    public void Dispose() => _csv.Dispose();
}
