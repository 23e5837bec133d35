using System.Numerics;
using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The order in which a store's slots are written.</summary>
internal static class SlotOrder
{
    /// <summary>The most numbers that order a slot.</summary>
    public const int MostParts = 10;

    /// <summary>The slots in their order. Where the numbers of a slot fit 64 bits together, as they nearly always do, those are sorted; else slots are compared.</summary>
    public static int[] Of<TKey, TCell>(SlotStore<TKey, TCell> store, IStateSection<TKey, TCell> section, StateKeys keys)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell>
    {
        var order = new int[store.Count];
        for (var slot = 0; slot < order.Length; slot++)
        {
            order[slot] = slot;
        }

        Span<long> parts = stackalloc long[MostParts], least = stackalloc long[MostParts], most = stackalloc long[MostParts];
        least.Fill(long.MaxValue);
        most.Fill(long.MinValue);
        var count = 0;
        for (var slot = 0; slot < order.Length; slot++)
        {
            count = section.Parts(keys, store.Keys[slot], parts);
            for (var i = 0; i < count; i++)
            {
                least[i] = Math.Min(least[i], parts[i]);
                most[i] = Math.Max(most[i], parts[i]);
            }
        }

        Span<int> widths = stackalloc int[MostParts];
        var width = 0;
        for (var i = 0; i < count; i++)
        {
            widths[i] = 64 - BitOperations.LeadingZeroCount(unchecked((ulong)most[i] - (ulong)least[i]));
            width += widths[i];
        }

        if (count == 0 || width > 64)
        {
            Array.Sort(order, (left, right) => section.Compare(keys, store.Keys[left], store.Keys[right]));
            return order;
        }

        var packed = new ulong[order.Length];
        for (var slot = 0; slot < packed.Length; slot++)
        {
            section.Parts(keys, store.Keys[slot], parts);
            var number = 0UL;
            for (var i = 0; i < count; i++)
            {
                number = widths[i] == 64 ? 0 : number << widths[i];
                number |= unchecked((ulong)parts[i] - (ulong)least[i]);
            }

            packed[slot] = number;
        }

        Array.Sort(packed, order);
        return order;
    }
}
