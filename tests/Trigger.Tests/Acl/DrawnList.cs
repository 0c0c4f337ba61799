using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;

namespace Trigger.Tests.Acl;

/// <summary>A list of drawn rules, its texts, and packets at the edges of what it says.</summary>
internal sealed class DrawnList(IReadOnlyList<DrawnRule> rules, bool inet6)
{
    public static readonly Dialect[] Dialects = Enum.GetValues<Dialect>();

    /// <summary>Those that are written too.</summary>
    public static readonly Dialect[] Written = [Dialect.Ios, Dialect.IosXr, Dialect.NxOs, Dialect.Asa, Dialect.Eos, Dialect.Brocade, Dialect.Dell, Dialect.Junos];

    public IReadOnlyList<DrawnRule> Rules => rules;

    public Family Family => inet6 ? Family.Inet6 : Family.Inet;

    public static DrawnList Draw(Random random, bool wildcards)
    {
        var inet6 = random.Next(4) == 0;
        return new DrawnList([.. Enumerable.Range(0, random.Next(2, 14)).Select(_ => DrawnRule.Draw(random, inet6, wildcards).Plain())], inet6);
    }

    /// <summary>A list that both dialects can say.</summary>
    public static DrawnList DrawFor(Random random, bool wildcards, params Dialect[] dialects)
    {
        while (true)
        {
            var list = Draw(random, wildcards && !dialects.Any(Reassembles));
            list = new DrawnList([.. list.Rules.Where(rule => dialects.All(dialect => Says(rule, dialect)))], list.Family == Family.Inet6);
            if (list.Rules.Count > 0)
                return list;
        }
    }

    /// <summary>Whether the dialect can say all of it.</summary>
    public bool Suits(Dialect dialect) => rules.All(rule => Says(rule, dialect));

    private static bool Reassembles(Dialect dialect) => dialect is Dialect.Asa or Dialect.ScreenOs or Dialect.PanOs;

    private static bool Says(DrawnRule rule, Dialect dialect) =>
        !Reassembles(dialect) || (rule.Source.Wild == 0 && rule.Destination.Wild == 0 && !rule.Fragments
            && (dialect == Dialect.Asa || !rule.Established)
            && (dialect != Dialect.PanOs || rule.Protocol is -1 or 6 or 17));

    public DrawnList Changed(Random random)
    {
        var changed = rules.ToList();
        var at = random.Next(changed.Count);
        switch (random.Next(3))
        {
            case 0:
                changed[at] = DrawnRule.Draw(random, inet6, wildcards: false).Plain();
                break;
            case 1:
                changed.RemoveAt(at);
                break;
            default:
                changed.Insert(random.Next(changed.Count), changed[at]);
                break;
        }

        return new DrawnList(changed, inet6);
    }

    public string Text(Dialect dialect) => dialect switch
    {
        Dialect.Junos => $"firewall {{ family {(inet6 ? "inet6" : "inet")} {{ filter F {{\n{string.Join('\n', rules.Select((rule, i) => rule.Junos(i, inet6)))}\n}} }} }}",
        Dialect.ScreenOs => string.Concat(rules.Select((rule, i) => rule.ScreenOs(i))),
        Dialect.PanOs => string.Concat(rules.Select((rule, i) => rule.PanOs(i))),
        Dialect.Asa => string.Concat(rules.Select(rule => $"access-list F extended {rule.Cisco(dialect, inet6)}\n")),
        _ => $"{(inet6 ? "ipv6" : dialect == Dialect.IosXr ? "ipv4" : "ip")} access-list {(dialect is Dialect.Ios or Dialect.Brocade or Dialect.Dell && !inet6 ? "extended " : "")}F\n" + string.Concat(rules.Select(rule => $" {rule.Cisco(dialect, inet6)}\n")),
    };

    public Filter Read(Dialect dialect)
    {
        var read = FilterReader.Read(Text(dialect), dialect);
        Assert.DoesNotContain(read.Diagnostics, said => said.Severity != Severity.Note);
        return rules.Count == 0 && read.Filters.Count == 0 ? new Filter { Dialect = dialect, Family = inet6 ? Family.Inet6 : Family.Inet, Terms = [] } : Assert.Single(read.Filters);
    }

    /// <summary>What the list does by itself, with what each kind of device adds behind it.</summary>
    public bool Permits(in Packet packet, Dialect dialect)
    {
        var fragments = Trigger.Acl.Model.Dialects.FragmentRule(dialect);
        foreach (var rule in rules)
        {
            if (rule.Matches(packet, fragments))
                return rule.Permit;
        }

        if (rules.Count == 0 && dialect is Dialect.Ios or Dialect.Dell or Dialect.Brocade)
            return true;
        if (dialect == Dialect.Dell && !inet6)
            return packet.FragmentOffset > 0 && packet.Protocol is 6 or 17;
        if (!inet6 || dialect is Dialect.Junos or Dialect.Asa or Dialect.Dell or Dialect.ScreenOs or Dialect.PanOs)
            return false;
        // Neighbour discovery; a fragment of it is permitted as any permit of Cisco's kind permits it.
        return packet.Protocol == 58 && (packet.FragmentOffset > 0 || packet.IcmpType is 135 or 136 || (dialect == Dialect.NxOs && packet.IcmpType is 133 or 134));
    }

    public Packet Packet(Random random, bool whole)
    {
        var nets = rules.SelectMany(rule => new[] { rule.Source, rule.Destination }).SelectMany(net => net.Edges()).DefaultIfEmpty().ToArray();
        var rule = rules.Count > 0 ? rules[random.Next(rules.Count)] : null;
        var offset = whole || random.Next(5) > 0 ? 0 : random.Next(1, 3);
        var protocol = rule is { Protocol: >= 0 } && random.Next(4) > 0 ? rule.Protocol : (int[])[6, 17, 1, 58, 47, 89] is var some ? some[random.Next(some.Length)] : 0;
        var packet = new Packet
        {
            Family = inet6 ? Family.Inet6 : Family.Inet,
            Source = rule is not null && random.Next(2) == 0 ? rule.Source.Edges().First() : nets[random.Next(nets.Length)],
            Destination = rule is not null && random.Next(2) == 0 ? rule.Destination.Edges().First() : nets[random.Next(nets.Length)],
            Protocol = protocol,
            FragmentOffset = offset,
            SourcePort = random.Next(5) == 0 ? 65535 : random.Next(32),
            DestinationPort = random.Next(5) == 0 ? 65535 : random.Next(32),
            TcpFlags = (int[])[2, 16, 4, 0, 18, 1] is var flags ? flags[random.Next(flags.Length)] : 0,
            IcmpType = (protocol == 58 ? 128 : 0) + random.Next(10),
        };
        return packet with
        {
            SourcePort = packet.HasPorts ? packet.SourcePort : 0,
            DestinationPort = packet.HasPorts ? packet.DestinationPort : 0,
            TcpFlags = packet.HasFlags ? packet.TcpFlags : 0,
            IcmpType = packet.HasIcmp ? packet.IcmpType : 0,
        };
    }
}
