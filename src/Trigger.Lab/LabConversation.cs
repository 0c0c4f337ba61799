using Trigger.Devices.Platforms;

namespace Trigger.Lab;

/// <summary>
/// One connection to a device that pretends: echo, login by text, modes, paging, answers, and the device's faults. Knows nothing of transports. The answers do
/// not depend on how the input was split. Calls may come from any thread, one at a time or not.
/// </summary>
public sealed class LabConversation : ILabTalk
{
    private const int LongestLine = 8192;
    private const int Tries = 3;
    private static readonly TimeSpan EndlessPause = TimeSpan.FromMilliseconds(10);

    private readonly Lock gate = new();
    private readonly LabDevice device;
    private readonly Platform platform;
    private readonly bool inBandLogin;
    private readonly Action close;
    private readonly TimeProvider time;
    private readonly LabOutput output;
    private readonly LabShell shell;
    private readonly System.Text.StringBuilder line = new();

    private Expecting expecting = Expecting.Nothing;
    private LabPager? pager;
    private ITimer? endless;
    private bool afterReturn;
    private string user = "";
    private int tries;

    /// <param name="device">Who pretends.</param>
    /// <param name="platform">The platform that it speaks.</param>
    /// <param name="inBandLogin">True for Telnet: the login is text on the line.</param>
    /// <param name="write">Takes bytes for the client; called with a lock held, so it must only queue them.</param>
    /// <param name="close">Ends the connection after what was written; called the same way.</param>
    /// <param name="time">For the device's clock and slowness.</param>
    public LabConversation(LabDevice device, Platform platform, bool inBandLogin, Action<ReadOnlyMemory<byte>> write, Action close, TimeProvider time)
    {
        this.device = device;
        this.platform = platform;
        this.inBandLogin = inBandLogin;
        this.close = close;
        this.time = time;
        output = new LabOutput(write, device.Has(LabFaults.SlowDrip));
        shell = new LabShell(device, platform, time);
    }

    private enum Expecting
    {
        Nothing,
        UserName,
        Password,
        EnablePassword,
        Command,
        Key,
    }

    /// <summary>The connection stands: the device speaks first.</summary>
    public void Begin()
    {
        lock (gate)
        {
            if (device.Has(LabFaults.Silent))
                return;
            if (inBandLogin)
                Greet();
            else
                Prompt();
            output.Flush(time, gate);
        }
    }

    /// <summary>Bytes from the client, Telnet's own removed.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            foreach (var one in bytes)
                Take((char)one);
            output.Flush(time, gate);
        }
    }

    /// <summary>The connection is gone.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            expecting = Expecting.Nothing;
            endless?.Dispose();
            output.Dispose();
        }
    }

    private void Greet()
    {
        output.Say(shell.Filled(platform.Samples.Banner));
        AskForLogin();
    }

    private void AskForLogin()
    {
        var asksForName = platform.Samples.UserName.Length > 0;
        expecting = asksForName ? Expecting.UserName : Expecting.Password;
        output.Say(shell.Filled(asksForName ? platform.Samples.UserName : platform.Samples.Password));
    }

    private void Take(char c)
    {
        // RETURN comes as CR, LF, CR LF or CR NUL; the second half must not be a second RETURN.
        var second = afterReturn && c is '\n' or '\0';
        afterReturn = c == '\r';
        if (second || expecting == Expecting.Nothing)
            return;
        if (expecting == Expecting.Key)
        {
            Page(c);
            return;
        }

        switch (c)
        {
            case '\r' or '\n':
                Enter();
                break;
            case '\b' or '\x7f' when line.Length > 0:
                line.Length--;
                Echo("\b \b");
                break;
            case '\x15': // Ctrl-U takes the line back.
                Echo(string.Concat(Enumerable.Repeat("\b \b", line.Length)));
                line.Clear();
                break;
            case '\x03' when expecting == Expecting.Command: // Ctrl-C
                line.Clear();
                output.Say("\r\n");
                Prompt();
                break;
            case '\x04' when line.Length == 0: // Ctrl-D
                End();
                break;
            case >= ' ' and < '\x7f' when line.Length < LongestLine:
                line.Append(c);
                Echo(c.ToString());
                break;
        }
    }

    private void Echo(string text)
    {
        var secret = expecting is Expecting.Password or Expecting.EnablePassword;
        if (!secret && (platform.Echo || expecting == Expecting.UserName))
            output.Say(text);
    }

    private void Enter()
    {
        var entered = line.ToString();
        line.Clear();
        output.Say("\r\n");
        switch (expecting)
        {
            case Expecting.UserName:
                user = entered;
                expecting = Expecting.Password;
                output.Say(shell.Filled(platform.Samples.Password));
                break;
            case Expecting.Password:
                Login(entered);
                break;
            case Expecting.EnablePassword:
                Enable(entered);
                break;
            default:
                Command(entered.Trim());
                break;
        }
    }

    private void Login(string password)
    {
        var knownUser = platform.Samples.UserName.Length == 0 || user == device.User + platform.UserNameSuffix || user == device.User;
        if (knownUser && password == device.Password && !device.Has(LabFaults.RefuseLogin))
        {
            tries = 0;
            output.Say("\r\n");
            Prompt();
            return;
        }

        // Devices that ask for a name say no each time; those that do not ask again and say no at the end.
        tries++;
        var last = tries >= Tries;
        if (last || platform.Samples.UserName.Length > 0)
            output.Say($"{shell.Filled(platform.Samples.LoginRefused)}\r\n\r\n");
        if (last)
            End();
        else
            AskForLogin();
    }

    private void Enable(string password)
    {
        if (password == device.EnablePassword && !device.Has(LabFaults.RefuseEnable))
        {
            tries = 0;
            shell.Raise();
            Prompt();
        }
        else if (++tries < Tries)
        {
            output.Say(platform.Samples.EnablePassword);
        }
        else
        {
            tries = 0;
            output.Say($"{platform.Samples.EnableRefused}\r\n");
            Prompt();
        }
    }

    private void Command(string command)
    {
        if (command.Length > 0)
            device.Heard?.Invoke(command);
        if (shell.AsksToEnable(command))
        {
            if (device.EnablePassword.Length > 0 || device.Has(LabFaults.RefuseEnable))
            {
                expecting = Expecting.EnablePassword;
                output.Say(platform.Samples.EnablePassword);
                return;
            }

            shell.Raise();
            Prompt();
        }
        else if (shell.AsksToLeave(command))
        {
            End();
        }
        else
        {
            Answer(shell.Answer(command), shell.IsOrdinary(command));
        }
    }

    private void Answer(string answer, bool ordinary)
    {
        if (ordinary && device.Has(LabFaults.DropDuringCommand | LabFaults.HangDuringCommand | LabFaults.EndlessOutput))
        {
            Misbehave(answer);
            return;
        }

        if (platform.Samples.Pager.Length == 0 || (!shell.Pages && !device.Has(LabFaults.PagesEverything)))
        {
            output.Say(answer);
            Prompt();
            return;
        }

        pager = new LabPager(platform.Samples.Pager, answer);
        output.Say(pager.Begin());
        AfterPage();
    }

    private void Page(char key)
    {
        output.Say(pager!.Press(key));
        AfterPage();
    }

    private void AfterPage()
    {
        expecting = Expecting.Key;
        if (!pager!.Done)
            return;
        pager = null;
        Prompt();
    }

    private void Misbehave(string answer)
    {
        expecting = Expecting.Nothing;
        output.Say(answer[..(answer.Length / 2)]);
        if (device.Has(LabFaults.DropDuringCommand))
            End();
        else if (device.Has(LabFaults.EndlessOutput))
            endless = time.CreateTimer(_ => More(), null, EndlessPause, EndlessPause);
    }

    private void More()
    {
        lock (gate)
        {
            output.Say(LabAnswers.Lines(5000));
            output.Flush(time, gate);
        }
    }

    private void Prompt()
    {
        expecting = Expecting.Command;
        output.Say(device.Has(LabFaults.StrangePrompt) ? "=== ready when you are ===" : shell.Prompt());
    }

    private void End()
    {
        expecting = Expecting.Nothing;
        output.Flush(time, gate);
        output.Afterwards(close);
    }
}
