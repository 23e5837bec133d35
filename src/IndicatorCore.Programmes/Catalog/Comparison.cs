namespace IndicatorCore.Programmes.Catalog;

/// <summary>The table of effects before and after (programme-forms 1.1): every computed indicator with both values.</summary>
internal static class Comparison
{
    private static readonly (string Label, string Indicator, FieldFormat Format, string? Unit)[] s_lines =
    [
        ("生产效率提升", "eff_gain", FieldFormat.Percent, null),
        ("生产成本降低", "cost_red", FieldFormat.Percent, null),
        ("关键设备联网率", "knr", FieldFormat.Percent, null),
        ("5G网络覆盖率", "cov_grid", FieldFormat.Percent, null),
        ("设备综合效率", "oee", FieldFormat.Percent, null),
        ("一次合格率", "fpy", FieldFormat.Percent, null),
        ("报废率", "scrap", FieldFormat.Percent, null),
        ("单位产品能耗", "energy_intensity", FieldFormat.Number, "kWh/单位产品"),
        ("时延（第95百分位）", "lat_p95", FieldFormat.Number, "ms"),
    ];

    /// <summary>The section under a heading.</summary>
    public static ProgrammeSection Under(string heading) => new()
    {
        Heading = heading,
        Rows = SectionRows.Lines,
        Columns = ["指标", "实施前", "实施后", "变化"],
        Lines =
        [
            .. s_lines.Select(static line => new ProgrammeLine
            {
                Labels = [line.Unit is null ? line.Label : $"{line.Label}（{line.Unit}）"],
                Fields =
                [
                    Part(line, "实施前", FigurePart.Before), Part(line, "实施后", FigurePart.After), Part(line, "变化", FigurePart.Change),
                ],
            }),
        ],
    };

    private static ProgrammeField Part((string Label, string Indicator, FieldFormat Format, string? Unit) line, string heading, FigurePart part) => new()
    {
        Heading = heading,
        Name = $"{line.Label}-{heading}",
        Source = FieldSource.Computed,
        Format = line.Format,
        Indicators = [line.Indicator],
        Part = part,
    };
}
