using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Sessions;
using Trigger.Wire;
using Trigger.Wire.Dialogue;
using Trigger.Wire.Telnet;

namespace Trigger.Cli.Shell;

/// <summary><c>trigger telnet HOST [PORT]</c>.</summary>
internal sealed class TelnetVerb
{
    private readonly Argument<string> host = new("host") { Description = "A name or an address; it need not be in an inventory.", HelpName = "HOST" };
    private readonly Argument<string> port = new("port") { Description = "Default: 23.", HelpName = "PORT", DefaultValueFactory = _ => "23" };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long connecting may take. Default: 15s.", HelpName = "TIME" };
    private readonly Option<bool> binary = new("--binary", "-8") { Arity = ArgumentArity.Zero, Description = "Send BINARY when asked to: every byte as it is." };
    private readonly Option<bool> debug = new("--debug", "-d") { Arity = ArgumentArity.Zero, Description = "Show what is negotiated, on standard error." };
    private readonly ShellOptions shell = new("^]");

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new TelnetVerb();
        var telnet = new Command("telnet", "Talks Telnet with a host. Exit code: 0 the session ended in order, 1 no connection or it broke, 2 bad input.") { verb.host, verb.port, verb.timeout, verb.binary, verb.debug };
        verb.shell.AddTo(telnet);
        telnet.SetAction(verb.Act);
        examples.Add(telnet, """
            trigger telnet console1 2003
            trigger telnet router1 --transcript router1.log
            """);
        return telnet;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        var number = Numbers.Whole("PORT", line.GetValue(port)!, 1, 65535, mistakes);
        var limit = Numbers.Time("--timeout", line.GetValue(timeout), mistakes);
        using var manners = shell.Read(line, mistakes);
        if (mistakes.Any || manners is null)
            return mistakes.Say(Console.Error);

        var (columns, rows) = ShellDesk.Size;
        var dial = new TelnetDial
        {
            Host = line.GetValue(host)!.Trim('[', ']'),
            Port = number,
            Limits = limit is { } patience ? DialLimits.Usual with { Connect = patience } : DialLimits.Usual,
            TerminalType = ShellDesk.TerminalType,
            FurtherTerminalTypes = ["vt100"],
            Columns = columns,
            Rows = rows,
            Binary = line.GetValue(binary),
            Trace = line.GetValue(debug) ? said => Console.Error.Write($"{said}\r\n") : null,
        };
        return await Talk(dial, manners, cancel).ConfigureAwait(false);
    }

    /// <summary>Connects, talks, and says how it ended; also for a console server's line.</summary>
    internal static async Task<int> Talk(TelnetDial dial, ShellManners manners, CancellationToken cancel)
    {
        try
        {
            await using var session = await TelnetSession.ConnectAsync(dial, cancel: cancel).ConfigureAwait(false);
            ShellDesk.Say($"Connected to {session.Greeting.Address}. {manners.Escape.Name} opens the menu (quit, send brk, …).");
            var menu = new TelnetMenu(session, manners.Escape);
            var end = await ShellDesk.Talk(session, manners, Task.CompletedTask, endsLines: !dial.Binary, menu.Open, cancel).ConfigureAwait(false);
            if (end == ShellEnd.FarEnd && session.Fault is { } fault)
                return Fail(FaultOf.Line(fault, "talking", "", "").Text);

            ShellDesk.Say("Connection closed.");
            return end == ShellEnd.Interrupted ? ExitCode.SomeFailed : ExitCode.AllWell;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return ExitCode.SomeFailed;
        }
        catch (LineOpenException failed)
        {
            return Fail(FaultOf.Line(failed.Fault, "connecting", "", "").Text);
        }
    }

    private static int Fail(string sentence)
    {
        Console.Error.WriteLine($"trigger: {sentence}");
        return ExitCode.SomeFailed;
    }
}
