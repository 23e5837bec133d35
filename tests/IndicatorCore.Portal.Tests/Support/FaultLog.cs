using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace IndicatorCore.Portal.Tests.Support;

/// <summary>Keeps what a server logs as errors.</summary>
internal sealed class FaultLog : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Category(this);

    public void Dispose()
    {
        // nothing is held
    }

    private sealed class Category(FaultLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel >= LogLevel.Error)
            {
                log.Lines.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
