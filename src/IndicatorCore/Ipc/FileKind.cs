namespace IndicatorCore.Ipc;

/// <summary>What a path leads to, links followed.</summary>
internal enum FileKind
{
    /// <summary>A file with a length and positions.</summary>
    Regular,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A named or inherited pipe.</summary>
    Pipe,

    /// <summary>A socket, which cannot be opened by its path.</summary>
    Socket,

    /// <summary>A device, such as a terminal or <c>/dev/null</c>.</summary>
    Device,
}
