using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Tests.Acl;

/// <summary>
/// The engine beside an oracle that knows only the rules as they were drawn. TRIGGER_ACL_LISTS makes it long: with 30000 lists each pair of dialects sees more than a million packets.
/// </summary>
public sealed class Every_answer
{
    private static readonly int Lists = int.TryParse(Environment.GetEnvironmentVariable("TRIGGER_ACL_LISTS"), out var many) ? many : 60;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("TRIGGER_ACL_SEED"), out var seed) ? seed : Random.Shared.Next();

    [Fact]
    public void about_a_packet_is_the_one_of_the_plain_rules_in_every_dialect()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: i % 3 == 0);
            foreach (var dialect in DrawnList.Dialects)
            {
                if (!list.Suits(dialect))
                    continue;
                var filter = list.Read(dialect);
                var index = new PacketIndex(filter);
                for (var n = 0; n < 40; n++)
                {
                    var packet = list.Packet(random, whole: dialect is Dialect.Asa or Dialect.ScreenOs or Dialect.PanOs);
                    var expected = list.Permits(packet, dialect) ? Verdict.Permit : Verdict.Deny;
                    Assert.True(expected == LinearDecider.Decide(filter, packet).Verdict && expected == index.Decide(packet).Verdict,
                        $"seed {Seed + i}, {dialect}: {packet} should be {expected}; plainly {LinearDecider.Decide(filter, packet)}, by index {index.Decide(packet)}\n{list.Text(dialect)}");
                }
            }
        }
    }

    [Fact]
    public void about_two_filters_is_confirmed_by_packets_of_every_pair_of_dialects()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: i % 5 == 0);
            var other = i % 2 == 0 ? list.Changed(random) : list;
            foreach (var (left, right) in new[] { (Dialect.Ios, Dialect.Ios), (Dialect.Ios, Dialect.Junos), (Dialect.Junos, Dialect.NxOs), (Dialect.IosXr, Dialect.Dell) })
            {
                var (before, after) = (list.Read(left), other.Read(right));
                var comparison = FilterComparer.Compare(before, after);
                foreach (var difference in comparison.Differences)
                    Assert.True(difference.Certain && list.Permits(difference.Witness, left) != other.Permits(difference.Witness, right), $"seed {Seed + i}: {difference.Witness} is no witness");
                for (var n = 0; n < 60 && comparison.Verdict == ComparisonVerdict.Equivalent; n++)
                {
                    var packet = (n % 2 == 0 ? list : other).Packet(random, whole: false);
                    Assert.True(list.Permits(packet, left) == other.Permits(packet, right), $"seed {Seed + i}, {left} and {right} are said to be equivalent, but differ in {packet}\n{list.Text(left)}\n{other.Text(right)}");
                }
            }
        }
    }

    [Fact]
    public void about_one_list_in_any_two_dialects_is_confirmed_by_packets()
    {
        // A million packets for each of the hundred pairs when the lists are as many as a night allows.
        var packets = Lists >= 30_000 ? 4_000 : 60;
        var seen = new long[DrawnList.Dialects.Length * DrawnList.Dialects.Length];
        for (var i = 0; i < Lists; i++)
        {
            var pair = i % seen.Length;
            var (left, right) = (DrawnList.Dialects[pair / DrawnList.Dialects.Length], DrawnList.Dialects[pair % DrawnList.Dialects.Length]);
            var random = new Random(Seed + i);
            var list = DrawnList.DrawFor(random, wildcards: i % 3 == 0, left, right);
            var (one, other) = (list.Read(left), list.Read(right));
            var comparison = FilterComparer.Compare(one with { Family = list.Family }, other with { Family = list.Family }, wholePackets: true);
            foreach (var difference in comparison.Differences)
                Assert.True(list.Permits(difference.Witness, left) != list.Permits(difference.Witness, right), $"seed {Seed + i}, {left} and {right}: {difference.Witness} is no witness\n{list.Text(left)}");
            var (first, second) = (new PacketIndex(one), new PacketIndex(other));
            for (var n = 0; n < packets; n++)
            {
                var packet = list.Packet(random, whole: true);
                var (a, b) = (first.Decide(packet).Verdict == Verdict.Permit, second.Decide(packet).Verdict == Verdict.Permit);
                Assert.True(a == list.Permits(packet, left) && b == list.Permits(packet, right) && (a == b || comparison.Verdict == ComparisonVerdict.Different), $"seed {Seed + i}, {left} and {right}, {comparison.Verdict}: {packet}: {a}, {b}\n{list.Text(left)}\n{list.Text(right)}");
            }

            seen[pair] += packets;
        }

        Assert.True(Lists < 30_000 || seen.Min() >= 1_000_000, $"only {seen.Min()} packets for one of the pairs");
    }

    [Fact]
    public void about_two_versions_is_the_same_whether_terms_or_boxes_are_paired()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: i % 4 == 0);
            var dialect = DrawnList.Written[i % DrawnList.Written.Length];
            if (!list.Suits(dialect))
                continue;
            var (before, after) = (list.Read(dialect), Altered(list, random).Read(dialect));
            var family = before.Family == Family.Any ? list.Family : before.Family;
            var (byTerms, byBoxes) = (Differences(before, after, family, byTerms: true), Differences(before, after, family, byTerms: false));
            Assert.True((byTerms.Count == 0) == (byBoxes.Count == 0), $"seed {Seed + i}, {dialect}: {byTerms.Count} by terms, {byBoxes.Count} by boxes\n{list.Text(dialect)}");
            // Each finds where the two decide differently; each other's witnesses are among what it found, line by line.
            var pairs = byBoxes.Select(one => (one.Before.At.Line, one.After.At.Line)).ToHashSet();
            Assert.True(pairs.SetEquals(byTerms.Select(one => (one.Before.At.Line, one.After.At.Line))), $"seed {Seed + i}, {dialect}: {string.Join(' ', pairs)} by boxes, {string.Join(' ', byTerms.Select(one => (one.Before.At.Line, one.After.At.Line)))} by terms\n{list.Text(dialect)}");
        }
    }

    private static DrawnList Altered(DrawnList list, Random random)
    {
        for (var n = random.Next(3); n >= 0 && list.Rules.Count > 1; n--)
            list = list.Changed(random);
        return list;
    }

    private static List<FilterDifference> Differences(Filter before, Filter after, Family family, bool byTerms)
    {
        var found = new List<FilterDifference>();
        new ComparisonPass(before, after, family, wholePackets: false, most: 1000, Budget.Default, byTerms).Run(found);
        return found;
    }

    [Fact]
    public void about_idle_lines_is_right_and_all_of_them_can_go_at_once()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: i % 5 == 0);
            var filter = list.Read(i % 2 == 0 ? Dialect.Ios : Dialect.Junos);
            var findings = ShadowReport.Of(filter);
            var never = findings.Where(finding => finding.Kind is ShadowKind.Shadowed or ShadowKind.Redundant or ShadowKind.Unmatchable).Select(finding => finding.Term).ToHashSet<Term>(ReferenceEqualityComparer.Instance);
            for (var n = 0; n < 100; n++)
                Assert.False(never.Contains(LinearDecider.Decide(filter, list.Packet(random, whole: false)).Term!), $"seed {Seed + i}\n{list.Text(filter.Dialect)}");
            foreach (var finding in findings.Where(finding => finding.Witness is not null))
                Assert.Same(finding.DecidedBy, LinearDecider.Decide(filter, finding.Witness!.Value).Term);

            var gone = findings.Select(finding => finding.Term).ToHashSet<Term>(ReferenceEqualityComparer.Instance);
            var rest = filter with { Terms = [.. filter.Terms.Where(term => !gone.Contains(term))] };
            if (rest.Terms.Count > 0)
                Assert.True(FilterComparer.Compare(filter, rest).Verdict == ComparisonVerdict.Equivalent, $"seed {Seed + i}\n{list.Text(filter.Dialect)}");
        }
    }

    [Fact]
    public void about_a_conversion_is_confirmed_by_packets()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var from = DrawnList.Dialects[i % DrawnList.Dialects.Length];
            var list = DrawnList.DrawFor(random, wildcards: false, from);
            var filter = list.Read(from) with { Family = list.Read(Dialect.Ios).Family };
            foreach (var style in new[] { Style.IosNamed, Style.IosXr, Style.NxOs, Style.Asa, Style.Eos, Style.Dell, Style.Junos, Style.JunosSet })
            {
                var conversion = FilterConverter.Convert(filter, style);
                Assert.True(conversion.Proven && conversion.Text is not null, $"seed {Seed + i}: {from} to {style}: {string.Join("; ", conversion.Losses.Select(loss => loss.What))} {conversion.Proof?.Verdict} {string.Join("; ", conversion.Proof?.Differences.Take(1) ?? [])}\n{list.Text(from)}");
                for (var n = 0; n < 20; n++)
                {
                    var packet = list.Packet(random, whole: conversion.Proof!.WholePackets);
                    Assert.True(list.Permits(packet, from) == (LinearDecider.Decide(conversion.Result!, packet).Verdict == Verdict.Permit), $"seed {Seed + i}: {from} to {style}: {packet}\n{list.Text(from)}\n{conversion.Text}");
                }
            }
        }
    }

    [Fact]
    public void about_a_conversion_to_policies_between_zones_is_confirmed_by_packets()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var from = DrawnList.Dialects[i % DrawnList.Dialects.Length];
            var list = DrawnList.DrawFor(random, wildcards: false, from, Dialect.ScreenOs);
            var conversion = FilterConverter.Convert(list.Read(from), Style.ScreenOs);
            if (list.Rules.Any(rule => rule.IcmpType is not (null or 8)))
            {
                // A type is no service without its code, so a list of types becomes one of types and all 256 codes, or nothing.
                Assert.True(conversion.Text is null || conversion.Proven);
                continue;
            }

            Assert.True(conversion.Proven && conversion.Text is not null, $"seed {Seed + i}: {from}: {string.Join("; ", conversion.Losses.Select(loss => loss.What))} {conversion.Proof?.Verdict}\n{list.Text(from)}");
            for (var n = 0; n < 20; n++)
            {
                var packet = list.Packet(random, whole: true);
                Assert.True(list.Permits(packet, from) == (LinearDecider.Decide(conversion.Result!, packet).Verdict == Verdict.Permit), $"seed {Seed + i}: {from}: {packet}\n{list.Text(from)}\n{conversion.Text}");
            }
        }
    }

    [Fact]
    public void about_a_flow_that_is_permitted_in_its_place_leaves_the_rest_of_the_text_alone()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: false);
            var dialect = DrawnList.Written[i % DrawnList.Written.Length];
            if (!list.Suits(dialect))
                continue;
            var packet = list.Packet(random, whole: true);
            var (text, filter) = (list.Text(dialect), list.Read(dialect));
            var flow = new Match
            {
                Protocols = ByteSet.Of(packet.Protocol),
                Source = new AddressSet(AddressMatch.Host(packet.Family, packet.Source)),
                Destination = new AddressSet(AddressMatch.Host(packet.Family, packet.Destination)),
                DestinationPorts = packet.HasPorts ? RangeSet.Of(packet.DestinationPort) : null,
            };
            var edit = AccessEditor.Permit(text, filter, flow);
            Assert.True(edit.Text is not null, $"seed {Seed + i}, {dialect}, {packet}: {edit.Problem}\n{text}");
            var after = Assert.Single(FilterReader.Read(edit.Text, dialect).Filters);
            Assert.Equal(Verdict.Permit, LinearDecider.Decide(after, packet).Verdict);
            // What was there is still there, in its order.
            var at = 0;
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                at = edit.Text.IndexOf(line, at, StringComparison.Ordinal);
                Assert.True(at >= 0, $"seed {Seed + i}, {dialect}: {line} is gone\n{edit.Text}");
                at += line.Length;
            }
        }
    }

    [Fact]
    public void about_an_edit_plan_is_confirmed_state_by_state()
    {
        for (var i = 0; i < Lists; i++)
        {
            var random = new Random(Seed + i);
            var list = DrawnList.Draw(random, wildcards: false);
            var wanted = list.Changed(random).Changed(random);
            var dialect = i % 2 == 0 ? Dialect.Ios : Dialect.NxOs;
            if (wanted.Rules.Count == 0)
                continue;
            var plan = EditPlanner.Plan(list.Read(dialect), wanted.Read(dialect));
            foreach (var step in plan.Safe ? plan.Steps : [])
            {
                for (var n = 0; n < 30; n++)
                {
                    var packet = (n % 2 == 0 ? list : wanted).Packet(random, whole: false);
                    Assert.False(LinearDecider.Decide(step.State, packet).Verdict == Verdict.Permit && !list.Permits(packet, dialect) && !wanted.Permits(packet, dialect), $"seed {Seed + i}: {step.Command}: {packet}\n{list.Text(dialect)}\n{wanted.Text(dialect)}");
                }
            }
        }
    }
}
