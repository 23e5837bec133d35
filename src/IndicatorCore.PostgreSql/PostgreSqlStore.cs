using IndicatorCore.Portal.Storage;
using Npgsql;
using NpgsqlTypes;

namespace IndicatorCore.PostgreSql;

/// <summary>
/// A store in PostgreSQL 15 or later. A publication has tables of its own, written by binary COPY in one transaction; several programs may use one database. While the server
/// is away, calls wait for it as long as <see cref="PostgreSqlStoreOptions.Patience"/> says.
/// </summary>
public sealed class PostgreSqlStore : IPortalStore
{
    private const int PublishingAttempts = 5;
    private const string UndefinedTable = "42P01";
    private readonly string _place;
    private readonly NpgsqlDataSource _source;
    private readonly Retry _retry;
    private readonly RecentAnswers<IReadOnlyList<Series>> _series = new(capacity: 256);
    private readonly RecentAnswers<long> _totals = new(capacity: 4_096);

    /// <summary>A store at an address. Nothing is connected yet.</summary>
    /// <param name="address"><c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE</c>.</param>
    /// <param name="options">How long it waits, or null for the usual.</param>
    /// <exception cref="FormatException">The address is none.</exception>
    public PostgreSqlStore(string address, PostgreSqlStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        options ??= new PostgreSqlStoreOptions();
        var timeout = (long)options.StatementTimeout.TotalMilliseconds;
        var settings = PostgreSqlAddress.Parse(address);
        settings.Options = $"-c statement_timeout={timeout} -c lock_timeout={timeout} -c idle_in_transaction_session_timeout=60000 -c jit=off";
        settings.CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + 5;   // the server's own timeout speaks first
        settings.KeepAlive = 30;
        settings.ApplicationName ??= "indicators";
        if (settings.Timeout == new NpgsqlConnectionStringBuilder().Timeout)
        {
            settings.Timeout = 5;
        }

        _place = $"{settings.Host}:{settings.Port}";
        _source = NpgsqlDataSource.Create(settings);
        _retry = new Retry(_source, options.Patience);
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The server refuses the user or the database, or the schema is newer than this program.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _retry.RunAsync(connection => SchemaMigrations.ApplyAsync(connection, SchemaMigrations.All, cancellationToken), cancellationToken);
        }
        catch (PostgresException problem)
        {
            throw new IOException($"The database at {_place} refuses: {problem.MessageText}.", problem);
        }
        catch (NpgsqlException problem)
        {
            throw new IOException($"The database at {_place} cannot be used: {problem.Message}", problem);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="StoreUnavailableException">The server does not answer.</exception>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = _source.CreateCommand("select 1");
            command.CommandTimeout = 2;
            await command.ExecuteScalarAsync(cancellationToken);
        }
        catch (Exception problem) when (Retry.IsTransient(problem))
        {
            throw new StoreUnavailableException("The database does not answer.", problem);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Publication>> PublicationsAsync(CancellationToken cancellationToken) => await ReadAsync(
        $"select {PublicationEntry.Columns} from ic_data.publications order by dataset collate \"C\", revision desc",
        [],
        static reader => PublicationEntry.Read(reader).Publication,
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Publication?> FindAsync(string dataset, int? revision, CancellationToken cancellationToken) =>
        (await EntryAsync(dataset, revision, cancellationToken))?.Publication;

    /// <inheritdoc/>
    public async Task<Publication> PublishAsync(PublicationDraft draft, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentOutOfRangeException.ThrowIfNegative(draft.Follows);
        new DraftRows(draft).Dispose();   // refuses a draft that is none
        var attempt = Guid.NewGuid();
        for (var count = 1; ; count++)
        {
            try
            {
                return await TryPublishAsync(draft, attempt, cancellationToken);
            }
            catch (Exception problem) when (problem is PublicationConflictException || Retry.IsTransient(problem))
            {
                // the commit may have come through although its answer did not
                if (count > 1 || problem is not PublicationConflictException)
                {
                    var found = await ReadAsync(
                        $"select {PublicationEntry.Columns} from ic_data.publications where attempt = $1", [attempt], static reader => PublicationEntry.Read(reader).Publication, cancellationToken);
                    if (found.Count > 0)
                    {
                        return found[0];
                    }
                }

                if (problem is PublicationConflictException)
                {
                    throw;
                }

                if (count == PublishingAttempts)
                {
                    throw new StoreUnavailableException("The database broke off again and again while a publication was written.", problem);
                }

                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<RowPage?> RowsAsync(RowQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(query.Offset);
        if (await EntryAsync(query.Dataset, query.Revision, cancellationToken) is not { } entry)
        {
            return null;
        }

        if (RowStatement.Of(entry.Id, await SeriesAsync(entry, cancellationToken), query) is not { } statement)
        {
            return new RowPage(entry.Publication, [], 0);
        }

        try
        {
            var rows = await _retry.RunAsync(
                async connection =>
                {
                    await using var command = statement.Page(connection);
                    return await ReadAsync(command, reader => new StoredRow(reader.GetInt32(0), query.View, reader.GetFieldValue<byte[]>(1)), cancellationToken);
                },
                cancellationToken);
            return new RowPage(entry.Publication, rows, await TotalAsync(statement, query, rows.Count, cancellationToken));
        }
        catch (PostgresException problem) when (problem.SqlState == UndefinedTable)
        {
            return null;   // dropped meanwhile
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredRow?> RowAsync(string dataset, int revision, long number, CancellationToken cancellationToken)
    {
        if (number is < 0 or > int.MaxValue || await EntryAsync(dataset, revision, cancellationToken) is not { } entry)
        {
            return null;
        }

        var series = await SeriesAsync(entry, cancellationToken);
        var rows = await ReadAsync(
            $"select series, json from ic_data.rows_{entry.Id} where number = $1",
            [(int)number],
            reader => new StoredRow(number, series[reader.GetInt32(0)].View, reader.GetFieldValue<byte[]>(1)),
            cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Place>> PlacesAsync(string dataset, int revision, CancellationToken cancellationToken) => !StoreNames.IsDataset(dataset) ? [] : await ReadAsync(
        """
        select l.factory, l.name, l.province, l.city, l.district, l.park, l.zone, l.industry, l.lines
        from ic_data.places l join ic_data.publications p on p.id = l.publication where p.dataset = $1 and p.revision = $2 order by l.position
        """,
        [dataset, revision],
        static reader => new Place(
            reader.GetString(0), reader.GetString(1), Text(reader, 2), Text(reader, 3), Text(reader, 4), Text(reader, 5), Text(reader, 6), Text(reader, 7), reader.GetFieldValue<string[]>(8)),
        cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Stream?> OpenAsync(string dataset, int revision, Attachment attachment, CancellationToken cancellationToken)
    {
        var kind = PublicationWriter.KindOf(attachment);
        if (!StoreNames.IsDataset(dataset))
        {
            return null;
        }

        var found = await ReadAsync(
            """
            select a.publication, a.length, a.piece_bytes
            from ic_data.attachments a join ic_data.publications p on p.id = a.publication where p.dataset = $1 and p.revision = $2 and a.kind = $3
            """,
            [dataset, revision, kind],
            static reader => (Id: reader.GetInt32(0), Length: reader.GetInt64(1), PieceBytes: reader.GetInt32(2)),
            cancellationToken);
        return found is [var only] ? new PieceReader(only.Length, only.PieceBytes, (number, token) => PieceAsync(only.Id, kind, number, token)) : null;
    }

    /// <inheritdoc/>
    public async ValueTask<StoredDocument?> ReadDocumentAsync(string name, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(name);
        var found = await ReadAsync(
            "select version, content from ic_data.documents where name = $1", [name], static reader => new StoredDocument(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)), cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    /// <inheritdoc/>
    public async Task<bool> WriteDocumentAsync(string name, long expected, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(name);
        ArgumentOutOfRangeException.ThrowIfNegative(expected);
        var sql = expected == 0
            ? "insert into ic_data.documents (name, version, content) values ($1, $2 + 1, $3) on conflict do nothing"
            : "update ic_data.documents set version = $2 + 1, content = $3, changed_at = now() where name = $1 and version = $2";
        var isRepeated = false;
        var isWritten = await _retry.RunAsync(
            async connection =>
            {
                await using var command = Command(connection, sql, [name, expected, content]);
                var count = await command.ExecuteNonQueryAsync(cancellationToken);
                if (count == 0 && isRepeated)
                {
                    // a write whose answer was lost may have come through
                    await using var again = Command(connection, "select 1 from ic_data.documents where name = $1 and version = $2 + 1 and content = $3", [name, expected, content]);
                    return await again.ExecuteScalarAsync(cancellationToken) is not null;
                }

                isRepeated = true;
                return count == 1;
            },
            cancellationToken);
        return isWritten;
    }

    /// <inheritdoc/>
    public Task AppendAsync(string log, IReadOnlyList<ReadOnlyMemory<byte>> lines, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(log);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Any(static line => line.Span.Contains((byte)'\n')))
        {
            throw new ArgumentException("A line of a log has no line end within.", nameof(lines));
        }

        if (lines.Count == 0)
        {
            return Task.CompletedTask;
        }

        var attempt = Guid.NewGuid();
        byte[][] kept = [.. lines.Select(static line => line.ToArray())];
        return _retry.RunAsync(
            async connection =>
            {
                await using var command = Command(connection, "insert into ic_data.log_batches (attempt, log, lines) values ($1, $2, $3) on conflict (attempt) do nothing", [attempt, log, kept]);
                return await command.ExecuteNonQueryAsync(cancellationToken);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> TailAsync(string log, int count, CancellationToken cancellationToken)
    {
        StoreNames.CheckDocument(log);
        if (count <= 0)
        {
            return [];
        }

        return await ReadAsync(
            """
            select l.line from (select id, lines from ic_data.log_batches where log = $1 order by id desc limit $2) b, unnest(b.lines) with ordinality as l (line, position)
            order by b.id desc, l.position desc limit $2
            """,
            [log, (long)count],
            static reader => (ReadOnlyMemory<byte>)reader.GetFieldValue<byte[]>(0),
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private async Task<Publication> TryPublishAsync(PublicationDraft draft, Guid attempt, CancellationToken cancellationToken)
    {
        // waits for the server here, and goes through the rows once
        await using var connection = await _retry.RunAsync(_ => _source.OpenConnectionAsync(cancellationToken).AsTask(), cancellationToken);
        return await Task.Run(() => new PublicationWriter(connection, draft, cancellationToken).Write(attempt), CancellationToken.None);
    }

    private async Task<PublicationEntry?> EntryAsync(string dataset, int? revision, CancellationToken cancellationToken)
    {
        if (!StoreNames.IsDataset(dataset))
        {
            return null;
        }

        var found = await ReadAsync(
            $"select {PublicationEntry.Columns} from ic_data.publications where dataset = $1 and ($2 is null or revision = $2) order by revision desc limit 1",
            [dataset, new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Integer, Value = revision ?? (object)DBNull.Value }],
            PublicationEntry.Read,
            cancellationToken);
        return found.Count == 0 ? null : found[0];
    }

    private async Task<IReadOnlyList<Series>> SeriesAsync(PublicationEntry entry, CancellationToken cancellationToken)
    {
        var question = $"{entry.Id}";
        if (_series.TryGet(question, out var known))
        {
            return known!;
        }

        var found = await ReadAsync(
            "select view, level, indicator, definition, unit from ic_data.series where publication = $1 order by id",
            [entry.Id],
            static reader => new Series(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(4)),
            cancellationToken);
        _series.Add(question, found);
        return found;
    }

    private async Task<long> TotalAsync(RowStatement statement, RowQuery query, int rows, CancellationToken cancellationToken)
    {
        if (rows < query.Limit && (rows > 0 || query.Offset == 0))
        {
            return query.Offset + rows;   // the last page says it
        }

        if (_totals.TryGet(statement.Question, out var known))
        {
            return known;
        }

        var total = await _retry.RunAsync(
            async connection =>
            {
                await using var command = statement.Count(connection);
                return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken);
        _totals.Add(statement.Question, total);
        return total;
    }

    private async Task<byte[]> PieceAsync(int publication, string kind, int number, CancellationToken cancellationToken)
    {
        var found = await ReadAsync(
            "select data from ic_data.pieces where publication = $1 and kind = $2 and number = $3", [publication, kind, number], static reader => reader.GetFieldValue<byte[]>(0), cancellationToken);
        return found is [var only] ? only : throw new FileNotFoundException("The revision was dropped while it was read.");
    }

    private Task<IReadOnlyList<T>> ReadAsync<T>(string sql, object[] values, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken) => _retry.RunAsync(
        async connection =>
        {
            await using var command = Command(connection, sql, values);
            return await ReadAsync(command, read, cancellationToken);
        },
        cancellationToken);

    private static async Task<IReadOnlyList<T>> ReadAsync<T>(NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value is NpgsqlParameter parameter ? parameter.Clone() : new NpgsqlParameter { Value = value });
        }

        return command;
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
