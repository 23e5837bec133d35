using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Ipc;
using IndicatorCore.Sources;

namespace IndicatorCore.Adapters.Csv;

/// <summary>One output table in the making: which column comes from which field of which input.</summary>
internal sealed class ImportTable
{
    private readonly CsvImportOptions _options;
    private readonly List<OutputColumn> _columns = [];
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly List<CellDecoder?[]> _decoders = [];
    private readonly Dictionary<string, string> _rawNames = [];

    public ImportTable(string name, CsvImportOptions options)
    {
        Name = name;
        _options = options;
    }

    public string Name { get; }

    /// <summary>The inputs in order.</summary>
    public List<CsvInput> Inputs { get; } = [];

    /// <summary>The canonical columns in order.</summary>
    public IReadOnlyList<string> Canonical => [.. _columns.Where(static column => column.Kind is not null).Select(static column => column.Name)];

    /// <summary>The effective source profile, as JSON; known when all inputs are bound.</summary>
    public string Source { get; private set; } = string.Empty;

    /// <summary>Finds every column's source in every input.</summary>
    public void Bind(string? profileName)
    {
        var canonical = CanonicalColumns.Of(Name);
        var bindings = Inputs.Select(input => CsvBinding.Of(input, Name)).ToArray();
        foreach (var name in canonical.Where(name => bindings.Any(binding => binding.Has(name))))
        {
            _ = CanonicalColumns.TryKind(name, out var kind);
            Add(new OutputColumn(name, kind, _options.DictionaryLimit));
        }

        foreach (var heading in bindings.SelectMany(static binding => binding.Raw).Distinct(StringComparer.Ordinal).ToArray())
        {
            var name = heading;
            while (_ordinals.ContainsKey(name) || canonical.Contains(name, StringComparer.Ordinal) || name == QuarantineReason.Column)
            {
                name += "_raw";
            }

            _rawNames[heading] = name;
            Add(new OutputColumn(name, null, _options.DictionaryLimit));
        }

        foreach (var binding in bindings)
        {
            var decoders = new CellDecoder?[_columns.Count];
            foreach (var (name, decoder) in binding.Canonical)
            {
                decoders[_ordinals[name]] = decoder;
            }

            foreach (var heading in binding.Raw)
            {
                decoders[_ordinals[_rawNames[heading]]] = binding.RawDecoder(heading);
            }

            _decoders.Add(decoders);
        }

        Source = EffectiveJson(profileName);
    }

    /// <summary>Learns what the values of the current row need.</summary>
    /// <returns>Null, or the quarantine reason.</returns>
    public string? Observe(int input, CsvRows rows, Cell[] cells)
    {
        var reason = Decode(input, rows, cells);
        for (var i = 0; i < _columns.Count; i++)
        {
            _columns[i].Observe(cells[i]);
        }

        return reason;
    }

    /// <summary>Room for one row.</summary>
    public Cell[] NewRow() => new Cell[_columns.Count];

    /// <summary>The schema, once every row was observed.</summary>
    public Schema ToSchema()
    {
        if (Name == "probe" && _ordinals.TryGetValue("latency_ms", out var latency))
        {
            // null would say lost, and a mark in a CSV says missing
            _columns[latency].UseNotANumber();
        }

        return new Schema
        {
            Fields =
            [
                .. _columns.Select(static (column, ordinal) => column.ToField(ordinal)),
                new Field
                {
                    Name = QuarantineReason.Column,
                    Type = ArrowType.Of(ArrowTypeId.Utf8),
                    Dictionary = new DictionaryEncoding(_columns.Count, ArrowType.Int(8, isSigned: false)),
                },
            ],
            Metadata = [new("table", Name), new("indicatorcore.source", Source)],
        };
    }

    /// <summary>Gives the dictionaries their values.</summary>
    public void Declare(BatchBuilder batch)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            _columns[i].Declare(batch[i]);
        }

        batch[_columns.Count].Declare(QuarantineReason.All);
    }

    /// <summary>Writes the current row.</summary>
    public void Append(int input, CsvRows rows, Cell[] cells, BatchBuilder batch)
    {
        var reason = Decode(input, rows, cells);
        var isLost = _ordinals.TryGetValue("lost", out var lost) && !cells[lost].IsNull && cells[lost].Number.Mantissa != 0;
        for (var i = 0; i < _columns.Count; i++)
        {
            _columns[i].Append(batch[i], cells[i], isLost);
        }

        if (reason is null)
        {
            batch[_columns.Count].AppendNull();
        }
        else
        {
            batch[_columns.Count].AppendString(reason);
        }
    }

    private string? Decode(int input, CsvRows rows, Cell[] cells)
    {
        string? first = null;
        var decoders = _decoders[input];
        var time = CanonicalColumns.TimeOf(Name);
        var location = new DataLocation(File: Inputs[input].Path, Table: Name);
        for (var i = 0; i < cells.Length; i++)
        {
            if (decoders[i] is not { } decoder)
            {
                cells[i] = Cell.Null;
                continue;
            }

            var reason = decoder.Decode(rows.Row, location, out cells[i]);
            if (reason is null && cells[i].IsNull && _columns[i].Name == time)
            {
                reason = QuarantineReason.MissingTime;
            }

            first ??= reason;
        }

        return first ?? (rows.IsRagged ? QuarantineReason.Unparseable : null);
    }

    private string EffectiveJson(string? profileName)
    {
        var texts = Inputs
            .Select(input => SourceProfile.Of(EffectiveSource.Of(input.Settings, Canonical, OutputName), profileName).ToJson())
            .ToArray();
        for (var i = 1; i < texts.Length; i++)
        {
            if (texts[i] != texts[0])
            {
                throw new ConfigurationException(
                    $"The source profile says other things of {Inputs[i].Path} than of {Inputs[0].Path}, and both are {Name}",
                    new DataLocation(File: Inputs[i].Path, Table: Name),
                    "Import them into separate files: one file carries one profile.");
            }
        }

        return texts[0];
    }

    private string OutputName(string heading) => _rawNames.GetValueOrDefault(heading) ?? heading;

    private void Add(OutputColumn column)
    {
        _ordinals.Add(column.Name, _columns.Count);
        _columns.Add(column);
    }
}
