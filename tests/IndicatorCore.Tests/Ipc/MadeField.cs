using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Ipc;

/// <summary>Field tables of Schema.fbs: 0 name, 1 nullable, 2 type id, 3 type, 4 dictionary, 5 children, 6 metadata.</summary>
internal static class MadeField
{
    public static FlatNode Of(string? name, ArrowTypeId id, FlatNode? type = null, params FlatNode[] children) =>
        new() { [0] = name, [1] = true, [2] = (byte)id, [3] = type ?? new FlatNode(), [5] = new List<FlatNode>(children) };

    public static FlatNode Int(string name, int width, bool isSigned = true) =>
        Of(name, ArrowTypeId.Int, new FlatNode { [0] = width, [1] = isSigned });

    public static FlatNode Coded(string name, FlatNode? index, long id = 1, ArrowTypeId values = ArrowTypeId.Utf8)
    {
        var field = Of(name, values);
        field[4] = new FlatNode { [0] = id, [1] = index };
        return field;
    }
}
