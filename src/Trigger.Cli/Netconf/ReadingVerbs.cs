using System.CommandLine;
using System.Text.Json;
using System.Xml.Linq;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;

namespace Trigger.Cli.Netconf;

/// <summary>What changes nothing: hello, get, get-config, schema.</summary>
internal static class ReadingVerbs
{
    public static void AddTo(Command netconf, NetconfDesk desk)
    {
        netconf.Add(Hello(desk));
        netconf.Add(Get(desk));
        netconf.Add(GetConfig(desk));
        netconf.Add(Schema(desk));
    }

    private static Command Hello(NetconfDesk desk) => desk.Verb(
        "hello", "Shows what the device offers.", "trigger netconf core1 hello\ntrigger netconf core1 hello --json | jq -r '.capabilities[]'", [], (_, _) => (session, answer, _) =>
        {
            var text = $"session {session.SessionId}, {(session.UsesChunks ? "chunked" : "end-of-message")} framing\n{string.Join('\n', session.ServerCapabilities.Select(capability => capability.Uri))}";
            answer.Print(text, json =>
            {
                json.WriteNumber("session_id", session.SessionId);
                json.WriteBoolean("chunked", session.UsesChunks);
                Strings(json, "capabilities", session.ServerCapabilities.Select(capability => capability.Uri));
            });
            return Task.CompletedTask;
        });

    private static Command Get(NetconfDesk desk)
    {
        var part = new PartOptions();
        return desk.Verb(
            "get", "Configuration and state.", "trigger netconf core1 get --filter '<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"/>'\ntrigger netconf core1 get --xpath /if:interfaces --ns if=urn:ietf:params:xml:ns:yang:ietf-interfaces",
            part.All, (line, mistakes) =>
            {
                var (filter, defaults) = part.Read(line, mistakes);
                return (session, answer, cancel) => answer.Print(session, session.Get(filter, defaults), cancel);
            });
    }

    private static Command GetConfig(NetconfDesk desk)
    {
        var source = new Argument<string>("source") { Description = "running, candidate, startup, or a URL.", DefaultValueFactory = _ => "running", HelpName = "SOURCE" };
        var diff = NetconfInput.Text("--diff", "Show only what differs in that datastore: - is SOURCE, + is it.", "OTHER");
        var part = new PartOptions();
        return desk.Verb(
            "get-config", "One datastore's configuration.", "trigger netconf core1 get-config\ntrigger netconf core1 get-config running --diff candidate", [source, diff, .. part.All], (line, mistakes) =>
            {
                var (filter, defaults) = part.Read(line, mistakes);
                var first = ConfigurationSource.Named(line.GetValue(source)!);
                if (line.GetValue(diff) is not { } other)
                    return (session, answer, cancel) => answer.Print(session, session.GetConfig(first, filter, defaults), cancel);

                return async (session, answer, cancel) =>
                {
                    var old = await session.GetConfigAsync(first, filter, defaults, cancel).ConfigureAwait(false);
                    var now = await session.GetConfigAsync(ConfigurationSource.Named(other), filter, defaults, cancel).ConfigureAwait(false);
                    var lines = LineDiff.Of(Lines(old), Lines(now));
                    answer.Print(lines.Count == 0 ? "no difference" : string.Join('\n', lines), json => Strings(json, "diff", lines));
                };
            });
    }

    private static Command Schema(NetconfDesk desk)
    {
        var name = new Argument<string?>("name") { Description = "The module; without it, those that there are.", Arity = ArgumentArity.ZeroOrOne, HelpName = "NAME" };
        var version = NetconfInput.Text("--revision", "Its revision.", "REVISION");
        var format = NetconfInput.Text("--format", "yang, yin, xsd, rng or rnc. Default: yang.", "FORMAT");
        return desk.Verb(
            "schema", "A YANG module's text, or the list of modules (RFC 6022).", "trigger netconf core1 schema\ntrigger netconf core1 schema ietf-interfaces > ietf-interfaces.yang", [name, version, format],
            (line, _) => async (session, answer, cancel) =>
            {
                if (line.GetValue(name) is { } module)
                {
                    var text = await session.GetSchemaAsync(module, line.GetValue(version), line.GetValue(format), cancel).ConfigureAwait(false);
                    answer.Print(text.TrimEnd(), json => json.WriteString("schema", text));
                    return;
                }

                var ns = NetconfNames.Monitoring;
                var reply = await session.GetAsync(NetconfFilter.Of(new XElement(ns + "netconf-state", new XElement(ns + "schemas"))), cancel: cancel).ConfigureAwait(false);
                var listed = reply.Data?.Descendants(ns + "schema").Select(schema => $"{schema.Element(ns + "identifier")?.Value.Trim()} {schema.Element(ns + "version")?.Value.Trim()}".Trim()).Order(StringComparer.Ordinal).ToList() ?? [];
                answer.Print(string.Join('\n', listed), json => Strings(json, "schemas", listed));
            });
    }

    private static string[] Lines(RpcReply reply) => reply.Data is { } data ? XmlText.Of(data).TrimEnd('\n').Split('\n') : [];

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);

        json.WriteEndArray();
    }
}
