using IndicatorCore.Generation.Model;
using IndicatorCore.Generation.Simulation;

namespace IndicatorCore.Generation.Expectations;

/// <summary>Sessions by line, by factory and of the province, swept slot by slot; rows are made again, so that none is kept.</summary>
internal sealed class SessionLedger(ProvinceModel province, SessionSimulation simulation)
{
    private readonly SessionCount _whole = new();
    private readonly SessionCount[] _factories = [.. province.Factories.Select(static _ => new SessionCount())];
    private readonly SessionCount[] _lines = [.. province.Lines.Select(static _ => new SessionCount())];
    private bool _isSwept;

    /// <summary>The sessions of a scope.</summary>
    public SessionCount Of(Scope scope)
    {
        Sweep();
        return scope.Key switch
        {
            null => _whole,
            "line" => _lines[scope.Lines[0].Index],
            _ => _factories[scope.Factories[0].Index],
        };
    }

    private void Sweep()
    {
        if (_isSwept)
        {
            return;
        }

        _isSwept = true;
        var modems = province.RadioDevices.Count;
        var started = new List<(long Start, long End, DeviceModel Device)>();
        for (long slot = 0; slot < simulation.Slots; slot++)
        {
            started.Clear();
            for (var modem = 0; modem < modems; modem++)
            {
                var index = (slot * modems) + modem;
                simulation.Row(index, out var row);
                foreach (var count in At(row))
                {
                    count.HasRows = true;
                }

                // The second half of a session whose first half was valid started with that.
                if (IsValid(row) && !(row.Id != index && IsValid(RowAt(index - modems))))
                {
                    started.Add((row.Start, EndOf(row, index), row.Device));
                }
            }

            started.Sort(static (left, right) => left.Start.CompareTo(right.Start));
            foreach (var (start, end, device) in started)
            {
                foreach (var count in At(new SessionRow { Device = device, Start = start }))
                {
                    count.Add(device.Index, start, end);
                }
            }
        }
    }

    // "a session's rows make one span, from its first start to its last end"
    private long EndOf(SessionRow row, long index)
    {
        var next = index + province.RadioDevices.Count;
        return next < simulation.Candidates && RowAt(next) is var half && half.Id == index && IsValid(half)
            ? Math.Max(row.End!.Value, half.End!.Value)
            : row.End!.Value;
    }

    private SessionRow RowAt(long index)
    {
        simulation.Row(index, out var row);
        return row;
    }

    private SessionCount[] At(SessionRow row)
    {
        var line = row.Device.LineOn(LocalCalendar.DayOf(row.Start))!;
        return [_whole, _factories[line.Factory.Index], _lines[line.Index]];
    }

    // without an end it is missing, with one before its start invalid
    private static bool IsValid(SessionRow row) => row.End >= row.Start;
}
