using System.Globalization;
using Npgsql;

namespace IndicatorCore.PostgreSql;

/// <summary>Brings the schema up to what this program knows, step by step in one transaction, one process at a time; a newer schema is left alone.</summary>
internal static class SchemaMigrations
{
    private const long Lock = 0x1C_5C_4E_4D_41;

    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<Migration> All { get; } = Read();

    /// <summary>Does what is missing.</summary>
    /// <exception cref="IOException">The schema is newer than this program.</exception>
    public static async Task<int> ApplyAsync(NpgsqlConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellationToken)
    {
        if (await VersionAsync(connection, cancellationToken) is var known && known == migrations.Count)
        {
            return known;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(connection, "set local statement_timeout = 0", cancellationToken);
        await using (var command = new NpgsqlCommand("select pg_advisory_xact_lock($1)", connection) { Parameters = { new() { Value = Lock } } })
        {
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        var version = await VersionAsync(connection, cancellationToken);
        if (version > migrations.Count)
        {
            throw new IOException(
                $"The database has schema version {version}, this program knows {migrations.Count} of them: use a newer program, or another database.");
        }

        if (version == 0)
        {
            await ExecuteAsync(
                connection,
                "create schema if not exists ic_data; create table ic_data.migrations (version integer primary key, name text not null, applied_at timestamptz not null default now())",
                cancellationToken);
        }

        foreach (var migration in migrations.Skip(version))
        {
            await ExecuteAsync(connection, migration.Sql, cancellationToken);
            await using var command = new NpgsqlCommand("insert into ic_data.migrations (version, name) values ($1, $2)", connection)
            {
                Parameters = { new() { Value = migration.Version }, new() { Value = migration.Name } },
            };
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return migrations.Count;
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('ic_data.migrations') is not null", connection);
        if (await exists.ExecuteScalarAsync(cancellationToken) is not true)
        {
            return 0;
        }

        await using var version = new NpgsqlCommand("select coalesce(max(version), 0) from ic_data.migrations", connection);
        return (int)(await version.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static IReadOnlyList<Migration> Read()
    {
        var assembly = typeof(SchemaMigrations).Assembly;
        var migrations = new List<Migration>();
        foreach (var name in assembly.GetManifestResourceNames().Where(static name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            migrations.Add(new Migration(int.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name, reader.ReadToEnd()));
        }

        return migrations;
    }
}
