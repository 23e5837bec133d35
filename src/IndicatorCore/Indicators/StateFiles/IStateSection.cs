using IndicatorCore.Errors;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>How the slots of one store stand in a state file.</summary>
internal interface IStateSection<TKey, TCell>
{
    /// <summary>The section's name.</summary>
    string Name { get; }

    /// <summary>Notes the keys that a slot uses.</summary>
    void Use(StateKeys keys, in TKey key, TCell cell);

    /// <summary>The order of slots: by the ranks of their keys, then the rest.</summary>
    int Compare(StateKeys keys, in TKey left, in TKey right);

    /// <summary>
    /// The order of slots once more, for sorting very many without comparing them: numbers that, one after another, order as
    /// <see cref="Compare"/> does.
    /// </summary>
    /// <param name="keys">The ranks.</param>
    /// <param name="key">The slot's key.</param>
    /// <param name="parts">Takes them; room for <see cref="SlotOrder.MostParts"/>.</param>
    /// <returns>How many there are, always as many; 0 where there are none and slots are compared.</returns>
    int Parts(StateKeys keys, in TKey key, Span<long> parts) => 0;

    /// <summary>Writes a slot.</summary>
    void Write(StateRowWriter row, in TKey key, TCell cell);

    /// <summary>Reads a slot.</summary>
    /// <exception cref="IndicatorDataException">The row is none.</exception>
    (TKey Key, TCell Cell) Read(in StateRow row);
}
