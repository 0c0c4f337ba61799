using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Trigger.Node;

/// <summary>Remembers the latest lines of a log, lets the console follow them, and decides at run time what is worth a line.</summary>
/// <param name="keep">How many lines are remembered.</param>
public sealed class LogTail(TimeProvider time, int keep = 1000) : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> lines = new();
    private readonly ConcurrentDictionary<string, LogLevel> levels = new(StringComparer.Ordinal);
    private long numbers;

    /// <summary>From which level on a line is kept, where nothing else is said for its category.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>The levels that were set for categories.</summary>
    public IReadOnlyDictionary<string, LogLevel> Levels => levels.ToDictionary(StringComparer.Ordinal);

    /// <summary>Sets the level of a category and all below it; of everything when it is empty.</summary>
    public void Set(string category, LogLevel level)
    {
        if (category.Length == 0)
            Level = level;
        else
            levels[category] = level;
    }

    /// <summary>Whether a line of that category and level is worth being written; for filters of other providers, too.</summary>
    public bool IsWorth(string? category, LogLevel level)
    {
        var (best, limit) = (-1, Level);
        foreach (var (prefix, own) in levels)
        {
            if (prefix.Length > best && category?.StartsWith(prefix, StringComparison.Ordinal) == true)
                (best, limit) = (prefix.Length, own);
        }

        return level >= limit && level != LogLevel.None;
    }

    /// <summary>The lines behind a number, oldest first.</summary>
    public IReadOnlyList<LogLine> After(long number) => [.. lines.Where(line => line.Number > number)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private void Add(string category, LogLevel level, string text)
    {
        lines.Enqueue(new LogLine(Interlocked.Increment(ref numbers), time.GetUtcNow(), level, category, text));
        while (lines.Count > keep)
            lines.TryDequeue(out _);
    }

    private sealed class Logger(LogTail tail, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => tail.IsWorth(category, logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                tail.Add(category, logLevel, exception is null ? formatter(state, null) : $"{formatter(state, exception)} {exception.GetType().Name}: {exception.Message}");
        }
    }
}
