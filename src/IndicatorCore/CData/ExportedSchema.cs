using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using IndicatorCore.Columns;

namespace IndicatorCore.CData;

/// <summary>Writes schemas as <see cref="ArrowSchema"/>: each struct owns one block with its texts and the structs of its children.</summary>
internal static unsafe class ExportedSchema
{
    /// <summary>Fills a struct with a record of the schema's fields.</summary>
    public static void Write(Schema schema, ArrowSchema* to)
    {
        var record = new Field
        {
            Name = string.Empty,
            Type = ArrowType.Of(ArrowTypeId.Struct),
            IsNullable = false,
            Children = schema.Fields,
            Metadata = schema.Metadata,
        };
        *to = default;
        try
        {
            Write(record, to);
        }
        catch
        {
            if (to->Release is not null)
            {
                to->Release(to);
            }

            throw;
        }
    }

    private static void Write(Field field, ArrowSchema* to)
    {
        var format = CText.Utf8(FormatWriter.Format(field));
        var name = CText.Utf8(field.Name);
        var metadata = SchemaMetadata.Write(field.Metadata);
        var children = field.Dictionary is null ? field.Children : [];
        var structs = children.Count + (field.Dictionary is null ? 0 : 1);
        var size = (structs * (sizeof(ArrowSchema) + sizeof(ArrowSchema*))) + format.Length + name.Length + 2 + metadata.Length;
        var block = (byte*)NativeMemory.AllocZeroed((nuint)size);
        to->PrivateData = block;
        to->Release = &Release;
        var members = (ArrowSchema*)block;
        to->Children = (ArrowSchema**)(members + structs);
        to->ChildCount = children.Count;
        to->Flags = Flags(field);
        var texts = (byte*)(to->Children + structs);
        to->Format = Text(format, ref texts);
        to->Name = Text(name, ref texts);
        if (metadata.Length > 0)
        {
            metadata.CopyTo(new Span<byte>(texts, metadata.Length));
            to->Metadata = texts;
        }

        for (var i = 0; i < children.Count; i++)
        {
            to->Children[i] = members + i;
            Write(children[i], members + i);
        }

        if (field.Dictionary is not null)
        {
            to->Dictionary = members + children.Count;
            Write(field with { Name = string.Empty, Dictionary = null, Metadata = [] }, to->Dictionary);
        }
    }

    private static long Flags(Field field)
    {
        var flags = field.IsNullable ? ArrowSchema.Nullable : 0;
        flags |= field.Dictionary is { IsOrdered: true } ? ArrowSchema.DictionaryOrdered : 0;
        return flags | (field is { Dictionary: null, Type: { Id: ArrowTypeId.Map, Mode: 1 } } ? ArrowSchema.MapKeysSorted : 0);
    }

    private static byte* Text(byte[] text, ref byte* at)
    {
        var start = at;
        text.CopyTo(new Span<byte>(at, text.Length));
        at += text.Length + 1;   // the block was zeroed
        return start;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Release(ArrowSchema* schema)
    {
        for (var i = 0L; i < schema->ChildCount; i++)
        {
            End(schema->Children[i]);
        }

        End(schema->Dictionary);
        NativeMemory.Free(schema->PrivateData);
        schema->Release = null;
    }

    // a child may have been moved away, and one behind a failure was never written
    private static void End(ArrowSchema* schema)
    {
        if (schema is not null && schema->Release is not null)
        {
            schema->Release(schema);
        }
    }
}
