namespace IndicatorCore.Compression;

/// <summary>Where the decoding of a block stands. All addresses lie in two live spans, and History &lt;= Start &lt;= Target &lt;= TargetEnd.</summary>
internal unsafe ref struct Lz4Cursor
{
    /// <summary>The next byte of the block.</summary>
    public byte* Input;

    /// <summary>The end of the block.</summary>
    public byte* InputEnd;

    /// <summary>The next byte to write.</summary>
    public byte* Target;

    /// <summary>The end of the room.</summary>
    public byte* TargetEnd;

    /// <summary>The first byte that this block writes.</summary>
    public byte* Start;

    /// <summary>The first byte that matches may use.</summary>
    public byte* History;

    /// <summary>Whether both ends are far enough for the fast loop.</summary>
    public readonly bool IsFar => InputEnd - Input > Lz4FastLoop.InputRoom && TargetEnd - Target > Lz4FastLoop.TargetRoom;
}
