namespace IndicatorCore.Registry;

/// <summary>What the check says of the table factories.</summary>
internal static class FactoryFindings
{
    /// <summary>The findings.</summary>
    public static IEnumerable<RegistryFinding> Of(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("factories");
        ValidityOverlap.Find(findings, registry.Factories, static row => row.Factory, static row => row.Valid, Difference);
        for (var i = 0; i < registry.Factories.Count; i++)
        {
            var row = registry.Factories[i];
            foreach (var zone in names.Zones.Count > 0 ? row.Zones : [])
            {
                findings.Unknown(i, "zone", row.Factory, "zone", zone, names.Zones, "it counts in none");
            }

            if (row.Class is { } text && ProjectClass.Of(text) is null)
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.UnknownReference, i, "class", row.Factory, $"\"{text}\" of {row.Factory} is no class.",
                    $"Use one of {string.Join(", ", ProjectClass.All)}.");
            }

            if (row.CreditCode is { } code)
            {
                OfCode(findings, i, row.Factory, code);
            }
        }

        OfEnterprises(findings, registry.Factories);
        OfExtent(findings, registry);
        OfColumns(findings, registry.Factories);
        return findings.Sorted;
    }

    private static (string Column, string Text)? Difference(FactoryRecord left, FactoryRecord right) =>
        ValidityOverlap.Of("name", left.Name, right.Name)
        ?? ValidityOverlap.Of("enterprise", left.Enterprise, right.Enterprise)
        ?? ValidityOverlap.Of("city", left.City, right.City)
        ?? ValidityOverlap.Of("district", left.District, right.District)
        ?? ValidityOverlap.Of("province", left.Province, right.Province)
        ?? ValidityOverlap.Of("industry", left.Industry, right.Industry)
        ?? ValidityOverlap.Of("class", left.Class, right.Class)
        ?? ValidityOverlap.Of("credit_code", left.CreditCode, right.CreditCode)
        ?? OfSets("park", left.Parks, right.Parks)
        ?? OfSets("zone", left.Zones, right.Zones)
        ?? OfSets("operator", left.Operators, right.Operators);

    private static (string Column, string Text)? OfSets(string column, IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.ToHashSet().SetEquals(right) ? null : (column, column);

    private static void OfCode(FindingList findings, int row, string factory, string code)
    {
        if (!CreditCode.HasForm(code))
        {
            findings.Add(
                FindingSeverity.Warning, FindingKind.Malformed, row, "credit_code", factory, $"\"{code}\" of {factory} is no unified social credit code.",
                "It has 18 digits and capital letters without I, O, S, V and Z.");
        }
        else if (CreditCode.CheckCharacter(code) is var expected && expected != code[^1])
        {
            findings.Add(
                FindingSeverity.Notice, FindingKind.Malformed, row, "credit_code", factory, $"The last character of {code} of {factory} does not check the others.",
                $"Compare it with the licence; these seventeen would end with {expected} (GB 32100-2015).");
        }
    }

    // one enterprise may have several factories, and has one code
    private static void OfEnterprises(FindingList findings, IReadOnlyList<FactoryRecord> factories)
    {
        var byCode = new Dictionary<string, (int Row, FactoryRecord Record)>();
        var byEnterprise = new Dictionary<string, (int Row, FactoryRecord Record)>();
        for (var i = 0; i < factories.Count; i++)
        {
            var row = factories[i];
            if (row.CreditCode is not { } code)
            {
                continue;
            }

            if (!byCode.TryAdd(code, (i, row)) && byCode[code].Record is var other && other.Factory != row.Factory)
            {
                if (row.Enterprise is not null && other.Enterprise is not null && row.Enterprise != other.Enterprise)
                {
                    findings.Add(
                        FindingSeverity.Error, FindingKind.Contradiction, i, "credit_code", row.Factory,
                        $"{row.Factory} ({row.Enterprise}) has the credit code {code} of {other.Factory} ({other.Enterprise}).",
                        "A code belongs to one enterprise: correct it, or write the enterprise the same way in both rows.");
                }
                else if (row.Enterprise is null || other.Enterprise is null)
                {
                    findings.Add(
                        FindingSeverity.Warning, FindingKind.Duplicate, i, "credit_code", row.Factory,
                        $"{row.Factory} has the credit code {code} of {other.Factory}, and not both name their enterprise: they count as two.",
                        "Enter the enterprise (企业名称) of both.");
                }
            }

            if (row.Enterprise is { } enterprise && !byEnterprise.TryAdd(enterprise, (i, row)) && byEnterprise[enterprise].Record.CreditCode != code)
            {
                findings.Add(
                    FindingSeverity.Error, FindingKind.Contradiction, i, "credit_code", row.Factory,
                    $"{enterprise} has the credit code {byEnterprise[enterprise].Record.CreditCode} at {byEnterprise[enterprise].Record.Factory} and {code} at {row.Factory}.",
                    "An enterprise has one code: correct it, or tell the enterprises apart by their names.");
            }
        }
    }

    private static void OfExtent(FindingList findings, IndicatorRegistry registry)
    {
        var withLines = registry.Lines.Select(static row => row.Factory).OfType<string>().ToHashSet();
        var cells = registry.GridCells.Select(static row => row.Factory).ToHashSet();
        var keyLines = registry.Devices.Where(static row => row.IsKey).Select(static row => row.Line).OfType<string>().ToHashSet();
        var withKeys = registry.Lines.Where(row => keyLines.Contains(row.Line)).Select(static row => row.Factory).OfType<string>().ToHashSet();
        for (var i = 0; i < registry.Factories.Count; i++)
        {
            var factory = registry.Factories[i].Factory;
            if (registry.Lines.Count > 0 && !withLines.Contains(factory))
            {
                findings.AddOnce(
                    FindingSeverity.Warning, FindingKind.Gap, i, null, factory, $"Factory {factory} has no line: no device and no output counts for it.", "Add its lines to the table lines.");
            }
            else if (withKeys.Count > 0 && !withKeys.Contains(factory))
            {
                findings.AddOnce(
                    FindingSeverity.Notice, FindingKind.Gap, i, null, factory, $"Factory {factory} has no key device: its knr has no denominator.", "Mark key devices (是否关键设备) with 1.");
            }

            if (cells.Count > 0 && !cells.Contains(factory))
            {
                findings.AddOnce(
                    FindingSeverity.Notice, FindingKind.Gap, i, null, factory, $"Factory {factory} has no grid cells: its cov_grid is not available.", "Add the cells of its site plan to the table grid_cells.");
            }
        }
    }

    private static void OfColumns(FindingList findings, IReadOnlyList<FactoryRecord> factories)
    {
        (string Column, Func<FactoryRecord, string?> Value, string What, string Effect)[] columns =
        [
            ("enterprise", static row => row.Enterprise, "enterprise (企业名称)", "it counts as an enterprise of its own"),
            ("credit_code", static row => row.CreditCode, "credit code (统一社会信用代码)", "forms cannot be completed"),
            ("province", static row => row.Province, "province (省)", "it counts in none"),
            ("city", static row => row.City, "city (市)", "it counts in none"),
            ("industry", static row => row.Industry, "industry (行业)", "it counts in none"),
            ("class", static row => row.Class, "class (类别)", "forms cannot be completed"),
        ];
        foreach (var (column, value, what, effect) in columns)
        {
            findings.PartlyFilled(factories, column, static row => row.Factory, row => value(row) is not null, what, effect, "Enter it.");
        }
    }
}
