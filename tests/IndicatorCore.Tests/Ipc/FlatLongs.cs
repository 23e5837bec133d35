namespace IndicatorCore.Tests.Ipc;

/// <summary>A vector of structs of <paramref name="width"/> 64-bit numbers, in a row.</summary>
internal sealed class FlatLongs(int width) : List<long>
{
    public int Width => width;
}
