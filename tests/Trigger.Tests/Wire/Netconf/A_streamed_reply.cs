using System.Text;
using System.Xml;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Tests.Wire.Netconf;

public sealed class A_streamed_reply
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_read_as_events_while_it_comes()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.StreamAsync(session.Get(), Stop);
        var (id, _) = await server.Next();
        await Chunk(server, $"<rpc-reply message-id='{id}' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><data><a/>");

        await using var reply = await Soon(asking);
        Assert.Equal(id, reply.Attributes["message-id"]);
        Assert.True(await reply.MoveToDataAsync());
        await reply.Reader.ReadAsync();
        Assert.Equal("a", reply.Reader.LocalName);

        var next = reply.Reader.ReadAsync();
        await Chunk(server, "<b/></data></rpc-reply>");
        Assert.True(await Soon(next));
        Assert.Equal("b", reply.Reader.LocalName);
        await server.Raw("\n##\n");
        while (await Soon(reply.Reader.ReadAsync()))
            continue;

        Assert.True(reply.Reader.EOF);
        await StillTalks(server, session);
    }

    [Fact]
    public async Task holds_the_server_while_nobody_reads_and_takes_bounded_memory()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.StreamAsync(session.Get(), Stop);
        var (id, _) = await server.Next();
        await Chunk(server, $"<rpc-reply message-id='{id}' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><data>");
        var reply = await Soon(asking);

        const int Pieces = 2000;
        var piece = "<x>" + new string('y', 32 * 1024) + "</x>";
        var sent = 0;
        var pouring = Task.Run(
            async () =>
            {
                for (; sent < Pieces; Interlocked.Increment(ref sent))
                    await Chunk(server, piece);

                await Chunk(server, "</data></rpc-reply>");
                await server.Raw("\n##\n");
            },
            Stop);

        var heard = 0;
        var most = 0;
        while (await Soon(reply.Reader.ReadAsync()))
        {
            if (reply.Reader is not { NodeType: XmlNodeType.EndElement, LocalName: "x" })
                continue;

            heard++;
            most = Math.Max(most, Volatile.Read(ref sent) - heard);
        }

        await pouring.WaitAsync(ScriptedServer.Patience, Stop);
        Assert.Equal(Pieces, heard);

        // A megabyte in the pipe, one in the inbox, some in the test's own pipe: far from the 64 that were sent.
        Assert.InRange(most, 0, 150);
        await StillTalks(server, session);
    }

    [Fact]
    public async Task is_passed_over_when_its_reader_leaves()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.StreamAsync(session.Get(), Stop);
        var (id, _) = await server.Next();
        await Chunk(server, $"<rpc-reply message-id='{id}' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><data>");
        await (await Soon(asking)).DisposeAsync();
        for (var i = 0; i < 200; i++)
            await Chunk(server, new string('y', 32 * 1024));

        await Chunk(server, "</data></rpc-reply>");
        await server.Raw("\n##\n");
        await StillTalks(server, session);
    }

    [Fact]
    public async Task tells_of_errors_and_of_ok()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var refused = session.StreamAsync(session.Get(), Stop);
        await server.Answer("<rpc-error><error-tag>access-denied</error-tag></rpc-error>");
        await using (var reply = await Soon(refused))
            Assert.Equal("access-denied", (await Assert.ThrowsAsync<RpcErrorException>(() => Soon(reply.MoveToDataAsync()))).First.Tag);

        var done = session.StreamAsync(session.Get(), Stop);
        await server.Answer("<ok/>");
        await using (var reply = await Soon(done))
            Assert.False(await Soon(reply.MoveToDataAsync()));
    }

    [Fact]
    public async Task that_breaks_off_is_a_fault_and_no_end()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.StreamAsync(session.Get(), Stop);
        var (id, _) = await server.Next();
        await Chunk(server, $"<rpc-reply message-id='{id}' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'><data>");
        await using var reply = await Soon(asking);
        Assert.True(await Soon(reply.MoveToDataAsync()));
        await server.HangUp();
        var broken = await Assert.ThrowsAsync<NetconfException>(() => Soon(reply.Reader.ReadAsync()));
        Assert.IsType<NetconfFault.BadFraming>(broken.Fault);
    }

    private static async Task StillTalks(ScriptedServer server, NetconfSession session)
    {
        var asking = session.RpcAsync("<x/>", Stop);
        await server.Answer("<ok/>");
        Assert.True((await Soon(asking)).SaysOk);
    }

    private static Task Chunk(ScriptedServer server, string text) => server.Raw($"\n#{Encoding.UTF8.GetByteCount(text)}\n{text}");

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(ScriptedServer.Patience, Stop);
}
