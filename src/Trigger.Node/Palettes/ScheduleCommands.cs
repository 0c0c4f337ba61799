using System.Text.Json;
using Trigger.Node.Api;
using Trigger.Node.Scheduling;
using Trigger.Node.Security;

namespace Trigger.Node.Palettes;

/// <summary><c>schedule …</c>.</summary>
internal static class ScheduleCommands
{
    public static IEnumerable<CommandDefinition> Of(NodeHost node)
    {
        yield return CommandDefinition.Of("schedule", "list", "", "What runs when.", Role.Viewer, _ => node.Schedules.All().Select(Line));
        yield return CommandDefinition.Of("schedule", "show", "NAME", "A schedule, and what it runs.", Role.Viewer, call =>
        {
            var found = node.Schedules.All().FirstOrDefault(one => one.Name == call.Only("which schedule")) ?? throw None(call.Words[0]);
            return [Line(found), .. (found.Run.Commands ?? []).Select(command => new CommandLine($"  {command}", new { command }))];
        });
        yield return CommandDefinition.Of(
            "schedule", "add", "NAME --cron TIMES|--every TIME|--at MOMENT [--zone ZONE] [--missed skip] --on SELECTION COMMAND…", "Puts a schedule on record.", Role.Operator, call => Add(node, call));
        foreach (var pause in new[] { true, false })
        {
            yield return CommandDefinition.Of("schedule", pause ? "pause" : "resume", "NAME", pause ? "Stops a schedule for a while." : "Lets it go on with its next time from now.", Role.Operator, async call =>
            {
                var name = call.Only("which schedule");
                return await node.Schedules.Pause(name, pause, call.Caller).ConfigureAwait(false) ? [new CommandLine($"{name}: {(pause ? "paused" : "resumed")}.", new { name, paused = pause })] : throw None(name);
            });
        }

        yield return CommandDefinition.Of("schedule", "remove", "NAME", "Removes a schedule.", Role.Operator, async call =>
        {
            var name = call.Only("which schedule");
            return await node.Schedules.Remove(name, call.Caller).ConfigureAwait(false) ? [new CommandLine($"{name}: removed.", new { name })] : throw None(name);
        });
    }

    private static async Task<IEnumerable<CommandLine>> Add(NodeHost node, CommandCall call)
    {
        var order = new ScheduleOrder(
            call.Words.Count > 0 ? call.Words[0] : null,
            new ScheduleTimes(call["at"], call["cron"], call["every"], call["zone"], call["missed"]),
            new RunOrder { On = call["on"], Commands = [.. call.Words.Skip(1).Select(word => JsonSerializer.SerializeToElement(word))] });
        try
        {
            return [Line(await node.Schedules.Add(order, call.Caller).ConfigureAwait(false))];
        }
        catch (OrderRefusedException refused)
        {
            throw new CommandException(string.Join('\n', refused.Mistakes.Select(mistake => $"{mistake.Field}: {mistake.Message}")));
        }
    }

    private static CommandLine Line(ScheduleRecord one) => new(
        $"{one.Name}  {one.When}  {(one.Paused ? "paused" : one.Next is { } next ? $"next {next:u}" : "over")}  {(one.LastDue is { } due ? $"last {due:u}: {one.LastRun ?? one.Trouble}" : "")}  {one.By}: {one.Run.On ?? "all"}".TrimEnd(),
        one);

    private static CommandException None(string name) => new($"There is no schedule '{name}'.");
}
