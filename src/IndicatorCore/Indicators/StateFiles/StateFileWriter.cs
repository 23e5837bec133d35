using System.Buffers;
using IndicatorCore.Aggregation;
using IndicatorCore.Indicators.State;
using IndicatorCore.Ipc;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>
/// Writes state as an Arrow IPC file (docs/state-file.md): keys sorted by their UTF-8 bytes, slots by their keys, so that equal states
/// give equal bytes, whatever the order in which they came to be (decisions D5).
/// </summary>
internal sealed class StateFileWriter(EngineContext context, IReadOnlyList<string> definitions)
{
    /// <summary>Writes a state and the inputs that it covers.</summary>
    /// <param name="output">Where to; left open.</param>
    /// <param name="state">The state.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="metadata">More metadata of the schema.</param>
    public void Write(Stream output, EngineState state, IEnumerable<InputTally> inputs, params ReadOnlySpan<KeyValuePair<string, string>> metadata)
    {
        var header = StateHeader.Of(context, state, definitions);
        var keys = new StateKeys(context.Keys);
        var registry = context.Registry;
        var radio = Sorted(state.Radio, new RadioSection(), keys);
        var grid = new GridCellSection(state.Grid).Prepare(keys);
        var connectivity = Sorted(state.Connectivity, new ConnectivitySection(registry), keys);
        var production = Sorted(state.Production, new ProductionSection(), keys);
        var cost = Sorted(state.Cost, new CostSection(), keys);
        var energy = Sorted(state.Energy, new EnergySection(), keys);
        var probe = Sorted(state.Probe, new ProbeSection(StateSections.Probe, ValueKind.Latency, state.Values), keys);
        var oneWay = Sorted(state.OneWay, new ProbeSection(StateSections.OneWay, ValueKind.OneWay, state.Values), keys);
        var quarantined = Sorted(state.Quarantined, new QuarantineSection(registry), keys);
        var support = new SupportSections(state.Support).Sorted(keys);
        var rsrp = new ValueSection(StateSections.Rsrp, ValueKind.Rsrp, state.Values).Prepare(keys);
        var sinr = new ValueSection(StateSections.Sinr, ValueKind.Sinr, state.Values).Prepare(keys);
        Action<StateRowWriter>[] delays = [.. StateSections.Delays.Select((name, table) => new ValueSection(name, ValueKind.Delay + table, state.Values).Prepare(keys))];
        var points = new PointSection(state.Points, context.Keys.Others).Prepare(keys);
        var sessions = Sorted(state.Sessions, new SessionSection(context.Keys.Others), keys);
        var deadlines = Sorted(state.Deadlines, new DeadlineSection(StateSections.Deadline), keys);
        var oneWayDeadlines = Sorted(state.OneWayDeadlines, new DeadlineSection(StateSections.OneWayDeadline), keys);
        var arrivals = Sorted(state.Arrivals, new ArrivalSection(), keys);
        var user = new UserStateSections(state.User);
        user.Use(keys);
        (string Link, Dictionary<int, DeviceBitmap> Panes)[] evidence =
            [(StateNames.AnyLink, state.Evidence), (StateNames.NrLink, state.EvidenceNr), (StateNames.UnnamedLink, state.EvidenceUnnamed)];
        foreach (var device in evidence.SelectMany(static link => link.Panes.Values).SelectMany(static bitmap => bitmap.Members()))
        {
            keys.Use(StateKind.Device, device);
        }

        foreach (var (device, _) in state.Online.Values.SelectMany(static instants => instants.Members()))
        {
            keys.Use(StateKind.Device, device);
        }

        string[][] names = [.. Enum.GetValues<StateKind>().Select(keys.Rank)];
        var widths = new StateWidths();
        Measure(
            new StateRowWriter(widths, keys, context.NewPaneClock(), context.NewSpanClock()),
            widths,
            state,
            [radio, grid, connectivity, production, cost, energy, probe, support, quarantined, rsrp, sinr, sessions, deadlines, arrivals, oneWay, oneWayDeadlines, .. delays],
            rows =>
            {
                Array.ForEach(evidence, link => WriteEvidence(rows, keys, link.Link, link.Panes));
                WriteOnline(rows, keys, state.Online);
            });
        var schema = StateSchema.With(
            [KeyValuePair.Create(StateSchema.HeaderKey, header.ToJson()), .. metadata], widths, [.. names.Select(static kind => kind.Length)], [.. context.UserPlans]);
        using var hashed = new HashingStream(output);
        using var ipc = new IpcWriter(hashed, schema, new IpcWriterOptions { Compress = true, ContentChecksums = true }, leaveOpen: true);
        var rows = new StateRowWriter(ipc, new BatchBuilder(schema), keys, names, context.NewPaneClock(), context.NewSpanClock());
        WriteInputs(rows, inputs);
        radio(rows);
        grid(rows);
        connectivity(rows);
        foreach (var (link, panes) in evidence)
        {
            WriteEvidence(rows, keys, link, panes);
        }

        WriteOnline(rows, keys, state.Online);
        production(rows);
        cost(rows);
        energy(rows);
        probe(rows);
        support(rows);
        quarantined(rows);
        rsrp(rows);
        sinr(rows);
        points(rows);
        sessions(rows);
        deadlines(rows);
        arrivals(rows);
        oneWay(rows);
        oneWayDeadlines(rows);
        Array.ForEach(delays, delay => delay(rows));
        if (state.Rows is { } kept)
        {
            new RowSection(kept).Write(rows);
        }

        user.Write(rows, keys);
        rows.Flush();
        ipc.Complete(() => [KeyValuePair.Create(StateSchema.DigestKey, hashed.Digest())]);
    }

    /// <summary>Notes the keys of a store; what is returned writes its rows: two steps, for all keys must be noted before the first row is written.</summary>
    internal static Action<StateRowWriter> Sorted<TKey, TCell>(SlotStore<TKey, TCell> store, IStateSection<TKey, TCell> section, StateKeys keys)
        where TKey : struct, IEquatable<TKey>
        where TCell : struct, IMergeable<TCell>
    {
        for (var slot = 0; slot < store.Count; slot++)
        {
            section.Use(keys, store.Keys[slot], store.Cells[slot]);
        }

        return rows =>
        {
            foreach (var slot in rows.IsMeasuring ? [.. Enumerable.Range(0, store.Count)] : SlotOrder.Of(store, section, keys))
            {
                rows.Begin(section.Name);
                section.Write(rows, store.Keys[slot], store.Cells[slot]);
            }
        };
    }

    // points, kept rows and what definition files ask for are not gone through twice: their numbers may have any width
    private static void Measure(
        StateRowWriter rows, StateWidths widths, EngineState state, ReadOnlySpan<Action<StateRowWriter>> sections, Action<StateRowWriter> evidence)
    {
        foreach (var section in sections)
        {
            section(rows);
        }

        evidence(rows);
        if (state.Points.IsSpilled || state.Points.Slots.Count > 0 || state.Rows is not null)
        {
            widths.Note(StateColumn.Count, long.MaxValue);
        }

        for (var column = (StateColumn)0; state.User.Length > 0 && (int)column < StateSchema.Columns; column++)
        {
            widths.Note(column, long.MaxValue);
        }
    }

    private static void WriteInputs(StateRowWriter rows, IEnumerable<InputTally> inputs)
    {
        var json = new ArrayBufferWriter<byte>();
        foreach (var input in inputs.OrderBy(static input => input.Name, StringComparer.Ordinal).ThenBy(static input => input.Fingerprint, StringComparer.Ordinal))
        {
            json.ResetWrittenCount();
            InputJson.Write(input, json);
            rows.Begin(StateSections.Input);
            rows.Text(StateColumn.Input, json.WrittenSpan);
        }
    }

    private static void WriteEvidence(StateRowWriter rows, StateKeys keys, string link, Dictionary<int, DeviceBitmap> panes)
    {
        foreach (var (pane, bitmap) in panes.OrderBy(static pair => pair.Key))
        {
            var ranks = bitmap.Members().Select(device => keys.RankOf(StateKind.Device, device)).ToList();
            if (ranks.Count == 0)
            {
                continue;   // made for a row that then told nothing: equal states do not differ by it
            }

            var bits = new byte[(ranks.Max() / 8) + 1];
            foreach (var rank in ranks)
            {
                bits[rank >> 3] |= (byte)(1 << (rank & 7));
            }

            rows.Begin(StateSections.Evidence);
            rows.Name(StateColumn.Link, link);
            rows.Pane(pane, isSpan: false);
            rows.Bytes(StateColumn.Devices, bits);
        }
    }

    private static void WriteOnline(StateRowWriter rows, StateKeys keys, Dictionary<int, DeviceInstants> panes)
    {
        foreach (var (pane, instants) in panes.OrderBy(static pair => pair.Key))
        {
            foreach (var (device, until) in instants.Members().OrderBy(member => keys.RankOf(StateKind.Device, member.Device)))
            {
                rows.Begin(StateSections.Online);
                rows.Key(StateColumn.Device, device);
                rows.Pane(pane, isSpan: true);
                rows.Number(StateColumn.LastTs, until);
            }
        }
    }
}
