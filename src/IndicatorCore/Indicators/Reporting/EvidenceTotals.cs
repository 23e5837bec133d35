using IndicatorCore.Aggregation;

namespace IndicatorCore.Indicators.Reporting;

/// <summary>Arrival counts of a group in a window, on the way to an evidence block.</summary>
internal sealed class EvidenceTotals
{
    private SortedDictionary<string, long>? _quarantined;
    private RowEvidence _rows;

    /// <summary>Whether any row arrived.</summary>
    public bool Any => _rows.Received > 0;

    /// <summary>Whether key conflicts were resolved.</summary>
    public bool HasConflicts => _rows.Conflicts > 0;

    /// <summary>Adds a slot.</summary>
    public void Add(RowEvidence rows) => _rows.Merge(rows);

    /// <summary>Adds those of another table.</summary>
    public void Add(EvidenceTotals other)
    {
        _rows.Merge(other._rows);
        foreach (var (name, count) in other._quarantined ?? [])
        {
            _quarantined ??= new(StringComparer.Ordinal);
            _quarantined[name] = _quarantined.GetValueOrDefault(name) + count;
        }
    }

    /// <summary>Adds quarantined rows.</summary>
    public void Quarantine(QuarantineReason reason, long count)
    {
        var name = QuarantineNames.Of(reason);
        _quarantined ??= new(StringComparer.Ordinal);
        _quarantined[name] = _quarantined.GetValueOrDefault(name) + count;
    }

    /// <summary>The block.</summary>
    public Evidence ToEvidence(long valid, long missing, long invalid, long unserved) => new()
    {
        Received = _rows.Received,
        Duplicates = _rows.Duplicates,
        Conflicts = _rows.Conflicts,
        Quarantined = _quarantined is null ? [] : [.. _quarantined],
        Valid = valid,
        Missing = missing,
        Invalid = invalid,
        Unserved = unserved,
        FirstTimestamp = _rows.First,
        LastTimestamp = _rows.Last,
    };
}
