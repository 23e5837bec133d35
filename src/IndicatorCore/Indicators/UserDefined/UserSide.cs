namespace IndicatorCore.Indicators.UserDefined;

/// <summary>What adds up over places: rows, a column, or the product of two columns, of the rows of which a condition holds.</summary>
/// <param name="Column">The column that is added up; null = rows are counted.</param>
/// <param name="Weight">The column that it is multiplied with; null = none.</param>
/// <param name="Where">The rows.</param>
/// <param name="Text">In words.</param>
internal sealed record UserSide(UserColumn? Column, UserColumn? Weight, UserWhere Where, string Text)
{
    /// <summary>The same in one spelling.</summary>
    public string Key => string.Join('\u001e', Column?.Key, Weight?.Key, Where.Key);

    /// <summary>Decimal places of what is added up.</summary>
    public int Places => (Column?.Measure!.Places ?? 0) + (Weight?.Measure!.Places ?? 0);

    /// <summary>The rows that count: those of the condition in which every column is VALID.</summary>
    public UserWhere Counted => UserWhere.All(new[] { Column, Weight }.OfType<UserColumn>().Select(UserWhere.Valid).Prepend(Where));

    /// <summary>The columns.</summary>
    public IEnumerable<UserColumn> Columns => Where.Columns().Concat(new[] { Column, Weight }.OfType<UserColumn>());
}
