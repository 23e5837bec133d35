using System.Globalization;
using System.Text;
using IndicatorCore.Errors;

namespace IndicatorCore.Fuzz.Running;

/// <summary>What came of a campaign, or of all.</summary>
internal sealed class CampaignTotals(string name)
{
    private readonly SortedDictionary<DataFault, long> _refused = [];
    private long _longestIndex = -1;
    private long _mostBytesIndex = -1;

    public string Name => name;

    public long Inputs { get; private set; }

    public long Identical { get; private set; }

    public long Different { get; private set; }

    public long Failures { get; private set; }

    public long LongestMicroseconds { get; private set; }

    public long MostBytes { get; private set; }

    public TimeSpan Time { get; set; }

    /// <summary>Refusals by kind.</summary>
    public IReadOnlyDictionary<DataFault, long> Refused => _refused;

    /// <summary>Adds a worker's part.</summary>
    public void Add(ProgressLedger ledger)
    {
        Inputs += ledger.Inputs;
        Identical += ledger.Identical;
        Different += ledger.Different;
        Failures += ledger.Failures;
        foreach (var kind in Enum.GetValues<DataFault>())
        {
            AddRefused(kind, ledger.Refused(kind));
        }

        Longest(ledger.LongestMicroseconds, ledger.LongestIndex);
        Most(ledger.MostBytes, ledger.MostBytesIndex);
    }

    /// <summary>Adds a whole campaign.</summary>
    public void Add(CampaignTotals other)
    {
        Inputs += other.Inputs;
        Identical += other.Identical;
        Different += other.Different;
        Failures += other.Failures;
        Time += other.Time;
        foreach (var (kind, count) in other._refused)
        {
            AddRefused(kind, count);
        }

        Longest(other.LongestMicroseconds, -1);
        Most(other.MostBytes, -1);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{name}: {Inputs:N0} inputs; accepted {Identical:N0} as the truth, {Different:N0} as another valid input; refused");
        foreach (var (kind, count) in _refused)
        {
            text.Append(CultureInfo.InvariantCulture, $" {kind} {count:N0},");
        }

        text.Append(CultureInfo.InvariantCulture, $" in all {_refused.Values.Sum():N0}; longest {LongestMicroseconds / 1000.0:N1} ms{At(_longestIndex)}, ");
        text.Append(CultureInfo.InvariantCulture, $"most memory {MostBytes / 1024.0:N0} KiB{At(_mostBytesIndex)}; ");
        text.Append(CultureInfo.InvariantCulture, $"{Time.TotalSeconds:N1} s, {Inputs / Math.Max(0.001, Time.TotalSeconds):N0} inputs/s; {Failures:N0} failures");
        return text.ToString();
    }

    private static string At(long index) => index < 0 ? string.Empty : $" (input {index})";

    private void AddRefused(DataFault kind, long count)
    {
        if (count > 0)
        {
            _refused[kind] = _refused.GetValueOrDefault(kind) + count;
        }
    }

    private void Longest(long microseconds, long index)
    {
        if (microseconds > LongestMicroseconds)
        {
            (LongestMicroseconds, _longestIndex) = (microseconds, index);
        }
    }

    private void Most(long bytes, long index)
    {
        if (bytes > MostBytes)
        {
            (MostBytes, _mostBytesIndex) = (bytes, index);
        }
    }
}
