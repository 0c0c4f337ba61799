using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Node.Api;
using Trigger.Node.Scheduling;

namespace Trigger.Cli.Cluster;

/// <summary>Lets a cluster run something at certain times instead of now.</summary>
internal sealed class ScheduleOptions
{
    private readonly Option<string?> name = new("--schedule") { Description = "Not now: put it on the cluster's schedule under this name.", HelpName = "NAME" };
    private readonly Option<string?> cron = new("--cron") { Description = "When, as in crontab: minute, hour, day of month, month, day of week; or @daily and its like.", HelpName = "TIMES" };
    private readonly Option<string?> every = new("--every") { Description = "When: at this interval, such as 6h.", HelpName = "TIME" };
    private readonly Option<string?> at = new("--at") { Description = "When: once, such as 2026-11-22T02:30.", HelpName = "MOMENT" };
    private readonly Option<string?> zone = new("--zone") { Description = "The time zone of --cron and --at, such as Europe/Berlin. Default: UTC.", HelpName = "ZONE" };
    private readonly Option<string?> missed = new("--missed") { Description = "What becomes of times at which no node was up: once (one run as soon as it can be; the default) or skip.", HelpName = "HOW" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { name, cron, every, at, zone, missed })
            command.Add(option);
    }

    /// <summary>Whether the run is for later.</summary>
    public bool Asked(ParseResult line, Mistakes mistakes)
    {
        if (line.GetValue(name) is not null)
            return true;

        foreach (var option in new[] { cron, every, at, zone, missed }.Where(option => line.GetValue(option) is not null))
            mistakes.Add($"{option.Name} says when a schedule runs; name the schedule with --schedule.");
        return false;
    }

    /// <summary>Puts a run on the schedule.</summary>
    public async Task<int> Add(ParseResult line, ClusterClient cluster, RunOrder order)
    {
        var times = new ScheduleTimes(line.GetValue(at), line.GetValue(cron), line.GetValue(every), line.GetValue(zone), line.GetValue(missed));
        var added = (await cluster.Post("api/schedules", new ScheduleOrder(line.GetValue(name), times, order)))!.Value;
        Console.WriteLine($"{added.GetProperty("name").GetString()}: next {added.GetProperty("next").GetDateTimeOffset():u}");
        return ExitCode.AllWell;
    }
}
