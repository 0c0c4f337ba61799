using System.Text;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Tests.Wire.Netconf;

public sealed class A_broken_NETCONF_server
{
    private const string ReplyBegins = "<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id=";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities></hello>]]>]]>", "no session-id")]
    [InlineData("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability></capabilities><session-id>0</session-id></hello>]]>]]>", "session-id is '0'")]
    [InlineData("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><capabilities><capability>urn:x</capability></capabilities><session-id>1</session-id></hello>]]>]]>", "no version of NETCONF")]
    [InlineData("<goodbye/>]]>]]>", "<goodbye>")]
    public async Task with_a_wrong_hello_is_refused(string hello, string reason)
    {
        await using var server = new ScriptedServer();
        var connecting = NetconfSession.ConnectAsync(new NetconfRoute.Over(server.Client), cancel: Stop);
        await server.Raw(hello);
        Assert.Contains(reason, Assert.IsType<NetconfFault.BadHello>(await FaultOf(connecting)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no NETCONF]]>]]>", typeof(NetconfFault.BadMessage))]
    [InlineData("<!DOCTYPE x [<!ENTITY a 'b'>]><hello/>]]>]]>", typeof(NetconfFault.BadMessage))]
    [InlineData("]]>]]>", typeof(NetconfFault.BadMessage))]
    [InlineData("<hello", typeof(NetconfFault.BadFraming))]
    [InlineData("", typeof(NetconfFault.Closed))]
    public async Task that_greets_and_hangs_up_is_a_fault(string words, Type fault)
    {
        await using var server = new ScriptedServer();
        var connecting = NetconfSession.ConnectAsync(new NetconfRoute.Over(server.Client), cancel: Stop);
        if (words.Length > 0)
            await server.Raw(words);

        await server.HangUp();
        Assert.IsType(fault, await FaultOf(connecting));
    }

    [Fact]
    public async Task that_says_nothing_is_overdue()
    {
        await using var server = new ScriptedServer();
        var clock = new ManualTime();
        var connecting = NetconfSession.ConnectAsync(new NetconfRoute.Over(server.Client), new NetconfOptions { Time = clock, HelloTimeout = TimeSpan.FromSeconds(3) }, Stop);
        await server.NextHello();
        await clock.Armed(TimeSpan.FromSeconds(3));
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(new NetconfFault.Overdue("the hello", TimeSpan.FromSeconds(3)), await FaultOf(connecting));
    }

    [Fact]
    public async Task that_does_not_answer_costs_the_one_request_and_its_late_answer_nothing()
    {
        await using var server = new ScriptedServer();
        var clock = new ManualTime();
        var session = await server.Connect(new NetconfOptions { Time = clock, Timeout = TimeSpan.FromSeconds(5) });
        var late = session.GetAsync(cancel: Stop);
        var (id, _) = await server.Next();
        await clock.Armed(TimeSpan.FromSeconds(5));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(new NetconfFault.Overdue("get", TimeSpan.FromSeconds(5)), await FaultOf(late));

        var next = session.RpcAsync("<x/>", Stop);
        await server.Reply(id, "<data/>");
        await server.Answer("<ok/>");
        Assert.True((await Soon(next)).SaysOk);
    }

    [Fact]
    public async Task never_gets_a_request_whose_caller_gave_up_waiting_for_room()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { MostInFlight = 1 });
        var first = session.RpcAsync("<first/>", Stop);
        using var giveUp = new CancellationTokenSource();
        var second = session.RpcAsync("<second/>", giveUp.Token);
        var third = session.RpcAsync("<third/>", Stop);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(second));
        Assert.Contains("<first", await server.Answer("<ok/>"), StringComparison.Ordinal);
        Assert.Contains("<third", await server.Answer("<ok/>"), StringComparison.Ordinal);
        await Soon(first);
        await Soon(third);
    }

    [Theory]
    [InlineData(ReplyBegins + "'1'><data></rpc-reply>", typeof(NetconfFault.BadMessage))]
    [InlineData(ReplyBegins + "'1'><ok/></rpc-reply><ok/>", typeof(NetconfFault.BadMessage))]
    [InlineData("<!DOCTYPE a>" + ReplyBegins + "'1'><ok/></rpc-reply>", typeof(NetconfFault.BadMessage))]
    [InlineData(ReplyBegins + "'12'><ok/></rpc-reply>", typeof(NetconfFault.UnknownMessageId))]
    [InlineData(ReplyBegins + "'one'><ok/></rpc-reply>", typeof(NetconfFault.UnknownMessageId))]
    [InlineData("<hello xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'/>", typeof(NetconfFault.BadMessage))]
    [InlineData("<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><ok/></rpc-reply>", typeof(NetconfFault.BadMessage))]
    public async Task that_answers_nonsense_ends_the_session_and_fails_all_askers(string message, Type fault)
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var first = session.GetAsync(cancel: Stop);
        var second = session.GetAsync(cancel: Stop);
        await server.Next();
        await server.Say(message);
        Assert.IsType(fault, await FaultOf(first));
        Assert.IsType(fault, await FaultOf(second));
        Assert.IsType(fault, await session.Completion.WaitAsync(ScriptedServer.Patience, Stop));
    }

    [Fact]
    public async Task that_answers_deeper_than_any_model_is_refused()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.GetAsync(cancel: Stop);
        await server.Answer(string.Concat(Enumerable.Repeat("<a>", 600)) + string.Concat(Enumerable.Repeat("</a>", 600)));
        Assert.Contains("nested deeper", Assert.IsType<NetconfFault.BadMessage>(await FaultOf(asking)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<rpc-reply/>")]
    [InlineData("\n#0\n")]
    public async Task that_breaks_the_framing_ends_the_session(string bytes)
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.GetAsync(cancel: Stop);
        await server.Next();
        await server.Raw(bytes);
        Assert.IsType<NetconfFault.BadFraming>(await FaultOf(asking));
    }

    [Fact]
    public async Task that_hangs_up_fails_who_still_waits()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.GetAsync(cancel: Stop);
        await server.Next();
        await server.HangUp();
        Assert.Equal(new NetconfFault.Closed("get"), await FaultOf(asking));
        Assert.Equal(new NetconfFault.Closed("get"), await FaultOf(session.GetAsync(cancel: Stop)));
    }

    [Fact]
    public async Task that_hangs_up_within_an_answer_broke_the_framing()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.GetAsync(cancel: Stop);
        await server.Next();
        await server.Raw("\n#100\n<rpc-reply");
        await server.HangUp();
        Assert.IsType<NetconfFault.BadFraming>(await FaultOf(asking));
    }

    [Fact]
    public async Task that_answers_without_message_id_means_the_oldest_request()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var first = session.RpcAsync("<first/>", Stop);
        var second = session.RpcAsync("<second/>", Stop);
        await server.Next();
        await server.Say("<rpc-reply xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><rpc-error><error-tag>malformed-message</error-tag></rpc-error></rpc-reply>");
        Assert.Equal("malformed-message", (await Assert.ThrowsAsync<RpcErrorException>(() => Soon(first))).First.Tag);
        await server.Answer("<ok/>");
        await Soon(second);
    }

    [Fact]
    public async Task that_answers_too_much_costs_the_one_request()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { LargestMessage = 10_000 });
        var large = session.GetAsync(cancel: Stop);
        var (id, _) = await server.Next();
        await server.Reply(id, $"<data>{new string('x', 100_000)}</data>");
        Assert.Equal(10_000, Assert.IsType<NetconfFault.TooLarge>(await FaultOf(large)).Limit);

        var small = session.GetAsync(cancel: Stop);
        await server.Answer($"<data>{new string('x', 5_000)}</data>");
        Assert.Equal(5_000, (await Soon(small)).Data!.Value.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task that_says_all_of_it_byte_by_byte_is_understood(bool chunks)
    {
        await using var server = new ScriptedServer();
        var connecting = NetconfSession.ConnectAsync(new NetconfRoute.Over(server.Client), cancel: Stop);
        await Slowly(ScriptedServer.Hello(chunks ? ScriptedServer.Base11 : ScriptedServer.Base10) + "]]>]]>");
        await server.NextHello();
        server.Chunks = chunks;
        var session = await Soon(connecting);
        var asking = session.GetAsync(cancel: Stop);
        var (id, _) = await server.Next();
        var text = $"{ReplyBegins}'{id}'><data><a b='>'>ü]]&gt;</a></data></rpc-reply>";
        await Slowly(chunks ? $"\n#{Encoding.UTF8.GetByteCount(text)}\n{text}\n##\n" : $"\r\n {text}]]>]]>");
        Assert.Equal("ü]]>", (await Soon(asking)).Data!.Value);

        async Task Slowly(string said)
        {
            foreach (var character in said)
                await server.Raw(character.ToString());
        }
    }

    private static async Task<NetconfFault> FaultOf(Task task) => (await Assert.ThrowsAsync<NetconfException>(() => task.WaitAsync(ScriptedServer.Patience, Stop))).Fault;

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(ScriptedServer.Patience, Stop);
}
