using System.Text.Json;
using Trigger.Node;
using Trigger.Node.Api;

namespace Samples.WorkerService;

/// <summary>Asks every device for the time once, prints what they say, and ends the service.</summary>
internal sealed class ClockWatcher(TriggerClient trigger, IConfiguration configuration, IHostApplicationLifetime life) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var run = await trigger.Submit(new RunOrder { On = "all", Commands = [JsonSerializer.SerializeToElement(configuration["COMMAND"] ?? "show clock")] }, by: "clock watcher");
        var end = await trigger.Finish(run, stoppingToken);
        await foreach (var answer in trigger.Results(run, stoppingToken))
            Console.WriteLine($"{answer.Device}: {answer.Verdict} {answer.Output.Trim()}");
        Console.WriteLine($"{end.Accepted} of {end.Devices} devices answered.");
        life.StopApplication();
    }
}
