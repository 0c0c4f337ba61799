namespace Trigger.Kernel.Event;

/// <summary>One line of the log, as published on the event stream.</summary>
public abstract class LogEvent
{
    private protected LogEvent(Exception? cause, string logSource, Type logClass, object message)
    {
        Cause = cause;
        LogSource = logSource;
        LogClass = logClass;
        Message = message;
        Thread = Thread.CurrentThread;
    }

    public Exception? Cause { get; }

    public DateTime Timestamp { get; internal init; } = TimeProvider.System.GetUtcNow().UtcDateTime;

    public Thread Thread { get; }

    /// <summary>The path of the actor that wrote it.</summary>
    public string LogSource { get; }

    public Type LogClass { get; }

    public object Message { get; }

    public abstract LogLevel LogLevel();

    public override string ToString() =>
        $"[{LogLevel()}][{Timestamp:O}][Thread {Thread.ManagedThreadId:0000}][{LogSource}] {Message}{(Cause is null ? "" : $"{Environment.NewLine}Cause: {Cause}")}";
}

public sealed class Debug : LogEvent
{
    public Debug(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Debug(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.DebugLevel;
}

public sealed class Info : LogEvent
{
    public Info(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Info(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.InfoLevel;
}

public sealed class Warning : LogEvent
{
    public Warning(string logSource, Type logClass, object message)
        : this(null, logSource, logClass, message)
    {
    }

    public Warning(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.WarningLevel;
}

public sealed class Error : LogEvent
{
    public Error(Exception? cause, string logSource, Type logClass, object message)
        : base(cause, logSource, logClass, message)
    {
    }

    public override LogLevel LogLevel() => Event.LogLevel.ErrorLevel;
}
