using System.Text;
using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Errors;
using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>Rows of a state file into state and inputs.</summary>
internal sealed class StateRowReader(EngineContext context, EngineState state)
{
    private readonly StateLanes _lanes = new(
        context.NewPaneClock(), context.NewSpanClock(), StateSchema.Columns + UserStateColumns.Of(context.UserPlans).Count());
    private readonly RadioSection _radio = new();
    private readonly GridSection _grid = new();
    private readonly GridCellSection _gridCells = new(state.Grid);
    private readonly ConnectivitySection _connectivity = new(context.Registry);
    private readonly ProductionSection _production = new();
    private readonly CostSection _cost = new();
    private readonly EnergySection _energy = new();
    private readonly ProbeSection _probe = new(StateSections.Probe, ValueKind.Latency, state.Values);
    private readonly ProbeSection _oneWay = new(StateSections.OneWay, ValueKind.OneWay, state.Values);
    private readonly Dictionary<string, ValueSection> _delays = StateSections.Delays
        .Select((name, table) => (Name: name, Section: new ValueSection(name, ValueKind.Delay + table, state.Values)))
        .ToDictionary(static delay => delay.Name, static delay => delay.Section);

    private readonly QuarantineSection _quarantine = new(context.Registry);
    private readonly SupportSections _support = new(state.Support);
    private readonly ValueSection _rsrp = new(StateSections.Rsrp, ValueKind.Rsrp, state.Values);
    private readonly ValueSection _sinr = new(StateSections.Sinr, ValueKind.Sinr, state.Values);
    private readonly PointSection _points = new(state.Points, context.Keys.Others);
    private readonly SessionSection _sessions = new(context.Keys.Others);
    private readonly DeadlineSection _deadlines = new(StateSections.Deadline);
    private readonly DeadlineSection _oneWayDeadlines = new(StateSections.OneWayDeadline);
    private readonly ArrivalSection _arrivals = new();
    private readonly UserStateSections _user = new(state.User);
    private readonly RowSection? _rows = state.Rows is { } rows ? new RowSection(rows) : null;
    private readonly DictionaryValues?[] _dictionaries = new DictionaryValues?[StateSchema.Columns];
    private DictionaryValues? _others;
    private readonly int[][] _maps = [.. Enum.GetValues<StateKind>().Select(static _ => Array.Empty<int>())];
    private string[] _sections = [];
    private string? _section;
    private int _place;

    /// <summary>The inputs so far.</summary>
    public List<InputTally> Inputs { get; } = [];

    /// <summary>Adds the rows of a batch.</summary>
    /// <exception cref="IndicatorDataException">A row is none of a state file.</exception>
    public void Add(scoped RecordBatch batch)
    {
        ReadKeys(batch);
        if (state.User.Length > 0)
        {
            ReadOthers(batch);
        }

        for (var i = 0; i < batch.Length; i++)
        {
            if (i % StateLanes.MostRows == 0)
            {
                _lanes.Begin(i);
            }

            var row = new StateRow(batch, _maps, _lanes, i);
            var section = _sections[row.Code(StateColumn.Section)];
            if (!ReferenceEquals(section, _section))
            {
                Enter(section, row);
            }

            switch (section)
            {
                case StateSections.Input:
                    Inputs.Add(InputJson.Read(row.Bytes(StateColumn.Input)));
                    break;
                case StateSections.Radio:
                    Merge(state.Radio, _radio, row);
                    break;
                case StateSections.Grid:
                    Merge(state.Grid, _grid, row);
                    break;
                case StateSections.GridCells:
                    _gridCells.Read(row);
                    break;
                case StateSections.Connectivity:
                    Merge(state.Connectivity, _connectivity, row);
                    break;
                case StateSections.Evidence:
                    ReadEvidence(row);
                    break;
                case StateSections.Online:
                    ReadOnline(row);
                    break;
                case StateSections.Production:
                    Merge(state.Production, _production, row);
                    break;
                case StateSections.Cost:
                    Merge(state.Cost, _cost, row);
                    break;
                case StateSections.Energy:
                    Merge(state.Energy, _energy, row);
                    break;
                case StateSections.Probe:
                    Merge(state.Probe, _probe, row);
                    break;
                case StateSections.OneWay:
                    Merge(state.OneWay, _oneWay, row);
                    break;
                case StateSections.OneWayDeadline:
                    Merge(state.OneWayDeadlines, _oneWayDeadlines, row);
                    break;
                case StateSections.Quarantine:
                    Merge(state.Quarantined, _quarantine, row);
                    break;
                case StateSections.Rsrp:
                    _rsrp.Read(row);
                    break;
                case StateSections.Sinr:
                    _sinr.Read(row);
                    break;
                case StateSections.Point:
                    Merge(state.Points.Slots, _points, row);
                    state.Points.Fit();
                    break;
                case StateSections.Session:
                    Merge(state.Sessions, _sessions, row);
                    break;
                case StateSections.Deadline:
                    Merge(state.Deadlines, _deadlines, row);
                    break;
                case StateSections.Arrival:
                    Merge(state.Arrivals, _arrivals, row);
                    break;
                case StateSections.RowShape when _rows is not null:
                    _rows.ReadShape(row);
                    break;
                case StateSections.RowInput when _rows is not null:
                    _rows.ReadInput(row);
                    break;
                case StateSections.Row when _rows is not null:
                    _rows.ReadRows(row);
                    break;
                case var name when _support.TryRead(name, row):
                    break;
                case var name when _delays.TryGetValue(name, out var delays):
                    delays.Read(row);
                    break;
                case StateSections.User when state.User.Length > 0:
                    _user.ReadRecord(row);
                    break;
                case StateSections.UserKeys when state.User.Length > 0:
                    _user.ReadKeys(row, _maps);
                    break;
                case StateSections.UserValues when state.User.Length > 0:
                    _user.ReadValues(row);
                    break;
                case StateSections.UserQuarantine when state.User.Length > 0:
                    _user.ReadQuarantined(row);
                    break;
                case var other:
                    throw row.Fault(StateColumn.Section, $"there is no section '{other}'");
            }
        }
    }

    // what was not written in order was not written by us
    private void Enter(string section, in StateRow row)
    {
        var place = Array.IndexOf(StateSections.NamesWithUser, section);
        if (place < _place)
        {
            throw row.Fault(
                StateColumn.Section, place < 0 ? $"there is no section '{section}'" : $"section '{section}' stands behind '{StateSections.NamesWithUser[_place]}'");
        }

        (_section, _place) = (section, place);
    }

    /// <summary>Adds a row to the slot of its key.</summary>
    internal static void Merge<TKey, TCell>(SlotStore<TKey, TCell> store, IStateSection<TKey, TCell> section, in StateRow row)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell>
    {
        var (key, cell) = section.Read(row);
        store[key].Merge(cell);
    }

    // our writer's dictionaries are whole before the first batch, so that one translation serves all; another's may grow or change
    private void ReadKeys(scoped RecordBatch batch)
    {
        for (var column = (StateColumn)0; (int)column < StateSchema.Columns; column++)
        {
            var values = batch[(int)column].Dictionary;
            if (ReferenceEquals(values, _dictionaries[(int)column]))
            {
                continue;
            }

            _dictionaries[(int)column] = values;
            if (values is { NullCount: > 0 })
            {
                throw new MalformedArrowException(
                    "The state file is not whole: a dictionary holds a null", new DataLocation(Column: StateSchema.NameOf(column)), advice: "Read the inputs again.");
            }

            if (column == StateColumn.Section)
            {
                _sections = [.. Texts(values)];
            }
            else if (StateSchema.KindOf(column) is { } kind)
            {
                var table = StateKeys.TableOf(context.Keys, kind);
                _maps[(int)kind] = [.. Texts(values).Select(table.GetOrAdd)];
            }
        }
    }

    private void ReadOthers(scoped RecordBatch batch)
    {
        var values = batch[(int)UserStateColumns.Key].Dictionary;
        if (!ReferenceEquals(values, _others))
        {
            _others = values;
            _maps[(int)StateKind.Other] = values is { NullCount: > 0 }
                ? throw new MalformedArrowException("The state file is not whole: a dictionary holds a null", advice: "Read the inputs again.")
                : [.. Texts(values).Select(context.Keys.Others.GetOrAdd)];
        }
    }

    private static IEnumerable<string> Texts(DictionaryValues? values)
    {
        for (var i = 0; i < (values?.Count ?? 0); i++)
        {
            yield return Encoding.UTF8.GetString(values!.Bytes(i));
        }
    }

    private void ReadOnline(in StateRow row)
    {
        var until = row.Number(StateColumn.LastTs, DeviceInstants.None + 1, long.MaxValue);
        var device = row.Key(StateColumn.Device);
        state.OnlineOf(row.Pane(isSpan: true)).Add(device >= 0 ? device : throw row.Fault(StateColumn.Device, "a value is missing"), until);
    }

    private void ReadEvidence(in StateRow row)
    {
        var panes = row.Name(StateColumn.Link) switch
        {
            StateNames.AnyLink => state.Evidence,
            StateNames.NrLink => state.EvidenceNr,
            StateNames.UnnamedLink => state.EvidenceUnnamed,
            var link => throw row.Fault(StateColumn.Link, $"there is no class '{link}'"),
        };
        var bits = row.Bytes(StateColumn.Devices);
        var devices = _maps[(int)StateKind.Device];
        var bitmap = state.Bitmap(panes, row.Pane(isSpan: false));
        for (var rank = 0; rank < bits.Length * 8; rank++)
        {
            if ((bits[rank >> 3] >> (rank & 7) & 1) != 0)
            {
                bitmap.Add(rank < devices.Length ? devices[rank] : throw row.Fault(StateColumn.Devices, $"there is no device {rank}"));
            }
        }
    }
}
