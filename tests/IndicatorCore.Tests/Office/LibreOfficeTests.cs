using System.Diagnostics;
using IndicatorCore.Office.Forms;
using IndicatorCore.Programmes;
using IndicatorCore.Tests.Programmes;
using IndicatorCore.Tests.Support;

namespace IndicatorCore.Tests.Office;

/// <summary>Another program prints what was written: every text and number must be on the pages.</summary>
public sealed class LibreOfficeTests
{
    [SkippableTheory]
    [Trait("Category", "Office")]
    [Trait("Category", "Slow")]
    [InlineData("xlsx")]
    [InlineData("docx")]
    public void Printed_pages_hold_every_cell(string ending)
    {
        Require();
        using var folder = new TemporaryFolder();
        var forms = ProgrammeCatalog.All.Where(static programme => programme.Id != "monitoring").Select(static programme => SampleForms.Fill(programme.Id)).ToList();
        foreach (var form in forms)
        {
            using var file = File.Create(folder.File($"{form.Programme}.{ending}"));
            if (ending == "xlsx")
            {
                new FormWorkbook().Write(form, file);
            }
            else
            {
                new FormDocument().Write(form, file);
            }
        }

        Run("soffice", ["--headless", $"-env:UserInstallation=file://{folder.Path}/profile", "--convert-to", "pdf", "--outdir", folder.Path, .. Directory.GetFiles(folder.Path, $"*.{ending}")]);
        foreach (var form in forms)
        {
            var page = Plain(Run("pdftotext", ["-raw", folder.File($"{form.Programme}.pdf"), "-"]));
            Assert.Empty(
                from copy in form.Copies
                from section in copy.Sections
                from cell in section.Table?.Rows.SelectMany(static row => row) ?? section.Fields.Select(static field => field.Cell)
                let text = cell.Format == FieldFormat.Money && cell.Number is { } money ? money.ToString("#,##0.######") : cell.Unit is null || ending == "docx" ? cell.Text : cell.Text[..^cell.Unit.Length]
                where !page.Contains(Plain(ending == "docx" && cell.Format == FieldFormat.Money ? cell.Text : text), StringComparison.Ordinal)
                select $"{form.Programme} {text}");
        }
    }

    private static void Require()
    {
        var isThere = new[] { "soffice", "pdftotext" }.All(static tool => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(':').Any(folder => File.Exists(Path.Combine(folder, tool))));
        var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
        Assert.False(!isThere && required.Contains("libreoffice", StringComparer.Ordinal), "LibreOffice and poppler's pdftotext are required but absent.");
        Skip.If(!isThere, "LibreOffice (soffice) or pdftotext is not here.");
    }

    // breaks of lines and pages fall anywhere, and boxes come out of another font in an order of their own
    private static string Plain(string text) => string.Concat(text.Where(static letter => !char.IsWhiteSpace(letter) && !char.IsControl(letter) && letter is not ('☐' or '☑')));

    private static string Run(string program, IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeSpan.FromMinutes(5)))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{program}: {error.Result}");
        return output;
    }
}
