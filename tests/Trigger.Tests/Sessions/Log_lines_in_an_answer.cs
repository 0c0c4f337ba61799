using System.Text;
using Trigger.Devices;
using Trigger.Sessions;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Sessions;

public sealed class Log_lines_in_an_answer : SessionSpec
{
    public static TheoryData<string> Logs =>
    [
        "%LINK-3-UPDOWN: Interface GigabitEthernet0/1, changed state to up",
        "*Mar  1 00:01:02.345: %SYS-5-CONFIG_I: Configured from console by bob",
        "000123: Nov 22 2026 10:11:12.123 UTC: %LINEPROTO-5-UPDOWN: Line protocol on Interface Vlan1, changed state to down",
        "00:12:34: %LINK-3-UPDOWN: Interface Serial0, changed state to down",
        "1w2d: %SYS-5-CONFIG_I: Configured from console",
        "RP/0/RSP0/CPU0:Nov 22 10:11:12.123 UTC: ifmgr[227]: %PKT_INFRA-LINK-3-UPDOWN : Interface Te0/0/0/1, changed state to Down",
        "2026 Nov 22 10:11:12 n9k %ETHPORT-5-IF_DOWN_ADMIN_DOWN: Interface Ethernet1/1 is down",
        "Nov 22 2026 10:11:12 r1 %%01IFNET/4/LINK_STATE(l)[0]:The line protocol IP on the interface GE0/0/1 has entered the UP state.",
        "%Apr 26 12:00:00:123 2026 H3C SHELL/5/SHELL_LOGIN: Console logged in from aux0.",
        "Message from syslogd@r1 at Nov 22 10:11:12  ...",
        "Nov 22 10:11:12 r1 mgd[1234]: UI_CMDLINE_READ_LINE: User 'bob', command 'show version'",
    ];

    [Theory]
    [MemberData(nameof(Logs))]
    public void are_known_wherever_they_are_printed(string line) =>
        Assert.Equal([1], LogLines.In(Platforms.BuiltIn.Get("cisco_ios"), "show ip interface brief", $"Interface  IP\n{line}\nVlan1  10.0.0.1\n")!);

    [Theory]
    [InlineData("% Invalid input detected at '^' marker.")]
    [InlineData(" description %LINK-3-UPDOWN: is what it says")]
    [InlineData("Nov 22 10:11:12 was when it began")]
    [InlineData("12:00:00.123 UTC Sun Nov 22 2026")]
    [InlineData("CPU utilization for five seconds: 9%/0%; one minute: 10%")]
    [InlineData("%Cpu(s):  1.0 us,  0.3 sy")]
    public void are_not_what_only_looks_a_little_like_them(string line) => Assert.Null(LogLines.In(Platforms.BuiltIn.Get("cisco_ios"), "show version", $"{line}\n"));

    [Theory]
    [InlineData("show logging")]
    [InlineData("show log messages | last 10")]
    [InlineData("display logbuffer")]
    [InlineData("tail /var/log/syslog")]
    public void are_the_answer_where_the_log_was_asked_for(string command) => Assert.Null(LogLines.In(Platforms.BuiltIn.Get("cisco_ios"), command, "%LINK-3-UPDOWN: up\n"));

    [Fact]
    public void are_left_out_for_those_who_parse() => Assert.Equal("a\nb\n", LogLines.Without("a\n%LINK-3-UPDOWN: up\nb\n", [1]));

    [Fact]
    public async Task are_the_same_however_the_stream_is_cut()
    {
        const string Said = "show clock\r\nfirst\r\n*Mar  1 00:01:02.345: %LINK-3-UPDOWN: Interface Serial0, changed state to up\r\nsecond\r\n%SYS-5-CONFIG_I: by bob\r\nR1#";
        for (var piece = 1; piece <= Encoding.UTF8.GetByteCount(Said); piece++)
        {
            var device = new ScriptedDevice().InPiecesOf(piece).Greets("R1#").On("terminal length 0", "terminal length 0\r\nR1#").On("terminal width 511", "terminal width 511\r\nR1#")
                .On("show clock", Said).OnDrops("exit", "exit\r\n");
            Dial(device, "cisco_ios", Protocol.Ssh, "show clock");
            await Grant();
            await Expect<SessionFact.LoggedIn>();
            await Guard.Expect<CredentialUse.Judged>();

            var answered = await Expect<SessionFact.Answered>();
            Assert.Equal([1, 3], answered.Notes!.LogLines!);
            await Expect<SessionFact.Ended>();
        }
    }

    [Fact]
    public async Task and_Telnet_in_place_of_SSH_are_told_with_the_outcome()
    {
        var device = new ScriptedDevice().FallsBackToTelnet().Greets("Username: ").On("bob", "\r\nPassword: ").On("pw-secret", "\r\nR1#")
            .On("terminal length 0", "terminal length 0\r\nR1#").On("terminal width 511", "terminal width 511\r\nR1#").On("show clock", "show clock\r\n12:00\r\nR1#").OnDrops("exit", "exit\r\n");
        Dial(device, "cisco_ios", Protocol.Ssh, "show clock");
        await Grant();
        await Expect<SessionFact.LoggedIn>();

        var answered = await Expect<SessionFact.Answered>();
        Assert.Equal(("12:00\n", true), (answered.Output, answered.Notes?.Telnet));
        Assert.Equal(new StepNotes { Telnet = true }, StepNotesJson.Read(StepNotesJson.Write(answered.Notes!)));
    }
}
