using System.Buffers;
using System.Buffers.Binary;
using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>Values of varying length in one of Arrow's three forms: 32-bit offsets, 64-bit offsets, or 16-byte views.</summary>
internal sealed class VaryingBuilder
{
    private const int ViewBytes = 16;
    private const int InlineBytes = 12;

    private readonly ArrayBufferWriter<byte> _fixed = new();
    private readonly ArrayBufferWriter<byte> _data = new();
    private readonly bool _isView;
    private readonly int _offsetBytes;

    /// <summary>Starts empty.</summary>
    public VaryingBuilder(ArrowTypeId type)
    {
        _isView = type is ArrowTypeId.Utf8View or ArrowTypeId.BinaryView;
        _offsetBytes = type is ArrowTypeId.LargeUtf8 or ArrowTypeId.LargeBinary ? sizeof(long) : sizeof(int);
        Clear();
    }

    /// <summary>Whether values of <paramref name="type"/> have varying length.</summary>
    public static bool Holds(ArrowTypeId type) => IsText(type)
        || type is ArrowTypeId.Binary or ArrowTypeId.LargeBinary or ArrowTypeId.BinaryView;

    /// <summary>Whether values of <paramref name="type"/> are UTF-8.</summary>
    public static bool IsText(ArrowTypeId type) => type is ArrowTypeId.Utf8 or ArrowTypeId.LargeUtf8 or ArrowTypeId.Utf8View;

    /// <summary>Forgets all values and keeps the memory.</summary>
    public void Clear()
    {
        _fixed.ResetWrittenCount();
        _data.ResetWrittenCount();
        if (!_isView)
        {
            WriteOffset();
        }
    }

    /// <summary>Appends one value; the empty one also stands under a null.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        if (!_isView)
        {
            _data.Write(value);
            WriteOffset();
            return;
        }

        // Length, then the value itself where it fits, else its first four bytes, the buffer's number (0) and the offset.
        var view = _fixed.GetSpan(ViewBytes)[..ViewBytes];
        view.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(view, value.Length);
        if (value.Length <= InlineBytes)
        {
            value.CopyTo(view[4..]);
        }
        else
        {
            value[..4].CopyTo(view[4..]);
            BinaryPrimitives.WriteInt32LittleEndian(view[12..], _data.WrittenCount);
            _data.Write(value);
        }

        _fixed.Advance(ViewBytes);
    }

    /// <summary>Hands over the buffers behind the validity bitmap.</summary>
    public void WriteTo(BodyBuilder body)
    {
        body.AddBuffer(_fixed.WrittenSpan);
        if (!_isView)
        {
            body.AddBuffer(_data.WrittenSpan);
            return;
        }

        body.AddVariadicCount(_data.WrittenCount == 0 ? 0 : 1);
        if (_data.WrittenCount > 0)
        {
            body.AddBuffer(_data.WrittenSpan);
        }
    }

    private void WriteOffset()
    {
        BinaryPrimitives.WriteInt64LittleEndian(_fixed.GetSpan(sizeof(long)), _data.WrittenCount);
        _fixed.Advance(_offsetBytes);
    }
}
