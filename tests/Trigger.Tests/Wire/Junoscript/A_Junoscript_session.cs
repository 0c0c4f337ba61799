using System.Text;
using System.Xml.Linq;
using Trigger.Lab.Ssh;
using Trigger.Wire.Junoscript;
using Trigger.Wire.Netconf;

namespace Trigger.Tests.Wire.Junoscript;

public sealed class A_Junoscript_session : IDisposable
{
    private readonly List<string> commands = [];
    private readonly SshLab lab;
    private Func<string, string> answer = _ => "";

    public A_Junoscript_session() => lab = new SshLab(host => host with { Exec = (shell, command) => command == "junoscript" ? new Router(shell, this) : null });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task gives_each_operation_its_reply_in_order()
    {
        answer = request => $"<rpc-reply xmlns:junos='urn:j'><echo>{request.Length}</echo></rpc-reply>";
        await using var session = await Connect();
        var calls = Enumerable.Range(1, 20).Select(length => session.CommandAsync(new string('x', length), Stop)).ToArray();
        var lengths = (await Task.WhenAll(calls)).Select(reply => int.Parse(Assert.Single(reply.Results).Value)).ToArray();
        Assert.Equal(Enumerable.Range(lengths[0], 20), lengths);
    }

    [Fact]
    public async Task locks_loads_checks_and_commits()
    {
        answer = _ => "<rpc-reply/>";
        await using var session = await Connect();
        await session.LockAsync(Stop);
        await session.LoadAsync(new XElement("configuration", new XElement("system")), "replace", Stop);
        await session.CommitCheckAsync(Stop);
        await session.CommitAsync(full: true, Stop);
        await session.UnlockAsync(Stop);
        Assert.Equal(
            [
                "<lock-configuration />",
                "<load-configuration action=\"replace\" format=\"xml\"><configuration><system /></configuration></load-configuration>",
                "<commit-configuration><check /></commit-configuration>",
                "<commit-configuration><full /></commit-configuration>",
                "<unlock-configuration />",
            ],
            commands);
    }

    [Theory]
    [InlineData("<xnm:error><message>syntax error</message><token>foo</token></xnm:error>", "JunOS XML command failure:\n  message: syntax error\n  token: foo")]
    [InlineData("<deep><xnm:error/></deep>", "JunOS XML command failure:")]
    public async Task raises_an_error_wherever_it_stands_and_however_little_it_says(string content, string message)
    {
        answer = _ => $"<rpc-reply xmlns:xnm='http://xml.juniper.net/xnm/1.1/xnm'>{content}</rpc-reply>";
        await using var session = await Connect();
        Assert.Equal(message, (await Assert.ThrowsAsync<JunoscriptException>(() => session.CommandAsync("show foo", Stop))).Message);
    }

    [Fact]
    public async Task keeps_warnings_beside_results()
    {
        answer = _ => "<rpc-reply xmlns:xnm='http://xml.juniper.net/xnm/1.1/xnm'><xnm:warning><message>statement not found</message></xnm:warning><ok/></rpc-reply>";
        await using var session = await Connect();
        var reply = await session.CommandAsync("x", Stop);
        Assert.Equal("statement not found", Assert.Single(reply.Warnings).Message);
        Assert.Equal("ok", Assert.Single(reply.Results).Name.LocalName);
    }

    [Theory]
    [InlineData("<rpc-reply></a-very-wrong-end-tag>", typeof(NetconfFault.BadMessage))]
    [InlineData("<rpc-reply/><rpc-reply/>", typeof(NetconfFault.BadMessage))]
    [InlineData("", typeof(NetconfFault.Closed))]
    public async Task ends_when_the_device_breaks_its_document_or_leaves(string said, Type fault)
    {
        answer = _ => said;
        var session = await Connect();
        var call = session.CommandAsync("x", Stop);
        if (said.EndsWith("/>", StringComparison.Ordinal))
            await call;
        else
            await Assert.ThrowsAsync<NetconfException>(() => call.WaitAsync(HeardLine.Patience, Stop));

        Assert.IsType(fault, await session.Completion.WaitAsync(HeardLine.Patience, Stop));
    }

    public void Dispose() => lab.Dispose();

    private async Task<JunoscriptSession> Connect()
    {
        using var credentials = SshLab.ByPassword();
        return await JunoscriptSession.ConnectAsync(lab.Transport, lab.Dial, credentials, cancel: Stop);
    }

    /// <summary>Answers each rpc by the test's words; no words at all hang up.</summary>
    private sealed class Router(LabSshShell shell, A_Junoscript_session test) : ILabShell
    {
        private string heard = "";

        public void Opened(bool terminal) => Say("<?xml version=\"1.0\" encoding=\"us-ascii\"?>\n<junoscript xmlns=\"http://xml.juniper.net/xnm/1.1/xnm\" release=\"7.6R2.9\">\n");

        public void Received(ReadOnlySpan<byte> bytes)
        {
            heard += Encoding.UTF8.GetString(bytes);
            while (heard.IndexOf("</rpc>", StringComparison.Ordinal) is var end and >= 0)
            {
                var request = heard[(heard.IndexOf("<rpc>", StringComparison.Ordinal) + 5)..end];
                heard = heard[(end + 6)..];
                test.commands.Add(request);
                if (test.answer(request) is { Length: > 0 } words)
                    Say(words);
                else
                    shell.Exit(0);
            }

            if (heard.Contains("</junoscript>", StringComparison.Ordinal))
                shell.Exit(0);
        }

        public void Closed()
        {
        }

        private void Say(string text) => shell.Write(Encoding.UTF8.GetBytes(text));
    }
}
