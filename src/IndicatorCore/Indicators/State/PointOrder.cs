using IndicatorCore.Aggregation;
using IndicatorCore.Aggregation.Ordered;

namespace IndicatorCore.Indicators.State;

/// <summary>What points are of, in the order of the UTF-8 bytes of what the numbers name: devices first, then leaves; none before any.</summary>
/// <param name="keys">The names.</param>
internal sealed class PointOrder(KeySpaces keys) : IComparer<PointKey>
{
    /// <inheritdoc/>
    public int Compare(PointKey x, PointKey y)
    {
        var order = x.Kind.CompareTo(y.Kind);
        order = order != 0 ? order : Compare(keys.Devices, x.Device, y.Device);
        order = order != 0 ? order : Compare(keys.Factories, x.Leaf.Factory, y.Leaf.Factory);
        order = order != 0 ? order : Compare(keys.Workshops, x.Leaf.Workshop, y.Leaf.Workshop);
        order = order != 0 ? order : Compare(keys.Lines, x.Leaf.Line, y.Leaf.Line);
        order = order != 0 ? order : Compare(keys.Devices, x.Leaf.Device, y.Leaf.Device);
        order = order != 0 ? order : Compare(keys.Products, x.Leaf.Product, y.Leaf.Product);
        order = order != 0 ? order : Compare(keys.Others, x.Stream, y.Stream);
        order = order != 0 ? order : Compare(keys.Others, x.Counter, y.Counter);
        return order != 0 ? order : Compare(keys.Others, x.Direction, y.Direction);
    }

    private static int Compare(KeyTable table, int left, int right) =>
        left == right ? 0 : left < 0 || right < 0 ? left.CompareTo(right) : CompareUtf8(table.Name(left), table.Name(right));

    /// <summary>Texts by their UTF-8 bytes: as UTF-16, but surrogates stand above all else.</summary>
    internal static int CompareUtf8(string left, string right)
    {
        var same = left.AsSpan().CommonPrefixLength(right);
        return same == left.Length || same == right.Length ? left.Length.CompareTo(right.Length) : Weight(left[same]).CompareTo(Weight(right[same]));

        static int Weight(char unit) => unit >= 0xE000 ? unit - 0x800 : unit >= 0xD800 ? unit + 0x2000 : unit;
    }
}
