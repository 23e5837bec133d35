using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.Binding;

namespace IndicatorCore.Indicators.State;

/// <summary>Decoded rows of one binding, kept for <c>--dedup rows</c> until the report is made.</summary>
internal sealed class RowSegment
{
    private readonly Lane[] _lanes;
    private readonly bool[] _isKey;
    private readonly List<long> _values = [];
    private readonly List<byte> _classes = [];
    private readonly List<(long Time, int Pane, QuarantineReason Reason)> _rows = [];

    public RowSegment(InputBinding binding)
    {
        Binding = binding;
        _lanes = [.. binding.Lanes];
        _isKey = [.. _lanes.Select(lane => IsKey(lane) || binding.IsUserKey(lane))];
    }

    /// <summary>The binding whose lanes these are.</summary>
    public InputBinding Binding { get; }

    /// <summary>Bytes that one row takes, hashes and bookkeeping included.</summary>
    public long BytesPerRow => 160 + (_lanes.Length * (sizeof(long) + 1L));

    /// <summary>Keeps a row of a chunk and returns its place.</summary>
    public int Add(RowChunk chunk, int row)
    {
        for (var i = 0; i < _lanes.Length; i++)
        {
            var (lane, isKey) = (_lanes[i], _isKey[i]);
            _values.Add(isKey ? chunk.Keys(lane)[row] : chunk.Values(lane)[row]);
            _classes.Add(isKey ? (byte)0 : chunk.Classes(lane)[row]);
        }

        _rows.Add((chunk.Time[row], chunk.Pane[row], chunk.Reason[row]));
        return _rows.Count - 1;
    }

    /// <summary>Puts a kept row into a chunk.</summary>
    public void Load(int index, RowChunk chunk, int row)
    {
        (chunk.Time[row], chunk.Pane[row], chunk.Reason[row]) = _rows[index];
        for (var i = 0; i < _lanes.Length; i++)
        {
            var at = (index * _lanes.Length) + i;
            if (_isKey[i])
            {
                chunk.Keys(_lanes[i])[row] = (int)_values[at];
            }
            else
            {
                chunk.Values(_lanes[i])[row] = _values[at];
                chunk.Classes(_lanes[i])[row] = _classes[at];
            }
        }
    }

    private static bool IsKey(Lane lane) => lane is Lane.Device or Lane.Link or Lane.Cell or Lane.Rat or Lane.Grid or Lane.Line
        or Lane.Factory or Lane.Workshop or Lane.Product or Lane.Unit or Lane.Element or Lane.Quarantine or Lane.Meter or Lane.DowntimeKind
        or Lane.Flow or Lane.Object or Lane.Counter or Lane.Direction or Lane.Session;
}
