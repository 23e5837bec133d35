using System.Globalization;
using IndicatorCore.Programmes.Filling;

namespace IndicatorCore.Programmes.Writing;

/// <summary>The evidence of figures as a table: the same in every format.</summary>
internal static class FormTraceColumns
{
    /// <summary>The headings.</summary>
    public static IReadOnlyList<string> Headings { get; } =
    [
        "序号", "范围", "指标", "定义", "窗口起", "窗口止", "值", "单位", "分子", "分母", "下限", "上限", "n", "状态", "原因", "标记", "申报值", "比对结论", "行摘要", "输入摘要",
    ];

    /// <summary>A row.</summary>
    public static IReadOnlyList<string> Cells(FigureTrace trace) =>
    [
        trace.Number.ToString(), trace.Group, trace.Indicator, trace.Definition, trace.WindowStart ?? string.Empty, trace.WindowEnd ?? string.Empty,
        Number(trace.Value), trace.Unit, trace.Numerator ?? string.Empty, trace.Denominator ?? string.Empty, Number(trace.Low), Number(trace.High),
        trace.Records?.ToString() ?? string.Empty, trace.Status, trace.Reason ?? string.Empty, string.Join(';', trace.Flags), trace.Declared ?? string.Empty,
        trace.Verdict ?? string.Empty, trace.RowDigest, trace.InputDigest,
    ];

    /// <summary>The headings of findings.</summary>
    public static IReadOnlyList<string> FindingHeadings { get; } = ["级别", "范围", "栏目", "问题", "处理办法"];

    /// <summary>A finding.</summary>
    public static IReadOnlyList<string> Cells(FormFinding finding) =>
        [Severity(finding.Severity), finding.Subject ?? string.Empty, finding.Field, finding.Problem, finding.Advice];

    /// <summary>The word for a severity.</summary>
    public static string Severity(FormSeverity severity) => severity switch
    {
        FormSeverity.Error => "error",
        FormSeverity.Warning => "warning",
        _ => "notice",
    };

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? string.Empty;
}
