namespace IndicatorCore.Portal.Monitoring;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>A published figure is below its threshold.</summary>
    Below,

    /// <summary>A published figure is above its threshold.</summary>
    Above,

    /// <summary>No event has come for longer than may be.</summary>
    Silent,

    /// <summary>A declared figure is not what was measured.</summary>
    Drift,

    /// <summary>A file that arrived cannot be read.</summary>
    SetAside,
}
