using System.Net.Sockets;
using System.Xml.Linq;
using Trigger.Lab.Netconf;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Tests.Wire.Netconf;

/// <summary>The operations, from our client through SSH to the lab's server and back.</summary>
public sealed class A_NETCONF_device
{
    private static readonly ConfigurationSource Running = ConfigurationSource.Running;
    private static readonly ConfigurationSource Candidate = ConfigurationSource.Candidate;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_locked_edited_checked_and_committed()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        await using var other = await lab.Connect();
        await using (await session.LockAsync(Candidate, Stop))
        {
            Assert.Equal(session.SessionId, (await Refused(other.LockAsync(Candidate, Stop))).HeldBySession);
            Assert.Equal("in-use", (await Refused(other.DiscardChangesAsync(Stop))).Tag);
            await session.EditConfigAsync(Candidate, Hostname("bad"), cancel: Stop);
            Assert.Equal("That is no name.", (await Refused(session.ValidateAsync(Candidate, Stop))).Message);
            await session.DiscardChangesAsync(Stop);
            await session.EditConfigAsync(Candidate, Hostname("core1"), new EditOptions { DefaultOperation = DefaultOperation.Merge, Test = TestOption.TestThenSet, Error = ErrorOption.RollbackOnError }, Stop);
            Assert.Equal("r0", lab.Running);
            await session.CommitAsync(cancel: Stop);
        }

        Assert.Equal("core1", NetconfLab.Name((await other.GetConfigAsync(Running, cancel: Stop)).Data!));
        await using var free = await other.LockAsync(Candidate, Stop);
    }

    [Fact]
    public async Task takes_back_what_is_not_confirmed_in_time()
    {
        var clock = new ManualTime();
        using var lab = new NetconfLab(clock);
        await using var session = await lab.Connect();
        await session.EditConfigAsync(Candidate, Hostname("trial"), cancel: Stop);
        await session.CommitAsync(new ConfirmedCommit { Timeout = TimeSpan.FromSeconds(7) }, cancel: Stop);
        Assert.Equal("trial", lab.Running);
        clock.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal("r0", lab.Running);
    }

    [Fact]
    public async Task takes_back_what_the_lost_session_has_not_confirmed()
    {
        using var lab = new NetconfLab();
        var session = await lab.Connect();
        await session.EditConfigAsync(Candidate, Hostname("trial"), cancel: Stop);
        await session.CommitAsync(new ConfirmedCommit(), cancel: Stop);
        await session.DisposeAsync();
        await using var next = await lab.Connect();
        Assert.Equal("r0", NetconfLab.Name((await next.GetConfigAsync(Running, cancel: Stop)).Data!));
    }

    [Fact]
    public async Task lets_another_session_confirm_by_token_only()
    {
        using var lab = new NetconfLab();
        await using (var session = await lab.Connect())
        {
            await session.EditConfigAsync(Candidate, Hostname("trial"), cancel: Stop);
            await session.CommitAsync(new ConfirmedCommit { Persist = "token" }, cancel: Stop);
        }

        await using var other = await lab.Connect();
        Assert.Equal("invalid-value", (await Refused(other.CommitAsync(persistId: "wrong", cancel: Stop))).Tag);
        Assert.Equal("operation-failed", (await Refused(other.CancelCommitAsync(cancel: Stop))).Tag);
        await other.CancelCommitAsync("token", Stop);
        Assert.Equal("r0", lab.Running);

        await other.EditConfigAsync(Candidate, Hostname("kept"), cancel: Stop);
        await other.CommitAsync(new ConfirmedCommit { Persist = "again" }, cancel: Stop);
        await other.CommitAsync(persistId: "again", cancel: Stop);
        Assert.Equal("kept", lab.Running);
    }

    [Theory]
    [InlineData("delete", "contact", "data-missing")]
    [InlineData("create", "hostname", "data-exists")]
    [InlineData("frobnicate", "hostname", "bad-attribute")]
    public async Task refuses_an_edit_with_the_tag_of_the_RFC(string operation, string element, string tag)
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        var edit = ConfigurationSource.FromXml($"<system xmlns='{NetconfLab.Sys}' xmlns:nc='{NetconfNames.Base}'><{element} nc:operation='{operation}'>x</{element}></system>");
        Assert.Equal(tag, (await Refused(session.EditConfigAsync(Candidate, edit, cancel: Stop))).Tag);
        Assert.Equal("lab", (await session.GetConfigAsync(Candidate, cancel: Stop)).Data!.Descendants(NetconfLab.Sys + "location").Single().Value);
    }

    [Fact]
    public async Task answers_filters_of_both_kinds()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        var subtree = NetconfFilter.Of(new XElement(NetconfLab.Sys + "system", new XElement(NetconfLab.Sys + "hostname")));
        Assert.Equal("r0", (await session.GetConfigAsync(Running, subtree, cancel: Stop)).Data!.Value);
        var xpath = NetconfFilter.FromXPath("/sys:system/sys:location", ("sys", NetconfLab.Sys.NamespaceName));
        Assert.Equal("lab", (await session.GetConfigAsync(Running, xpath, cancel: Stop)).Data!.Value);
        Assert.Equal("bad-attribute", (await Refused(session.GetConfigAsync(Running, NetconfFilter.FromXPath("/no:prefix"), cancel: Stop))).Tag);
        Assert.Empty((await session.GetConfigAsync(Running, NetconfFilter.Of(), cancel: Stop)).Data!.Elements());
        Assert.Equal("r0", NetconfLab.Name((await session.GetDataAsync("running", subtree, cancel: Stop)).Data!));
    }

    [Fact]
    public async Task copies_and_deletes_datastores_and_files()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        var file = ConfigurationSource.Named("file:///backup.xml");
        await session.CopyConfigAsync(Running, file, cancel: Stop);
        await session.CopyConfigAsync(ConfigurationSource.FromXml($"<config><system xmlns='{NetconfLab.Sys}'><hostname>new</hostname></system></config>"), Running, cancel: Stop);
        Assert.Equal("new", lab.Running);
        await session.CopyConfigAsync(file, Running, cancel: Stop);
        Assert.Equal("r0", lab.Running);
        await session.DeleteConfigAsync(file, Stop);
        Assert.Equal("operation-failed", (await Refused(session.DeleteConfigAsync(file, Stop))).Tag);
        await session.DeleteConfigAsync(ConfigurationSource.Startup, Stop);
        Assert.Equal("operation-not-supported", (await Refused(session.DeleteConfigAsync(Running, Stop))).Tag);
    }

    [Fact]
    public async Task shows_schemas_and_takes_operations_of_its_own()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        Assert.Equal("module toaster { prefix \"t<\"; }", await session.GetSchemaAsync("toaster", cancel: Stop));
        Assert.Equal("invalid-value", (await Refused(session.GetSchemaAsync("none", cancel: Stop))).Tag);
        Assert.True((await session.RpcAsync("<make-toast xmlns='http://netconfcentral.org/ns/toaster'/>", Stop)).SaysOk);
        var unknown = await Refused(session.RpcAsync("<frobnicate xmlns='urn:x'/>", Stop));
        Assert.Equal(("unknown-namespace", "urn:x"), (unknown.Tag, unknown.InfoText("bad-namespace")));
    }

    [Fact]
    public async Task replays_and_tells_what_happens()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        await using var listener = await lab.Connect();
        lab.Device.Notify(new XElement("earlier"));
        Assert.True(Assert.Single(await listener.GetStreamsAsync(Stop)).CanReplay);
        await listener.CreateSubscriptionAsync(start: DateTimeOffset.UtcNow - TimeSpan.FromHours(1), cancel: Stop);
        Assert.Equal("earlier", (await listener.Notifications.ReadAsync(Stop)).Event!.Name.LocalName);
        Assert.True((await listener.Notifications.ReadAsync(Stop)).IsReplayComplete);
        await session.EditConfigAsync(Running, Hostname("changed"), cancel: Stop);
        Assert.Equal("netconf-config-change", (await listener.Notifications.ReadAsync(Stop)).Event!.Name.LocalName);
        Assert.Equal("operation-failed", (await Refused(listener.CreateSubscriptionAsync(cancel: Stop))).Tag);
    }

    [Fact]
    public async Task ends_another_session_when_told_to()
    {
        using var lab = new NetconfLab();
        await using var session = await lab.Connect();
        var other = await lab.Connect();
        Assert.Equal("invalid-value", (await Refused(session.KillSessionAsync(session.SessionId, Stop))).Tag);
        await session.KillSessionAsync(other.SessionId, Stop);
        Assert.IsType<NetconfFault.Closed>(await other.Completion.WaitAsync(ScriptedServer.Patience, Stop));
    }

    [Fact]
    public async Task without_the_subsystem_refuses_the_session()
    {
        using var lab = new NetconfLab(change: host => host with { Subsystem = null });
        var fault = (await Assert.ThrowsAsync<NetconfException>(() => lab.Connect())).Fault;
        Assert.Contains("subsystem netconf", Assert.IsType<WireFault.ChannelRefused>(Assert.IsType<NetconfFault.Line>(fault).Fault).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_found_under_the_second_name_of_its_subsystem()
    {
        using var lab = new NetconfLab(change: host => host with { Subsystem = (shell, name) => name == "xmlagent" ? host.Subsystem!(shell, "netconf") : null });
        await using var session = await lab.Connect(options: new NetconfOptions { Profile = NetconfProfiles.Find("nexus")! });
        Assert.True(session.IsOpen);
    }

    [Fact]
    public async Task speaks_over_a_Unix_socket_and_an_accepted_one()
    {
        var path = Path.Combine(Path.GetTempPath(), $"nc-{Guid.NewGuid():N}.sock");
        using var device = new LabNetconfDevice("unix", TimeProvider.System, NetconfLab.System("unix"));
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        var serving = Task.Run(async () => await LabNetconfServer.ServeAsync(device, new NetworkStream(await listener.AcceptAsync(Stop), ownsSocket: true), "me", Stop), Stop);
        await using (var session = await NetconfSession.ConnectAsync(new NetconfRoute.UnixSocket(path), cancel: Stop))
            Assert.Equal("unix", NetconfLab.Name((await session.GetConfigAsync(Running, cancel: Stop)).Data!));

        await serving.WaitAsync(ScriptedServer.Patience, Stop);
        Assert.Equal(0, device.Sessions);
        File.Delete(path);
        var fault = (await Assert.ThrowsAsync<NetconfException>(() => NetconfSession.ConnectAsync(new NetconfRoute.UnixSocket(path), cancel: Stop))).Fault;
        Assert.IsType<WireFault.Unreachable>(Assert.IsType<NetconfFault.Line>(fault).Fault);
    }

    [Fact]
    public async Task is_one_of_a_thousand_in_a_process()
    {
        using var lab = new NetconfLab(devices: 1000);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => lab.Connect(number)));
        var names = await Task.WhenAll(sessions.Select(async session => NetconfLab.Name((await session.GetConfigAsync(Running, cancel: Stop)).Data!)));
        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"r{number}"), names);
        foreach (var session in sessions)
            session.Abort();
    }

    private static ConfigurationSource Hostname(string name) => ConfigurationSource.FromXml($"<system xmlns='{NetconfLab.Sys}'><hostname>{name}</hostname></system>");

    private static async Task<RpcError> Refused(Task task) => (await Assert.ThrowsAsync<RpcErrorException>(() => task)).First;
}
