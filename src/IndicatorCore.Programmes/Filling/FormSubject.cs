using IndicatorCore.Registry;

namespace IndicatorCore.Programmes.Filling;

/// <summary>What one copy is about, and what the registry says of it.</summary>
internal sealed class FormSubject
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<(string Heading, string First, string Second)> _conflicts = [];

    private FormSubject(string level, string key, string name, IReadOnlyList<FactoryRecord> factories)
    {
        Level = level;
        Key = key;
        Name = name;
        Factories = factories;
    }

    /// <summary>The level of its figures: factory, zone or park.</summary>
    public string Level { get; }

    /// <summary>Its value at that level.</summary>
    public string Key { get; }

    /// <summary>What people call it.</summary>
    public string Name { get; }

    /// <summary>Its factories: of a factory itself.</summary>
    public IReadOnlyList<FactoryRecord> Factories { get; }

    /// <summary>Headings for which its factories say different things.</summary>
    public IReadOnlyList<(string Heading, string First, string Second)> Conflicts => _conflicts;

    /// <summary>A factory.</summary>
    public static FormSubject Of(FactoryRecord factory)
    {
        var subject = new FormSubject("factory", factory.Factory, factory.Name ?? factory.Factory, [factory]);
        subject.Take(factory);
        return subject;
    }

    /// <summary>A zone.</summary>
    public static FormSubject Of(ZoneRecord zone, IReadOnlyList<FactoryRecord> factories)
    {
        var subject = new FormSubject("zone", zone.Zone, zone.Zone, factories);
        subject.Put("zone", zone.Zone);
        subject.Put("常住人口", zone.Population?.ToString());
        subject.Put(zone.Additional);
        return subject;
    }

    /// <summary>All factories together, of which nothing is registered.</summary>
    public static FormSubject OfAll(IReadOnlyList<FactoryRecord> factories) => new(string.Empty, string.Empty, string.Empty, factories);

    /// <summary>A park: what its factories' rows say of it, the first that says anything.</summary>
    public static FormSubject OfPark(string park, IReadOnlyList<FactoryRecord> factories)
    {
        var subject = new FormSubject("park", park, park, factories);
        subject.Put("park", park);
        foreach (var factory in factories)
        {
            foreach (var (heading, text) in factory.Additional)
            {
                if (subject._values.TryGetValue(HeadingText.Key(heading), out var first) && first != text && IsOfPark(heading))
                {
                    subject._conflicts.Add((heading, first, text));
                }
            }

            subject.Put(factory.Additional);
        }

        subject.Put("city", string.Join(';', factories.Select(static factory => factory.City).OfType<string>().Distinct()));
        subject.Put("industry", string.Join(';', factories.Select(static factory => factory.Industry).OfType<string>().Distinct()));
        return subject;
    }

    /// <summary>What the registry has under the first of these headings that is filled, or null.</summary>
    public string? Text(params IEnumerable<string> headings)
    {
        foreach (var heading in headings)
        {
            if (_values.TryGetValue(HeadingText.Key(heading), out var text))
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>What the registry has for a field, or null.</summary>
    public string? Text(ProgrammeField field) => Text(field.Columns.Count > 0 ? field.Columns : [field.Name, field.Heading]);

    private static bool IsOfPark(string heading) =>
        heading.StartsWith("牵头单位", StringComparison.Ordinal) || heading.StartsWith("联合单位", StringComparison.Ordinal) || heading is "行业领域" or "覆盖园区";

    private void Take(FactoryRecord factory)
    {
        Put("factory", factory.Factory);
        Put("name", factory.Name);
        Put("enterprise", factory.Enterprise);
        Put("credit_code", factory.CreditCode);
        Put("city", factory.City);
        Put("district", factory.District);
        Put("province", factory.Province);
        Put("industry", factory.Industry);
        Put("class", factory.Class);
        Put("park", string.Join(';', factory.Parks));
        Put("zone", string.Join(';', factory.Zones));
        Put("operator", string.Join(';', factory.Operators));
        Put(factory.Additional);
    }

    private void Put(IReadOnlyDictionary<string, string> values)
    {
        foreach (var (heading, text) in values)
        {
            Put(heading, text);
        }
    }

    private void Put(string heading, string? text)
    {
        if (!string.IsNullOrWhiteSpace(text))
        {
            _values.TryAdd(HeadingText.Key(heading), text.Trim());
        }
    }
}
