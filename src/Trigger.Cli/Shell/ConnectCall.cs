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
/// A person's session with a device of the inventory: the login is the engine's, the rest the person's. A refused password may be typed once more, and a refused enable
/// password leaves the person where the login ended.
/// </summary>
internal sealed class ConnectCall(NetDevice device, Platform platform, SessionPlan plan, ShellManners manners, IReadOnlyList<string> startUp)
{
    public async Task<int> Make(Credentials who, bool raise, CancellationToken cancel)
    {
        Hide(who);
        var fault = await Once(who, raise, cancel).ConfigureAwait(false);
        if (fault is DeviceFault.LoginRefused && SecretPrompt.CanAsk && device.LoginPassword is null)
        {
            Console.Error.WriteLine(fault.Text);
            using var again = Again(who);
            if (again is not null)
            {
                Hide(again);
                fault = await Once(again, raise, cancel).ConfigureAwait(false);
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
            return fault ?? (dialogue.Fault is { } broken ? FaultOf.Line(broken, "talking", who.UserName, "") : null);
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

    private static Credentials? Again(Credentials who) => SecretPrompt.Ask("Password, once more (empty to give up): ") is { } typed
        ? new Credentials(who.UserName, typed, who.EnablePassword is { } enable ? new Secret(Encoding.UTF8.GetString(enable.Utf8)) : null)
        : null;

    private void Hide(Credentials who)
    {
        foreach (var secret in new[] { who.Password, who.EnablePassword, device.LoginPassword, device.EnablePassword })
        {
            if (secret is not null)
                manners.Transcript?.Hide(secret.Utf8);
        }
    }
}
