using System.Text.Json;
using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Telling;

/// <summary>Answers about filters as the fields of JSON objects: the same from the command line and from a node. Fields are only added between versions.</summary>
public static class AclJson
{
    /// <summary>What <c>check</c> answers.</summary>
    public static void Check(Utf8JsonWriter to, Filter filter, FlowAnswer answer)
    {
        to.WriteString("filter", filter.Name);
        to.WriteString("verdict", answer.Verdict.ToString().ToLowerInvariant());
        to.WriteStartArray("parts");
        foreach (var part in answer.Parts)
        {
            to.WriteStartObject();
            Write(to, "term", part.Term);
            Write(to, "witness", part.Witness);
            to.WriteBoolean("certain", part.Certain);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>A filter as <c>parse</c> understands it.</summary>
    public static void Parsed(Utf8JsonWriter to, string? path, Filter filter)
    {
        File(to, path);
        to.WriteString("filter", filter.Name);
        to.WriteString("dialect", Dialects.Word(filter.Dialect));
        to.WriteString("family", filter.Family.ToString().ToLowerInvariant());
        to.WriteStartArray("terms");
        foreach (var term in filter.Terms)
        {
            to.WriteStartObject();
            Fields(to, term);
            if (term.Unknown.Count > 0)
            {
                to.WriteStartArray("notUnderstood");
                foreach (var unknown in term.Unknown)
                    to.WriteStringValue(unknown);
                to.WriteEndArray();
            }

            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>What <c>parse</c> says about a line.</summary>
    public static void Said(Utf8JsonWriter to, string? path, Diagnostic said)
    {
        File(to, path);
        to.WriteNumber("line", said.At.Line);
        to.WriteNumber("column", said.At.Column);
        to.WriteString("severity", said.Severity.ToString().ToLowerInvariant());
        to.WriteString("message", said.Message);
    }

    /// <summary>A line that <c>shadow</c> finds.</summary>
    public static void Shadow(Utf8JsonWriter to, string? path, Filter filter, ShadowFinding finding)
    {
        File(to, path);
        to.WriteString("filter", filter.Name);
        to.WriteString("kind", Word(finding.Kind));
        Write(to, "term", finding.Term);
        to.WriteStartArray("because");
        foreach (var by in finding.Because)
        {
            to.WriteStartObject();
            Fields(to, by);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        if (finding.Witness is { } witness)
            Write(to, "witness", witness);
        if (finding.Remaining is { } remaining)
            to.WriteString("remaining", remaining);
    }

    /// <summary>A filter that <c>convert</c> has written, or not.</summary>
    public static void Converted(Utf8JsonWriter to, Filter filter, Conversion conversion, bool refused)
    {
        to.WriteString("filter", filter.Name);
        to.WriteBoolean("proven", conversion.Proven);
        to.WriteString("outcome", Outcome(conversion));
        to.WriteString("text", refused ? null : conversion.Text);
        to.WriteStartArray("losses");
        foreach (var loss in conversion.Losses)
        {
            to.WriteStartObject();
            to.WriteString("kind", loss.Kind == LossKind.Impossible ? "impossible" : "dropped");
            to.WriteNumber("line", loss.At.Line);
            to.WriteString("what", loss.What);
            to.WriteEndObject();
        }

        to.WriteEndArray();
        Differences(to, conversion.Proof?.Differences ?? []);
    }

    /// <summary>What <c>diff</c> and <c>equal</c> answer.</summary>
    public static void Compared(Utf8JsonWriter to, Comparison comparison)
    {
        to.WriteString("verdict", comparison.Verdict.ToString().ToLowerInvariant());
        to.WriteBoolean("wholePackets", comparison.WholePackets);
        if (comparison.Remaining is { } remaining)
            to.WriteString("remaining", remaining);
        Differences(to, comparison.Differences);
    }

    private static void Differences(Utf8JsonWriter to, IReadOnlyList<FilterDifference> differences)
    {
        to.WriteStartArray("differences");
        foreach (var difference in differences)
        {
            to.WriteStartObject();
            to.WriteString("effect", difference.Widens ? "widens" : "narrows");
            to.WriteBoolean("certain", difference.Certain);
            to.WriteString("region", difference.Region);
            Write(to, "witness", difference.Witness);
            Write(to, "before", difference.Before);
            Write(to, "after", difference.After);
            to.WriteEndObject();
        }

        to.WriteEndArray();
    }

    /// <summary>A term that <c>find</c> has found.</summary>
    public static void Found(Utf8JsonWriter to, string? path, Filter filter, Term term)
    {
        File(to, path);
        to.WriteString("filter", filter.Name);
        Fields(to, term);
    }

    /// <summary>What <c>optimize</c> answers.</summary>
    public static void Optimised(Utf8JsonWriter to, string? path, Filter filter, Filter result, string? written, IReadOnlyList<string> steps)
    {
        File(to, path);
        to.WriteNumber("before", filter.Terms.Count);
        to.WriteNumber("after", result.Terms.Count);
        to.WriteString("text", written);
        to.WriteStartArray("steps");
        foreach (var step in steps)
            to.WriteStringValue(step);
        to.WriteEndArray();
    }

    /// <summary>What is the matter with a line, in a word.</summary>
    public static string Word(ShadowKind kind) => kind switch
    {
        ShadowKind.Unmatchable => "unmatchable",
        ShadowKind.Shadowed => "shadowed",
        ShadowKind.Redundant => "redundant",
        ShadowKind.Unneeded => "unneeded",
        _ => "undecided",
    };

    /// <summary>What became of a conversion, in words.</summary>
    public static string Outcome(Conversion conversion) => (conversion.Text, conversion.Proof) switch
    {
        (null, null) => "refused, because it cannot be said",
        (null, { Verdict: ComparisonVerdict.Different } proof) => $"refused, because the result would {(proof.Differences.Any(one => one.Widens) ? "permit more" : "permit less")}",
        (null, _) => "refused, because it could not be shown to decide the same",
        (_, { Verdict: ComparisonVerdict.Equivalent, WholePackets: true }) => "shown to decide every whole packet the same (fragments without ports are not compared)",
        (_, { Verdict: ComparisonVerdict.Equivalent }) => "shown to decide every packet the same",
        _ => "WRITTEN ALTHOUGH IT DECIDES DIFFERENTLY (--lossy)",
    };


    internal static void Write(Utf8JsonWriter to, string name, Term? term)
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

    /// <summary>A term, as it stands in every answer.</summary>
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

    internal static void Write(Utf8JsonWriter to, string name, in Packet packet)
    {
        to.WriteStartObject(name);
        to.WriteString("text", packet.ToString());
        to.WriteString("family", packet.Family == Family.Inet6 ? "inet6" : "inet");
        to.WriteString("source", AddressText.Of(packet.Family, packet.Source));
        to.WriteString("destination", AddressText.Of(packet.Family, packet.Destination));
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

    private static void File(Utf8JsonWriter to, string? path)
    {
        if (path is not null)
            to.WriteString("file", path);
    }
}
