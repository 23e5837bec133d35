using System.Globalization;
using IndicatorCore.Indicators;
using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Fills one field.</summary>
internal sealed class FieldDesk
{
    private static readonly string[] s_dates = ["yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy年M月d日", "yyyy年M月", "yyyy-M", "yyyy/M"];

    private readonly FigureDesk _figures;
    private readonly FormFindings _findings;
    private readonly DerivedFields _derived;

    /// <summary>Fills from registry and figures.</summary>
    public FieldDesk(IndicatorRegistry registry, FigureDesk figures, FormFindings findings, DateOnly? day)
    {
        _figures = figures;
        _findings = findings;
        Facts = new FactoryFacts(registry, day);
        _derived = new DerivedFields(figures, findings, Facts);
    }

    /// <summary>What the registry has of factories beyond their rows.</summary>
    public FactoryFacts Facts { get; }

    /// <summary>The content of a field.</summary>
    public FilledCell Fill(ProgrammeField field, FormSubject subject, int ordinal = 1, string? milestone = null) => field.Source switch
    {
        FieldSource.Computed => Figure(field, subject, milestone),
        FieldSource.Derived => _derived.Fill(field, subject, ordinal, milestone),
        FieldSource.FreeText => Free(field, subject),
        _ => field.Format == FieldFormat.Choice ? Choice(field, subject) : Declared(field, subject),
    };

    private FilledCell Free(ProgrammeField field, FormSubject subject)
    {
        if (subject.Text(field) is not { } text)
        {
            return Missing(field, subject);
        }

        var length = HeadingText.Length(text);
        if (field.Limit is { } limit && length > limit)
        {
            _findings.Add(
                FormSeverity.Error, subject, field.Name, $"the text has {length} characters, {length - limit} more than {limit}", "Shorten it in the registry.");
        }

        return new() { Text = text };
    }

    private FilledCell Declared(ProgrammeField field, FormSubject subject)
    {
        if (subject.Text(field) is not { } text)
        {
            return Missing(field, subject);
        }

        switch (field.Format)
        {
            case FieldFormat.Count when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count):
                return new() { Text = text, Number = count, Format = field.Format, Unit = field.Unit };
            case FieldFormat.Money or FieldFormat.Number when TryNumber(text, out var number):
                return new() { Text = text, Number = number, Format = field.Format, Unit = field.Unit };
            case FieldFormat.Count or FieldFormat.Money or FieldFormat.Number:
                _findings.Add(
                    FormSeverity.Error, subject, field.Name, $"\"{text}\" is not a {(field.Format == FieldFormat.Count ? "whole number" : "number")}",
                    "Digits only, in the unit of the heading.");
                return new() { Text = text };
            case FieldFormat.Date when !s_dates.Any(form => DateOnly.TryParseExact(text, form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _)):
                _findings.Add(FormSeverity.Warning, subject, field.Name, $"\"{text}\" is not a date", "Such as 2024-03-01 or 2024年3月1日.");
                return new() { Text = text };
            default:
                return new() { Text = text, Format = field.Format };
        }
    }

    /// <summary>A number as registries hold it: digits, a point, a sign, commas between thousands.</summary>
    public static bool TryNumber(string text, out double number) => double.TryParse(
        text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number);

    private FilledCell Choice(ProgrammeField field, FormSubject subject)
    {
        var values = subject.Text(field)?.Split([';', '；', '、', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        var chosen = new HashSet<string>();
        var others = new List<string>();
        var rest = field.Options.LastOrDefault(static option => option is "其他" or "其它");
        foreach (var value in values)
        {
            if (Option(field, value) is { } option)
            {
                chosen.Add(option);
            }
            else if (rest is not null)
            {
                chosen.Add(rest);
                others.Add(value);
                _findings.Add(
                    FormSeverity.Notice, subject, field.Name, $"\"{value}\" is none of the boxes and went to {rest}",
                    $"Where one of them fits, name it: {string.Join('、', field.Options)}.");
            }
            else
            {
                _findings.Add(
                    FormSeverity.Error, subject, field.Name, $"\"{value}\" is none of the boxes", $"Use one of {string.Join('、', field.Options)} in the registry.");
            }
        }

        if (field.IsSingle && chosen.Count > 1)
        {
            _findings.Add(FormSeverity.Error, subject, field.Name, $"{chosen.Count} boxes are ticked, and only one may be", "Keep one in the registry.");
        }

        return values.Length == 0
            ? Missing(field, subject) with { Format = FieldFormat.Choice, Options = Boxes(field, chosen), Text = BoxText(field, chosen, others) }
            : new() { Format = FieldFormat.Choice, Options = Boxes(field, chosen), Text = BoxText(field, chosen, others) };
    }

    /// <summary>The boxes with those chosen ticked.</summary>
    public static IReadOnlyList<FilledOption> Boxes(ProgrammeField field, IReadOnlySet<string> chosen) =>
        [.. field.Options.Select(option => new FilledOption(option, chosen.Contains(option)))];

    /// <summary>The boxes in one line.</summary>
    public static string BoxText(ProgrammeField field, IReadOnlySet<string> chosen, IReadOnlyList<string> others) =>
        string.Join("  ", field.Options.Select(option => $"{(chosen.Contains(option) ? '☑' : '☐')}{option}")) + (others.Count == 0 ? string.Empty : $"：{string.Join('、', others)}");

    // an industry or a class may be registered under another list's name, an operator under another province's
    private static string? Option(ProgrammeField field, string value)
    {
        var key = HeadingText.Key(value);
        return field.Options.FirstOrDefault(option => HeadingText.Key(option) == key)
            ?? field.Options.FirstOrDefault(option => field.IsSingle && HeadingText.Key(option).StartsWith(key, StringComparison.Ordinal))
            ?? (Codes.IndustryCodes.Of(Codes.IndustryList.Tianjin).SequenceEqual(field.Options)
                && Codes.IndustryCodes.Map(value, Codes.IndustryList.Tianjin) is { Relation: not Codes.IndustryRelation.Broader } mapped
                ? mapped.Name
                : null);
    }

    private FilledCell Missing(ProgrammeField field, FormSubject subject)
    {
        if (field.IsRequired)
        {
            var column = field.Columns.Count > 0 ? field.Columns[0] : field.Name;
            _findings.Add(FormSeverity.Error, subject, field.Name, "is missing", $"Add the column {column} to the registry's {Table(subject)}.");
        }

        return new() { Format = field.Format };
    }

    private static string Table(FormSubject subject) => subject.Level == "zone" ? "zones" : "factories";

    private FilledCell Figure(ProgrammeField field, FormSubject subject, string? milestone)
    {
        var row = _figures.Row(field, subject, milestone);
        if (field.Part == FigurePart.Before)
        {
            return Before(field, subject, row);
        }

        if (row is null)
        {
            if (field.IsRequired)
            {
                _findings.Add(
                    FormSeverity.Error, subject, field.Name, $"there is no figure of {string.Join(" or ", field.Indicators)}",
                    $"It needs {Needs(field.Indicators[0])}.");
            }

            return new() { Format = field.Format, Text = field.Part == FigurePart.Change ? "—" : string.Empty };
        }

        var trace = _figures.Trace(row, subject);
        var isPhase = IsPhase(row);
        if (field.Part == FigurePart.Window || (field.Part == FigurePart.After && isPhase))
        {
            return new() { Text = PrintedFigure.Span(row.WindowStart, row.WindowEnd, _figures.Zone), Trace = trace };
        }

        if (field.Part == FigurePart.Change && !isPhase)
        {
            return new() { Text = "—" };
        }

        var value = field.Part == FigurePart.Numerator
            ? row.Numerator is { } numerator && double.TryParse(numerator.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null
            : row.Value;
        if (value is not { } known)
        {
            return Withheld(field, subject, row) with { Trace = trace };
        }

        if (row.Flags != ResultFlags.None)
        {
            _findings.Add(
                FormSeverity.Notice, subject, field.Name, $"{row.Indicator} is published with {string.Join(", ", ResultNames.Of(row.Flags))}",
                "docs/indicators.md says what the flags mean; be ready to explain them.");
        }

        var isStandIn = field.Indicators.Count > 1 && row.Indicator != field.Indicators[0];
        if (isStandIn)
        {
            _findings.Add(
                FormSeverity.Notice, subject, field.Name, $"{field.Indicators[0]} has no figure; {row.Indicator} stands in for it",
                $"Where {field.Indicators[0]} is wanted, see what it needs: indicators catalog {field.Indicators[0]}.");
        }

        return PrintedFigure.Cell(known, field.Format, field.Unit, trace, isStandIn ? Label(row.Indicator) : string.Empty);
    }

    // of a phase indicator the span before; of others the value over the baseline
    private FilledCell Before(ProgrammeField field, FormSubject subject, IndicatorRow? after)
    {
        if (after is not null && IsPhase(after))
        {
            return new()
            {
                Text = PrintedFigure.Span(Instant(after, "baseline_start"), Instant(after, "baseline_end"), _figures.Zone),
                Trace = _figures.Trace(after, subject),
            };
        }

        if (_figures.Before(field.Indicators[0], subject) is not { } row)
        {
            return new() { Text = "—" };
        }

        var trace = _figures.Trace(row, subject);
        if (row.Evidence is { Received: 0 })
        {
            // nothing was read of that time: 0 of 7 devices online would look like a measurement
            return new() { Text = "—", Trace = trace };
        }

        return row.Value is { } value ? PrintedFigure.Cell(value, field.Format, field.Unit, trace) : new() { Text = "—", Trace = trace };
    }

    private FilledCell Withheld(ProgrammeField field, FormSubject subject, IndicatorRow row)
    {
        var reason = row.Reason is { } known ? ResultNames.Of(known) : "no value";
        _findings.Add(
            field.IsRequired ? FormSeverity.Error : FormSeverity.Notice, subject, field.Name,
            $"{row.Indicator} is {ResultNames.Of(row.Status)} ({reason})", ReasonAdvice.Of(row.Reason));
        return new() { Text = "—", Format = field.Format };
    }

    private static bool IsPhase(IndicatorRow row) => row.Evidence?.Additional.Any(static pair => pair.Key == "baseline_start") == true
        || row.Indicator is "eff_gain" or "cost_red";

    private static long? Instant(IndicatorRow row, string name) =>
        row.Evidence?.Additional.FirstOrDefault(pair => pair.Key == name).Value.Instant;

    private static string Needs(string indicator) =>
        IndicatorCatalog.All.FirstOrDefault(description => description.Id == indicator || description.Parts.Contains(indicator)) is { } known
            ? string.Join(" | ", known.Needs)
            : "a definition of its own";

    // what stands in brackets of the indicator's name, such as （按采样点）
    private static string Label(string indicator)
    {
        var name = IndicatorCatalog.All.FirstOrDefault(description => description.Id == indicator || description.Parts.Contains(indicator))?.ChineseName ?? indicator;
        var at = name.IndexOf('（', StringComparison.Ordinal);
        return at >= 0 ? name[at..] : $"（{name}）";
    }
}
