using System.Net;
using Trigger.Lab.Ssh;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Wire;

public sealed class An_SSH_service
{
    [Fact]
    public async Task tells_the_exit_status_of_a_shell_before_the_end()
    {
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn();

        line.Write("exit\n"u8);

        Assert.Null(await heard.Closed());
        Assert.Equal(new LineExit(0), heard.Exit);
    }

    [Fact]
    public async Task takes_what_was_said_before_it_was_there()
    {
        using var lab = new SshLab();
        var (line, heard) = lab.Call();
        line.Resize(80, 24);
        line.Write("early\n"u8);
        await heard.Authenticating();
        using var who = SshLab.ByPassword();
        line.Authenticate(who);

        Assert.Contains("[early]", await heard.Text("[early]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_asked_for_from_the_address_that_was_chosen()
    {
        var from = IPAddress.Parse("127.0.0.77");
        var seen = new TaskCompletionSource<EndPoint?>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var peer = new ScriptedPeer(caller =>
        {
            seen.TrySetResult(caller.RemoteEndPoint);
            return Task.CompletedTask;
        });
        using var lab = new SshLab();

        lab.Call(lab.Dial with { Port = peer.Port, BindAddress = from });

        Assert.Equal(from, ((IPEndPoint)(await HeardLine.Soon(seen.Task))!).Address);
    }

    [Fact]
    public async Task cannot_be_asked_for_from_an_address_that_is_not_ours()
    {
        using var lab = new SshLab();

        Assert.IsType<WireFault.Unreachable>(await lab.FaultOf(lab.Dial with { BindAddress = IPAddress.Parse("198.51.100.1") }));
    }

    [Fact]
    public async Task has_one_deadline_over_all_phases()
    {
        using var lab = new SshLab(host => host with { Fault = LabSshFault.Silent });

        var fault = await lab.FaultOf(lab.Dial with { Limits = SshLab.Limits with { Overall = TimeSpan.FromMilliseconds(50) } });

        Assert.Equal(TimeSpan.FromMilliseconds(50), Assert.IsType<WireFault.Overdue>(fault).Waited);
    }

    [Fact]
    public async Task is_not_begun_with_a_method_that_was_ruled_out()
    {
        using var lab = new SshLab();
        var (_, heard) = await lab.LogIn(dial: lab.Dial with { Methods = [SshMethod.Keys, SshMethod.Agent] });

        Assert.Empty(Assert.IsType<WireFault.AuthenticationRefused>(await heard.Closed()).Tried);
    }

    [Theory]
    [InlineData(SshMethod.Password, SshMethod.KeyboardInteractive, "password,keyboard-interactive")]
    [InlineData(SshMethod.KeyboardInteractive, SshMethod.Password, "keyboard-interactive,password")]
    public async Task is_begun_by_the_methods_in_their_order(SshMethod first, SshMethod second, string tried)
    {
        using var lab = new SshLab();
        var (_, heard) = await lab.LogIn(SshLab.ByPassword("wrong"), lab.Dial with { Methods = [first, second] });

        Assert.Equal(tried, string.Join(',', Assert.IsType<WireFault.AuthenticationRefused>(await heard.Closed()).Tried));
    }

    [Fact]
    public async Task asks_a_person_what_the_credentials_cannot_answer()
    {
        using var lab = new SshLab(host => host with { Login = new LabSshLogin { KeyboardInteractive = (_, answer) => answer == "123456", Prompt = "Token code: " } });
        SshQuestion? asked = null;
        var (_, heard) = await lab.LogIn(new LineCredentials { UserName = SshLab.User }, lab.Dial with
        {
            Ask = question =>
            {
                asked = question;
                question.Answer(["123456"u8.ToArray()]);
                question.Refuse(); // Too late to count.
            },
        });

        await heard.Opened();
        Assert.Equal(new SshQuestion.Prompt("Token code: ", false), Assert.Single(asked!.Prompts));
    }

    [Fact]
    public async Task is_refused_when_the_person_gives_up()
    {
        using var lab = new SshLab(host => host with { Login = new LabSshLogin { KeyboardInteractive = (_, _) => true } });
        var (_, heard) = await lab.LogIn(new LineCredentials { UserName = SshLab.User }, lab.Dial with { Ask = question => question.Refuse() });

        Assert.IsType<WireFault.AuthenticationRefused>(await heard.Closed());
    }

    [Fact]
    public async Task answers_a_prompt_by_the_words_in_it()
    {
        using var lab = new SshLab(host => host with { Login = new LabSshLogin { KeyboardInteractive = (_, answer) => answer == "2", Prompt = "Verification code: " } });
        var who = new LineCredentials
        {
            UserName = SshLab.User,
            Password = "1"u8.ToArray(),
            Answers = [new("other", "3"u8.ToArray()), new("verification CODE", "2"u8.ToArray())],
        };
        var (_, heard) = await lab.LogIn(who);

        await heard.Opened();
    }

    [Fact]
    public async Task is_found_to_be_gone_when_nothing_answers_any_more()
    {
        using var lab = new SshLab();
        using var relay = new Relay(lab.Port);
        var alive = new SshKeepAlive(TimeSpan.FromMilliseconds(100), 2);
        var (line, heard) = await lab.LogIn(dial: lab.Dial with { Port = relay.Port, KeepAlive = alive });
        line.Write("one\n"u8);
        await heard.Text("[one]");
        relay.GoDeaf();

        Assert.Equal(new WireFault.Silent(alive.Interval, 2), await heard.Closed());
    }

    [Fact]
    public async Task runs_over_a_proxy_command_and_ends_it_with_the_line()
    {
        Assert.SkipWhen(!File.Exists("/bin/bash"), "The command wants bash.");
        using var lab = new SshLab();
        var (line, heard) = await lab.LogIn(dial: lab.Dial with { ProxyCommand = $"bash -c 'exec 3<>/dev/tcp/127.0.0.1/{lab.Port}; cat <&3 & cat >&3; kill $!'" });

        line.Write("over\n"u8);
        await heard.Text("[over]");
        line.Close();

        Assert.Null(await heard.Closed());
    }

    [Fact]
    public async Task names_the_proxy_command_that_failed_and_what_it_said()
    {
        using var lab = new SshLab();

        var fault = Assert.IsType<WireFault.AtHop>(await lab.FaultOf(lab.Dial with { ProxyCommand = "sh -c 'echo bad luck >&2; exit 3'" }));

        Assert.StartsWith("proxy command 'sh -c", fault.Hop, StringComparison.Ordinal);
        Assert.Contains("it said: bad luck", Assert.IsType<WireFault.LineLost>(fault.Cause).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Received SSH_MSG_DISCONNECT: 2:Too many authentication failures", 2, "Too many authentication failures")]
    [InlineData("Received SSH_MSG_DISCONNECT: 11: bye: now ", 11, "bye: now")]
    public void says_the_goodbye_of_a_server(string text, int code, string reason) => Assert.Equal((code, reason), SshGoodbye.Read(text));

    [Theory]
    [InlineData("Socket error: disconnected")]
    [InlineData("SSH_MSG_DISCONNECT:")]
    [InlineData("SSH_MSG_DISCONNECT: x:y")]
    public void hears_no_goodbye_where_there_is_none(string text) => Assert.Null(SshGoodbye.Read(text));

    [Theory]
    [InlineData("Channel opening failure: channel 43 error (2) Connection refused", "Connection refused")]
    [InlineData("Channel opening failure: channel 43 error (1) no", "it does not allow forwarding (no)")]
    [InlineData("Channel opening failure: channel 44 error (2) Connection refused", "it did not say why")]
    [InlineData("Socket error", "it did not say why")]
    public void reads_why_a_tunnel_was_refused_only_from_what_names_it(string text, string reason) => Assert.Equal(reason, SshRefusedTunnel.Reason(text, 43));
}
