using IndicatorCore.Columns;

namespace IndicatorCore.Fuzz.Layout;

/// <summary>All numbers of an input that others hang on.</summary>
internal static class SiteList
{
    /// <summary>The most sites of one buffer.</summary>
    private const int MostOfOneBuffer = 64;

    /// <summary>The sites of metadata, message and footer lengths, LZ4 frames, offsets, views, sizes, type ids and indices.</summary>
    public static Site[] Of(byte[] bytes, ArrowMap map)
    {
        List<Site> sites = [];
        foreach (var (start, length, root) in map.Metadata)
        {
            sites.Add(new Site(start - 4, 4, "metadata length"));
            if (length > 8)
            {
                new MetadataSites(bytes, sites).Add(start, root);
            }
        }

        if (map.FooterStart < bytes.Length)
        {
            sites.Add(new Site(bytes.Length - 10, 4, "footer length"));
        }

        foreach (var buffer in map.Buffers)
        {
            Add(buffer, sites);
        }

        return [.. sites.Where(site => site.Position >= 0 && site.Position + site.Width <= bytes.Length)];
    }

    private static void Add(BufferSite buffer, List<Site> sites)
    {
        if (buffer.IsCompressed)
        {
            // the length in front, the frame's flags, its content size, header checksum and first block size
            sites.Add(new Site(buffer.Start, 8, "decompressed length"));
            foreach (var (at, width) in ((int, int)[])[(8, 4), (12, 1), (13, 1), (14, 8), (22, 1), (23, 4), (27, 1)])
            {
                if (at + width <= buffer.Length)
                {
                    sites.Add(new Site(buffer.Start + at, width, $"LZ4 frame + {at - 8}"));
                }
            }

            return;
        }

        var size = (buffer.Layout, buffer.Slot) switch
        {
            (_, ColumnData.ValiditySlot) => 1,
            (ColumnLayout.Bytes32 or ColumnLayout.List32 or ColumnLayout.ListView32, ColumnData.FirstSlot) => 4,
            (ColumnLayout.ListView32 or ColumnLayout.DenseUnion, ColumnData.SecondSlot) => 4,
            (ColumnLayout.Views, ColumnData.FirstSlot) => 4,
            (ColumnLayout.Bytes64 or ColumnLayout.List64 or ColumnLayout.ListView64, ColumnData.FirstSlot) => 8,
            (ColumnLayout.ListView64, ColumnData.SecondSlot) => 8,
            (ColumnLayout.SparseUnion or ColumnLayout.DenseUnion, ColumnData.FirstSlot) => 1,
            (ColumnLayout.Fixed, ColumnData.FirstSlot) when buffer.Width is 1 or 2 or 4 or 8 => buffer.Width,
            _ => 0,
        };
        for (var i = 0; size > 0 && i < MostOfOneBuffer && (i + 1) * size <= buffer.Length; i++)
        {
            sites.Add(new Site(buffer.Start + (i * size), size, $"{buffer.Layout} slot {buffer.Slot} [{i}]"));
        }
    }
}
