using System.Runtime.InteropServices;
using IndicatorCore.Aggregation;
using IndicatorCore.Registry;

namespace IndicatorCore.Indicators;

/// <summary>
/// The registry by key numbers and local days. Registered keys are entered into the key tables first, so that a number below
/// <see cref="DeviceCount"/> is a registered device and everything is found by index, never by text (decisions D10).
/// </summary>
internal sealed class RegistryIndex
{
    private const int VariesByDay = -2;

    private readonly DeviceSpell[][] _devices;
    private readonly int[] _constantLine;
    private readonly int[] _cohorts;
    private readonly List<int> _cohortDevice = [];
    private readonly Dictionary<int, List<LineSpell>> _lines = [];
    private readonly Dictionary<int, List<(LocalDayRange Days, FactoryRecord Record)>> _factories = [];

    public RegistryIndex(IndicatorRegistry registry, KeySpaces keys, ReportingClock clock)
    {
        Registry = registry;
        var devices = new DeviceSpell[]?[registry.Devices.Count];
        var (lastLine, lastNumber) = ((string?)null, -1);   // neighbours mostly share their line
        foreach (var record in registry.Devices)
        {
            if (!string.Equals(record.Line, lastLine, StringComparison.Ordinal))
            {
                (lastLine, lastNumber) = (record.Line, record.Line is null ? -1 : keys.Lines.GetOrAdd(record.Line));
            }

            var number = keys.Devices.GetOrAdd(record.Device);
            var spell = new DeviceSpell(Days(record.Valid), lastNumber, record.IsKey, record);
            devices[number] = devices[number] is { } spells ? [.. spells, spell] : [spell];
        }

        foreach (var record in registry.Lines)
        {
            var number = keys.Lines.GetOrAdd(record.Line);
            if (!_lines.TryGetValue(number, out var spells))
            {
                _lines.Add(number, spells = []);
            }

            spells.Add(new LineSpell(
                Days(record.Valid),
                record.Factory is null ? -1 : keys.Factories.GetOrAdd(record.Factory),
                record.Workshop is null ? -1 : keys.Workshops.GetOrAdd(record.Workshop),
                GoLiveDay(record, clock),
                record.Evidence));
        }

        foreach (var record in registry.Factories)
        {
            var number = keys.Factories.GetOrAdd(record.Factory);
            if (!_factories.TryGetValue(number, out var records))
            {
                _factories.Add(number, records = []);
            }

            records.Add((Days(record.Valid), record));
        }

        _devices = devices[..keys.Devices.Count]!;   // numbers are dense, and these are the first
        _constantLine = new int[_devices.Length];
        _cohorts = new int[_devices.Length];
        var histories = new Dictionary<string, int>();
        var single = new Dictionary<(LocalDayRange Days, int Line, bool IsKey), int>();
        for (var device = 0; device < _devices.Length; device++)
        {
            var spells = _devices[device];
            _constantLine[device] = spells is [{ Days: { Start: int.MinValue, End: int.MaxValue } } only] ? only.Line : VariesByDay;
            ref var cohort = ref spells.Length == 1
                ? ref CollectionsMarshal.GetValueRefOrAddDefault(single, (spells[0].Days, spells[0].Line, spells[0].IsKey), out var isKnown)
                : ref CollectionsMarshal.GetValueRefOrAddDefault(
                    histories, string.Join(';', spells.Select(static spell => $"{spell.Days.Start},{spell.Days.End},{spell.Line},{spell.IsKey}")), out isKnown);
            if (!isKnown)
            {
                cohort = _cohortDevice.Count;
                _cohortDevice.Add(device);
            }

            _cohorts[device] = cohort;
        }

        Borders = [.. BorderDays().Distinct().Order()];
    }

    /// <summary>The registry itself.</summary>
    public IndicatorRegistry Registry { get; }

    /// <summary>Registered devices have the numbers below this.</summary>
    public int DeviceCount => _devices.Length;

    /// <summary>The days on which anything in lines or factories changes, ascending.</summary>
    public IReadOnlyList<int> Borders { get; }

    /// <summary>The numbers of registered lines, ascending.</summary>
    public IEnumerable<int> LineNumbers => _lines.Keys.Order();

    /// <summary>The numbers of registered factories, ascending.</summary>
    public IEnumerable<int> FactoryNumbers => _factories.Keys.Order();

    /// <summary>By device: the line that it has on every day, or -2 where that differs by day.</summary>
    public ReadOnlySpan<int> AlwaysLines => _constantLine;

    /// <summary>The cohort of a device, or -1 when it is not registered.</summary>
    public int CohortOf(int device) => (uint)device < (uint)_cohorts.Length ? _cohorts[device] : -1;

    /// <summary>A device of a cohort; all of them have the same spells.</summary>
    public int DeviceOf(int cohort) => _cohortDevice[cohort];

    /// <summary>The spells of a registered device.</summary>
    public ReadOnlySpan<DeviceSpell> Spells(int device) => _devices[device];

    /// <summary>Where a device stands on a local day, or null when it is not in service or not registered.</summary>
    public DeviceSpell? At(int device, int day)
    {
        if ((uint)device >= (uint)_devices.Length)
        {
            return null;
        }

        foreach (var spell in _devices[device])
        {
            if (spell.Days.Contains(day))
            {
                return spell;
            }
        }

        return null;
    }

    /// <summary>The line of a device on a local day, or -1.</summary>
    public int LineOf(int device, int day)
    {
        if ((uint)device >= (uint)_devices.Length)
        {
            return -1;
        }

        return _constantLine[device] is var line && line != VariesByDay ? line : At(device, day)?.Line ?? -1;
    }

    /// <summary>The factory and workshop of a line on a local day; -1 where unknown.</summary>
    public (int Factory, int Workshop) PlaceOf(int line, int day)
    {
        if (_lines.TryGetValue(line, out var spells))
        {
            foreach (var spell in spells)
            {
                if (spell.Days.Contains(day))
                {
                    return (spell.Factory, spell.Workshop);
                }
            }
        }

        return (-1, -1);
    }

    /// <summary>Whether a line is in service on a local day; null when it is not registered.</summary>
    public bool? IsInService(int line, int day) =>
        _lines.TryGetValue(line, out var spells) ? spells.Exists(spell => spell.Days.Contains(day)) : null;

    /// <summary>The factories that a registered line belongs to at any time.</summary>
    public IEnumerable<int> FactoriesOf(int line) => _lines.TryGetValue(line, out var spells) ? spells.Select(static spell => spell.Factory).Where(static factory => factory >= 0) : [];

    /// <summary>The record of a factory on a local day, or null.</summary>
    public FactoryRecord? FactoryAt(int factory, int day)
    {
        if (_factories.TryGetValue(factory, out var records))
        {
            foreach (var (days, record) in records)
            {
                if (days.Contains(day))
                {
                    return record;
                }
            }
        }

        return null;
    }

    /// <summary>The go-lives of a line: local days and evidence ids, in registry order without repeats.</summary>
    public IEnumerable<(int Day, string? Evidence)> GoLivesOf(int line) =>
        _lines.TryGetValue(line, out var spells)
            ? spells.Where(static spell => spell.GoLive is not null).Select(static spell => (spell.GoLive!.Value, spell.Evidence)).Distinct()
            : [];

    private static LocalDayRange Days(DayBounds valid) => new(
        valid.From is { } from ? ReportingClock.NumberOf(from) : int.MinValue,
        valid.To is { } to ? ReportingClock.NumberOf(to) : int.MaxValue);

    // moved to the local midnight that follows it; exactly midnight stays (indicator-definitions 4, interface 2)
    private static int? GoLiveDay(LineRecord record, ReportingClock clock) =>
        record.GoLiveDate is { } date ? ReportingClock.NumberOf(date)
        : record.GoLiveInstant is { } instant ? clock.DayAtOrAfter(ReportingClock.Nanoseconds(instant))
        : null;

    private IEnumerable<int> BorderDays()
    {
        foreach (var spell in _lines.Values.SelectMany(static spells => spells))
        {
            yield return spell.Days.Start;
            yield return spell.Days.End;
        }

        foreach (var (days, _) in _factories.Values.SelectMany(static records => records))
        {
            yield return days.Start;
            yield return days.End;
        }
    }
}
