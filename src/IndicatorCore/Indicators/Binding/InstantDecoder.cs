using IndicatorCore.Aggregation;
using IndicatorCore.Columns;
using IndicatorCore.Kernels;
using IndicatorCore.Sources;

namespace IndicatorCore.Indicators.Binding;

/// <summary>Stamps of any accepted type to UTC nanoseconds since 1970; what does not fit is MISSING_TIME or IMPLAUSIBLE_TIME.</summary>
internal sealed class InstantDecoder : ColumnDecoder
{
    private const int MostDays = 4_000;

    private readonly int _ordinal;
    private readonly Lane? _lane;
    private readonly InstantRule _rule;
    private readonly ReportingClock? _local;
    private readonly long _unit;
    private readonly bool _naive;
    private long _dayStart;    // wall-clock span of the local day last seen, whose offset is constant
    private long _dayEnd;
    private long _offset;
    private long _constantStart = long.MaxValue;   // wall-clock days that are known to be plain and of one offset
    private long _constantEnd = long.MinValue + 1;
    private long _constantOffset;

    /// <summary>Decodes into a lane, or into the chunk's event time when <paramref name="lane"/> is null.</summary>
    public InstantDecoder(int ordinal, Field field, Lane? lane, InstantRule rule)
    {
        _ordinal = ordinal;
        _lane = lane;
        _rule = rule;
        _local = rule.Zone is null ? null : new ReportingClock(rule.Zone);
        var type = field.Type;
        _unit = type.Id switch
        {
            ArrowTypeId.Timestamp => type.Unit switch
            {
                TimeUnit.Second => 1_000_000_000,
                TimeUnit.Millisecond => 1_000_000,
                TimeUnit.Microsecond => 1_000,
                _ => 1,
            },
            ArrowTypeId.Date => type.BitWidth == 32 ? ReportingClock.Day : 1_000_000,
            _ => rule.NanosecondsPerUnit,
        };
        _naive = type.Id == ArrowTypeId.Date || (type.Id == ArrowTypeId.Timestamp && type.TimeZone is null);
    }

    /// <summary>Whether the field's stamps are wall-clock time, which only a declared zone turns into instants.</summary>
    public static bool IsNaive(Field field) => field.Type is { Id: ArrowTypeId.Timestamp, TimeZone: null };

    /// <summary>Whether instants can be made of a field's values.</summary>
    public static bool Accepts(Field field) =>
        field.Dictionary is null && field.Type.Id is ArrowTypeId.Timestamp or ArrowTypeId.Date or ArrowTypeId.Int or ArrowTypeId.Null;

    public override void Decode(scoped RecordBatch batch, int start, int count, RowChunk chunk)
    {
        var column = batch[_ordinal];
        var values = (_lane is { } lane ? chunk.Values(lane) : chunk.Time).AsSpan(0, count);
        var isNull = column.Field.Type.Id == ArrowTypeId.Null;
        var wide = column.Field.Type.BitWidth == 64 && !isNull ? column.Values<long>().Slice(start, count) : default;
        var validity = column.Validity;
        if (isNull || (column.NullCount == column.Length && _lane is not null))
        {
            SetAll(chunk, count);
            return;
        }

        if (!wide.IsEmpty && validity.IsEmpty && DecodeAll(wide, values, out var extent))
        {
            if (_lane is { } whole)
            {
                chunk.Classes(whole).AsSpan(0, count).Clear();
            }
            else
            {
                chunk.TimeExtent = extent;
            }

            return;
        }

        for (var i = 0; i < count; i++)
        {
            if (!ValidityBitmap.IsValid(validity, start + i))
            {
                Set(chunk, i, ValueClass.Missing, QuarantineReason.MissingTime);
                continue;
            }

            var raw = wide.IsEmpty ? IntegerOrDate(column, start + i) : wide[i];
            var stamp = Math.BigMul(raw, _unit);
            if (stamp > long.MaxValue - (2 * ReportingClock.Day) || stamp < long.MinValue + (2 * ReportingClock.Day))
            {
                Set(chunk, i, ValueClass.Invalid, QuarantineReason.ImplausibleTime);
                continue;
            }

            values[i] = Instant((long)stamp);
            if (_lane is { } known)
            {
                chunk.Classes(known)[i] = ValueClass.Valid;
            }
        }
    }

    // stamps without nulls, all of them far from the ends of time and of one offset: nearly all chunks
    private bool DecodeAll(ReadOnlySpan<long> stamps, Span<long> values, out (long First, long Last) extent)
    {
        extent = default;
        if (_rule.Midnight == MidnightStamp.LabelledDay && _local is not null)
        {
            return false;
        }

        var (first, last) = ExtentKernel.Of(stamps);
        var most = (long.MaxValue - (2 * ReportingClock.Day)) / _unit;
        if (first < -most || last > most)
        {
            return false;
        }

        var offset = _rule.EndToStart;
        if (_naive)
        {
            if (!HasOneOffset(first * _unit, last * _unit))
            {
                return false;
            }

            offset += _constantOffset;
        }

        InstantKernel.Scale(stamps, _unit, offset, values);
        extent = ((first * _unit) - offset, (last * _unit) - offset);
        return true;
    }

    // whether all wall-clock days from one stamp to another are plain ones of one offset; remembered, for days come again
    private bool HasOneOffset(long first, long last)
    {
        if (first >= _constantStart && last < _constantEnd)
        {
            return true;
        }

        var from = FloorDivide(Math.Min(first, _constantStart), ReportingClock.Day);
        var to = FloorDivide(Math.Max(last, _constantEnd - 1), ReportingClock.Day);
        if (to - from > MostDays)
        {
            return false;
        }

        var offset = 0L;
        for (var day = from; day <= to; day++)
        {
            var stamp = day * ReportingClock.Day;
            _ = FromWallClock(stamp);
            if (_dayStart != stamp || (day > from && _offset != offset))
            {
                return false;   // the clock is set on one of them
            }

            offset = _offset;
        }

        (_constantStart, _constantEnd, _constantOffset) = (from * ReportingClock.Day, (to + 1) * ReportingClock.Day, offset);
        return true;
    }

    private static long FloorDivide(long value, long divisor) => Math.DivRem(value, divisor, out var rest) - (rest < 0 ? 1 : 0);

    private void SetAll(RowChunk chunk, int count)
    {
        if (_lane is { } lane)
        {
            chunk.Classes(lane).AsSpan(0, count).Fill(ValueClass.Missing);
            return;
        }

        for (var i = 0; i < count; i++)
        {
            Set(chunk, i, ValueClass.Missing, QuarantineReason.MissingTime);
        }
    }

    private static long IntegerOrDate(scoped Column column, int row) =>
        column.Field.Type.Id == ArrowTypeId.Date ? column.Values<int>()[row] : IntegerColumn.Read(column, row);

    private void Set(RowChunk chunk, int row, byte valueClass, QuarantineReason reason)
    {
        if (_lane is { } lane)
        {
            chunk.Classes(lane)[row] = valueClass;
        }
        else if (chunk.Reason[row] == QuarantineReason.None)
        {
            chunk.Reason[row] = reason;
        }
    }

    private long Instant(long stamp)
    {
        var instant = _naive ? FromWallClock(stamp) : stamp;
        if (_rule.Midnight == MidnightStamp.LabelledDay && _local is not null)
        {
            var day = _local.DayOf(instant);
            if (_local.StartOf(day) == instant)
            {
                instant = _local.StartOf(day + 1);
            }
        }

        return instant - _rule.EndToStart;
    }

    private long FromWallClock(long stamp)
    {
        if (stamp >= _dayStart && stamp < _dayEnd)
        {
            return stamp - _offset;
        }

        var zone = _rule.Zone!;
        var day = Math.DivRem(stamp, ReportingClock.Day, out var rest) - (rest < 0 ? 1 : 0);
        var date = DateTime.UnixEpoch.AddDays(day);
        var first = LocalTime.ToNanoseconds(LocalTime.ToUtcTicks(DateTime.SpecifyKind(date, DateTimeKind.Unspecified), zone));
        var next = LocalTime.ToNanoseconds(LocalTime.ToUtcTicks(DateTime.SpecifyKind(date.AddDays(1), DateTimeKind.Unspecified), zone));
        if (next - first == ReportingClock.Day)
        {
            _dayStart = day * ReportingClock.Day;
            _dayEnd = _dayStart + ReportingClock.Day;
            _offset = _dayStart - first;
            return stamp - _offset;
        }

        var wall = new DateTime(date.Ticks + ((stamp - (day * ReportingClock.Day)) / 100), DateTimeKind.Unspecified);
        return LocalTime.ToNanoseconds(LocalTime.ToUtcTicks(wall, zone)) + (stamp % 100);
    }
}
