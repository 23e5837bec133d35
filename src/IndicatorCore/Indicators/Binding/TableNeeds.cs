namespace IndicatorCore.Indicators.Binding;

/// <summary>Which states the selected indicators keep, so that other columns are not read.</summary>
[Flags]
internal enum TableNeeds
{
    /// <summary>Only event times.</summary>
    None = 0,

    /// <summary>Devices with online evidence.</summary>
    Connectivity = 1,

    /// <summary>Radio samples by class.</summary>
    Radio = 2,

    /// <summary>Radio samples by grid cell.</summary>
    Grid = 4,

    /// <summary>Output and inputs by line and product.</summary>
    Production = 8,

    /// <summary>Cost by line, product and element.</summary>
    Cost = 16,

    /// <summary>Energy by line.</summary>
    Energy = 32,

    /// <summary>Round trips of probes, and how many were lost.</summary>
    Probe = 64,

    /// <summary>Planned, actual and ideal times of production.</summary>
    Oee = 1 << 20,

    /// <summary>Output that was good at the first pass, and output started.</summary>
    FirstPass = 1 << 21,

    /// <summary>Good output beside all output.</summary>
    Scrap = 1 << 22,

    /// <summary>Energy beside the output that it made.</summary>
    EnergyIntensity = 1 << 23,

    /// <summary>Stops of lines.</summary>
    Downtime = 1 << 24,

    /// <summary>Until when each device is online by its heartbeats.</summary>
    Online = 1 << 25,

    /// <summary>How long rows took to arrive, by device.</summary>
    Delay = 1 << 26,

    /// <summary>Packets with a deadline, of probes.</summary>
    Deadline = 1 << 8,

    /// <summary>Sequence numbers of probes.</summary>
    Sequence = 1 << 9,

    /// <summary>The values of radio samples.</summary>
    RadioValues = 1 << 10,

    /// <summary>Radio samples in the order of time, by device.</summary>
    RadioTime = 1 << 11,

    /// <summary>When devices were heard.</summary>
    Heartbeat = 1 << 12,

    /// <summary>Readings of counters.</summary>
    Counter = 1 << 13,

    /// <summary>Sessions.</summary>
    Session = 1 << 14,
}
