using IndicatorCore.Columns;

namespace IndicatorCore.Ipc;

/// <summary>Writes a <see cref="Schema"/> as the Schema table of messages and footers.</summary>
/// <remarks>Source: Schema.fbs. Types that <see cref="ColumnBuilder"/> refuses never come here.</remarks>
internal static class SchemaBuilder
{
    /// <summary>Adds the table to <paramref name="builder"/>; returns its position.</summary>
    public static int Build(FlatBufferBuilder builder, Schema schema)
    {
        var fields = new int[schema.Fields.Count];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = BuildField(builder, schema.Fields[i]);
        }

        var fieldVector = builder.CreateOffsets(fields);
        var metadata = BuildMetadata(builder, schema.Metadata);
        builder.StartTable(4);
        builder.AddOffset(1, fieldVector);
        builder.AddOffset(2, metadata);
        return builder.EndTable();
    }

    private static int BuildField(FlatBufferBuilder builder, Field field)
    {
        var name = builder.CreateString(field.Name);
        var type = BuildType(builder, field.Type);
        var dictionary = field.Dictionary is { } encoding ? BuildDictionary(builder, encoding) : 0;
        var children = builder.CreateOffsets([]);
        var metadata = BuildMetadata(builder, field.Metadata);
        builder.StartTable(7);
        builder.AddOffset(0, name);
        builder.AddOffset(3, type);
        builder.AddOffset(4, dictionary);
        builder.AddOffset(5, children);
        builder.AddOffset(6, metadata);
        builder.AddBool(1, field.IsNullable);
        builder.AddByte(2, (byte)field.Type.Id);
        return builder.EndTable();
    }

    private static int BuildDictionary(FlatBufferBuilder builder, DictionaryEncoding encoding)
    {
        var index = BuildType(builder, encoding.IndexType);
        builder.StartTable(4);
        builder.AddInt64(0, encoding.Id);
        builder.AddOffset(1, index);
        builder.AddBool(2, encoding.IsOrdered);
        return builder.EndTable();
    }

    /// <summary>A vector of key-value tables, or 0 for none.</summary>
    public static int BuildMetadata(FlatBufferBuilder builder, IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        if (metadata.Count == 0)
        {
            return 0;
        }

        var entries = new int[metadata.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var key = builder.CreateString(metadata[i].Key);
            var value = builder.CreateString(metadata[i].Value);
            builder.StartTable(2);
            builder.AddOffset(0, key);
            builder.AddOffset(1, value);
            entries[i] = builder.EndTable();
        }

        return builder.CreateOffsets(entries);
    }

    private static int BuildType(FlatBufferBuilder builder, ArrowType type)
    {
        var zone = type is { Id: ArrowTypeId.Timestamp, TimeZone: { } name } ? builder.CreateString(name) : 0;
        builder.StartTable(3);
        switch (type.Id)
        {
            case ArrowTypeId.Int:
                builder.AddInt32(0, type.BitWidth);
                builder.AddBool(1, type.IsSigned);
                break;
            case ArrowTypeId.FloatingPoint:
                builder.AddInt16(0, type.BitWidth switch { 16 => 0, 32 => 1, _ => 2 });
                break;
            case ArrowTypeId.Decimal:
                builder.AddInt32(0, type.Precision);
                builder.AddInt32(1, type.Scale);
                builder.AddInt32(2, type.BitWidth, defaultValue: 128);
                break;
            case ArrowTypeId.Date:
                builder.AddInt16(0, type.BitWidth == 32 ? (short)0 : (short)1, defaultValue: 1);
                break;
            case ArrowTypeId.Time:
                builder.AddInt32(1, type.BitWidth, defaultValue: 32);
                builder.AddInt16(0, (short)type.Unit, defaultValue: 1);
                break;
            case ArrowTypeId.Timestamp:
                builder.AddOffset(1, zone);
                builder.AddInt16(0, (short)type.Unit);
                break;
            case ArrowTypeId.Duration:
                builder.AddInt16(0, (short)type.Unit, defaultValue: 1);
                break;
            case ArrowTypeId.FixedSizeBinary:
                builder.AddInt32(0, type.FixedSize);
                break;
            default:
                break;
        }

        return builder.EndTable();
    }
}
