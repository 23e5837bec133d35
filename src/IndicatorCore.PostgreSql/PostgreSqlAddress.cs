using Npgsql;

namespace IndicatorCore.PostgreSql;

/// <summary>Where a database is: <c>postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full</c>, as libpq writes it. A password may also come from PGPASSWORD or a password file.</summary>
public static class PostgreSqlAddress
{
    /// <summary>Whether a text is such an address.</summary>
    /// <param name="text">The text.</param>
    public static bool Is(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith("postgresql://", StringComparison.Ordinal) || text.StartsWith("postgres://", StringComparison.Ordinal);
    }

    /// <summary>The address without its password, for messages and logs.</summary>
    /// <param name="text">The address.</param>
    public static string WithoutPassword(string text)
    {
        var address = Parse(text);
        return $"postgresql://{address.Host}:{address.Port}/{address.Database}";
    }

    /// <summary>Reads an address.</summary>
    /// <exception cref="FormatException">It is none, or has a parameter that is not known. The message shows no password.</exception>
    internal static NpgsqlConnectionStringBuilder Parse(string text)
    {
        if (!Is(text) || !Uri.TryCreate(text, UriKind.Absolute, out var uri))
        {
            throw new FormatException("The address of a database is written postgresql://USER@HOST:PORT/DATABASE.");
        }

        var builder = new NpgsqlConnectionStringBuilder { Host = uri.Host.Length > 0 ? uri.Host.Trim('[', ']') : "localhost" };
        if (uri.Port > 0)
        {
            builder.Port = uri.Port;
        }

        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        if (uri.AbsolutePath.Trim('/') is { Length: > 0 } database)
        {
            builder.Database = Uri.UnescapeDataString(database);
        }

        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = part.Split('=', 2);
            Set(builder, Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : string.Empty);
        }

        return builder;
    }

    private static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        try
        {
            builder[name switch
            {
                "host" => "Host",
                "port" => "Port",
                "user" => "Username",
                "passfile" => "Passfile",
                "sslmode" => "SSL Mode",
                "sslrootcert" => "Root Certificate",
                "sslcert" => "SSL Certificate",
                "sslkey" => "SSL Key",
                "application_name" => "Application Name",
                "connect_timeout" => "Timeout",
                "pool_size" => "Maximum Pool Size",
                _ => throw new FormatException(
                    $"The address of the database has a parameter '{name}', which is not known. Known are host, port, user, passfile, sslmode, sslrootcert, sslcert, sslkey, application_name, connect_timeout and pool_size."),
            }] = name == "sslmode" ? value.Replace("-", string.Empty, StringComparison.Ordinal) : value;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidCastException or OverflowException || (problem is FormatException && problem.InnerException is not null))
        {
            throw new FormatException($"The parameter {name} of the database's address cannot be '{value}'.", problem);
        }
    }
}
