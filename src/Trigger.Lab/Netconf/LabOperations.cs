using System.Globalization;
using System.Xml.Linq;
using Trigger.Wire.Netconf;

namespace Trigger.Lab.Netconf;

/// <summary>The operations of one session on its device (RFC 6241, 6022, 5277, 8526). Called with the device locked.</summary>
internal sealed class LabOperations(LabNetconfDevice device, LabNetconfSession session)
{
    private bool leaves;

    private static XNamespace Ns => NetconfNames.Base;

    /// <summary>What the reply holds.</summary>
    internal IReadOnlyList<XElement> Run(XElement rpc)
    {
        if (rpc.Elements().ToList() is not [var operation])
            throw LabRpcError.Missing("operation");

        if (device.Answers?.Invoke(operation) is { } own)
            return own;

        return operation.Name.LocalName switch
        {
            "get" => [LabFilter.Apply(Everything(), Child(operation, "filter"))],
            "get-config" => [LabFilter.Apply(Read(Child(operation, "source") ?? throw LabRpcError.Missing("source")), Child(operation, "filter"))],
            "get-data" => [GetData(operation)],
            "get-schema" => [Schema(operation)],
            "edit-config" => Done(() => Edit(operation)),
            "edit-data" => Done(() => EditData(operation)),
            "copy-config" => Done(() => Copy(operation)),
            "delete-config" => Done(() => Delete(operation)),
            "lock" => Done(() => device.Hold(Target(operation), session.Id)),
            "unlock" => Done(() => device.Release(Target(operation), session.Id)),
            "commit" => Done(() => Commit(operation)),
            "cancel-commit" => Done(() => CancelCommit(operation)),
            "discard-changes" => Done(Discard),
            "validate" => Done(() => device.Check(Read(Child(operation, "source") ?? throw LabRpcError.Missing("source")))),
            "create-subscription" => Done(() => session.Subscription.Create(operation)),
            "kill-session" => Done(() => Kill(operation)),
            "close-session" => Done(() => leaves = true),
            _ => throw Unknown(operation),
        };
    }

    /// <summary>What must wait until the reply has gone out.</summary>
    internal void Afterwards()
    {
        session.Subscription.Begin();
        if (leaves)
            session.End();
    }

    private static XElement? Child(XElement of, string name) => of.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    private static List<XElement> Done(Action act)
    {
        act();
        return [new XElement(Ns + "ok")];
    }

    private static string Target(XElement operation)
    {
        var target = Child(operation, "target") ?? throw LabRpcError.Missing("target");
        return target.Elements().FirstOrDefault()?.Name.LocalName ?? throw LabRpcError.Missing("datastore");
    }

    private static LabRpcError Unknown(XElement operation) => operation.Name.Namespace == Ns
        ? new LabRpcError("operation-not-supported", $"The operation {operation.Name.LocalName} is unknown.", "protocol")
        : new LabRpcError("unknown-namespace", $"The namespace {operation.Name.NamespaceName} is unknown.", "protocol", info: [new XElement(Ns + "bad-element", operation.Name.LocalName), new XElement(Ns + "bad-namespace", operation.Name.NamespaceName)]);

    private XElement Read(XElement source)
    {
        var what = source.Elements().FirstOrDefault() ?? throw LabRpcError.Missing("datastore");
        return what.Name.LocalName switch
        {
            "url" => device.ReadFile(what.Value.Trim()),
            "config" => new XElement(Ns + "data", what.Elements()),
            _ => device.Get(what.Name.LocalName),
        };
    }

    private XElement Everything()
    {
        var (monitoring, streams) = (NetconfNames.Monitoring, NetconfNames.Streams);
        return new XElement(
            Ns + "data",
            device.Get("running").Elements(),
            device.State,
            new XElement(
                monitoring + "netconf-state",
                new XElement(monitoring + "capabilities", device.Capabilities.Select(uri => new XElement(monitoring + "capability", uri))),
                new XElement(monitoring + "schemas", device.Schemas.Keys.Select(name => new XElement(monitoring + "schema", new XElement(monitoring + "identifier", name), new XElement(monitoring + "format", "yang")))),
                new XElement(monitoring + "sessions", device.All.Select(one => new XElement(
                    monitoring + "session", new XElement(monitoring + "session-id", one.Id), new XElement(monitoring + "username", one.UserName))))),
            new XElement(streams + "netconf", new XElement(streams + "streams", new XElement(
                streams + "stream", new XElement(streams + "name", "NETCONF"), new XElement(streams + "description", "All events"), new XElement(streams + "replaySupport", "true")))));
    }

    private XElement GetData(XElement operation)
    {
        var name = Child(operation, "datastore")?.Value.Trim().Split(':')[^1] ?? throw LabRpcError.Missing("datastore");
        var data = name switch { "operational" => Everything(), "intended" => device.Get("running"), _ => device.Get(name) };
        var filter = Child(operation, "subtree-filter");
        if (Child(operation, "xpath-filter") is { } xpath)
            filter = new XElement(Ns + "filter", xpath.Attributes(), new XAttribute("type", "xpath"), new XAttribute("select", xpath.Value));

        return new XElement(NetconfNames.Nmda + "data", LabFilter.Apply(data, filter).Elements());
    }

    private XElement Schema(XElement operation)
    {
        var name = Child(operation, "identifier")?.Value.Trim() ?? throw LabRpcError.Missing("identifier");
        return device.Schemas.TryGetValue(name, out var text)
            ? new XElement(NetconfNames.Monitoring + "data", text)
            : throw new LabRpcError("invalid-value", $"There is no schema {name}.");
    }

    private void Edit(XElement operation)
    {
        var target = Target(operation);
        var test = Child(operation, "test-option")?.Value.Trim();
        var config = Child(operation, "config") ?? (Child(operation, "url") is { } url ? device.ReadFile(url.Value.Trim()) : throw LabRpcError.Missing("config"));
        device.MayWrite(target, session.Id);

        // Made on a copy, so that every error rolls back, which all error-options allow.
        var edited = new XElement(device.Get(target));
        LabConfigEdit.Apply(edited, config.Elements(), Child(operation, "default-operation")?.Value.Trim() ?? "merge");
        if (test is "test-then-set" or "test-only")
            device.Check(edited);

        if (test == "test-only")
            return;

        device.Put(target, edited);
        if (target == "running")
            device.Changed(target, session.Id, session.UserName);
    }

    private void EditData(XElement operation)
    {
        var target = Child(operation, "datastore")?.Value.Trim().Split(':')[^1] ?? throw LabRpcError.Missing("datastore");
        device.MayWrite(target, session.Id);
        var edited = new XElement(device.Get(target));
        LabConfigEdit.Apply(edited, (Child(operation, "config") ?? throw LabRpcError.Missing("config")).Elements(), Child(operation, "default-operation")?.Value.Trim() ?? "merge");
        device.Put(target, edited);
    }

    private void Copy(XElement operation)
    {
        var contents = Read(Child(operation, "source") ?? throw LabRpcError.Missing("source"));
        var target = (Child(operation, "target") ?? throw LabRpcError.Missing("target")).Elements().First();
        if (target.Name.LocalName == "url")
        {
            device.WriteFile(target.Value.Trim(), contents);
            return;
        }

        device.Get(target.Name.LocalName);
        device.MayWrite(target.Name.LocalName, session.Id);
        device.Put(target.Name.LocalName, contents);
    }

    private void Delete(XElement operation)
    {
        var target = (Child(operation, "target") ?? throw LabRpcError.Missing("target")).Elements().First();
        if (target.Name.LocalName == "url")
            device.DeleteFile(target.Value.Trim());
        else if (target.Name.LocalName != "startup")
            throw new LabRpcError("operation-not-supported", $"{target.Name.LocalName} cannot be deleted.", "protocol");
        else
            device.Put("startup", new XElement(Ns + "data"));
    }

    private void Commit(XElement operation)
    {
        var shown = Child(operation, "persist-id")?.Value.Trim();
        device.MayWrite("running", session.Id);
        device.MayWrite("candidate", session.Id);
        device.Trial.MayDecide(session.Id, shown);
        device.Check(device.Get("candidate"));
        if (Child(operation, "confirmed") is null)
            device.Trial.Confirm();
        else
            device.Trial.Begin(device.Get("running"), Patience(operation), Child(operation, "persist")?.Value.Trim(), session.Id);

        device.Put("running", device.Get("candidate"));
        device.Changed("running", session.Id, session.UserName);
    }

    private static TimeSpan Patience(XElement operation)
    {
        var text = Child(operation, "confirm-timeout")?.Value.Trim() ?? "600";
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? TimeSpan.FromSeconds(seconds)
            : throw new LabRpcError("invalid-value", $"'{text}' is no time.", "protocol");
    }

    private void CancelCommit(XElement operation)
    {
        var shown = Child(operation, "persist-id")?.Value.Trim();
        device.Trial.MayDecide(session.Id, shown);
        if (!device.Trial.IsOn)
            throw new LabRpcError("operation-failed", "No commit waits for its confirmation.");

        device.Trial.TakeBack();
    }

    private void Discard()
    {
        device.MayWrite("candidate", session.Id);
        device.Put("candidate", device.Get("running"));
    }

    private void Kill(XElement operation)
    {
        var text = Child(operation, "session-id")?.Value.Trim() ?? throw LabRpcError.Missing("session-id");
        var other = device.All.FirstOrDefault(one => one.Id.ToString(CultureInfo.InvariantCulture) == text);
        if (other is null || other == session)
            throw new LabRpcError("invalid-value", other is null ? $"There is no session {text}." : "A session cannot kill itself.", "protocol");

        other.End();
    }
}
