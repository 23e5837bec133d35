using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Fills a programme's form from result rows and the registry: a pure function, which computes no figure of its own.</summary>
public sealed class FormFiller
{
    private const string ListSubject = "汇总";

    private readonly Programme _programme;
    private readonly FormInput _input;
    private readonly FormFindings _findings = new();
    private readonly FigureDesk _figures;
    private readonly FieldDesk _fields;
    private readonly FormChecks _checks;
    private readonly FormOptions _options;
    private readonly DateOnly? _day;

    private FormFiller(Programme programme, FormInput input, FormOptions options)
    {
        _programme = programme;
        _input = input;
        _options = options;
        _figures = new FigureDesk(input, options);
        _day = options.Day ?? (input.Report?.Manifest.ReferenceDate is { } reference ? PrintedFigure.Day(reference, _figures.Zone) : null);
        _fields = new FieldDesk(input.Registry, _figures, _findings, _day);
        _checks = new FormChecks(programme, _figures, _fields, _findings, options.Day, _day);
    }

    /// <summary>Fills the form.</summary>
    /// <param name="programme">Which.</param>
    /// <param name="input">The registry, and the report at the programme's levels.</param>
    /// <param name="options">The day of the check, the subjects, verdicts.</param>
    /// <exception cref="ArgumentException">The programme needs figures and there is no report.</exception>
    public static FilledForm Fill(Programme programme, FormInput input, FormOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(programme);
        ArgumentNullException.ThrowIfNull(input);
        if (input.Report is null && programme.Indicators.Count > 0)
        {
            throw new ArgumentException($"{programme.Id} needs figures, and there is no report.", nameof(input));
        }

        return new FormFiller(programme, input, options ?? new FormOptions()).Fill();
    }

    private FilledForm Fill()
    {
        var subjects = Subjects();
        _checks.Whole(subjects);
        var copies = new List<FilledCopy>();
        if (_programme.Scope == ProgrammeScope.Factories)
        {
            copies.Add(new() { Subject = _programme.Title, Sections = [.. _programme.Sections.Select(section => Section(section, subject: null, subjects))] });
        }
        else
        {
            foreach (var subject in subjects)
            {
                copies.Add(new()
                {
                    Subject = subject.Key,
                    Sections = [.. _programme.Sections.Where(section => !IsOfAll(section)).Select(section => Section(section, subject, [.. subject.Factories.Select(FormSubject.Of)]))],
                });
            }

            var lists = _programme.Sections.Where(IsOfAll).ToList();
            if (lists.Count > 0 && subjects.Count > 0)
            {
                copies.Add(new() { Subject = ListSubject, Sections = [.. lists.Select(section => Section(section, subject: null, subjects))] });
            }
        }

        foreach (var subject in subjects)
        {
            _checks.One(subject);
        }

        return new FilledForm
        {
            Programme = _programme.Id,
            Title = _programme.Title,
            Notice = _programme.Notice,
            Copies = copies,
            Traces = _figures.Traces,
            Findings = _findings.Sorted,
            RowDigest = _input.Report?.Manifest.RowDigest,
            RegistryDigest = _input.Registry.Digest,
        };
    }

    // of a form by factory the list of factories, too
    private bool IsOfAll(ProgrammeSection section) => section.IsOfAll || section.Rows == SectionRows.Parks || (_programme.Scope == ProgrammeScope.Factory && section.Rows == SectionRows.Factories);

    private List<FormSubject> Subjects()
    {
        var factories = _input.Registry.Factories.Where(factory => _day is not { } day || factory.Valid.Contains(day)).DistinctBy(static factory => factory.Factory)
            .Where(factory => _options.Where.All(condition => Has(factory, condition))).ToList();
        var asked = _options.Where.Where(condition => condition.Key == Level).Select(static condition => condition.Value).ToList();
        return _programme.Scope switch
        {
            ProgrammeScope.Zone =>
            [
                .. _input.Registry.Zones.DistinctBy(static zone => zone.Zone).Where(zone => asked.Count == 0 || asked.Contains(zone.Zone))
                    .Select(zone => FormSubject.Of(zone, [.. factories.Where(factory => factory.Zones.Contains(zone.Zone))]))
                    .Where(subject => _options.Where.All(condition => condition.Key == "zone") || subject.Factories.Count > 0),
            ],
            ProgrammeScope.Park =>
            [
                .. factories.SelectMany(static factory => factory.Parks).Distinct().Where(park => asked.Count == 0 || asked.Contains(park))
                    .Select(park => FormSubject.OfPark(park, [.. factories.Where(factory => factory.Parks.Contains(park))])),
            ],
            _ => [.. factories.Select(FormSubject.Of)],
        };
    }

    private string Level => _programme.Scope switch
    {
        ProgrammeScope.Zone => "zone",
        ProgrammeScope.Park => "park",
        _ => "factory",
    };

    private static bool Has(FactoryRecord factory, KeyValuePair<string, string> condition) => condition.Key switch
    {
        "park" => factory.Parks.Contains(condition.Value),
        "zone" => factory.Zones.Contains(condition.Value),
        "operator" => factory.Operators.Contains(condition.Value),
        "factory" => factory.Factory == condition.Value,
        "enterprise" => factory.Enterprise == condition.Value,
        "city" => factory.City == condition.Value,
        "district" => factory.District == condition.Value,
        "province" => factory.Province == condition.Value,
        "industry" => factory.Industry == condition.Value,
        "class" => factory.Class == condition.Value,
        _ => true,
    };

    private FilledSection Section(ProgrammeSection section, FormSubject? subject, IReadOnlyList<FormSubject> factories)
    {
        var (table, named) = section.Rows switch
        {
            SectionRows.None => (null, Fields(section, subject!)),
            SectionRows.Factories => (FactoryTable(section, factories), []),
            SectionRows.Lines => LineTable(section, subject ?? FormSubject.OfAll([.. factories.SelectMany(static one => one.Factories).DistinctBy(static factory => factory.Factory)])),
            SectionRows.Parks => (FactoryTable(section, factories), []),
            SectionRows.Milestones => (MilestoneTable(section, subject!), []),
            SectionRows.Series => (new SeriesTable(_input, _figures).Fill(section, factories), []),
            _ => (CountTable.Fill(section, factories, _findings), []),
        };
        return new() { Heading = section.Heading, Fields = named, Table = table, Note = section.Note };
    }

    private List<FilledField> Fields(ProgrammeSection section, FormSubject subject)
    {
        var filled = section.Fields.Select(field => new FilledField(field.Name, field.Group, field.Heading, _fields.Fill(field, subject))).ToList();
        if (section.Limit is { } limit)
        {
            var length = section.Fields.Where(static field => field.Source == FieldSource.FreeText).Sum(field => HeadingText.Length(subject.Text(field) ?? string.Empty));
            if (length > limit)
            {
                _findings.Add(
                    FormSeverity.Error, subject, section.Heading, $"its texts have {length} characters together, {length - limit} more than {limit}",
                    "Shorten them in the registry.");
            }
        }

        return filled;
    }

    private FilledTable FactoryTable(ProgrammeSection section, IReadOnlyList<FormSubject> factories)
    {
        var rows = new List<IReadOnlyList<FilledCell>>();
        foreach (var factory in factories.Where(factory => section.OnlyWith is null || factory.Text(section.OnlyWith) is not null))
        {
            rows.Add([.. section.Fields.Select(field => _fields.Fill(field, factory, ordinal: rows.Count + 1))]);
        }

        return new([.. section.Fields.Select(static field => field.Heading)], rows);
    }

    private (FilledTable Table, IReadOnlyList<FilledField> Named) LineTable(ProgrammeSection section, FormSubject subject)
    {
        var rows = new List<IReadOnlyList<FilledCell>>();
        var named = new List<FilledField>();
        foreach (var line in section.Lines)
        {
            var cells = line.Fields.Select(field => (Field: field, Cell: _fields.Fill(field, subject))).ToList();
            rows.Add([.. line.Labels.Select(static label => new FilledCell { Text = label }), .. cells.Select(static pair => pair.Cell)]);
            named.AddRange(cells.Select(pair => new FilledField(pair.Field.Name, Group: null, pair.Field.Heading, pair.Cell)));
        }

        return (new(section.Columns, rows), named);
    }

    private FilledTable MilestoneTable(ProgrammeSection section, FormSubject subject)
    {
        // in the order of time, as rows come
        var rows = section.Lines.SelectMany(static line => line.Fields).SelectMany(static field => field.Indicators).Distinct()
            .SelectMany(indicator => _figures.Rows(indicator, subject)).Where(static row => row.WindowStart is not null);
        var milestones = rows.OrderBy(static row => row.WindowStart).ThenBy(static row => row.WindowEnd).Select(_figures.Milestone).Distinct().DefaultIfEmpty(string.Empty);
        var cells = new List<IReadOnlyList<FilledCell>>();
        foreach (var milestone in milestones)
        {
            foreach (var line in section.Lines)
            {
                cells.Add(
                [
                    new() { Text = milestone },
                    .. line.Labels.Select(static label => new FilledCell { Text = label }),
                    .. line.Fields.Select(field => _fields.Fill(field, subject, milestone: milestone.Length == 0 ? null : milestone)),
                ]);
            }
        }

        return new(section.Columns, cells);
    }
}
