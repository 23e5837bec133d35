using IndicatorCore.Fuzz.Layout;
using IndicatorCore.Fuzz.Oracles;

namespace IndicatorCore.Fuzz.Seeds;

/// <summary>A good input from which bad ones are made, and what it reads as.</summary>
internal sealed class Seed
{
    private readonly Lazy<ArrowMap?> _map;
    private readonly Lazy<ReadContent> _truth;
    private readonly Lazy<Site[]> _sites;

    public Seed(string name, byte[] bytes, bool isFile)
    {
        (Name, Bytes, IsFile) = (name, bytes, isFile);
        _map = new Lazy<ArrowMap?>(Draw);
        _truth = new Lazy<ReadContent>(() =>
        {
            using var reading = new ArrowReading();
            return isFile ? reading.File(bytes) : reading.Stream(bytes);
        });
        _sites = new Lazy<Site[]>(() => Map is { } map ? SiteList.Of(bytes, map) : []);
    }

    public string Name { get; }

    public byte[] Bytes { get; }

    /// <summary>Whether it is a file; a stream otherwise.</summary>
    public bool IsFile { get; }

    /// <summary>What each byte is for; null where that cannot be told.</summary>
    public ArrowMap? Map => _map.Value;

    /// <summary>What it reads as.</summary>
    public ReadContent Truth => _truth.Value;

    /// <summary>The numbers that give it its structure.</summary>
    public Site[] Sites => _sites.Value;

    /// <summary>What the stream inside a file reads as, once someone has looked.</summary>
    public ReadContent? Inside { get; set; }

    public override string ToString() => Name;

    private ArrowMap? Draw()
    {
        try
        {
            return IsFile ? ArrowMap.OfFile(Bytes) : ArrowMap.OfStream(Bytes);
        }
        catch (Errors.IndicatorDataException)
        {
            return null;
        }
    }
}
