namespace IndicatorCore.Indicators.StateFiles;

/// <summary>How likely a bit of one kind is, learnt from those before it: nearly their share at first, later the more recent ones.</summary>
internal struct AdaptiveBit
{
    /// <summary>Likelihoods are parts of 2^16.</summary>
    public const int ScaleBits = 16;

    private const int MostSeen = 62;
    private const int Least = 48;   // so that no bit is ever held to be impossible

    private int _deviation;   // from one half
    private int _seen;

    /// <summary>How likely a 1 is.</summary>
    public readonly uint Likelihood => (uint)((1 << (ScaleBits - 1)) + _deviation);

    /// <summary>Learns a bit.</summary>
    public void Learn(int bit)
    {
        var target = bit != 0 ? (1 << (ScaleBits - 1)) - Least : Least - (1 << (ScaleBits - 1));
        _deviation += (target - _deviation) * 2 / ((2 * _seen) + 3);
        _seen += _seen < MostSeen ? 1 : 0;
    }
}
