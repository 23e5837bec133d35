using System.Buffers;
using IndicatorCore.Portal.Storage;

namespace IndicatorCore.Portal.Serving;

/// <summary>How rows are written one after the other.</summary>
internal interface IRowFormat
{
    /// <summary>What comes before the first row.</summary>
    void Begin(IBufferWriter<byte> output);

    /// <summary>Some rows.</summary>
    void Write(IReadOnlyList<StoredRow> rows, IBufferWriter<byte> output);

    /// <summary>What comes after the last row.</summary>
    void End(IBufferWriter<byte> output);
}
