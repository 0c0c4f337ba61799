using System.Text.Json;
using System.Text.RegularExpressions;
using Trigger.Node.Api;
using Trigger.Node.Security;
using Trigger.Storage;

namespace Trigger.Node.Scheduling;

/// <summary>
/// Orders for runs at certain times, in the database. Any node may find that one is due: the run is asked for under a key made of the schedule's name and the time that came, so however many find it,
/// there is one run, and a node that dies between asking and noting loses nothing.
/// </summary>
public sealed partial class Schedules
{
    private const int MostAtOnce = 100;

    // A node looks every few seconds; what is this late is on time.
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(1);

    private readonly Grounds node;
    private readonly ScheduleTable table;

    internal Schedules(Grounds node, Database database)
    {
        this.node = node;
        table = new ScheduleTable(database);
    }

    /// <summary>What schedules stand on.</summary>
    /// <param name="Accept">Puts a run on record under a key; the run, and whether it is new.</param>
    internal sealed record Grounds(Func<RunDrafting> Drafting, Func<RunDraft, string?, Caller, Task<(string Run, bool IsNew)>> Accept, Audit Audit, TimeProvider Time);

    /// <summary>All, by name.</summary>
    public IReadOnlyList<ScheduleRecord> All() => [.. table.All().Select(Told)];

    /// <summary>Puts a schedule on record.</summary>
    /// <exception cref="OrderRefusedException">Every mistake in it.</exception>
    internal async Task<ScheduleRecord> Add(ScheduleOrder order, Caller by)
    {
        var now = node.Time.GetUtcNow();
        var mistakes = new List<OrderMistake>();
        if (order.Name is null || !Name().IsMatch(order.Name))
            mistakes.Add(new OrderMistake("name", "It has up to 100 letters, digits, and any of ._-"));
        var (timing, wrong) = ScheduleTiming.Read(order.When ?? new ScheduleTimes(), now);
        mistakes.AddRange(wrong.Select(mistake => mistake with { Field = $"when.{mistake.Field}" }));
        var run = order.Run ?? new RunOrder();
        if (run.DryRun)
            mistakes.Add(new OrderMistake("run.dryRun", "A schedule that sends nothing does nothing."));
        mistakes.AddRange(node.Drafting().Read(run, by.Name).Mistakes.Select(mistake => mistake with { Field = $"run.{mistake.Field}" }));
        if (mistakes.Count > 0)
            throw new OrderRefusedException(mistakes);

        var next = timing!.Next(now);
        var row = new ScheduleRow(order.Name!, JsonSerializer.Serialize(order.When, JsonSerializerOptions.Web), JsonSerializer.Serialize(run, JsonSerializerOptions.Web), by.Name, now, Paused: false, next);
        await node.Audit.Record(by, "schedule-added", row.Name, $"{order.When}: {row.Run}").ConfigureAwait(false);
        try
        {
            table.Add(row);
        }
        catch (ConflictException)
        {
            throw new OrderRefusedException([new OrderMistake("name", $"There is a schedule '{row.Name}' already.")]);
        }

        return Told(row);
    }

    /// <summary>Stops it until it is resumed; then it goes on with its next time from then.</summary>
    /// <returns>False when there is none of that name.</returns>
    internal async Task<bool> Pause(string name, bool paused, Caller by)
    {
        if (table.All().FirstOrDefault(row => row.Name == name) is not { } row)
            return false;

        await node.Audit.Record(by, paused ? "schedule-paused" : "schedule-resumed", name).ConfigureAwait(false);
        return table.Pause(name, paused, paused ? row.Next : Timing(row).Next(node.Time.GetUtcNow()));
    }

    /// <returns>False when there is none of that name.</returns>
    internal async Task<bool> Remove(string name, Caller by)
    {
        await node.Audit.Record(by, "schedule-removed", name).ConfigureAwait(false);
        return table.Remove(name);
    }

    /// <summary>Asks for the runs that are due.</summary>
    /// <returns>When to look again, if anything is known to be due sooner than one would look anyway.</returns>
    internal async Task<DateTimeOffset?> RunDue()
    {
        foreach (var row in await table.Soonest(MostAtOnce).ConfigureAwait(false))
        {
            var now = node.Time.GetUtcNow();
            if (row.Next > now)
                return row.Next;

            await Run(row, row.Next!.Value, now).ConfigureAwait(false);
        }

        return null;
    }

    private async Task Run(ScheduleRow row, DateTimeOffset due, DateTimeOffset now)
    {
        var timing = Timing(row);
        var (run, trouble) = now - due > OnTime && When(row).Missed == ScheduleTimes.SkipMissed
            ? (null, $"No node was up at {due:u}.")
            : await Begin(row, due).ConfigureAwait(false);

        // From now on, not from then: times that have been missed are not made good one by one.
        if (table.Advance(row.Name, due, timing.Next(now), run, trouble) && trouble is not null)
            await node.Audit.Record(Caller(row), "schedule-missed", row.Name, trouble).ConfigureAwait(false);
    }

    private async Task<(string? Run, string? Trouble)> Begin(ScheduleRow row, DateTimeOffset due)
    {
        var (draft, mistakes) = node.Drafting().Read(Order(row), row.By);
        if (draft is null)
            return (null, string.Join(' ', mistakes.Select(mistake => $"{mistake.Field}: {mistake.Message}")));

        try
        {
            var (run, _) = await node.Accept(draft, $"schedule {row.Name} {row.At:O} {due:O}", Caller(row)).ConfigureAwait(false);
            return (run, null);
        }
        catch (OrderRefusedException refused)
        {
            return (null, refused.Message);
        }
    }

    private static Caller Caller(ScheduleRow row) => new(row.By, Role.Operator, $"schedule {row.Name}");

    private static ScheduleTimes When(ScheduleRow row) => JsonSerializer.Deserialize<ScheduleTimes>(row.Timing, JsonSerializerOptions.Web)!;

    private static RunOrder Order(ScheduleRow row) => JsonSerializer.Deserialize<RunOrder>(row.Run, JsonSerializerOptions.Web)!;

    // A one-off that is over has no mistake in it for that.
    private static ScheduleTiming Timing(ScheduleRow row) => ScheduleTiming.Read(When(row), row.At).Timing!;

    private static ScheduleRecord Told(ScheduleRow row) =>
        new(row.Name, When(row), Order(row), row.By, row.At, row.Paused, row.Paused ? null : row.Next, row.LastDue, row.LastRun, row.Trouble);

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex Name();
}
