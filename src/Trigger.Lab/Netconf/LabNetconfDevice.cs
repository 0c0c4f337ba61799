using System.Xml.Linq;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>
/// A device that pretends to have NETCONF: datastores, locks, commits on trial, an event log. Its sessions share it; every member locks it, for what it does is never long. Its
/// files (<c>:url</c>) are in memory only.
/// </summary>
public sealed class LabNetconfDevice : IDisposable
{
    private const int MostEvents = 1000;

    private readonly Dictionary<uint, LabNetconfSession> sessions = [];
    private readonly Dictionary<string, uint> locks = [];
    private readonly List<(DateTimeOffset Time, XElement Event)> events = [];
    private readonly Dictionary<string, XElement> files = [];
    private readonly Dictionary<string, XElement> datastores;
    private uint lastSession;

    /// <param name="running">The children of the running datastore; startup begins as the same.</param>
    public LabNetconfDevice(string name, TimeProvider time, params XElement[] running)
    {
        Name = name;
        Time = time;
        var data = new XElement(NetconfNames.Base + "data", running);
        datastores = new() { ["running"] = data, ["candidate"] = new XElement(data), ["startup"] = new XElement(data) };
        Trial = new LabTrial(this);
    }

    public string Name { get; }

    /// <summary>Capabilities beside the standard ones: YANG modules, mostly.</summary>
    public IReadOnlyList<string> ExtraCapabilities { get; init; } = [];

    /// <summary>Whether it knows :base:1.1.</summary>
    public bool Chunks { get; init; } = true;

    /// <summary>Texts for get-schema, by module name.</summary>
    public IReadOnlyDictionary<string, string> Schemas { get; init; } = new Dictionary<string, string>();

    /// <summary>State that get shows beside the configuration.</summary>
    public IReadOnlyList<XElement> State { get; init; } = [];

    /// <summary>Judges a configuration for validate and commit; null when it is good, else why not.</summary>
    public Func<XElement, string?>? Judge { get; init; }

    /// <summary>Answers operations of its own: the content of the reply, or null for "I do not know that". Called with the device locked.</summary>
    public Func<XElement, IReadOnlyList<XElement>?>? Answers { get; init; }

    /// <summary>Sessions that stand at the moment.</summary>
    public int Sessions
    {
        get
        {
            lock (Gate)
                return sessions.Count;
        }
    }

    internal Lock Gate { get; } = new();

    internal TimeProvider Time { get; }

    internal LabTrial Trial { get; }

    internal IEnumerable<LabNetconfSession> All => sessions.Values;

    internal IReadOnlyList<(DateTimeOffset Time, XElement Event)> Events => events;

    internal IReadOnlyList<string> Capabilities =>
    [
        "urn:ietf:params:netconf:base:1.0",
        .. Chunks ? new[] { "urn:ietf:params:netconf:base:1.1" } : [],
        "urn:ietf:params:netconf:capability:writable-running:1.0",
        "urn:ietf:params:netconf:capability:candidate:1.0",
        "urn:ietf:params:netconf:capability:confirmed-commit:1.0",
        "urn:ietf:params:netconf:capability:confirmed-commit:1.1",
        "urn:ietf:params:netconf:capability:rollback-on-error:1.0",
        "urn:ietf:params:netconf:capability:startup:1.0",
        "urn:ietf:params:netconf:capability:url:1.0?scheme=file",
        "urn:ietf:params:netconf:capability:validate:1.0",
        "urn:ietf:params:netconf:capability:validate:1.1",
        "urn:ietf:params:netconf:capability:xpath:1.0",
        "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit&also-supported=report-all,trim",
        "urn:ietf:params:netconf:capability:notification:1.0",
        "urn:ietf:params:netconf:capability:interleave:1.0",
        "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04&content-id=1",
        $"{NetconfNames.Monitoring}?module=ietf-netconf-monitoring&revision=2010-10-04",
        .. ExtraCapabilities,
    ];

    /// <summary>A copy of a datastore, for tests: running, candidate or startup.</summary>
    public XElement Snapshot(string datastore)
    {
        lock (Gate)
            return new XElement(datastores[datastore]);
    }

    /// <summary>Tells subscribers of an event, and keeps it for replay.</summary>
    public void Notify(XElement happened)
    {
        lock (Gate)
        {
            var now = Time.GetUtcNow();
            events.Add((now, happened));
            if (events.Count > MostEvents)
                events.RemoveAt(0);

            foreach (var session in sessions.Values)
                session.Notify(now, happened);
        }
    }

    public void Dispose() => Trial.Dispose();

    internal uint Admit(LabNetconfSession session)
    {
        lock (Gate)
        {
            sessions.Add(++lastSession, session);
            return lastSession;
        }
    }

    internal void Leave(uint session)
    {
        lock (Gate)
        {
            if (!sessions.Remove(session))
                return;

            foreach (var held in locks.Where(held => held.Value == session).Select(held => held.Key).ToList())
            {
                locks.Remove(held);

                // RFC 6241 §8.3.5.2: what the holder of the lock has not committed goes with it.
                if (held == "candidate")
                    Put("candidate", Get("running"));
            }

            Trial.SessionLost(session);
        }
    }

    internal XElement Get(string datastore) => datastores.GetValueOrDefault(datastore) ?? throw LabRpcError.Bad(datastore, $"There is no datastore {datastore}.");

    internal void Put(string datastore, XElement contents) => datastores[datastore] = new XElement(NetconfNames.Base + "data", contents.Elements().Select(element => new XElement(element)));

    internal XElement ReadFile(string url) => files.GetValueOrDefault(url) ?? throw new LabRpcError("operation-failed", $"There is no file {url}.");

    internal void WriteFile(string url, XElement contents) => files[url] = new XElement(contents);

    internal void DeleteFile(string url)
    {
        if (!files.Remove(url))
            throw new LabRpcError("operation-failed", $"There is no file {url}.");
    }

    internal void Hold(string datastore, uint session)
    {
        Get(datastore);
        if (locks.TryGetValue(datastore, out var holder))
            throw new LabRpcError("lock-denied", "Lock failed, lock is already held", "protocol", info: new XElement(NetconfNames.Base + "session-id", holder));

        if (datastore == "candidate" && !XNode.DeepEquals(Get("candidate"), Get("running")))
            throw new LabRpcError("lock-denied", "The candidate has changes that were not committed.", "protocol", info: new XElement(NetconfNames.Base + "session-id", 0));

        locks[datastore] = session;
    }

    internal void Release(string datastore, uint session)
    {
        if (locks.GetValueOrDefault(datastore) != session)
            throw new LabRpcError("operation-failed", $"The session does not hold {datastore}.", "protocol");

        locks.Remove(datastore);
    }

    /// <summary>Throws when another session has locked the datastore.</summary>
    internal void MayWrite(string datastore, uint session)
    {
        if (locks.TryGetValue(datastore, out var holder) && holder != session)
            throw new LabRpcError("in-use", $"{datastore} is locked by another session.", "protocol", info: new XElement(NetconfNames.Base + "session-id", holder));
    }

    internal void Check(XElement configuration)
    {
        if (Judge?.Invoke(configuration) is { } reason)
            throw new LabRpcError("operation-failed", reason);
    }

    internal void Changed(string datastore, uint session, string userName)
    {
        XNamespace ns = "urn:ietf:params:xml:ns:yang:ietf-netconf-notifications";
        Notify(new XElement(
            ns + "netconf-config-change",
            new XElement(ns + "changed-by", new XElement(ns + "username", userName), new XElement(ns + "session-id", session)),
            new XElement(ns + "datastore", datastore)));
    }
}
