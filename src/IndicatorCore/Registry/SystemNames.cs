namespace IndicatorCore.Registry;

/// <summary>Codes of key systems (indicator-definitions 8, programme-forms 3.2); those printed as one box are one code.</summary>
internal static class SystemNames
{
    private static readonly Dictionary<string, string> s_codes = new()
    {
        ["erp"] = "ERP",
        ["企业资源计划"] = "ERP",
        ["mes"] = "MES",
        ["制造执行"] = "MES",
        ["wms"] = "WMS",
        ["仓储管理"] = "WMS",
        ["plm"] = "PLM/PDM",
        ["pdm"] = "PLM/PDM",
        ["产品生命周期管理"] = "PLM/PDM",
        ["产品数据管理"] = "PLM/PDM",
        ["aps"] = "APS",
        ["高级计划与排程"] = "APS",
        ["scm"] = "SCM/SRM",
        ["srm"] = "SCM/SRM",
        ["供应链管理"] = "SCM/SRM",
        ["供应商关系管理"] = "SCM/SRM",
        ["eam"] = "EAM",
        ["设备资产管理"] = "EAM",
        ["crm"] = "CRM",
        ["客户关系管理"] = "CRM",
        ["cad"] = "CAD/CAE/CAM",
        ["cae"] = "CAD/CAE/CAM",
        ["cam"] = "CAD/CAE/CAM",
        ["oa"] = "OA",
        ["办公自动化"] = "OA",
    };

    /// <summary>The code of a system, or its own name in normal form; of several joined by <c>/</c> the first known one's.</summary>
    public static string CodeOf(string system)
    {
        var name = PrintedText.Normal(system);
        name = name.Length > 2 && name.EndsWith("系统", StringComparison.Ordinal) ? name[..^2] : name;
        return name.Split('/').Select(static part => s_codes.GetValueOrDefault(part)).FirstOrDefault(static code => code is not null) ?? name;
    }
}
