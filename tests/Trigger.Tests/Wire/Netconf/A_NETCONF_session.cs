using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Tests.Wire.Netconf;

public sealed class A_NETCONF_session
{
    private const string Candidate = "urn:ietf:params:netconf:capability:candidate:1.0";
    private const string Notification = "urn:ietf:params:netconf:capability:notification:1.0";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task asks_and_hears_answers_in_either_framing(bool chunks)
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(chunks: chunks);
        Assert.Equal(7u, session.SessionId);
        Assert.Equal(chunks, session.UsesChunks);

        var asking = session.GetConfigAsync(ConfigurationSource.Running, cancel: Stop);
        Assert.Contains("<get-config xmlns=\"urn:ietf:params:xml:ns:netconf:base:1.0\"><source><running /></source></get-config>", await server.Answer("<data><x>1</x></data>"), StringComparison.Ordinal);

        var reply = await Soon(asking);
        Assert.Equal("1", reply.Data!.Value);
        Assert.Empty(reply.Errors);
    }

    [Fact]
    public async Task gives_each_asker_the_answer_to_its_own_request_whatever_the_order()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asked = Enumerable.Range(0, 50).Select(number => session.RpcAsync($"<ask><n>{number}</n></ask>", Stop)).ToArray();
        var requests = new List<(string Id, string Xml)>();
        foreach (var _ in asked)
            requests.Add(await server.Next());

        foreach (var (id, xml) in requests.AsEnumerable().Reverse())
            await server.Reply(id, $"<data>{xml[xml.IndexOf("<n>", StringComparison.Ordinal)..xml.IndexOf("</n>", StringComparison.Ordinal)]}</n></data>");

        for (var number = 0; number < asked.Length; number++)
            Assert.Equal($"{number}", (await Soon(asked[number])).Data!.Value);
    }

    [Fact]
    public async Task sends_attributes_and_hears_them_again()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var asking = session.CallAsync(RpcRequest.FromXml("<rpc xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' message-id='99' xmlns:ex='urn:ex' ex:user='fred'><get/></rpc>"), Stop);
        var (id, xml) = await server.Next();
        Assert.Contains("xmlns:ex=\"urn:ex\" ex:user=\"fred\"", xml, StringComparison.Ordinal);
        Assert.NotEqual("99", id);
        await server.Say($"<rpc-reply message-id='{id}' xmlns='urn:ietf:params:xml:ns:netconf:base:1.0' xmlns:ex='urn:ex' ex:user='fred'><ok/></rpc-reply>");
        var reply = await Soon(asking);
        Assert.True(reply.SaysOk);
        Assert.Equal("fred", reply.Attributes["ex:user"]);
    }

    [Fact]
    public async Task tells_errors_as_a_list_with_all_that_the_server_said()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(capabilities: Candidate);
        var asking = session.LockAsync(ConfigurationSource.Candidate, Stop);
        await server.Answer("""
            <rpc-error><error-type>protocol</error-type><error-tag>lock-denied</error-tag><error-severity>error</error-severity>
            <error-app-tag>no-access</error-app-tag><error-path>/rpc/lock</error-path><error-message xml:lang="en">Lock failed</error-message>
            <error-info><session-id>454</session-id></error-info></rpc-error>
            <rpc-error><error-type>application</error-type><error-tag>operation-failed</error-tag><error-severity>warning</error-severity></rpc-error>
            """);

        var refused = await Assert.ThrowsAsync<RpcErrorException>(() => Soon(asking));
        Assert.Equal(2, refused.Errors.Count);
        var first = refused.First;
        Assert.Equal(("protocol", "lock-denied", "error", "no-access", "/rpc/lock", "Lock failed", 454u), (first.Type, first.Tag, first.Severity, first.AppTag, first.Path, first.Message, first.HeldBySession));
        Assert.True(refused.Errors[1].IsWarning);
    }

    [Theory]
    [InlineData(RaiseMode.Errors, false)]
    [InlineData(RaiseMode.All, true)]
    [InlineData(RaiseMode.None, false)]
    public async Task raises_a_warning_only_when_told_to(RaiseMode mode, bool raises)
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { Raise = mode });
        var asking = session.RpcAsync("<x/>", Stop);
        await server.Answer("<load-results><rpc-error><error-severity>warning</error-severity><error-message>statement not found</error-message></rpc-error></load-results><ok/>");
        if (raises)
            Assert.Contains("statement not found", (await Assert.ThrowsAsync<RpcErrorException>(() => Soon(asking))).Message, StringComparison.Ordinal);
        else
            Assert.Equal("statement not found", Assert.Single((await Soon(asking)).Errors).Message);
    }

    [Fact]
    public async Task takes_errors_for_none_that_the_profile_knows_as_harmless()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { Profile = NetconfProfiles.Find("nexus")! });
        var asking = session.RpcAsync("<x/>", Stop);
        var xml = await server.Answer("<rpc-error><error-message>VLAN already exists in this vtp</error-message></rpc-error>");
        Assert.Contains("xmlns:nxos=\"http://www.cisco.com/nxos:1.0\"", xml, StringComparison.Ordinal);
        Assert.True((await Soon(asking)).HasErrors);
    }

    [Fact]
    public async Task sends_nothing_that_needs_what_the_server_lacks()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(capabilities: ["urn:ietf:params:netconf:capability:url:1.0?scheme=file,ftp", "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit&amp;also-supported=trim"]);

        Assert.Equal(":candidate", await Missing(() => session.CommitAsync(cancel: Stop)));
        Assert.Equal(":candidate", await Missing(() => session.LockAsync(ConfigurationSource.Candidate, Stop)));
        Assert.Equal(":xpath", await Missing(() => session.GetAsync(NetconfFilter.FromXPath("/x"), cancel: Stop)));
        Assert.StartsWith(":url with the scheme 'http'", await Missing(() => session.CopyConfigAsync(ConfigurationSource.Running, ConfigurationSource.Named("http://x/y"), cancel: Stop)), StringComparison.Ordinal);
        Assert.StartsWith(":with-defaults with report-all", await Missing(() => session.GetAsync(withDefaults: WithDefaults.ReportAll, cancel: Stop)), StringComparison.Ordinal);
        Assert.Equal(":validate:1.1", await Missing(() => session.EditConfigAsync(ConfigurationSource.Running, ConfigurationSource.FromXml("<x/>"), new EditOptions { Test = TestOption.TestOnly }, Stop)));

        var allowed = session.GetAsync(withDefaults: WithDefaults.Trim, cancel: Stop);
        Assert.Contains("with-defaults\">trim<", await server.Answer("<data/>"), StringComparison.Ordinal);
        await Soon(allowed);
    }

    [Fact]
    public async Task unlocks_when_the_lock_is_disposed_of()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var locking = session.LockAsync(ConfigurationSource.Running, Stop);
        Assert.Contains("<lock", await server.Answer("<ok/>"), StringComparison.Ordinal);
        var held = await Soon(locking);
        var releasing = held.DisposeAsync().AsTask();
        Assert.Contains("<unlock", await server.Answer("<ok/>"), StringComparison.Ordinal);
        await releasing.WaitAsync(ScriptedServer.Patience, Stop);
        await held.DisposeAsync();
    }

    [Fact]
    public async Task hands_on_notifications_between_answers()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(capabilities: Notification);
        var subscribing = session.CreateSubscriptionAsync(start: DateTimeOffset.UnixEpoch, cancel: Stop);
        Assert.Contains("<startTime>1970-01-01T00:00:00Z</startTime>", await server.Answer("<ok/>"), StringComparison.Ordinal);
        await Soon(subscribing);
        await server.Say("<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>2026-01-02T03:04:05Z</eventTime><netconf-config-change xmlns='urn:x'/></notification>");
        await server.Say("<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>2026-01-02T03:04:06Z</eventTime><replayComplete xmlns='urn:ietf:params:xml:ns:netmod:notification'/></notification>");

        var first = await session.Notifications.ReadAsync(Stop);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), first.EventTime);
        Assert.Equal(XNamespace.Get("urn:x") + "netconf-config-change", first.Event!.Name);
        Assert.True((await session.Notifications.ReadAsync(Stop)).IsReplayComplete);
    }

    [Fact]
    public async Task counts_notifications_that_nobody_reads()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { MostNotifications = 2 });
        var lost = new TaskCompletionSource<NetconfFault>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = session.OnFault(fault => lost.TrySetResult(fault));
        for (var i = 0; i < 3; i++)
            await server.Say("<notification xmlns='urn:ietf:params:xml:ns:netconf:notification:1.0'><eventTime>2026-01-02T03:04:05Z</eventTime><e/></notification>");

        Assert.Equal(new NetconfFault.NotificationsLost(1), await lost.Task.WaitAsync(ScriptedServer.Patience, Stop));
        Assert.True(session.IsOpen);
    }

    [Fact]
    public async Task says_goodbye_and_ends()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect(new NetconfOptions { FarewellTimeout = ScriptedServer.Patience });
        var leaving = session.DisposeAsync().AsTask();
        Assert.Contains("<close-session", await server.Answer("<ok/>"), StringComparison.Ordinal);
        await server.HangUp();
        await leaving.WaitAsync(ScriptedServer.Patience, Stop);
        Assert.IsType<NetconfFault.Ended>(await session.Completion);
        Assert.IsType<NetconfFault.Ended>((await Assert.ThrowsAsync<NetconfException>(() => session.GetAsync(cancel: Stop))).Fault);
    }

    [Fact]
    public async Task tells_listeners_every_message()
    {
        await using var server = new ScriptedServer();
        var session = await server.Connect();
        var heard = new List<string>();
        using (session.OnMessage(heard.Add))
        {
            var asking = session.RpcAsync("<x/>", Stop);
            await server.Answer("<ok/>");
            await Soon(asking);
        }

        Assert.Contains("<ok/>", Assert.Single(heard), StringComparison.Ordinal);
    }

    private static async Task<string> Missing(Func<Task> call) =>
        Assert.IsType<NetconfFault.MissingCapability>((await Assert.ThrowsAsync<NetconfException>(call)).Fault).Capability;

    private static Task<T> Soon<T>(Task<T> task) => task.WaitAsync(ScriptedServer.Patience, Stop);
}
