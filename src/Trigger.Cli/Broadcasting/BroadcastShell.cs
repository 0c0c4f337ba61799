using Trigger.Cli.Cluster;
using Trigger.Cli.Output;
using Trigger.Node.Broadcasts;

namespace Trigger.Cli.Broadcasting;

/// <summary>One line after the other to many devices, from a person or a script; what they answer is told once for all that say the same.</summary>
/// <param name="yes">Whether lines that may change something are sent without a question.</param>
/// <param name="json">Where to write every answer as JSON; null to fold them for people.</param>
internal sealed class BroadcastShell(IBroadcastCall call, bool yes, ResultJson? json, TextWriter output, TextWriter errors)
{
    private int number = -1;
    private int worst;

    /// <summary>Every line of a script. Ends at a line that may not be sent: those behind it may count on it.</summary>
    public async Task<int> Script(TextReader script, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested && await script.ReadLineAsync(cancel) is { } typed)
        {
            if (typed.Trim() is not { Length: > 0 } line || line[0] == '#')
                continue;
            if (line is "exit" or "quit")
                break;
            if (json is null)
                await output.WriteLineAsync($"{call.Devices} devices> {line}");
            var reply = await call.Say(line, yes, cancel);
            if (reply.Changes > 0)
                await errors.WriteLineAsync($"trigger: '{line}' may change something on {Count(reply.Changes)}; a script is let do that with --yes. It ends here.");
            if (!Tell(line, reply) || reply.Changes > 0)
                return ExitCode.BadInput;
        }

        return worst;
    }

    /// <summary>A prompt, until the person leaves.</summary>
    public async Task<int> Talk(LineEditor editor, CancellationToken cancel)
    {
        await output.WriteLineAsync($"{Count(call.Devices)}; every line goes to all of them. 'exit' leaves, ^C stops a line.");
        while (editor.Read($"{Count(call.Devices)}> ", _ => []) is { } typed)
        {
            if (typed.Trim() is not { Length: > 0 } line)
                continue;
            if (line is "exit" or "quit")
                break;

            var reply = await Interruptible(token => call.Say(line, yes, token), cancel);
            if (reply.Changes > 0)
            {
                if (editor.Read($"This may change something on {Count(reply.Changes)}. Send it? [y/N] ", _ => [])?.Trim() is not ("y" or "yes"))
                    continue;
                reply = await Interruptible(token => call.Say(line, true, token), cancel);
            }

            Tell(line, reply);
        }

        return worst;
    }

    private static async Task<BroadcastReply> Interruptible(Func<CancellationToken, Task<BroadcastReply>> say, CancellationToken cancel)
    {
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        ConsoleCancelEventHandler onInterrupt = (_, pressed) =>
        {
            pressed.Cancel = true;
            interrupted.Cancel();
        };
        Console.CancelKeyPress += onInterrupt;
        try
        {
            return await say(interrupted.Token);
        }
        finally
        {
            Console.CancelKeyPress -= onInterrupt;
        }
    }

    private bool Tell(string line, BroadcastReply reply)
    {
        foreach (var mistake in reply.Mistakes)
            errors.WriteLine($"trigger: {mistake}");
        if (reply.Answers.Count == 0)
            return reply.Mistakes.Count == 0;

        number++;
        worst = Math.Max(worst, reply.Answers.Any(answer => answer.Verdict == "unknown") ? ExitCode.InDoubt : reply.Answers.Any(answer => answer.Verdict != "accepted") ? ExitCode.SomeFailed : ExitCode.AllWell);
        var results = reply.Answers.Select(answer => Result(line, answer));
        if (json is not null)
        {
            foreach (var result in results.OrderBy(result => result.Device, StringComparer.Ordinal))
                json.Write(result);
            return true;
        }

        foreach (var group in ResultGroups.Of(results).OrderByDescending(group => group.Example.Ok).ThenByDescending(group => group.Devices.Count))
            Tell(group);
        return true;
    }

    private void Tell(ResultGroup group)
    {
        var (who, said) = (group.Devices.Order(StringComparer.Ordinal).ToArray(), group.Example);
        output.WriteLine(said.Ok ? $"--- {Count(who.Length)} said this: {ResultGroups.Names(who)}" : $"!!! {Count(who.Length)}, {said.Verdict}: {string.Join(", ", who)}");
        if (said.FaultText is { } fault)
            output.WriteLine($"    {said.FaultKind}: {(who.Length == 1 ? "" : "for example: ")}{fault}");
        if (said.Output.Length > 0)
            output.Write(said.Output.EndsWith('\n') ? said.Output : said.Output + "\n");
    }

    private ResultLine Result(string line, BroadcastAnswer answer) => new()
    {
        Run = "broadcast",
        Device = answer.Device,
        Platform = answer.Platform,
        Step = number,
        Command = line,
        Verdict = answer.Verdict,
        Output = answer.Output,
        FaultKind = answer.FaultKind,
        FaultText = answer.FaultText,
        ElapsedMicroseconds = answer.ElapsedUs,
    };

    private static string Count(int devices) => $"{devices} device{(devices == 1 ? "" : "s")}";
}
