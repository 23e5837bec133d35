namespace IndicatorCore.PostgreSql;

/// <summary>How long a <see cref="PostgreSqlStore"/> waits.</summary>
public sealed record PostgreSqlStoreOptions
{
    /// <summary>How long a call goes on trying while the server cannot be reached or has broken off, such as during a restart: 15 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long one statement that reads may take: 30 seconds. Writing a publication takes as long as it takes.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(30);
}
