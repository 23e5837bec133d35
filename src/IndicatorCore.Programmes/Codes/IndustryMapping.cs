namespace IndicatorCore.Programmes.Codes;

/// <summary>What an industry of one list is in another.</summary>
/// <param name="Name">The name there.</param>
/// <param name="Relation">How the first stands to it: 轻工 is broader than 家电.</param>
public sealed record IndustryMapping(string Name, IndustryRelation Relation);
