using System.Globalization;
using IndicatorCore.Indicators;

namespace IndicatorCore.Programmes.Filling;

/// <summary>Result rows as series of dynamic monitoring (programme-forms 6).</summary>
internal sealed class SeriesTable(FormInput input, FigureDesk figures)
{
    /// <summary>One row a project, indicator and window, in the order of the report.</summary>
    public FilledTable Fill(ProgrammeSection section, IReadOnlyList<FormSubject> factories)
    {
        var subjects = factories.ToDictionary(static factory => factory.Key);
        var asOf = input.Report!.Manifest.ReferenceDate is { } reference ? InstantText.Format(reference, figures.Zone) : string.Empty;
        var rows = new List<IReadOnlyList<FilledCell>>();
        foreach (var row in input.Report.Rows)
        {
            if (row.Group is not [{ Key: "factory", Value: { } factory }] || !subjects.TryGetValue(factory, out var subject))
            {
                continue;
            }

            rows.Add(
            [
                Text(factory), Text(row.Indicator == row.Definition.Split('@')[0] ? row.Definition : $"{row.Indicator} ({row.Definition})"),
                Text(Instant(row.WindowStart)), Text(Instant(row.WindowEnd)), Number(row.Value), Number(row.Low), Number(row.High),
                FigureDesk.Records(row) is { } records ? new() { Text = records.ToString(), Number = records, Format = FieldFormat.Count } : Text(string.Empty),
                Text(ResultNames.Of(row.Status)), Text(string.Join(';', ResultNames.Of(row.Flags))),
                Text(figures.Declared(row.Indicator, subject, figures.Milestone(row)) ?? string.Empty), Text(figures.Verdict(row, subject) ?? string.Empty),
                Text(row.Revision?.ToString() ?? string.Empty), Text(asOf), Text(figures.InputDigest),
            ]);
        }

        return new(section.Columns, rows);
    }

    private static FilledCell Text(string text) => new() { Text = text };

    // unrounded: what follows series must not see rounding; the row is its own evidence
    private static FilledCell Number(double? value) =>
        value is { } known ? new() { Text = known.ToString("R", CultureInfo.InvariantCulture), Number = known, Format = FieldFormat.Number } : new();

    private string Instant(long? instant) => instant is { } known ? InstantText.Format(known, figures.Zone) : string.Empty;
}
