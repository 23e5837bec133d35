namespace IndicatorCore.Indicators;

/// <summary>A time that a line spends in one workshop, with its go-live.</summary>
/// <param name="Days">The local days.</param>
/// <param name="Factory">The factory's number, -1 without.</param>
/// <param name="Workshop">The workshop's number, -1 without.</param>
/// <param name="GoLive">The local day of the go-live, or null.</param>
/// <param name="Evidence">The evidence document, or null.</param>
internal readonly record struct LineSpell(LocalDayRange Days, int Factory, int Workshop, int? GoLive, string? Evidence);
