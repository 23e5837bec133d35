namespace IndicatorCore.Registry;

/// <summary>What the check says of the table devices.</summary>
internal static class DeviceFindings
{
    /// <summary>The findings.</summary>
    public static IEnumerable<RegistryFinding> Of(IndicatorRegistry registry, RegistryNames names)
    {
        var findings = new FindingList("devices");
        ValidityOverlap.Find(findings, registry.Devices, static row => row.Device, static row => row.Valid, static (left, right) =>
            ValidityOverlap.Of("line", left.Line, right.Line)
            ?? ValidityOverlap.Of("is_key", left.IsKey ? "1" : "0", right.IsKey ? "1" : "0")
            ?? ValidityOverlap.Of("kind", left.Kind, right.Kind)
            ?? ValidityOverlap.Of("behind", left.Behind, right.Behind)
            ?? ValidityOverlap.Of("access", left.Access, right.Access));
        for (var i = 0; i < registry.Devices.Count; i++)
        {
            var row = registry.Devices[i];
            if (row.Line is null)
            {
                findings.Add(
                    FindingSeverity.Warning, FindingKind.Gap, i, "line", row.Device, $"Device {row.Device} stands on no line: it counts in no factory.", "Enter its line.");
            }

            findings.Unknown(i, "line", row.Device, "line", row.Line, names.Lines, "it counts in no factory");
            findings.Unknown(i, "behind", row.Device, "gateway", row.Behind, names.Devices, "nothing is known of its way into the network");
            if (row.Behind == row.Device)
            {
                findings.Add(
                    FindingSeverity.Error, FindingKind.Contradiction, i, "behind", row.Device, $"Device {row.Device} stands behind itself.", "Name its gateway, or leave the column empty.");
            }
        }

        if (registry.Devices.Count > 0 && !registry.Devices.Any(static row => row.IsKey))
        {
            findings.Add(
                FindingSeverity.Warning, FindingKind.Gap, null, "is_key", string.Empty, "No device is a key device: knr has no denominator.", "Mark key devices (是否关键设备) with 1.");
        }

        return findings.Sorted;
    }
}
