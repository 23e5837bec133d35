namespace IndicatorCore.Programmes.Catalog;

/// <summary>Fields in few words, by origin.</summary>
internal static class FieldOf
{
    /// <summary>Declared, from the registry.</summary>
    public static ProgrammeField Registry(string heading, FieldFormat format = FieldFormat.Text, bool isRequired = true, params IReadOnlyList<string> columns) =>
        new() { Heading = heading, Format = format, IsRequired = isRequired, Columns = columns };

    /// <summary>A figure; later indicators stand in for the first.</summary>
    public static ProgrammeField Computed(string heading, FieldFormat format, params IReadOnlyList<string> indicators) =>
        new() { Heading = heading, Source = FieldSource.Computed, Format = format, Indicators = indicators, IsRequired = true };

    /// <summary>By rule.</summary>
    public static ProgrammeField Derived(string heading, DerivedRule rule) =>
        new() { Heading = heading, Source = FieldSource.Derived, Rule = rule };

    /// <summary>A line of targets: what a notice wants, and what the registry has of it.</summary>
    public static ProgrammeLine Target(string name, int count, DerivedRule rule) =>
        new() { Labels = [name, count.ToString()], Fields = [Derived("登记数", rule) with { Name = $"{name}-登记数" }] };

    /// <summary>Free text with a limit.</summary>
    public static ProgrammeField Text(string heading, int? limit, params IReadOnlyList<string> columns) =>
        new() { Heading = heading, Source = FieldSource.FreeText, Limit = limit, IsRequired = true, Columns = columns };

    /// <summary>Boxes that the registry's value ticks.</summary>
    public static ProgrammeField Boxes(string heading, bool isSingle, params IReadOnlyList<string> options) =>
        new() { Heading = heading, Format = FieldFormat.Choice, IsSingle = isSingle, Options = options, IsRequired = true };

    /// <summary>Boxes that a rule ticks.</summary>
    public static ProgrammeField RuleBoxes(string heading, DerivedRule rule, params IReadOnlyList<string> options) =>
        new() { Heading = heading, Source = FieldSource.Derived, Rule = rule, Format = FieldFormat.Choice, Options = options };

    /// <summary>Contact details under their common heading.</summary>
    public static IEnumerable<ProgrammeField> Contact(string? prefix = null) =>
        new[] { "姓名", "电话", "职务", "手机", "传真", "E-mail" }.Select(heading => new ProgrammeField
        {
            Heading = heading,
            Group = "联系人",
            Name = prefix is null ? $"联系人-{heading}" : $"{prefix}-联系人-{heading}",
            IsRequired = heading is "姓名" or "电话",
        });
}
