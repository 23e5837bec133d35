using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>
/// A throw-away cluster of the PostgreSQL that is installed here, on loopback, for the tests of one collection. Tests skip where there is none, unless
/// INDICATORCORE_REQUIRE asks for it.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    // nothing here outlives a power cut, and all of it a killed server
    private const string Settings = "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=256MB -c max_wal_size=2GB";
    private readonly string _folder = Directory.CreateTempSubdirectory("postgres-").FullName;
    private int _port;
    private int _databases;

    /// <summary>The programs of the newest version installed, or null.</summary>
    private static string? Programs { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetDirectories("/usr/lib/postgresql").OrderBy(static path => int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture))
            .Select(static path => Path.Combine(path, "bin")).LastOrDefault(static path => File.Exists(Path.Combine(path, "initdb")))
        : null;

    /// <summary>Whether PostgreSQL is installed.</summary>
    public static bool IsHere => Programs is not null;

    /// <summary>Skips the test, or fails it where PostgreSQL is required, when it is absent.</summary>
    public static void Require()
    {
        if (Programs is null)
        {
            var required = (Environment.GetEnvironmentVariable("INDICATORCORE_REQUIRE") ?? string.Empty).Split(',');
            Assert.False(required.Contains("postgres", StringComparer.Ordinal), "PostgreSQL is required but absent.");
            Skip.If(true, "PostgreSQL is not here (/usr/lib/postgresql).");
        }
    }

    /// <summary>The address of a new, empty database.</summary>
    public string NewDatabase()
    {
        Require();
        var name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        Execute(AddressOf("postgres"), $"create database {name}");
        return AddressOf(name);
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(string address, string sql)
    {
        using var connection = Connect(address);
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each its values as text.</summary>
    public static List<string> Query(string address, string sql)
    {
        using var connection = Connect(address);
        using var command = new NpgsqlCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "null" : Text(reader.GetValue(column)))));
        }

        return rows;
    }

    /// <summary>Runs psql with a script, as a person would.</summary>
    public string Psql(string address, string sql)
    {
        Require();
        return Run(Path.Combine(Programs!, "psql"), ["-X", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", sql, address], asOwner: false);
    }

    /// <summary>Ends the server as a crash does, and starts it again.</summary>
    public void Crash()
    {
        Control("stop", "-m", "immediate");
        Start();
    }

    /// <summary>Ends the server as a crash does.</summary>
    public void Stop() => Control("stop", "-m", "immediate");

    /// <summary>Starts the server.</summary>
    public void Start() => Control("start", "-w", "-l", Path.Combine(_folder, "log"), "-o", string.Create(CultureInfo.InvariantCulture, $"-p {_port} -c unix_socket_directories={_folder} {Settings}"));

    /// <inheritdoc/>
    public Task InitializeAsync()
    {
        if (Programs is null)
        {
            return Task.CompletedTask;
        }

        _port = FreePort();
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", ["postgres", _folder], asOwner: false);
        }

        Run(Path.Combine(Programs, "initdb"), ["-D", Path.Combine(_folder, "data"), "-U", "ic", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], asOwner: true);
        Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DisposeAsync()
    {
        if (Programs is not null)
        {
            NpgsqlConnection.ClearAllPools();
            Stop();
        }

        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    private static NpgsqlConnection Connect(string address)
    {
        var builder = IndicatorCore.PostgreSql.PostgreSqlAddress.Parse(address);
        builder.Pooling = false;
        var connection = new NpgsqlConnection(builder.ConnectionString);
        connection.Open();
        return connection;
    }

    private static string Text(object value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        Array texts => string.Join(',', texts.Cast<object>()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private string AddressOf(string database) => string.Create(CultureInfo.InvariantCulture, $"postgresql://ic@127.0.0.1:{_port}/{database}");

    private void Control(params string[] arguments) => Run(Path.Combine(Programs!, "pg_ctl"), ["-D", Path.Combine(_folder, "data"), .. arguments], asOwner: true);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string Run(string program, IReadOnlyList<string> arguments, bool asOwner)
    {
        // the server refuses to run as root
        string[] line = asOwner && Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", program, .. arguments] : [program, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        using var process = Process.Start(start)!;

        // pg_ctl leaves its streams to the server: reading them to their end would wait for that
        var isControl = program.EndsWith("pg_ctl", StringComparison.Ordinal);
        var output = isControl ? null : process.StandardOutput.ReadToEndAsync();
        var error = isControl ? null : process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromSeconds(60)))
        {
            process.Kill(entireProcessTree: true);
        }

        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {error?.Result}");
        return output?.Result ?? string.Empty;
    }
}
