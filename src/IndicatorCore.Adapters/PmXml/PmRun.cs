using System.Text;
using IndicatorCore.Adapters.Csv;
using IndicatorCore.Errors;

namespace IndicatorCore.Adapters.PmXml;

/// <summary>One import: values in, rows of tables out.</summary>
internal sealed class PmRun : IDisposable
{
    private const int MostObjects = 1 << 21;   // each is kept with its running sums

    private readonly PmMapping _mapping;
    private readonly string _directory;
    private readonly CsvImportOptions _options;
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PmTable> _tables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<KeyValuePair<string, string>>> _places = new(StringComparer.Ordinal);
    private readonly string[] _rowTables;
    private readonly string[] _scopes;
    private readonly PmVolumes _volumes = new();
    private readonly List<KeyValuePair<string, object>> _values = [];
    private readonly KeyValuePair<string, object>[] _reading = new KeyValuePair<string, object>[3];

    /// <summary>Begins an import; files are made with their first row.</summary>
    public PmRun(PmMapping mapping, string directory, CsvImportOptions options)
    {
        (_mapping, _directory, _options) = (mapping, directory, options);
        foreach (var name in mapping.Counters.Select(static counter => counter.MeasType).Concat(mapping.Counters.Select(static counter => counter.Weight).OfType<string>()))
        {
            _slots.TryAdd(name, _slots.Count);
        }

        _rowTables = [.. mapping.Counters.Where(static counter => counter.Kind != PmCounterKind.Volume).Select(static counter => counter.Table).Distinct()];
        _scopes = [.. mapping.Objects.SelectMany(static rule => rule.Columns).Select(static pair => pair.Key).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>The measurement types that are taken, by name: where their values go.</summary>
    public IReadOnlyDictionary<string, int> Slots => _slots;

    /// <summary>How many values an object has room for.</summary>
    public int Width => _slots.Count;

    /// <summary>Rows written so far.</summary>
    public long Rows => _tables.Values.Sum(static table => table.Rows);

    /// <summary>Takes what an object measured.</summary>
    public void Take(PmValue value)
    {
        var place = PlaceOf(value.Name);
        for (var i = 0; i < _mapping.Counters.Count; i++)
        {
            if (_mapping.Counters[i].Kind == PmCounterKind.Volume && value.Results[_slots[_mapping.Counters[i].MeasType]] is { } text)
            {
                TakeVolume(value, i, text, place);
            }
        }

        foreach (var table in _rowTables)
        {
            TakeRow(value, table, place);
        }
    }

    /// <summary>Ends the files and gives them their names, all together.</summary>
    /// <param name="inputs">The files that were read.</param>
    public ImportSummary Complete(IReadOnlyList<string> inputs)
    {
        if (_tables.Count == 0)
        {
            throw new SchemaMismatchException(
                $"No file has a value of a measurement type that the mapping takes ({string.Join(", ", _slots.Keys.Take(8))})",
                new DataLocation(File: inputs[0]),
                "Name the files' own measurement types in a mapping: --map FILE (docs/preparing-exports.md).");
        }

        var made = new List<ImportedTable>();
        foreach (var table in _tables.Values.OrderBy(static table => table.Name, StringComparer.Ordinal))
        {
            table.Complete();
            made.Add(new ImportedTable(table.Path, table.Name, inputs, table.Rows, table.Quarantined, table.Columns, table.Source));
        }

        Close();
        foreach (var table in _tables.Values)
        {
            File.Move(table.Temporary, table.Path, overwrite: true);
        }

        return new ImportSummary(made);
    }

    /// <summary>Closes the files; what has no name yet goes.</summary>
    public void Dispose()
    {
        Close();
        foreach (var table in _tables.Values)
        {
            File.Delete(table.Temporary);
        }
    }

    private void Close()
    {
        foreach (var table in _tables.Values)
        {
            table.Dispose();
        }
    }

    private void TakeVolume(PmValue value, int counter, string text, IReadOnlyList<KeyValuePair<string, string>> place)
    {
        var (kind, table) = (_mapping.Counters[counter], TableOf("counter"));
        var fault = Number(text, kind, out var bytes);
        fault ??= value.IsSuspect || bytes.Mantissa < 0 ? QuarantineReason.UnknownValue
            : PmVolumes.IsPlausible(bytes) ? null
            : QuarantineReason.OutOfScale;
        bytes = new ExactDecimal(PmTable.Rounded(bytes), PmTable.Scale);   // short: sums of many periods stay exact
        var reading = _volumes.Add(value.Name, counter, value.Start, value.End, fault is null ? bytes : null);
        fault = reading.IsOverlap ? QuarantineReason.UnknownValue : fault;
        var name = reading.Number > 1 ? $"{kind.MeasType} {reading.Number}" : kind.MeasType;
        if (reading.HasStart && fault is null)
        {
            AddReading(table, value.Start, value.Name, place, null, name, kind.Direction, default);
        }

        // a row that is set aside shows the period's own volume, as far as it is a number
        AddReading(table, value.End, value.Name, place, fault, name, kind.Direction, fault is null ? reading.Sum : bytes);
    }

    private void AddReading(
        PmTable table, long time, string name, IReadOnlyList<KeyValuePair<string, string>> place, string? fault, string counter, string? direction, ExactDecimal bytes)
    {
        _reading[0] = new("counter", counter);
        _reading[1] = new("bytes", bytes);
        _reading[2] = new("direction", direction ?? string.Empty);
        table.Add(time, name, place, fault, _reading.AsSpan(0, direction is null ? 2 : 3));
    }

    // gauges and means of one table are one row an object and period
    private void TakeRow(PmValue value, string table, IReadOnlyList<KeyValuePair<string, string>> place)
    {
        _values.Clear();
        string? fault = null;
        foreach (var counter in _mapping.Counters)
        {
            if (counter.Kind == PmCounterKind.Volume || counter.Table != table || value.Results[_slots[counter.MeasType]] is not { } text)
            {
                continue;
            }

            // a mean that nothing weighs is not kept: nobody could roll it up
            ExactDecimal number = default;
            var weight = counter.Weight is { } name ? value.Results[_slots[name]] : null;
            var problem = counter.Kind == PmCounterKind.Mean && weight is null ? QuarantineReason.UnknownValue : Number(text, counter, out number);
            ExactDecimal weighed = default;
            problem ??= weight is null ? null : ExactDecimal.Parse(Encoding.UTF8.GetBytes(weight), out weighed);
            fault ??= problem;
            if (problem is not null)
            {
                continue;
            }

            _values.Add(new(counter.Column, number));
            if (counter.WeightColumn is { } column)
            {
                _values.Add(new(column, weighed));
            }
        }

        if (_values.Count > 0 || fault is not null)
        {
            TableOf(table).Add(
                value.End, value.Name, place, value.IsSuspect ? QuarantineReason.UnknownValue : fault, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values));
        }
    }

    private static string? Number(string text, PmCounter counter, out ExactDecimal value) =>
        ExactDecimal.Parse(Encoding.UTF8.GetBytes(text), out value) ?? ExactDecimal.Multiply(value, counter.Unit, out value);

    private IReadOnlyList<KeyValuePair<string, string>> PlaceOf(string name)
    {
        if (!_places.TryGetValue(name, out var place))
        {
            place = [];
            foreach (var rule in _mapping.Objects)
            {
                if (rule.Match.Match(name) is { Success: true } match)
                {
                    place = [.. rule.Columns.Select(pair => KeyValuePair.Create(pair.Key, match.Result(pair.Value)))];
                    break;
                }
            }

            _places.Add(name, _places.Count < MostObjects ? place : throw new LimitExceededException($"The files name more than {MostObjects:N0} measured objects", advice: "Import them in parts."));
        }

        return place;
    }

    private PmTable TableOf(string name)
    {
        if (!_tables.TryGetValue(name, out var table))
        {
            var path = Path.Combine(_directory, $"{name}.arrow");
            var temporary = Path.Combine(_directory, $".indicators-{Environment.ProcessId}-{Path.GetRandomFileName()}.tmp");
            var measures = name == "counter" ? ["bytes"] : _mapping.Counters.Where(counter => counter.Kind != PmCounterKind.Volume && counter.Table == name)
                .SelectMany(static counter => counter.WeightColumn is null ? (IEnumerable<string>)[counter.Column] : [counter.Column, counter.WeightColumn])
                .Distinct(StringComparer.Ordinal).ToList();
            _tables.Add(name, table = new PmTable(name, measures, _scopes, path, temporary, _options));
        }

        return table;
    }
}
