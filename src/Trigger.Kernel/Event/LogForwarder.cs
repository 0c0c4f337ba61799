using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using MsLogLevel = Microsoft.Extensions.Logging.LogLevel;

namespace Trigger.Kernel.Event;

/// <summary>Carries log events to the host's logging, one category per class.</summary>
internal sealed class LogForwarder(ILoggerFactory factory)
{
    private readonly ConcurrentDictionary<Type, ILogger> _loggers = new();

    internal void Forward(LogEvent line)
    {
        var logger = _loggers.GetOrAdd(line.LogClass, type => factory.CreateLogger(type.FullName ?? type.Name));
        var level = line.LogLevel() switch
        {
            LogLevel.DebugLevel => MsLogLevel.Debug,
            LogLevel.InfoLevel => MsLogLevel.Information,
            LogLevel.WarningLevel => MsLogLevel.Warning,
            _ => MsLogLevel.Error,
        };
        if (logger.IsEnabled(level))
            logger.Log(level, default, line, line.Cause, static (l, _) => $"[{l.LogSource}] {l.Message}");
    }
}
