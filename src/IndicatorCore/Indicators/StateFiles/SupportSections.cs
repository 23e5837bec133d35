using IndicatorCore.Indicators.State;

namespace IndicatorCore.Indicators.StateFiles;

/// <summary>The sections of what the indicators of production support keep. They fill columns of other sections, so that the format stays.</summary>
internal sealed class SupportSections(SupportState state)
{
    public const string Oee = "oee";

    private const string Stops = "downtime";
    private const string Readings = "meter";

    // by RatioKind
    private static readonly string[] s_ratios = ["first_pass", "yield", "energy_intensity", "output"];

    private readonly OeeSection _oee = new();
    private readonly TimedValueSection _stops = new(Stops, state.Stops, isInterval: true);
    private readonly TimedValueSection _readings = new(Readings, state.Readings, isInterval: false);
    private readonly RatioSection[] _ratios = [.. s_ratios.Select(static name => new RatioSection(name))];

    /// <summary>Their names, in their order.</summary>
    public static string[] Names { get; } = [Oee, .. s_ratios, Stops, Readings];

    /// <summary>Notes all keys; what is returned writes the rows.</summary>
    public Action<StateRowWriter> Sorted(StateKeys keys)
    {
        var sections = new List<Action<StateRowWriter>> { StateFileWriter.Sorted(state.Oee, _oee, keys) };
        for (var kind = 0; kind < _ratios.Length; kind++)
        {
            sections.Add(StateFileWriter.Sorted(state.Ratios[kind], _ratios[kind], keys));
        }

        sections.Add(StateFileWriter.Sorted(state.Stops.Cells, _stops, keys));
        sections.Add(StateFileWriter.Sorted(state.Readings.Cells, _readings, keys));
        return rows => sections.ForEach(section => section(rows));
    }

    /// <summary>Adds a row to the state; false when its section is none of these.</summary>
    /// <exception cref="Errors.IndicatorDataException">The row is none of a state file.</exception>
    public bool TryRead(string section, in StateRow row)
    {
        switch (section)
        {
            case Oee:
                StateRowReader.Merge(state.Oee, _oee, row);
                return true;
            case Stops:
                StateRowReader.Merge(state.Stops.Cells, _stops, row);
                return true;
            case Readings:
                StateRowReader.Merge(state.Readings.Cells, _readings, row);
                return true;
            default:
                break;
        }

        var kind = Array.IndexOf(s_ratios, section);
        if (kind >= 0)
        {
            StateRowReader.Merge(state.Ratios[kind], _ratios[kind], row);
        }

        return kind >= 0;
    }
}
