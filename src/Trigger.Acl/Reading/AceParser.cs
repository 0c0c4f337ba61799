using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>
/// Reads one line of Cisco's kind, from its action on. What the dialects do not share is asked of <see cref="AceRules"/>;
/// what is not understood is kept in <see cref="Term.Unknown"/>.
/// </summary>
internal sealed class AceParser(AceRules rules, GroupTable groups, DiagnosticList said)
{
    private readonly AceAddresses addresses = new(rules, groups);
    private readonly AcePorts ports = new(rules, groups);

    /// <summary>The term, or null after a mistake was told about a line of which not even the action is known. A line that cannot be read behind its action may match anything.</summary>
    /// <param name="words">Standing before the action.</param>
    public Term? Parse(ref Words words, AceContext context, int? sequence, IReadOnlyList<Comment> comments)
    {
        var line = new AceLine(context);
        var mistake = Read(ref words, line);
        if (mistake is not null)
        {
            var at = new Position(context.Line, context.Column + mistake.Column);
            if (line.Read is false)
            {
                said.Error(at, mistake.Message);
                return null;
            }

            said.Kept(at, mistake.Message);
            return line.Unread(words.Line).ToTerm(sequence, comments);
        }

        foreach (var unknown in line.NotUnderstood)
        {
            // A group that is not there has been told where it is named.
            var at = new Position(context.Line, context.Column + Place(words.Line, line.ActionAt, unknown));
            if (!said.HasJustTold(at))
                said.Warn(at, $"'{unknown}' is not understood: answers that depend on this line are unknown");
        }

        return line.ToTerm(sequence, comments);
    }

    // Of a group its name is what the line has.
    private static int Place(ReadOnlySpan<char> line, int action, string unknown)
    {
        var meant = unknown.StartsWith("group ", StringComparison.Ordinal) ? unknown.AsSpan(6) : unknown;
        var at = line[action..].IndexOf(meant, StringComparison.Ordinal);
        return action + Math.Max(at, 0);
    }

    private LineMistake? Read(ref Words words, AceLine line)
    {
        var action = words.Take();
        line.ActionAt = words.At;
        switch (action)
        {
            case "permit":
                line.Action = TermAction.Permit;
                break;
            case "deny":
                line.Action = TermAction.Deny;
                break;
            case "evaluate" or "dynamic":
                return Stateful(ref words, line, action);
            default:
                return new LineMistake(words.At, $"expected permit, deny or remark, got '{Short(action)}'");
        }

        line.Read = true;

        if (words.Peek() is "dynamic")
        {
            words.Take();
            line.Unknown.Add($"dynamic {words.Take()}");
        }

        return line.Context.Standard ? Standard(ref words, line) : Extended(ref words, line);
    }

    private static LineMistake? Stateful(ref Words words, AceLine line, ReadOnlySpan<char> kind)
    {
        line.Action = TermAction.Permit;
        line.Unknown.Add($"{kind} {words.Rest()}");
        return null;
    }

    private LineMistake? Standard(ref Words words, AceLine line)
    {
        if (addresses.Read(ref words, line, lone: true) is not { } source)
            return line.Mistake;
        line.Source = source;
        return AceOptions.Read(ref words, line);
    }

    private LineMistake? Extended(ref Words words, AceLine line)
    {
        if (ReadProtocol(ref words, line) is { } wrong)
            return wrong;
        if (addresses.Read(ref words, line, lone: false) is not { } source)
            return line.Mistake;
        line.Source = source;
        if (!ports.Read(ref words, line, out var sourcePorts))
            return line.Mistake;
        line.SourcePorts = sourcePorts;
        if (addresses.Read(ref words, line, lone: false) is not { } destination)
            return line.Mistake;
        line.Destination = destination;
        if (!ports.Read(ref words, line, out var destinationPorts))
            return line.Mistake;
        line.DestinationPorts = destinationPorts;
        return AceOptions.Read(ref words, line);
    }

    private LineMistake? ReadProtocol(ref Words words, AceLine line)
    {
        var word = words.Take();
        switch (word)
        {
            case "tcp":
                line.Protocols = ByteSet.Of(6);
                return null;
            case "udp":
                line.Protocols = ByteSet.Of(17);
                return null;
            case "ip" or "ipv4" or "ipv6" or "any" when word is not "ipv6" || line.Context.Family != Family.Inet:
                return null;
            case "icmp" when line.Context.Family == Family.Inet6:
                line.Protocols = ByteSet.Of(58);
                return null;
            case "object-group" or "object":
                return ServiceGroup(ref words, line);
            case "vlan":
                line.Unknown.Add($"vlan {words.Take()} {words.Take()}");
                return ReadProtocol(ref words, line);
            case "":
                return new LineMistake(words.At, "expected a protocol, the line ends");
        }

        if (int.TryParse(word, System.Globalization.NumberStyles.None, null, out var number))
        {
            if (number > 255)
                return new LineMistake(words.At, $"protocol {number} is out of range; protocols are 0 to 255");
        }
        else if (!Names.Protocols.TryNumber(word, out number))
        {
            return new LineMistake(words.At, $"expected a protocol, got '{Short(word)}'");
        }

        line.Protocols = ByteSet.Of(number);
        return null;
    }

    private LineMistake? ServiceGroup(ref Words words, AceLine line)
    {
        var name = words.Take().ToString();
        if (name.Length == 0)
            return new LineMistake(words.At, "expected a group's name, the line ends");
        var (services, unknown) = groups.Services(name, new Position(line.Context.Line, line.Context.Column + words.At));
        line.Services = services;
        line.Unknown.AddRange(unknown);
        return null;
    }

    internal static string Short(ReadOnlySpan<char> word) => word.Length > 40 ? $"{word[..40]}…" : word.ToString();
}
