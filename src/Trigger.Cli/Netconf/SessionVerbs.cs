using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Cli.Netconf;

/// <summary>What is about sessions: lock, unlock, kill, subscribe.</summary>
internal static class SessionVerbs
{
    public static void AddTo(Command netconf, NetconfDesk desk)
    {
        netconf.Add(Lock(desk));
        netconf.Add(Unlock(desk));
        netconf.Add(Kill(desk));
        netconf.Add(Subscribe(desk));
    }

    private static Command Lock(NetconfDesk desk)
    {
        var target = Datastore();
        var time = NetconfInput.Text("--for", "How long. Default: until interrupted.", "TIME");
        return desk.Verb(
            "lock", "Locks a datastore and holds it: a lock lasts as long as its session.", "trigger netconf core1 lock candidate --for 10m &", [target, time], (line, mistakes) =>
            {
                var span = Numbers.Time("--for", line.GetValue(time), mistakes);
                return async (session, answer, cancel) =>
                {
                    await using var held = await session.LockAsync(ConfigurationSource.Named(line.GetValue(target)!), cancel).ConfigureAwait(false);
                    answer.Print($"locked {held.What}", json => json.WriteString("locked", held.What));
                    await Hold(session, span, cancel).ConfigureAwait(false);
                };
            });
    }

    private static Command Unlock(NetconfDesk desk)
    {
        var target = Datastore();
        return desk.Verb(
            "unlock", "Asks to unlock a datastore. A device refuses it for another session's lock; 'kill' that session instead.", "trigger netconf core1 unlock candidate", [target],
            (line, _) => async (session, answer, cancel) => answer.Print(await session.UnlockAsync(ConfigurationSource.Named(line.GetValue(target)!), cancel).ConfigureAwait(false)));
    }

    private static Command Kill(NetconfDesk desk)
    {
        var id = new Argument<string>("session") { Description = "Its number, as a lock-denied tells it.", HelpName = "SESSION" };
        return desk.Verb("kill", "Ends another session, with its locks.", "trigger netconf core1 kill 17", [id], (line, mistakes) =>
        {
            if (!uint.TryParse(line.GetValue(id), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number == 0)
                mistakes.Add($"'{line.GetValue(id)}' is no session's number.");

            return async (session, answer, cancel) => answer.Print(await session.KillSessionAsync(number, cancel).ConfigureAwait(false));
        });
    }

    private static Command Subscribe(NetconfDesk desk)
    {
        var stream = NetconfInput.Text("--stream", "Default: the device's NETCONF stream.", "NAME");
        var filter = NetconfInput.Text("--filter", "A subtree filter: XML, or a file of it.", "XML");
        var start = NetconfInput.Text("--start", "Replay what was kept since then (2026-01-31T12:00:00Z).", "TIME");
        var stop = NetconfInput.Text("--stop", "End the subscription then; needs --start.", "TIME");
        var count = NetconfInput.Text("--count", "End after so many.", "N");
        return desk.Verb(
            "subscribe", "Prints notifications as they come (RFC 5277), until interrupted.", "trigger netconf core1 subscribe --json\ntrigger netconf core1 subscribe --start 2026-01-31T00:00:00Z --count 10",
            [stream, filter, start, stop, count], (line, mistakes) =>
            {
                var most = line.GetValue(count) is { } text ? Numbers.Whole("--count", text, 1, int.MaxValue, mistakes) : int.MaxValue;
                var part = NetconfInput.Filter(line.GetValue(filter), null, [], mistakes);
                var (from, until) = (Moment("--start", line.GetValue(start), mistakes), Moment("--stop", line.GetValue(stop), mistakes));
                if (until is not null && from is null)
                    mistakes.Add("--stop needs --start.");

                return async (session, answer, cancel) =>
                {
                    await session.CreateSubscriptionAsync(line.GetValue(stream), part, from, until, cancel).ConfigureAwait(false);
                    await Follow(session, answer, most, cancel).ConfigureAwait(false);
                };
            });
    }

    private static async Task Follow(NetconfSession session, NetconfAnswer answer, int most, CancellationToken cancel)
    {
        try
        {
            await foreach (var notification in session.Notifications.ReadAllAsync(cancel).ConfigureAwait(false))
            {
                var text = notification.Event is { } happened ? XmlText.Of(happened).TrimEnd() : "";
                answer.Print($"{notification.EventTime:yyyy-MM-ddTHH:mm:ssK}\n{text}", json =>
                {
                    json.WriteString("time", notification.EventTime?.ToString("O", CultureInfo.InvariantCulture));
                    XmlToJson.Write(json, "event", notification.Event is null ? [] : [notification.Event]);
                });
                if (--most == 0 || notification.IsSubscriptionComplete)
                    return;
            }
        }
        catch (OperationCanceledException)
        {
            // Interrupted, which is how this ends.
        }
    }

    private static async Task Hold(NetconfSession session, TimeSpan? span, CancellationToken cancel)
    {
        try
        {
            var fault = await session.Completion.WaitAsync(span ?? Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false);
            throw new NetconfException(fault);
        }
        catch (Exception over) when (over is TimeoutException or OperationCanceledException)
        {
            // The time is up, or the user has had enough: the lock goes.
        }
    }

    private static Argument<string> Datastore() => new("datastore") { Description = "running, candidate or startup.", DefaultValueFactory = _ => "running", HelpName = "DATASTORE" };

    private static DateTimeOffset? Moment(string option, string? text, Mistakes mistakes)
    {
        if (text is null)
            return null;

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            return moment;

        mistakes.Add($"{option} is '{text}'; it must be a time such as 2026-01-31T12:00:00Z.");
        return null;
    }
}
