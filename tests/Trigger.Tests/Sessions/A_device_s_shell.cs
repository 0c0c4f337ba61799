using System.Collections.Frozen;
using System.Text;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Sessions;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Wire;
using Trigger.Wire.Dialogue;

namespace Trigger.Tests.Sessions;

public sealed class A_device_s_shell : IDisposable
{
    private readonly FakeClock clock = new();
    private readonly Credentials bob = new("bob", new Secret("pw-secret"), new Secret("en-secret"));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => bob.Dispose();

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    public async Task logs_in_raises_and_hands_the_line_over_without_preparing_it(int piece)
    {
        var device = Router().InPiecesOf(piece)
            .On("enable", "enable\r\nPassword: ")
            .On("en-secret", "\r\nrouter# ")
            .On("show clock", "show clock\r\n12:00\r\nrouter# ")
            .OnDrops("exit", "exit\r\n");
        var (shell, dialogue) = await Dial(device, raise: true);

        await device.HasHeard(3);
        Assert.Null(await LoggedIn(shell));
        Assert.Equal("\r\nUser Access Verification\r\n\r\nPassword: \r\nrouter> enable\r\nPassword: \r\nrouter# ", await dialogue.ReadUntilAsync("# ", cancel: Cancel));
        dialogue.Line.Write(Encoding.ASCII.GetBytes("show clock" + shell.LineEnd));
        Assert.Equal("show clock\r\n12:00\r\nrouter# ", await dialogue.ReadUntilAsync("# ", cancel: Cancel));
        dialogue.Line.Write(Encoding.ASCII.GetBytes("exit" + shell.LineEnd));
        Assert.Equal("exit\r\n", await dialogue.ReadAllAsync(cancel: Cancel));
        Assert.Null(dialogue.Fault);
        Assert.Equal(["pw-secret", "enable", "en-secret", "show clock", "exit"], device.Typed);
        await shell.DisposeAsync();
    }

    [Fact]
    public async Task stays_where_the_login_ends_when_it_is_not_to_raise()
    {
        var device = Router();
        var (shell, dialogue) = await Dial(device, raise: false);
        await device.HasHeard(1);
        Assert.Null(await LoggedIn(shell));
        Assert.EndsWith("router> ", await dialogue.ReadUntilAsync("> ", cancel: Cancel), StringComparison.Ordinal);
        Assert.Equal(["pw-secret"], device.Typed);
        await shell.DisposeAsync();
    }

    [Fact]
    public async Task lets_nothing_be_typed_into_its_login()
    {
        var device = new ScriptedDevice().Greets("Password: ");
        var (shell, dialogue) = await Dial(device, raise: false);
        dialogue.Line.Write("rm -rf /\r\n"u8);
        await device.HasHeard(1);
        Assert.Equal(["pw-secret"], device.Typed);
        await shell.DisposeAsync();
        Assert.IsType<DeviceFault.Cancelled>(await LoggedIn(shell));
    }

    [Fact]
    public async Task says_that_the_password_was_refused()
    {
        var device = new ScriptedDevice().Greets("Password: ").On("pw-secret", "\r\n% Bad passwords\r\n");
        var (shell, _) = await Dial(device, raise: false);
        Assert.IsType<DeviceFault.LoginRefused>(await LoggedIn(shell));
        await shell.DisposeAsync();
    }

    [Fact]
    public async Task says_why_nobody_answered()
    {
        var device = new ScriptedDevice().FailsToConnect(new WireFault.Refused("127.0.0.1:23"));
        DeviceShell? shell = null;
        await Assert.ThrowsAsync<LineOpenException>(() => LineDialogue.OpenAsync(person => shell = Shell(device, false, person), cancel: Cancel));
        Assert.Equal(new DeviceFault.ConnectionRefused("127.0.0.1:23"), await LoggedIn(shell!));
        await shell!.DisposeAsync();
    }

    private static ScriptedDevice Router() => new ScriptedDevice().Greets("\r\nUser Access Verification\r\n\r\nPassword: ").On("pw-secret", "\r\nrouter> ");

    private static Task<DeviceFault?> LoggedIn(DeviceShell shell) => shell.LoggedIn.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

    private async Task<(DeviceShell Shell, LineDialogue Dialogue)> Dial(ScriptedDevice device, bool raise)
    {
        DeviceShell? shell = null;
        var dialogue = await LineDialogue.OpenAsync(person => shell = Shell(device, raise, person), cancel: Cancel);
        return (shell!, dialogue);
    }

    private DeviceShell Shell(ScriptedDevice device, bool raise, ILineObserver person)
    {
        var target = new NetDevice
        {
            Name = "r1", Host = "r1", Vendor = "test", Manufacturer = "TEST", DeviceType = "ROUTER", Platform = "frr_vty", Protocol = Protocol.Telnet, AdminStatus = "PRODUCTION",
            Fields = FrozenDictionary<string, string?>.Empty, Source = "test:1",
        };
        return DeviceShell.Dial(target, Platforms.BuiltIn.Get("frr_vty"), new SessionPlan(device.Dial, Platforms.BuiltIn, clock), bob, raise, person);
    }
}
