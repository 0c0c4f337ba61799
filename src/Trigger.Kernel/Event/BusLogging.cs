namespace Trigger.Kernel.Event;

/// <summary>A log whose lines are published.</summary>
public sealed class BusLogging : LoggingAdapterBase
{
    private readonly TimeProvider _time;

    public BusLogging(LoggingBus bus, string logSource, Type logClass, ILogMessageFormatter logMessageFormatter)
        : this(bus, logSource, logClass, TimeProvider.System, logMessageFormatter)
    {
    }

    internal BusLogging(LoggingBus bus, string logSource, Type logClass, TimeProvider time, ILogMessageFormatter? formatter = null)
        : base(formatter ?? DefaultLogMessageFormatter.Instance)
    {
        Bus = bus;
        LogSource = logSource;
        LogClass = logClass;
        _time = time;
    }

    public LoggingBus Bus { get; }

    public string LogSource { get; }

    public Type LogClass { get; }

    public override bool IsDebugEnabled => LogLevel.DebugLevel >= Bus.LogLevel;

    public override bool IsInfoEnabled => LogLevel.InfoLevel >= Bus.LogLevel;

    public override bool IsWarningEnabled => LogLevel.WarningLevel >= Bus.LogLevel;

    public override bool IsErrorEnabled => LogLevel.ErrorLevel >= Bus.LogLevel;

    protected override void NotifyLog(LogLevel logLevel, object message, Exception? cause = null)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        Bus.Publish(logLevel switch
        {
            LogLevel.DebugLevel => new Debug(cause, LogSource, LogClass, message) { Timestamp = now },
            LogLevel.InfoLevel => new Info(cause, LogSource, LogClass, message) { Timestamp = now },
            LogLevel.WarningLevel => new Warning(cause, LogSource, LogClass, message) { Timestamp = now },
            _ => new Error(cause, LogSource, LogClass, message) { Timestamp = now },
        });
    }
}
