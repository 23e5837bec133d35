namespace IndicatorCore.Adapters.Results;

/// <summary>One column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">The heading.</param>
/// <param name="IsRightAligned">True for numbers.</param>
/// <param name="CanWrap">Whether the cells may be broken over lines when the table is too wide.</param>
internal sealed record TextColumn(string Header, bool IsRightAligned = false, bool CanWrap = false);
