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

    /// <summary>Writes a slot.</summary>
    void Write(StateRowWriter row, in TKey key, TCell cell);

    /// <summary>Reads a slot.</summary>
    /// <exception cref="IndicatorDataException">The row is none.</exception>
    (TKey Key, TCell Cell) Read(in StateRow row);
}
