using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.CData;
using IndicatorCore.Ipc;

namespace IndicatorCore.Tests.CData;

/// <summary>The structs are laid out as the specification's C declarations are on a 64-bit machine.</summary>
public sealed class CStructTests
{
    [Theory]
    [InlineData(typeof(ArrowSchema), 72, "Format Name Metadata Flags ChildCount Children Dictionary Release PrivateData")]
    [InlineData(typeof(ArrowArray), 80, "Length NullCount Offset BufferCount ChildCount Buffers Children Dictionary Release PrivateData")]
    [InlineData(typeof(ArrowArrayStream), 40, "GetSchema GetNext GetLastError Release PrivateData")]
    public void Every_member_takes_eight_bytes_in_the_order_of_the_specification(Type type, int size, string members)
    {
        Assert.Equal(8, IntPtr.Size);
        var at = 0;
        foreach (var member in members.Split(' '))
        {
            Assert.Equal(at, (int)Marshal.OffsetOf(type, member));
            at += 8;
        }

        Assert.Equal(size, at);
        Assert.Equal(members.Split(' ').Length, type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public).Length);
    }

    [Fact]
    public void Callers_are_told_the_sizes()
    {
        Assert.Equal(72, CArrayExporter.SchemaBytes);
        Assert.Equal(80, CArrayExporter.ArrayBytes);
        Assert.Equal(40, CStreamExporter.StreamBytes);
        Assert.Equal(40, Unsafe.SizeOf<ArrowArrayStream>());
    }

    [Fact]
    public void Limits_are_those_of_the_file_reader()
    {
        var (c, ipc) = (CImportOptions.Default, IpcReaderOptions.Default);
        Assert.Equal(
            (ipc.MaxMetadataBytes, ipc.MaxBufferBytes, ipc.MaxColumns, ipc.MaxNestingDepth, ipc.MaxDictionaryEntries, ipc.MaxDictionaryBytes, ipc.MaxRowsPerBatch),
            (c.MaxMetadataBytes, c.MaxBufferBytes, c.MaxColumns, c.MaxNestingDepth, c.MaxDictionaryEntries, c.MaxDictionaryBytes, c.MaxRowsPerBatch));
    }
}
