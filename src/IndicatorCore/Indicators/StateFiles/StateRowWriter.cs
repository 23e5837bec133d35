using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Writes rows of a state file; a section's row appends to each of the section's columns exactly once.</summary>
internal sealed class StateRowWriter
{
    private readonly IpcWriter? _output;
    private readonly BatchBuilder _batch = null!;
    private readonly StateWidths? _widths;
    private readonly StateKeys _keys;
    private readonly PaneClock _panes;
    private readonly PaneClock _spans;
    private readonly int _columns;
    private readonly long[] _steps = [];
    private readonly Dictionary<(int Pane, bool IsSpan), (long Start, long End)> _panesKnown = [];
    private string _section = string.Empty;
    private string _part = string.Empty;
    private int _sectionCode;
    private int _rows;

    /// <summary>One that writes nothing and notes how wide the numbers are.</summary>
    public StateRowWriter(StateWidths widths, StateKeys keys, PaneClock panes, PaneClock spans) =>
        (_widths, _keys, _panes, _spans) = (widths, keys, panes, spans);

    /// <summary>Makes the writer.</summary>
    /// <param name="output">Where batches go.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="keys">The keys, ranked.</param>
    /// <param name="names">The keys in the order of rank, by <see cref="StateKind"/>.</param>
    /// <param name="panes">The clock of panes.</param>
    /// <param name="spans">The clock of whole spans.</param>
    public StateRowWriter(IpcWriter output, BatchBuilder batch, StateKeys keys, string[][] names, PaneClock panes, PaneClock spans)
    {
        (_output, _batch, _keys, _panes, _spans) = (output, batch, keys, panes, spans);
        _steps = [.. batch.Schema.Fields.Select(static field => field.Type.Id == ArrowTypeId.Timestamp ? StateWidths.StepOf(field.Type.Unit) : 1)];
        for (var column = (StateColumn)0; (int)column < StateSchema.Columns; column++)
        {
            if (StateSchema.KindOf(column) is { } kind)
            {
                this[column].Declare(names[(int)kind]);
            }
        }

        _columns = batch.Schema.Fields.Count;
        var hasUser = _columns > StateSchema.Columns;
        if (hasUser)
        {
            this[UserStateColumns.Key].Declare(names[(int)StateKind.Other]);
        }

        this[StateColumn.Section].Declare(hasUser ? StateSections.NamesWithUser : StateSections.Names);
        this[StateColumn.Table].Declare(StateNames.Tables);
        this[StateColumn.Reason].Declare(StateNames.Reasons);
        this[StateColumn.Link].Declare(StateNames.Links);
    }

    /// <summary>Whether nothing is written: rows may come in any order.</summary>
    public bool IsMeasuring => _widths is not null;

    private ColumnBuilder this[StateColumn column] => _batch[(int)column];

    /// <summary>Starts a row; rows of one section come together.</summary>
    /// <param name="section">The section.</param>
    /// <param name="part">The part of it whose rows fill the same columns; they come together too.</param>
    public void Begin(string section, string part = "")
    {
        if (IsMeasuring)
        {
            return;
        }

        if (_rows == StateSchema.BatchRows || (_rows > 0 && (section != _section || part != _part)))
        {
            Flush();
        }

        _part = part;
        if (!ReferenceEquals(section, _section))
        {
            _section = section;
            _sectionCode = Array.IndexOf(StateSections.NamesWithUser, section);   // declared in this order
        }

        _rows++;
        this[StateColumn.Section].AppendCode(_sectionCode);
    }

    /// <summary>Writes what is left. Without any row, one empty batch, which carries the dictionaries.</summary>
    public void Flush()
    {
        for (var column = 0; column < _columns; column++)
        {
            _batch[column].AppendNulls(_rows - _batch[column].Length);
        }

        _output!.Write(_batch);
        _batch.Clear();
        _rows = 0;
    }

    public void Text(StateColumn column, ReadOnlySpan<byte> utf8) => Bytes(column, utf8);

    public void Name(StateColumn column, string name)
    {
        if (!IsMeasuring)
        {
            this[column].AppendString(name);
        }
    }

    /// <summary>A key; -1 is null.</summary>
    public void Key(StateColumn column, int number)
    {
        if (number < 0)
        {
            Null(column);
        }
        else if (!IsMeasuring)
        {
            this[column].AppendCode(_keys.RankOf(StateSchema.KindOf(column)!.Value, number));
        }
    }

    public void Leaf(in Leaf leaf)
    {
        Key(StateColumn.Factory, leaf.Factory);
        Key(StateColumn.Workshop, leaf.Workshop);
        Key(StateColumn.Line, leaf.Line);
        Key(StateColumn.Device, leaf.Device);
        Key(StateColumn.Product, leaf.Product);
    }

    /// <summary>The span of a pane; an open end is null.</summary>
    /// <param name="pane">The pane.</param>
    /// <param name="isSpan">Whether it is one of the clock of whole spans.</param>
    public void Pane(int pane, bool isSpan)
    {
        if (!_panesKnown.TryGetValue((pane, isSpan), out var span))
        {
            _panesKnown.Add((pane, isSpan), span = (isSpan ? _spans : _panes).SpanOf(pane));
        }

        var (start, end) = span;
        Instant(StateColumn.PaneStart, start == long.MinValue ? null : start);
        Instant(StateColumn.PaneEnd, end == long.MaxValue ? null : end);
    }

    public void Null(StateColumn column)
    {
        if (!IsMeasuring)
        {
            this[column].AppendNull();
        }
    }

    public void Number(StateColumn column, long value)
    {
        if (_widths is { } widths)
        {
            widths.Note(column, value);
        }
        else
        {
            this[column].AppendInt64(value / _steps[(int)column]);
        }
    }

    public void Flag(StateColumn column, bool value)
    {
        if (!IsMeasuring)
        {
            this[column].AppendBool(value);
        }
    }

    public void Sum(StateColumn column, Int128 value)
    {
        if (!IsMeasuring)
        {
            this[column].AppendDecimal(value);
        }
    }

    public void Bytes(StateColumn column, ReadOnlySpan<byte> value)
    {
        if (!IsMeasuring)
        {
            this[column].AppendBytes(value);
        }
    }

    /// <summary>The bytes of a sample, empty for none.</summary>
    public void Sample(StateColumn column, ValueSample? sample)
    {
        if (!IsMeasuring)
        {
            this[column].AppendBytes(sample is null ? [] : SampleBytes.Of(sample));
        }
    }

    public void Instant(StateColumn column, long? value) => Optional(column, value);

    public void Optional(StateColumn column, long? value)
    {
        if (value is { } known)
        {
            Number(column, known);
        }
        else
        {
            Null(column);
        }
    }

    public void Coverage(CoverageCounts counts)
    {
        Number(StateColumn.Valid, counts.Valid);
        Number(StateColumn.Covered, counts.Covered);
        Number(StateColumn.Unserved, counts.Unserved);
        Number(StateColumn.Missing, counts.Missing);
        Number(StateColumn.Invalid, counts.Invalid);
    }

    public void Evidence(RowEvidence rows)
    {
        Number(StateColumn.Received, rows.Received);
        Number(StateColumn.Duplicates, rows.Duplicates);
        Number(StateColumn.Conflicts, rows.Conflicts);
        Instant(StateColumn.FirstTs, rows.First);
        Instant(StateColumn.LastTs, rows.Last);
    }
}
