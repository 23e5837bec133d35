using IndicatorCore.Adapters.Results;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Cli.Serving;

/// <summary>The host's messages as lines on standard error.</summary>
/// <param name="output">Standard error.</param>
/// <param name="isVerbose">Whether exceptions are written in full.</param>
internal sealed class StandardErrorLog(TextWriter output, bool isVerbose) : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new Category(this);

    public void Dispose()
    {
        // standard error stays open
    }

    private void Write(LogLevel level, string message, Exception? problem)
    {
        var name = level switch { LogLevel.Warning => "warning", LogLevel.Error or LogLevel.Critical => "error", _ => "note" };
        lock (_lock)
        {
            output.WriteLine($"{name}: {TextTable.Visible(problem is null ? message : $"{message}: {problem.GetType().Name}: {problem.Message}")}");
            if (isVerbose && problem is not null)
            {
                output.WriteLine(problem);
            }
        }
    }

    private sealed class Category(StandardErrorLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, formatter(state, exception), exception);
    }
}
