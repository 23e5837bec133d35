using IndicatorCore.Indicators;

namespace IndicatorCore.Tests.Support;

/// <summary>What must never change a report of small exports: threads, order, splits and merges.</summary>
internal static class Laws
{
    /// <summary>The report of the exports read in order, after every other way of reading them was seen to give the same rows.</summary>
    public static IndicatorReport Hold(IndicatorQuery query, params ExportBuilder[] exports)
    {
        var expected = Reports.Of(query with { Threads = 1 }, exports);
        Reports.AssertSame(expected, Reports.Of(query with { Threads = 3 }, [.. exports.Reverse()]));
        using var merged = new IndicatorEngine(query with { Threads = 2 });
        using var last = new IndicatorEngine(merged.Query);
        for (var i = 0; i < exports.Length; i++)
        {
            if (i % 2 == 0)
            {
                Reports.Read(last, exports[i]);
                continue;
            }

            using var part = Reports.Engine(merged.Query, exports[i]);
            merged.Merge(part);
        }

        merged.Merge(last);
        Reports.AssertSame(expected, merged.Finish());
        return expected;
    }
}
