using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

public static class Logging
{
    private const LogLevel OffLogLevel = (LogLevel)int.MaxValue;

    /// <summary>A log under the actor's path and class.</summary>
    public static ILoggingAdapter GetLogger(this IActorContext context, ILogMessageFormatter? logMessageFormatter = null) =>
        new BusLogging(context.System.EventStream, context.Self.Path.ToString(), context.Props.Type, context.System.Time, logMessageFormatter);

    /// <param name="logSource">A path or name as text, a type, or an object whose type and text are taken.</param>
    public static ILoggingAdapter GetLogger(ActorSystem system, object logSource, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(system.EventStream, logSource, system.Time, logMessageFormatter);

    public static ILoggingAdapter GetLogger(LoggingBus loggingBus, object logSource, ILogMessageFormatter? logMessageFormatter = null) =>
        GetLogger(loggingBus, logSource, TimeProvider.System, logMessageFormatter);

    /// <param name="logLevel">DEBUG, INFO, WARNING, ERROR or OFF, in any case.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static LogLevel LogLevelFor(string logLevel) => logLevel?.ToUpperInvariant() switch
    {
        "DEBUG" => LogLevel.DebugLevel,
        "INFO" => LogLevel.InfoLevel,
        "WARNING" => LogLevel.WarningLevel,
        "ERROR" => LogLevel.ErrorLevel,
        "OFF" => OffLogLevel,
        _ => throw new ArgumentException($"Unknown log level [{logLevel}]. Valid are DEBUG, INFO, WARNING, ERROR and OFF.", nameof(logLevel)),
    };

    public static LogLevel LogLevelFor<T>()
        where T : LogEvent =>
        typeof(T) == typeof(Debug) ? LogLevel.DebugLevel
        : typeof(T) == typeof(Info) ? LogLevel.InfoLevel
        : typeof(T) == typeof(Warning) ? LogLevel.WarningLevel
        : typeof(T) == typeof(Error) ? LogLevel.ErrorLevel
        : throw new ArgumentException($"{typeof(T)} stands for no log level.");

    public static Type ClassFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => typeof(Debug),
        LogLevel.InfoLevel => typeof(Info),
        LogLevel.WarningLevel => typeof(Warning),
        LogLevel.ErrorLevel => typeof(Error),
        _ => throw new ArgumentException($"Unknown log level [{logLevel}].", nameof(logLevel)),
    };

    public static string StringFor(this LogLevel logLevel) => logLevel switch
    {
        LogLevel.DebugLevel => "DEBUG",
        LogLevel.InfoLevel => "INFO",
        LogLevel.WarningLevel => "WARNING",
        LogLevel.ErrorLevel => "ERROR",
        OffLogLevel => "OFF",
        _ => throw new ArgumentException($"Unknown log level [{logLevel}].", nameof(logLevel)),
    };

    public static string SimpleName(object o) => SimpleName(o.GetType());

    public static string SimpleName(Type t) => t.Name;

    private static BusLogging GetLogger(LoggingBus bus, object logSource, TimeProvider time, ILogMessageFormatter? formatter) => logSource switch
    {
        string name => new BusLogging(bus, name, typeof(DummyClassForStringSources), time, formatter),
        Type type => new BusLogging(bus, type.Name, type, time, formatter),
        IActorContext context => new BusLogging(bus, context.Self.Path.ToString(), context.Props.Type, time, formatter),
        IActorRef actor => new BusLogging(bus, actor.Path.ToString(), actor.GetType(), time, formatter),
        _ => new BusLogging(bus, logSource.GetType().Name, logSource.GetType(), time, formatter),
    };
}
