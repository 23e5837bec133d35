using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>The values of one field of a batch in the making, appended row by row.</summary>
/// <remarks>
/// Each method serves the types that it names; for another type it throws <see cref="InvalidOperationException"/>. A value that the type
/// cannot hold throws an <see cref="ArgumentException"/> and appends nothing.
/// </remarks>
public sealed class ColumnBuilder
{
    private const int StackBytes = 512;
    private static readonly UTF8Encoding s_strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrowType _stored;
    private readonly IntegerRange? _range;
    private readonly DictionaryBuilder? _dictionary;
    private readonly BitWriter _validity = new();
    private readonly BitWriter? _bits;
    private readonly VaryingBuilder? _varying;
    private readonly ArrayBufferWriter<byte> _fixed = new();
    private readonly Int128 _decimalLimit;
    private readonly int _width;
    private int _nullCount;

    internal ColumnBuilder(Field field, DictionaryBuilder? dictionary)
    {
        Field = field;
        _dictionary = dictionary;
        _stored = field.Dictionary?.IndexType ?? field.Type;
        _range = IntegerRange.Of(_stored);
        _bits = _stored.Id == ArrowTypeId.Bool ? new BitWriter() : null;
        _varying = VaryingBuilder.Holds(_stored.Id) ? new VaryingBuilder(_stored.Id) : null;
        _width = _stored.Id switch
        {
            ArrowTypeId.Null or ArrowTypeId.Bool => 0,
            ArrowTypeId.FixedSizeBinary => _stored.FixedSize,
            ArrowTypeId.Timestamp or ArrowTypeId.Duration => sizeof(long),
            _ => _stored.BitWidth / 8,
        };
        if (_stored.Id == ArrowTypeId.Decimal)
        {
            _decimalLimit = Int128.One;
            for (var digit = 0; digit < _stored.Precision; digit++)
            {
                _decimalLimit *= 10;
            }
        }
    }

    /// <summary>The field whose values these are.</summary>
    public Field Field { get; }

    /// <summary>How many rows were appended since the batch was cleared.</summary>
    public int Length { get; private set; }

    internal DictionaryBuilder? Dictionary => _dictionary;

    /// <summary>Appends a null: any type.</summary>
    public void AppendNull()
    {
        if (_varying is not null)
        {
            _varying.Append([]);
        }
        else if (_bits is not null)
        {
            _bits.Append(bit: false);
        }
        else
        {
            _fixed.GetSpan(_width)[.._width].Clear();
            _fixed.Advance(_width);
        }

        _nullCount++;
        End(isValid: false);
    }

    /// <summary>Appends to a Bool column.</summary>
    public void AppendBool(bool value)
    {
        (_bits ?? throw Misfit("Bool")).Append(value);
        End(isValid: true);
    }

    /// <summary>Appends to an Int, Date, Time, Timestamp or Duration column, in the column's own unit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type does not hold the value: too wide, negative in an unsigned or time-of-day
    /// column, a time of day of 24 hours or more, a Date of milliseconds that is no whole day.</exception>
    public void AppendInt64(long value)
    {
        if (_dictionary is not null || _range is not { } range)
        {
            throw Misfit("Int64");
        }

        if (!range.Holds(value))
        {
            throw OutOfRange(value);
        }

        AppendInteger(value);
    }

    /// <summary>Appends to an Int, Date, Time, Timestamp or Duration column, in the column's own unit.</summary>
    /// <inheritdoc cref="AppendInt64" path="/exception"/>
    public void AppendUInt64(ulong value)
    {
        if (_dictionary is not null || _range is not { } range)
        {
            throw Misfit("UInt64");
        }

        if (value > range.Maximum || value % (ulong)range.Step != 0)
        {
            throw OutOfRange(value);
        }

        AppendInteger(unchecked((long)value));
    }

    /// <summary>Appends to a FloatingPoint column of any width, rounded to it, half to even; not-a-number and infinities are kept.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A finite value would become an infinity.</exception>
    public void AppendDouble(double value)
    {
        if (_stored.Id != ArrowTypeId.FloatingPoint)
        {
            throw Misfit("Double");
        }

        var bytes = _fixed.GetSpan(sizeof(double));
        var isInfinite = false;
        switch (_width)
        {
            case 2:
                var half = (Half)value;
                isInfinite = Half.IsInfinity(half);
                BinaryPrimitives.WriteHalfLittleEndian(bytes, half);
                break;
            case 4:
                isInfinite = float.IsInfinity((float)value);
                BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)value);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
                break;
        }

        if (isInfinite && double.IsFinite(value))
        {
            throw OutOfRange(value);
        }

        _fixed.Advance(_width);
        End(isValid: true);
    }

    /// <summary>Appends to a Decimal column of 32, 64 or 128 bits.</summary>
    /// <param name="unscaled">The value times ten to the power of the column's scale.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value has more digits than the column's precision.</exception>
    public void AppendDecimal(Int128 unscaled)
    {
        if (_stored.Id != ArrowTypeId.Decimal)
        {
            throw Misfit("Decimal");
        }

        if (unscaled >= _decimalLimit || unscaled <= -_decimalLimit)
        {
            throw OutOfRange(unscaled);
        }

        BinaryPrimitives.WriteInt128LittleEndian(_fixed.GetSpan(16), unscaled);
        _fixed.Advance(_width);
        End(isValid: true);
    }

    /// <summary>Appends to a Utf8, LargeUtf8 or Utf8View column, stored in place or dictionary-encoded.</summary>
    /// <exception cref="ArgumentException">The text has a lone surrogate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is new and the index type has no number left for it.</exception>
    public void AppendString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!VaryingBuilder.IsText(Field.Type.Id))
        {
            throw Misfit("String");
        }

        var rented = value.Length > StackBytes / 3 ? ArrayPool<byte>.Shared.Rent(s_strictUtf8.GetMaxByteCount(value.Length)) : null;
        var bytes = rented ?? stackalloc byte[StackBytes];
        AppendBinary(bytes[..s_strictUtf8.GetBytes(value, bytes)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>Appends to a column of UTF-8 (any form, dictionary-encoded too), of bytes (any form), or of FixedSizeBinary.</summary>
    /// <exception cref="ArgumentException">The bytes are not UTF-8, or not as many as FixedSizeBinary has.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is new and the index type has no number left for it.</exception>
    public void AppendBytes(ReadOnlySpan<byte> value)
    {
        if (_stored.Id == ArrowTypeId.FixedSizeBinary)
        {
            if (value.Length != _width)
            {
                throw new ArgumentException($"Column '{Field.Name}' is {Field.Type}, the value has {value.Length} bytes.", nameof(value));
            }

            _fixed.Write(value);
            End(isValid: true);
            return;
        }

        if (!VaryingBuilder.Holds(Field.Type.Id))
        {
            throw Misfit("Bytes");
        }

        if (VaryingBuilder.IsText(Field.Type.Id) && !Utf8.IsValid(value))
        {
            throw new ArgumentException($"Column '{Field.Name}' is {Field.Type}, the value is not UTF-8.", nameof(value));
        }

        AppendBinary(value);
    }

    /// <summary>Gives a dictionary-encoded column its values up front, so that one dictionary message holds them all and no delta follows.</summary>
    /// <remarks>Values that are there already stay where they are. Several fields of one dictionary id share their values.</remarks>
    public void Declare(IEnumerable<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (_dictionary is null)
        {
            throw Misfit("a dictionary's values");
        }

        foreach (var value in values)
        {
            Intern(s_strictUtf8.GetBytes(value));
        }
    }

    /// <summary>Appends the number of a dictionary value that was declared.</summary>
    internal void AppendCode(int code) => AppendInteger(code);

    /// <summary>Appends <paramref name="count"/> nulls.</summary>
    internal void AppendNulls(int count)
    {
        if (_varying is not null)
        {
            for (var i = 0; i < count; i++)
            {
                _varying.Append([]);
            }
        }
        else if (_bits is not null)
        {
            _bits.AppendZeros(count);
        }
        else
        {
            var bytes = checked(_width * count);
            _fixed.GetSpan(bytes)[..bytes].Clear();
            _fixed.Advance(bytes);
        }

        _validity.AppendZeros(count);
        _nullCount += count;
        Length += count;
    }

    internal void Clear()
    {
        _validity.Clear();
        _bits?.Clear();
        _varying?.Clear();
        _fixed.ResetWrittenCount();
        _nullCount = 0;
        Length = 0;
    }

    internal void WriteTo(BodyBuilder body)
    {
        body.AddNode(Length, _nullCount);
        if (_stored.Id == ArrowTypeId.Null)
        {
            return;
        }

        if (_nullCount == 0)
        {
            body.AddEmptyBuffer();
        }
        else
        {
            body.AddBuffer(_validity.Written);
        }

        if (_varying is not null)
        {
            _varying.WriteTo(body);
        }
        else if (_bits is not null)
        {
            body.AddBuffer(_bits.Written);
        }
        else
        {
            body.AddBuffer(_fixed.WrittenSpan);
        }
    }

    private void AppendBinary(ReadOnlySpan<byte> value)
    {
        if (_dictionary is not null)
        {
            AppendInteger(Intern(value));
            return;
        }

        _varying!.Append(value);
        End(isValid: true);
    }

    private int Intern(ReadOnlySpan<byte> value)
    {
        var number = _dictionary!.Find(value);
        if (number >= 0)
        {
            return CheckIndex(number);
        }

        CheckIndex(_dictionary.Count);
        return _dictionary.Append(value);
    }

    private int CheckIndex(int number) => (ulong)number <= _range!.Value.Maximum
        ? number
        : throw new ArgumentOutOfRangeException(
            nameof(number), number, $"Column '{Field.Name}' has the index type {_stored}, which cannot number another dictionary value.");

    // The low bytes of the little-endian value are the value in the column's width.
    private void AppendInteger(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_fixed.GetSpan(sizeof(long)), value);
        _fixed.Advance(_width);
        End(isValid: true);
    }

    private void End(bool isValid)
    {
        _validity.Append(isValid);
        Length++;
    }

    private InvalidOperationException Misfit(string what) => new($"Column '{Field.Name}' is {Field.Type}: {what} does not fit.");

    private ArgumentOutOfRangeException OutOfRange(object value) =>
        new(nameof(value), value, $"Column '{Field.Name}' is {Field.Type}, which cannot hold the value.");
}
