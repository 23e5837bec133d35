namespace IndicatorCore.Portal.Storage.Folders;

/// <summary>Rows that a query has found, in its order.</summary>
/// <param name="First">The first of them, where they follow each other.</param>
/// <param name="Count">How many they are.</param>
/// <param name="Numbers">Their numbers, or null where they follow each other.</param>
internal readonly record struct SelectedRows(int First, int Count, int[]? Numbers)
{
    /// <summary>The row at a place.</summary>
    public int this[int place] => Numbers is null ? First + place : Numbers[place];
}
