using System.Globalization;
using System.Text;
using System.Text.Json;
using IndicatorCore.Columns;

namespace IndicatorCore.Tests.Support;

/// <summary>The project's own Arrow samples: the shared set where it is here, else the part of it in <c>data/arrow</c>.</summary>
internal static class ArrowData
{
    public static string Composed { get; } = Folder("composed");

    public static string Producers { get; } = Folder("producers");

    /// <summary>Whether <paramref name="text"/> is what a column of this type shows for a value of a truth file.</summary>
    public static bool Shows(Field field, JsonElement truth, string text)
    {
        var type = field.Type;
        switch (truth.ValueKind)
        {
            case JsonValueKind.Null:
                return text == ValueText.Null;
            case JsonValueKind.True or JsonValueKind.False:
                return text == (type.Id == ArrowTypeId.Bool ? truth.GetRawText() : truth.GetBoolean() ? "1" : "0");
            case JsonValueKind.Array:
                return text == $"[{string.Concat(truth.EnumerateArray().Select(static item => item.GetRawText() + ","))}]";
        }

        if (type.Id == ArrowTypeId.FloatingPoint)
        {
            var value = truth.ValueKind == JsonValueKind.String
                ? double.Parse(truth.GetString()!, CultureInfo.InvariantCulture)
                : truth.GetDouble();
            return text == ValueText.Number(type.BitWidth == 32 ? (float)value : value);
        }

        if (truth.ValueKind == JsonValueKind.String)
        {
            var isBinary = type.Id is ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView;
            return text == ValueText.Quote(isBinary ? Convert.ToHexString(Encoding.UTF8.GetBytes(truth.GetString()!)) : truth.GetString()!);
        }

        if (type.Id == ArrowTypeId.Decimal)
        {
            return decimal.Parse(text, CultureInfo.InvariantCulture) / (decimal)Math.Pow(10, type.Scale) == truth.GetDecimal();
        }

        return text == truth.GetRawText();
    }

    private static string Folder(string name) => Shared.Root is null
        ? Path.Combine(Shared.Repository, "data", "arrow", name)
        : Path.Combine(Shared.Root, "arrow", name);
}
