namespace IndicatorCore.Aggregation;

/// <summary>A grid cell of a scope in a pane: floor and cell indices are part of the key.</summary>
internal readonly record struct GridKey(Leaf Leaf, int Pane, int Floor, long X, long Y)
{
    /// <summary>What tells most keys apart: line, pane and cell; looked up once a radio sample.</summary>
    public override int GetHashCode()
    {
        var mixed = (((ulong)(uint)Leaf.Line << 32) | (uint)Pane) * 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (ulong)X) * 0xC2B2AE3D27D4EB4F;
        mixed = (mixed ^ (ulong)Y ^ ((ulong)(uint)Floor << 32) ^ (uint)Leaf.Factory) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32);
    }
}
