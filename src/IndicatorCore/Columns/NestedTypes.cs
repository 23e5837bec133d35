using IndicatorCore.Errors;

namespace IndicatorCore.Columns;

/// <summary>Checks that a field has the children that its type asks for.</summary>
internal static class NestedTypes
{
    /// <summary>Throws where the children do not fit the type.</summary>
    public static void Check(ArrowType type, ReadOnlySpan<Field> children)
    {
        var expected = type.Id switch
        {
            ArrowTypeId.List or ArrowTypeId.LargeList or ArrowTypeId.ListView or ArrowTypeId.LargeListView
                or ArrowTypeId.FixedSizeList or ArrowTypeId.Map => 1,
            ArrowTypeId.RunEndEncoded => 2,
            ArrowTypeId.Struct => children.Length,
            ArrowTypeId.Union => type.UnionTypeIds?.Count ?? Math.Min(children.Length, 128),   // without ids they are 0, 1, 2 ...
            _ => 0,
        };
        if (children.Length != expected)
        {
            throw new MalformedArrowException($"A field of type {type} has {children.Length} children instead of {expected}");
        }

        if (type.Id == ArrowTypeId.Map
            && (children[0].Type.Id != ArrowTypeId.Struct || children[0].Children.Count != 2 || children[0].Dictionary is not null))
        {
            throw new MalformedArrowException("The child of a map is not a struct of key and value");
        }

        if (type.Id == ArrowTypeId.RunEndEncoded
            && (children[0].Dictionary is not null || children[0].Type is not { Id: ArrowTypeId.Int, IsSigned: true, BitWidth: > 8 }))
        {
            throw new MalformedArrowException("Run ends are not signed integers of 16, 32 or 64 bits");
        }
    }
}
