using Microsoft.Extensions.Logging;
using Trigger.Lighthouse;
using Trigger.Node;

// The well-known node: up first, brings the database's schema up to date, knows the members, serves the API and the console, and does no device work.
if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(LighthouseSettings.Help);
    return 0;
}

EngineProcess.TuneForNode();
var mistakes = new List<string>();
var options = LighthouseSettings.Read(args, mistakes);
if (options is null || mistakes.Count > 0)
{
    foreach (var mistake in mistakes)
        Console.Error.WriteLine($"lighthouse: {mistake}");
    return 2;
}

using var log = new LogTail(TimeProvider.System);
using var logging = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log)
    .AddFilter<Microsoft.Extensions.Logging.Console.ConsoleLoggerProvider>((category, level) => log.IsWorth(category, level))
    .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
    .AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "HH:mm:ss.fffZ ")));
try
{
    return await NodeProcess.Run(options with { Logging = logging, Log = log }, logging.CreateLogger("lighthouse"));
}
catch (NodeException failure)
{
    Console.Error.WriteLine($"lighthouse: {failure.Message}");
    return 2;
}
