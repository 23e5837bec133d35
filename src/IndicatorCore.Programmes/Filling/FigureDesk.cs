using System.Security.Cryptography;
using System.Text;
using IndicatorCore.Indicators;
using IndicatorCore.Indicators.Declared;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Finds the result rows of figures, and numbers their evidence.</summary>
internal sealed class FigureDesk
{
    private readonly FormInput _input;
    private readonly FormOptions _options;
    private readonly Dictionary<(string Indicator, string Level, string Key), List<IndicatorRow>> _rows;
    private readonly Dictionary<(string Indicator, string Level, string Key), List<IndicatorRow>> _before;
    private readonly Dictionary<IndicatorRow, int> _numbers = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Subject, string Indicator), DeclaredRecord> _declared = [];
    private readonly List<FigureTrace> _traces = [];

    /// <summary>Looks at reports and registry.</summary>
    public FigureDesk(FormInput input, FormOptions options)
    {
        _input = input;
        _options = options;
        _rows = Index(input.Report);
        _before = Index(input.Before);
        foreach (var declared in input.Registry.Declared)
        {
            // by id, as catalogues name it, or as forms print it
            _declared.TryAdd((declared.Factory, DeclaredCheck.IndicatorOf(declared.Indicator) ?? declared.Indicator), declared);
        }

        InputDigest = input.Report is { } report ? Digest(report.Manifest, input.Registry) : string.Empty;
    }

    /// <summary>The zone in which spans are printed.</summary>
    public TimeZoneInfo Zone => _input.Report?.TimeZone ?? TimeZoneInfo.Utc;

    /// <summary>The evidence so far.</summary>
    public IReadOnlyList<FigureTrace> Traces => _traces;

    /// <summary>SHA-256 over the inputs' fingerprints and the registry; empty without figures.</summary>
    public string InputDigest { get; }

    /// <summary>The rows of an indicator and subject, by window.</summary>
    public IReadOnlyList<IndicatorRow> Rows(string indicator, FormSubject subject) => _rows.GetValueOrDefault((indicator, subject.Level, subject.Key)) ?? [];

    /// <summary>The last of them, or null.</summary>
    public IndicatorRow? Last(string indicator, FormSubject subject) => Rows(indicator, subject) is [.., var last] ? last : null;

    /// <summary>The row that a field prints: of the preferred indicator that has a value, else of the first that has a row at all.</summary>
    public IndicatorRow? Row(ProgrammeField field, FormSubject subject, string? milestone = null)
    {
        IndicatorRow? any = null;
        foreach (var indicator in field.Indicators)
        {
            var row = Rows(indicator, subject).LastOrDefault(row => milestone is null || Milestone(row) == milestone);
            if (row?.Value is not null)
            {
                return row;
            }

            any ??= row;
        }

        return any;
    }

    /// <summary>The row of the baseline span, or null.</summary>
    public IndicatorRow? Before(string indicator, FormSubject subject) =>
        _before.GetValueOrDefault((indicator, subject.Level, subject.Key)) is [.., var last] ? last : null;

    /// <summary>The name of a row's window.</summary>
    public string Milestone(IndicatorRow row) => PrintedFigure.Milestone(row.WindowStart, row.WindowEnd, Zone);

    /// <summary>What is declared for an indicator, for that milestone where one is given, or null.</summary>
    public string? Declared(string indicator, FormSubject subject, string? milestone = null) =>
        ((milestone is null ? null : _declared.GetValueOrDefault((subject.Key, $"{indicator}@{milestone}")))
        ?? _declared.GetValueOrDefault((subject.Key, indicator)))?.Text;

    /// <summary>The verdict on a declared figure against the last measured one, or null.</summary>
    public string? Verdict(string indicator, FormSubject subject) =>
        Last(indicator, subject) is { } row ? Verdict(row, subject) : _options.Verdicts.GetValueOrDefault((subject.Key, indicator));

    /// <summary>The verdict on a declared figure against a measured one, or null where nothing is declared.</summary>
    public string? Verdict(IndicatorRow row, FormSubject subject)
    {
        if (_options.Verdicts.TryGetValue((subject.Key, row.Indicator), out var given))
        {
            return given;
        }

        return _declared.TryGetValue((subject.Key, row.Indicator), out var declared) && DeclaredCheck.IndicatorOf(declared.Indicator) == row.Indicator
            ? DeclaredCheck.Judge(declared, row).Verdict.ToString().ToUpperInvariant()
            : null;
    }

    /// <summary>The number of a row's evidence.</summary>
    public int Trace(IndicatorRow row, FormSubject subject)
    {
        if (_numbers.TryGetValue(row, out var known))
        {
            return known;
        }

        var number = _traces.Count + 1;
        _numbers.Add(row, number);
        _traces.Add(new FigureTrace
        {
            Number = number,
            Group = string.Join(',', row.Group.Select(static pair => $"{pair.Key}={pair.Value}")),
            Indicator = row.Indicator,
            Definition = row.Definition,
            WindowStart = row.WindowStart is { } start ? InstantText.Format(start, Zone) : null,
            WindowEnd = row.WindowEnd is { } end ? InstantText.Format(end, Zone) : null,
            Value = row.Value,
            Unit = row.Unit,
            Numerator = row.Numerator?.ToString(),
            Denominator = row.Denominator?.ToString(),
            Low = row.Low,
            High = row.High,
            Records = Records(row),
            Status = ResultNames.Of(row.Status),
            Reason = row.Reason is { } reason ? ResultNames.Of(reason) : null,
            Flags = ResultNames.Of(row.Flags),
            Declared = Declared(row.Indicator, subject, Milestone(row)),
            Verdict = Verdict(row, subject),
            RowDigest = ResultDigest.Compute([row], Zone),
            InputDigest = InputDigest,
        });
        return number;
    }

    /// <summary>The records that a row rests on.</summary>
    public static long? Records(IndicatorRow row) => row.Evidence is { } evidence ? (evidence.Valid > 0 ? evidence.Valid : evidence.Received) : null;

    private static Dictionary<(string, string, string), List<IndicatorRow>> Index(IndicatorReport? report)
    {
        var index = new Dictionary<(string, string, string), List<IndicatorRow>>();
        foreach (var row in report?.Rows ?? [])
        {
            if (row.Group is [{ Value: { } value } pair])
            {
                var key = (row.Indicator, pair.Key, value);
                if (!index.TryGetValue(key, out var rows))
                {
                    index.Add(key, rows = []);
                }

                rows.Add(row);
            }
        }

        return index;
    }

    private static string Digest(ReportManifest manifest, IndicatorRegistry registry)
    {
        var lines = manifest.Inputs.Where(static input => input.ReplayOf is null).Select(static input => input.Fingerprint ?? input.Name).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines.Append($"registry {registry.Digest}")))));
    }
}
