using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>Whether batches of one schema can be taken for batches of another: same types in the same order, names and metadata aside.</summary>
internal static class SchemaShape
{
    /// <summary>Compares all columns.</summary>
    public static bool AreSame(Schema left, Schema right) => AreSame(left.Fields, right.Fields);

    private static bool AreSame(IReadOnlyList<Field> left, IReadOnlyList<Field> right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        for (var i = 0; i < left.Count; i++)
        {
            if (!AreSame(left[i], right[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSame(Field left, Field right) =>
        left.Dictionary?.IndexType == right.Dictionary?.IndexType
        && left.Type with { UnionTypeIds = null } == right.Type with { UnionTypeIds = null }
        && AreSame(left.Children, right.Children)
        && (left.Type.Id != ArrowTypeId.Union || FormatWriter.Format(left) == FormatWriter.Format(right));
}
