using System.Text;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;

namespace Trigger.Tests.Acl;

public sealed class No_text
{
    private static readonly string[] Words =
    [
        "permit", "deny", "remark", "tcp", "udp", "icmp", "ip", "any", "host", "10.0.0.1", "0.0.0.255", "10.0.0.0/8", "eq", "range", "80", "www", "established", "log", "fragments", "access-list", "100", "ip access-list extended A",
        "object-group network G", "group-object G", "network-object host 1.1.1.1", "object-group G", "ipv6 access-list S", "2001:db8::/32", "!", "\n", "\n ", "\r\n", "firewall {", "family inet {", "filter f {", "term t {", "from {", "then accept;", "}", "{", ";", "[", "]", "\"", "/*", "*/",
        "source-address", "10.0.0.0/8 except;", "protocol [ tcp udp ];", "port 1-5;", "tcp-flags \"(syn & !ack)\";", "apply-groups g;", "groups {", "set firewall family inet filter f term t from protocol tcp", "set firewall filter f term t then discard", "deactivate firewall filter f", "insert firewall filter f term t before term u",
        "set rulebase security rules r source any", "set policy id 1 from Trust to Untrust a b c permit", "set address Trust a 10.0.0.0/8", "seq 5 permit ip any any", "match-all +syn -ack", "ttl eq 5", "dscp ef", "4294967296", "-1", "\u0000", "\ud800", "ß",
    ];

    [Fact]
    public void makes_the_reader_throw_or_hang()
    {
        var seed = Random.Shared.Next();
        for (var i = 0; i < 1500; i++)
        {
            var random = new Random(seed + i);
            var text = new StringBuilder();
            for (var n = random.Next(40); n > 0; n--)
                text.Append(random.Next(8) == 0 ? new string([.. Enumerable.Range(0, random.Next(6)).Select(_ => (char)random.Next(1, 300))]) : Words[random.Next(Words.Length)]).Append(random.Next(4) == 0 ? "\n" : " ");
            foreach (var dialect in Enum.GetValues<Dialect>().Select(one => (Dialect?)one).Append(null))
            {
                var surprise = Record.Exception(() => FilterReader.Read(text.ToString(), dialect));
                Assert.True(surprise is null, $"seed {seed + i}, {dialect}: {surprise}\n{text}");
            }
        }
    }

    [Fact]
    public void nested_too_deep_or_too_long_is_read_to_the_end_of_memory()
    {
        var deep = FilterReader.Read("firewall {" + string.Concat(Enumerable.Repeat("a {", 100_000)), Dialect.Junos);
        var wide = FilterReader.Read(new string('x', 2000), limits: new ReadLimits { Characters = 1000 });

        Assert.Contains(deep.Diagnostics, said => said.Message.Contains("nested more than 64 deep", StringComparison.Ordinal));
        Assert.Contains(wide.Diagnostics, said => said.Message.Contains("more than 1000 characters", StringComparison.Ordinal));
    }
}
