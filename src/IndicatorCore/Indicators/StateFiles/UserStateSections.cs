using System.Buffers;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.State;
using IndicatorCore.Indicators.UserDefined;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The state of user-defined indicators in a state file: four sections.</summary>
/// <param name="stores">The stores, by plan.</param>
internal sealed class UserStateSections(UserStore[] stores)
{
    private readonly UserPlan[] _plans = [.. stores.Select(static store => store.Plan)];

    /// <summary>Notes the keys that the stores use.</summary>
    public void Use(StateKeys keys)
    {
        foreach (var store in stores)
        {
            for (var slot = 0; slot < store.Count; slot++)
            {
                keys.Use(store.Places[slot].Leaf);
            }

            foreach (var key in store.Quarantined.Keys.Enumerate())
            {
                keys.Use(key.Place.Leaf);
            }

            for (var item = 0; item < store.Plan.Distincts.Length; item++)
            {
                var kind = KindOf(store.Plan, item);
                foreach (var (_, members) in store.KeysByPane(item))
                {
                    foreach (var (_, key) in members)
                    {
                        keys.Use(kind, key);
                    }
                }
            }
        }
    }

    /// <summary>Writes all rows.</summary>
    public void Write(StateRowWriter row, StateKeys keys)
    {
        foreach (var store in stores)
        {
            WriteRecords(store, row, keys);
        }

        foreach (var store in stores)
        {
            WriteKeys(store, row, keys);
        }

        foreach (var store in stores)
        {
            WriteValues(store, row, keys);
        }

        foreach (var store in stores)
        {
            WriteQuarantined(store, row, keys);
        }
    }

    /// <summary>Reads a row of section <c>user</c>.</summary>
    public void ReadRecord(in StateRow row)
    {
        var store = StoreOf(row);
        var plan = store.Plan;
        var slot = store.Slot(Place(row));
        store.Rows(slot).Merge(row.Evidence());
        var record = UserRecord.Empty(plan);
        for (var i = 0; i < plan.ExtremesAt; i++)
        {
            record[i] = row.Count(ColumnOf(plan, i));
        }

        for (var i = plan.ExtremesAt; i < plan.SumsAt; i++)
        {
            record[i] = row.Optional(ColumnOf(plan, i)) ?? long.MinValue;
        }

        for (var i = 0; i < plan.Sums.Length; i++)
        {
            UserRecord.Add(record.AsSpan(plan.SumsAt + (2 * i), 2), row.WideSum(ColumnOf(plan, plan.SumsAt + i)));
        }

        store.Add(slot, record);
    }

    /// <summary>Reads a row of section <c>user_keys</c>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="maps">Dictionary numbers of the file to key numbers of the engine, by kind.</param>
    public void ReadKeys(in StateRow row, int[][] maps)
    {
        var store = StoreOf(row);
        var item = (int)row.Number(UserStateColumns.Item, 0, store.Plan.Distincts.Length - 1);
        var slot = store.Slot(Place(row));
        var ranks = maps[(int)KindOf(store.Plan, item)];
        var members = row.Bytes(UserStateColumns.Members);
        for (var rank = -1L; !members.IsEmpty;)
        {
            rank += (long)Math.Min(Varint(ref members, row), int.MaxValue) + 1;
            store.AddKey(slot, item, rank < ranks.Length ? ranks[rank] : throw row.Fault(UserStateColumns.Members, $"there is no key {rank}"));
        }
    }

    /// <summary>Reads a row of section <c>user_values</c>.</summary>
    public void ReadValues(in StateRow row)
    {
        var store = StoreOf(row);
        var item = (int)row.Number(UserStateColumns.Item, 0, store.Plan.Quantiles.Length - 1);
        var slot = store.Slot(Place(row));
        var stored = store.NewSample();
        try
        {
            if (!SampleBytes.TryRead(row.Bytes(UserStateColumns.Members), row.Count(StateColumn.Count), stored))
            {
                throw row.Fault(UserStateColumns.Members, "the values of a quantile are none, or not as many as the row says");
            }

            store.AddValues(slot, item, stored);
        }
        finally
        {
            stored.Clear();
        }
    }

    /// <summary>Reads a row of section <c>user_quarantine</c>.</summary>
    public void ReadQuarantined(in StateRow row)
    {
        var reason = (QuarantineReason)(row.Index(StateColumn.Reason, StateNames.Reasons) + 1);
        StoreOf(row).Quarantined[new PlaceQuarantineKey(Place(row), reason)].Count += row.Count(StateColumn.Count);
    }

    private void WriteRecords(UserStore store, StateRowWriter row, StateKeys keys)
    {
        var plan = store.Plan;
        var record = new long[plan.RecordLength];
        foreach (var slot in Sorted(Enumerable.Range(0, store.Count), slot => store.Places[slot], keys))
        {
            row.Begin(StateSections.User, plan.Table);
            Begin(row, plan, store.Places[slot]);
            row.Evidence(store.Rows(slot));
            store.CopyRecord(slot, record);
            for (var i = 0; i < plan.ExtremesAt; i++)
            {
                row.Number(ColumnOf(plan, i), record[i]);
            }

            for (var i = plan.ExtremesAt; i < plan.SumsAt; i++)
            {
                row.Optional(ColumnOf(plan, i), record[i] == long.MinValue ? null : record[i]);
            }

            for (var i = 0; i < plan.Sums.Length; i++)
            {
                row.Sum(ColumnOf(plan, plan.SumsAt + i), UserRecord.Sum(record.AsSpan(plan.SumsAt + (2 * i), 2)));
            }
        }
    }

    private static void WriteKeys(UserStore store, StateRowWriter row, StateKeys keys)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var item = 0; item < store.Plan.Distincts.Length; item++)
        {
            var kind = KindOf(store.Plan, item);
            var sets = store.KeysByPane(item)
                .SelectMany(pane => pane.Members.Select(member => (Place: new PaneKey(store.LeafAt(member.Leaf), pane.Pane), member.Key)))
                .GroupBy(static member => member.Place, static member => member.Key);
            foreach (var set in Sorted(sets, static set => set.Key, keys))
            {
                bytes.ResetWrittenCount();
                var last = -1;
                foreach (var rank in set.Select(key => keys.RankOf(kind, key)).Order())
                {
                    Varint(bytes, (ulong)(rank - last - 1));
                    last = rank;
                }

                row.Begin(StateSections.UserKeys);
                Begin(row, store.Plan, set.Key);
                row.Number(UserStateColumns.Item, item);
                row.Bytes(UserStateColumns.Members, bytes.WrittenSpan);
            }
        }
    }

    private static void WriteValues(UserStore store, StateRowWriter row, StateKeys keys)
    {
        for (var item = 0; item < store.Plan.Quantiles.Length; item++)
        {
            var at = item;
            foreach (var slot in Sorted(Enumerable.Range(0, store.Count).Where(slot => store.Values(slot, at) is { Count: > 0 }), slot => store.Places[slot], keys))
            {
                var sample = store.Values(slot, at)!;
                row.Begin(StateSections.UserValues);
                Begin(row, store.Plan, store.Places[slot]);
                row.Number(UserStateColumns.Item, item);
                row.Number(StateColumn.Count, sample.Count);
                row.Sample(UserStateColumns.Members, sample);
            }
        }
    }

    private static void WriteQuarantined(UserStore store, StateRowWriter row, StateKeys keys)
    {
        var slots = Enumerable.Range(0, store.Quarantined.Count).OrderBy(slot => store.Quarantined.Keys[slot].Reason);
        foreach (var slot in Sorted(slots, slot => store.Quarantined.Keys[slot].Place, keys))
        {
            row.Begin(StateSections.UserQuarantine);
            Begin(row, store.Plan, store.Quarantined.Keys[slot].Place);
            row.Name(StateColumn.Reason, QuarantineNames.Of(store.Quarantined.Keys[slot].Reason));
            row.Number(StateColumn.Count, store.Quarantined.Cells[slot].Count);
        }
    }

    private static void Begin(StateRowWriter row, UserPlan plan, in PaneKey place)
    {
        row.Name(StateColumn.Table, plan.Table);
        row.Leaf(place.Leaf);
        row.Pane(place.Pane, isSpan: false);
    }

    private static PaneKey Place(in StateRow row) => new(row.Leaf(), row.Pane(isSpan: false));

    private static List<T> Sorted<T>(IEnumerable<T> items, Func<T, PaneKey> placeOf, StateKeys keys) =>
        [.. items.Order(Comparer<T>.Create((left, right) =>
        {
            var (a, b) = (placeOf(left), placeOf(right));
            var order = keys.Compare(a.Leaf, b.Leaf);
            return order != 0 ? order : a.Pane.CompareTo(b.Pane);
        }))];

    private static StateKind KindOf(UserPlan plan, int distinct) => plan.Columns[plan.Distincts[distinct].Column].ScopeLane switch
    {
        Lane.Device => StateKind.Device,
        Lane.Line => StateKind.Line,
        Lane.Factory => StateKind.Factory,
        Lane.Workshop => StateKind.Workshop,
        Lane.Product => StateKind.Product,
        _ => StateKind.Other,
    };

    private static void Varint(ArrayBufferWriter<byte> bytes, ulong value)
    {
        var span = bytes.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
        {
            span[length++] = (byte)(value | 0x80);
        }

        span[length++] = (byte)value;
        bytes.Advance(length);
    }

    private static ulong Varint(ref ReadOnlySpan<byte> bytes, in StateRow row)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64 && !bytes.IsEmpty; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw row.Fault(UserStateColumns.Members, "a number does not end");
    }

    private StateColumn ColumnOf(UserPlan plan, int field) => UserStateColumns.OfRecord(_plans, plan.Number, field);

    private UserStore StoreOf(in StateRow row)
    {
        var table = row.Name(StateColumn.Table);
        return Array.Find(stores, store => store.Plan.Table == table)
            ?? throw row.Fault(StateColumn.Table, $"no indicator of the query is made of '{table}'");
    }
}
