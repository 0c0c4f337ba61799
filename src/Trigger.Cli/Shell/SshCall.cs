using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Devices;
using Trigger.Sessions;
using Trigger.Wire;
using Trigger.Wire.Dialogue;
using Trigger.Wire.Ssh;

namespace Trigger.Cli.Shell;

/// <summary>One call of <c>trigger ssh</c>: connects with what we have, asks for a password when that is refused and somebody is there, and talks.</summary>
internal sealed class SshCall(SshTransport transport, SshDial dial, ShellManners manners)
{
    /// <summary>What ssh says when the trouble is its own and not the command's.</summary>
    public const int OwnTrouble = 255;

    /// <summary>Connects and talks; returns what the shell is to be told.</summary>
    public async Task<int> Make(LineCredentials first, CancellationToken cancel)
    {
        var user = first.UserName;
        var hasSomething = first.UseAgent || first.Keys.Count > 0 || first.Password is not null;
        try
        {
            if (hasSomething || !SecretPrompt.CanAsk)
                return await Once(first, cancel).ConfigureAwait(false);
        }
        catch (LineOpenException refused) when (refused.Fault is WireFault.AuthenticationRefused && SecretPrompt.CanAsk)
        {
            // Keys that are refused are nothing to talk about; a password is.
            if (first.Password is not null)
                Console.Error.WriteLine($"{user}@{dial.Host} was refused.");
        }

        for (var attempt = 0; ; attempt++)
        {
            using var typed = SecretPrompt.Ask($"Password of {user}@{dial.Host}: ") ?? new Secret("");
            using var credentials = SshIdentity.Typed(user, typed);
            try
            {
                return await Once(credentials, cancel).ConfigureAwait(false);
            }
            catch (LineOpenException refused) when (refused.Fault is WireFault.AuthenticationRefused && attempt == 0)
            {
                Console.Error.WriteLine("That password was refused. Once more:");
            }
        }
    }

    private async Task<int> Once(LineCredentials credentials, CancellationToken cancel)
    {
        if (credentials.Password is { } password)
            manners.Transcript?.Hide(password);

        await using var session = await SshSession.ConnectAsync(transport, dial, credentials, new DialogueOptions { Errors = ShellDesk.Complain }, cancel).ConfigureAwait(false);
        if (session.Greeting.Banner is { Length: > 0 } banner)
            Console.Error.WriteLine(banner.TrimEnd());

        var end = await ShellDesk.Talk(session, manners, Task.CompletedTask, endsLines: false, menu: null, cancel).ConfigureAwait(false);
        if (session.Fault is { } fault)
        {
            Console.Error.WriteLine($"trigger: {FaultOf.Line(fault, "talking", credentials.UserName, "").Text}");
            return OwnTrouble;
        }

        if (dial.Service is SshService.Shell)
            ShellDesk.Say($"Connection to {dial.Host} closed.");
        return end switch
        {
            ShellEnd.Interrupted => OwnTrouble,
            ShellEnd.Escaped => ExitCode.AllWell,
            _ => StatusOf(session.Exit),
        };
    }

    // A signal has no status; shells count from 128, and 255 says only that it was none of the command's own.
    private static int StatusOf(LineExit? exit) => exit switch
    {
        null => ExitCode.AllWell,
        { Status: { } status } => status,
        _ => OwnTrouble,
    };
}
