using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using IndicatorCore.Portal.Storage;
using Npgsql;
using NpgsqlTypes;

namespace IndicatorCore.PostgreSql;

/// <summary>
/// Writes one publication inside one transaction: rows by binary COPY into tables of their own, which become visible, whole, with the commit. COPY is written synchronously, which
/// is several times faster than awaiting each field, on a thread that has nothing else to do.
/// </summary>
internal sealed class PublicationWriter
{
    private const int RowsBetweenLooks = 4_096;
    private readonly NpgsqlConnection _connection;
    private readonly PublicationDraft _draft;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<Series, int> _series = [];
    private readonly List<DraftGroup> _groups = [];
    private int _id;

    public PublicationWriter(NpgsqlConnection connection, PublicationDraft draft, CancellationToken cancellationToken)
    {
        _connection = connection;
        _draft = draft;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Writes and commits.</summary>
    /// <param name="attempt">Tells this publication from others, should nobody know whether the commit came through.</param>
    /// <exception cref="PublicationConflictException">Another revision is the newest.</exception>
    public Publication Write(Guid attempt)
    {
        using var transaction = _connection.BeginTransaction();
        Execute("set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0");
        Check(lockDataset: false);
        _id = (int)Scalar("select nextval(pg_get_serial_sequence('ic_data.publications', 'id'))::integer")!;
        Execute($"""
            create table ic_data.rows_{_id} (like ic_data.rows including all, check (publication = {_id}));
            create table ic_data.groups_{_id} (like ic_data.groups including all, check (publication = {_id}))
            """);
        using var rows = new DraftRows(_draft);
        CopyRows(rows);
        CopyGroups();
        Execute($"""
            create unique index rows_{_id}_number on ic_data.rows_{_id} (number);
            create index rows_{_id}_series on ic_data.rows_{_id} (publication, series, number) include (group_id, window_start, window_end, status, value);
            create index rows_{_id}_group on ic_data.rows_{_id} (group_id);
            create unique index groups_{_id}_id on ic_data.groups_{_id} (id);
            create index groups_{_id}_data on ic_data.groups_{_id} using gin (data jsonb_path_ops);
            analyze ic_data.rows_{_id}, ic_data.groups_{_id}
            """);

        var publication = rows.ToPublication(_draft.Follows + 1);
        publication = publication with
        {
            // as precise as the column
            PublishedAt = publication.PublishedAt.AddTicks(-(publication.PublishedAt.Ticks % TimeSpan.TicksPerMicrosecond)),
        };

        // from here on others that publish this dataset wait
        Check(lockDataset: true);
        Insert(publication, attempt);
        CopySeries();
        CopyPlaces();
        CopyAttachments();
        Execute($"""
            alter table ic_data.rows attach partition ic_data.rows_{_id} for values in ({_id});
            alter table ic_data.groups attach partition ic_data.groups_{_id} for values in ({_id})
            """);
        transaction.Commit();
        return publication;
    }

    private void Check(bool lockDataset)
    {
        if (lockDataset)
        {
            using var insert = new NpgsqlCommand("insert into ic_data.datasets (dataset, revision) values ($1, 0) on conflict do nothing", _connection);
            insert.Parameters.Add(new() { Value = _draft.Dataset });
            insert.ExecuteNonQuery();
        }

        using var command = new NpgsqlCommand($"select revision from ic_data.datasets where dataset = $1{(lockDataset ? " for update" : string.Empty)}", _connection);
        command.Parameters.Add(new() { Value = _draft.Dataset });
        var newest = command.ExecuteScalar() is int revision ? revision : 0;
        if (newest != _draft.Follows)
        {
            throw new PublicationConflictException(
                string.Create(CultureInfo.InvariantCulture, $"The newest revision of {_draft.Dataset} is {newest}, not {_draft.Follows}."));
        }
    }

    private void CopyRows(DraftRows rows)
    {
        // frozen: nobody has to come back to these pages, and indexes alone answer from the start
        using var import = _connection.BeginBinaryImport(
            $"copy ic_data.rows_{_id} (number, publication, series, group_id, status, window_start, window_end, value, low, high, json) from stdin (format binary, freeze)");
        IReadOnlyList<KeyValuePair<string, string?>>? group = null;
        var view = string.Empty;
        foreach (var entry in rows.Read())
        {
            if (entry.Number % RowsBetweenLooks == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            var row = entry.Row;
            if (group is null || view != entry.View || (!ReferenceEquals(group, row.Group) && !group.SequenceEqual(row.Group)))
            {
                view = entry.View;
                _groups.Add(new DraftGroup(entry.Level, row.Group, entry.Place));
            }

            group = row.Group;
            import.StartRow();
            import.Write(checked((int)entry.Number), NpgsqlDbType.Integer);
            import.Write(_id, NpgsqlDbType.Integer);
            import.Write(SeriesOf(new Series(view, entry.Level, row.Indicator, row.Definition, row.Unit)), NpgsqlDbType.Integer);
            import.Write(_groups.Count - 1, NpgsqlDbType.Integer);
            import.Write((short)row.Status, NpgsqlDbType.Smallint);
            Write(import, row.WindowStart, NpgsqlDbType.Bigint);
            Write(import, row.WindowEnd, NpgsqlDbType.Bigint);
            Write(import, Finite(row.Value), NpgsqlDbType.Double);
            Write(import, Finite(row.Low), NpgsqlDbType.Double);
            Write(import, Finite(row.High), NpgsqlDbType.Double);
            import.Write(entry.Json, NpgsqlDbType.Bytea);
        }

        import.Complete();
    }

    private void CopyGroups()
    {
        using var import = _connection.BeginBinaryImport($"copy ic_data.groups_{_id} (publication, id, level, data, province, city, factory) from stdin (format binary, freeze)");
        var buffer = new ArrayBufferWriter<byte>();
        for (var id = 0; id < _groups.Count; id++)
        {
            var (level, group, place) = _groups[id];
            buffer.ResetWrittenCount();
            import.StartRow();
            import.Write(_id, NpgsqlDbType.Integer);
            import.Write(id, NpgsqlDbType.Integer);
            import.Write(StoredText.Of(level), NpgsqlDbType.Text);
            import.Write(GroupJson(group, buffer), NpgsqlDbType.Jsonb);
            WriteText(import, place.Province);
            WriteText(import, place.City);
            WriteText(import, place.Factory);
        }

        import.Complete();
    }

    private void Insert(Publication publication, Guid attempt)
    {
        using var command = new NpgsqlCommand(
            """
            insert into ic_data.publications (id, attempt, dataset, revision, published_at, digest, row_count, changes, views, levels, indicators, time_zone, reference_date, is_disclosed)
            overriding system value values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            _connection);
        object?[] values =
        [
            _id, attempt, publication.Dataset, publication.Revision, publication.PublishedAt, publication.Digest, publication.Rows, publication.Changes,
            Texts(publication.Views), Texts(publication.Levels), Texts(publication.Indicators), publication.TimeZone, publication.ReferenceDate, publication.IsDisclosed,
        ];
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        command.ExecuteNonQuery();
        using var newest = new NpgsqlCommand("update ic_data.datasets set revision = $2 where dataset = $1", _connection);
        newest.Parameters.Add(new() { Value = publication.Dataset });
        newest.Parameters.Add(new() { Value = publication.Revision });
        newest.ExecuteNonQuery();
    }

    private void CopySeries()
    {
        using var import = _connection.BeginBinaryImport("copy ic_data.series (publication, id, view, level, indicator, definition, unit) from stdin (format binary)");
        foreach (var (series, id) in _series.OrderBy(static pair => pair.Value))
        {
            import.StartRow();
            import.Write(_id, NpgsqlDbType.Integer);
            import.Write(id, NpgsqlDbType.Integer);
            foreach (var text in new[] { series.View, series.Level, series.Indicator, series.Definition, series.Unit })
            {
                import.Write(StoredText.Of(text), NpgsqlDbType.Text);
            }
        }

        import.Complete();
    }

    private void CopyPlaces()
    {
        using var import = _connection.BeginBinaryImport(
            "copy ic_data.places (publication, position, factory, name, province, city, district, park, zone, industry, lines) from stdin (format binary)");
        for (var position = 0; position < _draft.Places.Count; position++)
        {
            var place = _draft.Places[position];
            import.StartRow();
            import.Write(_id, NpgsqlDbType.Integer);
            import.Write(position, NpgsqlDbType.Integer);
            foreach (var text in new[] { place.Factory, place.Name, place.Province, place.City, place.District, place.Park, place.Zone, place.Industry })
            {
                WriteText(import, text);
            }

            import.Write(Texts(place.Lines), NpgsqlDbType.Array | NpgsqlDbType.Text);
        }

        import.Complete();
    }

    private void CopyAttachments()
    {
        var lengths = new List<(string Kind, long Length)>();
        using (var import = _connection.BeginBinaryImport("copy ic_data.pieces (publication, kind, number, data) from stdin (format binary)"))
        {
            foreach (var (attachment, write) in _draft.Attachments.OrderBy(static pair => pair.Key))
            {
                _cancellationToken.ThrowIfCancellationRequested();
                using var pieces = new PieceWriter(import, _id, KindOf(attachment));
                write(pieces);
                pieces.Complete();
                lengths.Add((KindOf(attachment), pieces.CompletedLength));
            }

            import.Complete();
        }

        foreach (var (kind, length) in lengths)
        {
            using var command = new NpgsqlCommand("insert into ic_data.attachments (publication, kind, length, piece_bytes) values ($1, $2, $3, $4)", _connection);
            command.Parameters.Add(new() { Value = _id });
            command.Parameters.Add(new() { Value = kind });
            command.Parameters.Add(new() { Value = length });
            command.Parameters.Add(new() { Value = PieceWriter.PieceBytes });
            command.ExecuteNonQuery();
        }
    }

    /// <summary>The name of an attachment in the tables.</summary>
    public static string KindOf(Attachment attachment) => attachment switch
    {
        Attachment.Manifest => "manifest",
        Attachment.State => "state",
        Attachment.Declared => "declared",
        Attachment.Coverage => "coverage",
        Attachment.Difference => "difference",
        _ => throw new ArgumentOutOfRangeException(nameof(attachment)),
    };

    /// <summary>A group, or values asked of one, as jsonb knows it.</summary>
    public static string GroupJson(IEnumerable<KeyValuePair<string, string?>> group, ArrayBufferWriter<byte> buffer)
    {
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        foreach (var (key, value) in group)
        {
            json.WriteString(StoredText.Of(key), StoredText.OfNullable(value));
        }

        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static string[] Texts(IReadOnlyList<string> texts) => [.. texts.Select(StoredText.Of)];

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? value : null;

    private static void Write<T>(NpgsqlBinaryImporter import, T? value, NpgsqlDbType type)
        where T : struct
    {
        if (value is { } known)
        {
            import.Write(known, type);
        }
        else
        {
            import.WriteNull();
        }
    }

    private static void WriteText(NpgsqlBinaryImporter import, string? text)
    {
        if (text is null)
        {
            import.WriteNull();
        }
        else
        {
            import.Write(StoredText.Of(text), NpgsqlDbType.Text);
        }
    }

    private int SeriesOf(in Series series)
    {
        ref var id = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_series, series, out var isKnown);
        return isKnown ? id : id = _series.Count - 1;
    }

    private void Execute(string sql)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        using var command = new NpgsqlCommand(sql, _connection) { CommandTimeout = 0 };
        command.ExecuteNonQuery();
    }

    private object? Scalar(string sql)
    {
        using var command = new NpgsqlCommand(sql, _connection);
        return command.ExecuteScalar();
    }

    private readonly record struct DraftGroup(string Level, IReadOnlyList<KeyValuePair<string, string?>> Group, RowPlace Place);
}
