using IndicatorCore.Columns;

namespace IndicatorCore.Cli.Exports;

/// <summary>The type of a field with those of its children, such as <c>struct&lt;a: int64, b: list&lt;item: utf8&gt;&gt;</c>.</summary>
internal static class TypeText
{
    /// <summary>The text of a field's type.</summary>
    public static string Of(Field field)
    {
        var type = field.Children.Count == 0
            ? field.Type.ToString()
            : $"{field.Type}<{string.Join(", ", field.Children.Select(static child => $"{child.Name}: {Of(child)}"))}>";
        return field.Dictionary is { } dictionary ? $"dictionary<{dictionary.IndexType}, {type}>" : type;
    }
}
