namespace IndicatorCore.Ipc;

/// <summary>The two containers of Arrow IPC.</summary>
public enum IpcFormat
{
    /// <summary>Magic number, messages, end of stream, footer: readable from any position (<c>.arrow</c>).</summary>
    File,

    /// <summary>Messages one after another (<c>.arrows</c>).</summary>
    Stream,
}
