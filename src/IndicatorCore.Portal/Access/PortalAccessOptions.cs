namespace IndicatorCore.Portal.Access;

/// <summary>How callers are let in.</summary>
public sealed class PortalAccessOptions
{
    /// <summary>
    /// The authentication schemes that the portal's policies ask, in order. A host with a scheme of its own names it here, alone or beside the keys.
    /// </summary>
    public IList<string> Schemes { get; } = [PortalAccess.KeyScheme];

    /// <summary>
    /// Whether who comes over loopback may do everything as long as the store has no key at all. Requests that a proxy passed on, that name another host than
    /// this machine, or that a page of another origin sends, do not count as loopback.
    /// </summary>
    public bool OpenOnLoopback { get; set; } = true;

    /// <summary>How many requests a second one key may send in the long run. Loopback without keys is not limited.</summary>
    public int RequestsPerSecond
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 100;

    /// <summary>How many requests one key may send at once after a pause.</summary>
    public int Burst
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 200;
}
