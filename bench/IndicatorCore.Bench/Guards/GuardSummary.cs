using System.Globalization;
using System.Text;

namespace IndicatorCore.Bench.Guards;

/// <summary>The figures of a run as a Markdown table, and what became of them.</summary>
internal sealed class GuardSummary
{
    private readonly StringBuilder _table = new("| guard | measured | 99 % interval | ceiling | verdict |\n| --- | ---: | --- | ---: | --- |\n");

    /// <summary>Guards that hold.</summary>
    public int Passed { get; private set; }

    /// <summary>Guards that do not.</summary>
    public int Failed { get; private set; }

    /// <summary>Adds bytes an operation.</summary>
    public void Add(string name, double bytes, double ceiling) =>
        Add($"allocated {name}", Text($"{bytes:0.##} B"), string.Empty, Text($"{ceiling:0.##} B"), Judge(bytes <= ceiling));

    /// <summary>Adds a ratio; without a ceiling it is reported and holds nothing.</summary>
    public void Add(string name, PairedRatio ratio, double? ceiling) => Add(
        name,
        Text($"{ratio.Median:0.000}"),
        Text($"{ratio.Low:0.000} to {ratio.High:0.000}"),
        ceiling is { } most ? Text($"{most:0.000}") : "none",
        ceiling is { } limit ? Judge(ratio.Median <= limit) : "reported");

    /// <summary>Adds what could not be measured.</summary>
    public void AddAbsent(string name, string reason) => Add(name, "absent", reason, string.Empty, "absent");

    /// <inheritdoc/>
    public override string ToString() => _table.ToString();

    private void Add(string name, string measured, string interval, string ceiling, string verdict) =>
        _table.Append(CultureInfo.InvariantCulture, $"| `{name}` | {measured} | {interval} | {ceiling} | {verdict} |\n");

    private string Judge(bool holds)
    {
        if (holds)
        {
            Passed++;
            return "holds";
        }

        Failed++;
        return "**BROKEN**";
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
