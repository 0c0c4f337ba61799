using System.Text.Json;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;

namespace Trigger.Cli.Acl;

/// <summary>Terms and packets as text and as JSON.</summary>
internal static class AclText
{
    /// <summary><c>line 12: permit tcp any any eq 80</c></summary>
    public static string Line(Term term) => term.Implicit ? term.ToString() : $"line {term.At.Line}: {term}";

    /// <summary><c>1 line</c>, <c>2 lines</c></summary>
    public static string Count(int count, string word) => $"{count} {word}{(count == 1 ? "" : "s")}";

    public static void Json(Utf8JsonWriter to, string name, Term? term)
    {
        if (term is null)
        {
            to.WriteNull(name);
            return;
        }

        to.WriteStartObject(name);
        Fields(to, term);
        to.WriteEndObject();
    }

    public static void Fields(Utf8JsonWriter to, Term term)
    {
        if (!term.Implicit)
            to.WriteNumber("line", term.At.Line);
        if (term.Name is not null)
            to.WriteString("name", term.Name);
        if (term.Sequence is { } sequence)
            to.WriteNumber("sequence", sequence);
        to.WriteString("action", term.Action.ToString());
        to.WriteString("text", term.ToString());
        to.WriteBoolean("implicit", term.Implicit);
    }

    public static void Json(Utf8JsonWriter to, string name, in Packet packet)
    {
        to.WriteStartObject(name);
        to.WriteString("text", packet.ToString());
        to.WriteString("family", packet.Family == Trigger.Acl.Values.Family.Inet6 ? "inet6" : "inet");
        to.WriteString("source", Trigger.Acl.Values.AddressText.Of(packet.Family, packet.Source));
        to.WriteString("destination", Trigger.Acl.Values.AddressText.Of(packet.Family, packet.Destination));
        to.WriteNumber("protocol", packet.Protocol);
        if (packet.HasPorts)
        {
            to.WriteNumber("sourcePort", packet.SourcePort);
            to.WriteNumber("destinationPort", packet.DestinationPort);
        }

        if (packet.HasFlags)
            to.WriteNumber("tcpFlags", packet.TcpFlags);
        if (packet.HasIcmp)
        {
            to.WriteNumber("icmpType", packet.IcmpType);
            to.WriteNumber("icmpCode", packet.IcmpCode);
        }

        if (packet.FragmentOffset > 0)
            to.WriteNumber("fragmentOffset", packet.FragmentOffset);
        to.WriteEndObject();
    }

    public static void Object(Action<Utf8JsonWriter> fields)
    {
        using var output = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            fields(to);
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
