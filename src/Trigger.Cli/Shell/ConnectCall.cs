using System.Text;
using Trigger.Cli.Input;
using Trigger.Cli.Terminal;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Sessions;
using Trigger.Wire.Dialogue;

namespace Trigger.Cli.Shell;

/// <summary>
/// A person's session with a device of the inventory: the login is the engine's, the rest the person's. What one account is refused the next may have; then the password may be typed
/// once more. A refused enable password leaves the person where the login ended.
/// </summary>
/// <param name="enable">Whether to raise oneself where an enable password is known.</param>
internal sealed class ConnectCall(NetDevice device, Platform platform, SessionPlan plan, ShellManners manners, IReadOnlyList<string> startUp, bool enable)
{
    /// <summary>The account whose password was refused, and that account with the one that was typed and accepted; null when nothing of that kind happened. The call's, until it is gone.</summary>
    public (Credentials Old, Credentials New)? Renewed { get; private set; }

    /// <param name="accounts">In the order in which they are tried, each once.</param>
    public async Task<int> Make(IReadOnlyList<Credentials> accounts, CancellationToken cancel)
    {
        var who = accounts[0];
        DeviceFault? fault = null;
        foreach (var account in accounts)
        {
            if (fault is not null)
                Console.Error.WriteLine($"{fault.Text} Trying '{account.UserName}'.");
            who = account;
            Hide(who);
            fault = await Once(who, Raises(who), cancel).ConfigureAwait(false);
            if (fault is not DeviceFault.LoginRefused || device.LoginPassword is not null)
                break;
        }

        if (fault is DeviceFault.LoginRefused && SecretPrompt.CanAsk && device.LoginPassword is null)
        {
            Console.Error.WriteLine(fault.Text);
            if (Again(who) is { } again)
            {
                Hide(again);
                fault = await Once(again, Raises(again), cancel).ConfigureAwait(false);
                if (fault is not DeviceFault.LoginRefused)
                    Renewed = (who, again);
                who = again;
            }
        }

        if (fault is DeviceFault.EnableRefused)
        {
            Console.Error.WriteLine($"{fault.Text} Connecting again without.");
            fault = await Once(who, raise: false, cancel).ConfigureAwait(false);
        }

        if (fault is not null)
            Console.Error.WriteLine($"trigger: {device.Name}: {fault.Text}");
        ShellDesk.Say("BYE");
        return fault is null ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private bool Raises(Credentials who) => enable && (device.EnablePassword ?? who.EnablePassword) is not null;

    private async Task<DeviceFault?> Once(Credentials who, bool raise, CancellationToken cancel)
    {
        DeviceShell? shell = null;
        try
        {
            await using var dialogue = await LineDialogue.OpenAsync(Dial, cancel: cancel).ConfigureAwait(false);
            if (dialogue.Greeting.Banner is { Length: > 0 } banner)
                Console.Error.WriteLine(banner.TrimEnd());

            var end = await ShellDesk.Talk(dialogue, manners, StartUp(shell!), endsLines: false, menu: null, cancel).ConfigureAwait(false);
            if (end == ShellEnd.Escaped)
                return null;

            if (end == ShellEnd.Interrupted)
                return new DeviceFault.Cancelled("a signal");

            var fault = await shell!.LoggedIn.ConfigureAwait(false);
            return fault ?? (dialogue.Fault is { } broken ? FaultOf.Line(broken, "talking", who.NameOn(device), "") : null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return new DeviceFault.Cancelled("a signal");
        }
        catch (LineOpenException)
        {
            // The session knows the same in words about devices.
            return await shell!.LoggedIn.ConfigureAwait(false);
        }
        finally
        {
            if (shell is not null)
                await shell.DisposeAsync().ConfigureAwait(false);
        }

        DeviceShell Dial(Trigger.Wire.ILineObserver person) => shell = DeviceShell.Dial(device, platform, plan, who, raise, person);
    }

    // Completes when the person may type. A login that fails never comes to that.
    private async Task StartUp(DeviceShell shell)
    {
        if (await shell.LoggedIn.ConfigureAwait(false) is { } fault)
            throw new OperationCanceledException(fault.Text);

        foreach (var command in startUp)
            shell.Write(Encoding.UTF8.GetBytes(command + shell.LineEnd));
    }

    private Credentials? Again(Credentials who) => SecretPrompt.Ask($"Password of {who.NameOn(device)}, once more (empty to give up): ") is { } typed
        ? new Credentials(who.UserName, typed, Enable(who, typed))
        : null;

    // Where the enable password was the password, the new one is meant for both.
    private static Secret? Enable(Credentials who, Secret typed) =>
        who.EnablePassword is not { } enable ? null : new Secret(Encoding.UTF8.GetString((who.Password is { } password && password.SameAs(enable) ? typed : enable).Utf8));

    private void Hide(Credentials who)
    {
        foreach (var secret in new[] { who.Password, who.EnablePassword, device.LoginPassword, device.EnablePassword })
        {
            if (secret is not null)
                manners.Transcript?.Hide(secret.Utf8);
        }
    }
}
