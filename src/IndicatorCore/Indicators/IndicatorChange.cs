namespace IndicatorCore.Indicators;

/// <summary>Whether a figure is a change against something earlier, and which way it counts.</summary>
public enum IndicatorChange
{
    /// <summary>A level, such as a rate of networking.</summary>
    None,

    /// <summary>A rise: 提升, 提高, 增加.</summary>
    Increase,

    /// <summary>A fall: 降低, 下降, 减少.</summary>
    Decrease,
}
