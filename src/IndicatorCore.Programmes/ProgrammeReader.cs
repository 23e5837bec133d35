using System.Globalization;
using IndicatorCore.Errors;
using IndicatorCore.Indicators;
using IndicatorCore.Programmes.Codes;
using IndicatorCore.Sources;

namespace IndicatorCore.Programmes;

/// <summary>Reads a programme from a JSON file: the same model as the programmes that come with the library (docs/programmes.md).</summary>
public static class ProgrammeReader
{
    private const int MostFields = 5_000;

    private static readonly string[] s_rootKeys =
        ["id", "title", "summary", "scope", "notice", "industries", "deadlines", "rules", "also_needs", "sections", "based_on"];

    private static readonly string[] s_sectionKeys = ["heading", "rows", "columns", "fields", "lines", "limit", "note", "only_with", "of_all"];

    private static readonly string[] s_fieldKeys =
        ["heading", "group", "name", "source", "indicators", "part", "columns", "rule", "format", "unit", "options", "single", "limit", "required"];

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file: JSON with comments and trailing commas allowed.</param>
    /// <exception cref="ConfigurationException">It says something unknown or impossible; the message names the place in the file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Programme Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Parse(ConfigurationText.Read(path), path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="file">How errors call it.</param>
    /// <exception cref="ConfigurationException">As for a path.</exception>
    public static Programme Parse(string json, string file)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(file);
        var root = ConfigurationNode.Parse(json, file, "programme");
        var members = Members(root, s_rootKeys);
        var origin = members.TryGetValue("based_on", out var based) ? Origin(based) : null;
        var programme = new Programme
        {
            Id = Required(root, members, "id", origin?.Id, "\"id\": \"our-2025\""),
            Title = Required(root, members, "title", origin?.Title, "\"title\": \"推荐汇总表\""),
            Summary = members.TryGetValue("summary", out var summary) ? summary.Text() : origin?.Summary ?? string.Empty,
            Scope = members.TryGetValue("scope", out var scope) ? Choice<ProgrammeScope>(scope) : origin?.Scope ?? ProgrammeScope.Factory,
            Notice = members.TryGetValue("notice", out var notice) ? notice.Text() : origin?.Notice ?? string.Empty,
            Industries = members.TryGetValue("industries", out var industries) ? Choice<IndustryList>(industries) : origin?.Industries,
            Deadlines = members.TryGetValue("deadlines", out var deadlines) ? Deadlines(deadlines) : origin?.Deadlines ?? [],
            Rules = members.TryGetValue("rules", out var rules) ? [.. rules.Elements().Select(Choice<ProgrammeRule>)] : origin?.Rules ?? [],
            AlsoNeeds = members.TryGetValue("also_needs", out var needs) ? [.. needs.Elements().Select(Indicator)] : origin?.AlsoNeeds ?? [],
            Sections = members.TryGetValue("sections", out var sections) ? [.. sections.Elements().Select(Section)] : origin?.Sections
                ?? throw root.Fault("has no \"sections\"", "Add \"sections\": [ { \"heading\": \"...\", \"fields\": [ ... ] } ], or \"based_on\" a programme."),
        };
        Check(root, programme);
        return programme;
    }

    private static Programme Origin(ConfigurationNode node) =>
        ProgrammeCatalog.All.FirstOrDefault(programme => programme.Id == node.Text())
        ?? throw node.Fault("names no programme", NearestName.Advice(node.Text(), [.. ProgrammeCatalog.All.Select(static programme => programme.Id)]));

    private static void Check(ConfigurationNode root, Programme programme)
    {
        if (programme.Sections.Sum(static section => section.AllFields.Count()) > MostFields)
        {
            throw root.Fault($"has more than {MostFields} fields");
        }

        var isList = programme.Scope == ProgrammeScope.Factories;
        if (programme.Sections.FirstOrDefault(section => isList && section.Rows is SectionRows.None or SectionRows.Milestones) is { } wrong)
        {
            throw root.Fault(
                $"has the section \"{wrong.Heading}\" without rows of factories, and its scope is a list",
                "Give the section \"rows\": \"factories\", or the programme \"scope\": \"factory\".");
        }

        if (programme.Scope != ProgrammeScope.Park && programme.Sections.FirstOrDefault(static section => section.Rows == SectionRows.Parks) is { } parks)
        {
            throw root.Fault($"has the section \"{parks.Heading}\" with rows of parks, and its scope is none", "Give the programme \"scope\": \"park\".");
        }
    }

    private static ProgrammeSection Section(ConfigurationNode node)
    {
        var members = Members(node, s_sectionKeys);
        var section = new ProgrammeSection
        {
            Heading = Required(node, members, "heading", fallback: null, "\"heading\": \"基本信息\""),
            Rows = members.TryGetValue("rows", out var rows) ? Choice<SectionRows>(rows) : SectionRows.None,
            Columns = members.TryGetValue("columns", out var columns) ? columns.Texts() : [],
            Fields = members.TryGetValue("fields", out var fields) ? [.. fields.Elements().Select(Field)] : [],
            Lines = members.TryGetValue("lines", out var lines) ? [.. lines.Elements().Select(Line)] : [],
            Limit = members.TryGetValue("limit", out var limit) ? limit.Integer(1, int.MaxValue) : null,
            OnlyWith = members.TryGetValue("only_with", out var only) ? only.Name() : null,
            IsOfAll = members.TryGetValue("of_all", out var all) && all.Flag(),
            Note = members.TryGetValue("note", out var note) ? note.Text() : null,
        };
        var hasLines = section.Rows is SectionRows.Lines or SectionRows.Milestones;
        if (hasLines && (section.Lines.Count == 0 || section.Columns.Count == 0))
        {
            throw node.Fault("has rows of lines, and no \"columns\" or no \"lines\"");
        }

        var leading = section.Rows == SectionRows.Milestones ? 1 : 0;
        for (var i = 0; hasLines && i < section.Lines.Count; i++)
        {
            var cells = leading + section.Lines[i].Labels.Count + section.Lines[i].Fields.Count;
            if (cells != section.Columns.Count)
            {
                throw members["lines"].Elements()[i].Fault($"makes {cells} cells, and there are {section.Columns.Count} columns");
            }
        }

        return section.Rows is SectionRows.None or SectionRows.Factories or SectionRows.Parks && section.Fields.Count == 0 ? throw node.Fault("has no \"fields\"") : section;
    }

    private static ProgrammeLine Line(ConfigurationNode node)
    {
        var members = Members(node, ["labels", "fields"]);
        return new()
        {
            Labels = members.TryGetValue("labels", out var labels) ? labels.Texts() : [],
            Fields = members.TryGetValue("fields", out var fields) ? [.. fields.Elements().Select(Field)] : [],
        };
    }

    private static ProgrammeField Field(ConfigurationNode node)
    {
        var members = Members(node, s_fieldKeys);
        var field = new ProgrammeField
        {
            Heading = Required(node, members, "heading", fallback: null, "\"heading\": \"项目名称\""),
            Group = members.TryGetValue("group", out var group) ? group.Name() : null,
            Source = members.TryGetValue("source", out var source) ? Choice<FieldSource>(source)
                : members.ContainsKey("indicators") && !members.ContainsKey("rule") ? FieldSource.Computed
                : members.ContainsKey("rule") ? FieldSource.Derived
                : FieldSource.Registry,
            Indicators = members.TryGetValue("indicators", out var indicators) ? [.. indicators.Elements().Select(Indicator)] : [],
            Part = members.TryGetValue("part", out var part) ? Choice<FigurePart>(part) : FigurePart.Value,
            Columns = members.TryGetValue("columns", out var columns) ? columns.Texts() : [],
            Rule = members.TryGetValue("rule", out var rule) ? Choice<DerivedRule>(rule) : null,
            Format = members.TryGetValue("format", out var format) ? Choice<FieldFormat>(format) : FieldFormat.Text,
            Unit = members.TryGetValue("unit", out var unit) ? unit.Name() : null,
            Options = members.TryGetValue("options", out var options) ? options.Texts() : [],
            IsSingle = members.TryGetValue("single", out var single) && single.Flag(),
            Limit = members.TryGetValue("limit", out var limit) ? limit.Integer(1, int.MaxValue) : null,
            IsRequired = members.TryGetValue("required", out var required) && required.Flag(),
        };
        if (members.TryGetValue("name", out var name))
        {
            field = field with { Name = name.Name() };
        }

        return field switch
        {
            { Source: FieldSource.Computed, Indicators.Count: 0 } => throw node.Fault("is computed and names no \"indicators\""),
            { Source: FieldSource.Derived, Rule: null } => throw node.Fault("is derived and names no \"rule\"", NearestName.Advice(string.Empty, Names(typeof(DerivedRule)))),
            { Rule: DerivedRule.Declared or DerivedRule.Verdict or DerivedRule.FiveScenarios or DerivedRule.PointsEntered, Indicators.Count: 0 } =>
                throw node.Fault("has a rule over a figure and names no \"indicators\""),
            { Format: FieldFormat.Choice, Options.Count: 0 } => throw node.Fault("is a choice and has no \"options\""),
            _ => field,
        };
    }

    private static string Indicator(ConfigurationNode node)
    {
        var id = node.Text();
        return IndicatorCatalog.All.Any(indicator => indicator.Id == id || indicator.Parts.Contains(id))
            ? id
            : throw node.Fault("is no indicator", NearestName.Advice(id, [.. IndicatorCatalog.All.Select(static indicator => indicator.Id)]));
    }

    private static List<ProgrammeDeadline> Deadlines(ConfigurationNode node)
    {
        var deadlines = new List<ProgrammeDeadline>();
        foreach (var element in node.Elements())
        {
            var members = Members(element, ["name", "day"]);
            var day = members.TryGetValue("day", out var given) ? given : throw element.Fault("has no \"day\"");
            deadlines.Add(new(
                Required(element, members, "name", fallback: null, "\"name\": \"各市报送\""),
                DateOnly.TryParseExact(day.Text(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                    ? date
                    : throw day.Fault("is not a date", "Such as \"2024-03-05\".")));
        }

        return [.. deadlines.OrderBy(static deadline => deadline.Day)];
    }

    private static Dictionary<string, ConfigurationNode> Members(ConfigurationNode node, string[] known)
    {
        var members = new Dictionary<string, ConfigurationNode>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Members())
        {
            members.Add(key, known.Contains(key) ? value : throw value.Unknown(key, known));
        }

        return members;
    }

    private static string Required(ConfigurationNode node, Dictionary<string, ConfigurationNode> members, string key, string? fallback, string example) =>
        members.TryGetValue(key, out var value) ? value.Name() : fallback ?? throw node.Fault($"has no \"{key}\"", $"Add {example}.");

    private static T Choice<T>(ConfigurationNode node)
        where T : struct, Enum
    {
        var names = Names(typeof(T));
        var at = Array.IndexOf(names, node.Text());
        return at >= 0 ? Enum.GetValues<T>()[at] : throw node.Fault("is not known here", NearestName.Advice(node.Text(), names));
    }

    // such as five_scenarios
    private static string[] Names(Type type) =>
        [.. Enum.GetNames(type).Select(static name => string.Concat(name.Select(static (letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : string.Empty) + char.ToLowerInvariant(letter) : letter.ToString())))];
}
