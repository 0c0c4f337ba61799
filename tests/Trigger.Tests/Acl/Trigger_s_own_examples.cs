using Trigger.Acl.Changing;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;
using Trigger.Cli.Acl;

namespace Trigger.Tests.Acl;

/// <summary>Inputs and outputs of the original's tools.</summary>
public sealed class Trigger_s_own_examples
{
    private const string Documented = "ip access-list extended abc123\n!\n!!! Permit this network\npermit tcp 10.17.18.0 0.0.0.31 any\n!\n!!! Default deny\ndeny ip any any\n";

    [Theory]
    [InlineData(Style.Ios, "no access-list 123\naccess-list 123 permit tcp any host 10.20.30.40 eq 80\n")]
    [InlineData(Style.IosNamed, "no ip access-list extended 123o\nip access-list extended 123o\n permit tcp any host 10.20.30.40 eq 80\n")]
    [InlineData(Style.IosXr, "no ipv4 access-list 123x\nipv4 access-list 123x\n 10 permit tcp any host 10.20.30.40 eq 80\n")]
    public void convert_a_numbered_list_as_aclconv_did(Style style, string expected) => Assert.Equal(expected, Converted("access-list 123 permit tcp any host 10.20.30.40 eq 80", style));

    [Fact]
    public void convert_to_Junos_as_aclconv_did() => Assert.Equal("""
        firewall {
        replace:
            filter 123j {
                term T1 {
                    from {
                        destination-address {
                            10.20.30.40/32;
                        }
                        protocol tcp;
                        destination-port 80;
                    }
                    then {
                        accept;
                        count T1;
                    }
                }
            }
        }

        """, Converted("access-list 123 permit tcp any host 10.20.30.40 eq 80", Style.Junos));

    [Fact]
    public void turn_deny_into_reject_as_aclconv_did() => Assert.Equal("""
        firewall {
        replace:
            filter 100j {
                term T1 {
                    then {
                        reject;
                        count T1;
                    }
                }
            }
        }

        """, Converted("access-list 100 deny ip any any", Style.Junos));

    [Fact]
    public void name_the_term_to_add_where_it_must_stand()
    {
        var (permitted, text) = Access(AddressSet.Any, "10.20.30.40", 6, 80);

        Assert.False(permitted);
        Assert.Equal("!\n!!! Permit this network\npermit tcp 10.17.18.0 0.0.0.31 any\n! check_access: ADD THIS TERM\npermit tcp any host 10.20.30.40 eq 80\n!\n!!! Default deny\ndeny ip any any\n", text);
    }

    [Fact]
    public void say_which_term_permits_and_that_no_edits_are_needed()
    {
        var (permitted, text) = Access(Host("10.17.18.19"), "10.20.30.40", 6, 80);

        Assert.True(permitted);
        Assert.Equal("!\n!!! Permit this network\n!  check_access: PERMITTED HERE\npermit tcp 10.17.18.0 0.0.0.31 any\n!\n!!! Default deny\ndeny ip any any\nNo edits needed.\n", text);
    }

    [Fact]
    public void leave_out_terms_that_do_not_meet_the_flow()
    {
        var (permitted, text) = Access(Host("10.17.18.19"), null, 17, null);

        Assert.False(permitted);
        Assert.Equal("! check_access: ADD THIS TERM\npermit udp host 10.17.18.19 any\n!\n!!! Default deny\ndeny ip any any\n", text);
    }

    [Fact]
    public void honour_a_term_made_discard_by_its_comment()
    {
        var filter = Assert.Single(FilterReader.Read("filter f { term md { /* trigger: make discard */ from { protocol tcp; } then accept; } }").Filters);
        var (permitted, text) = AccessReport.Of(filter, new Match { Protocols = ByteSet.Of(6) });

        Assert.False(permitted);
        Assert.Contains("discard; /* REALLY AN ACCEPT, MODIFIED BY 'make discard' ABOVE */", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("172.16.1.0/24", false, null, false, "abce")]
    [InlineData("172.16.1.0/24", true, null, false, "ab")]
    [InlineData("172.16.1.0/24", false, 443, false, "bce")]
    [InlineData("172.16.1.0/24", false, null, true, "ac")]
    public void find_the_terms_that_find_access_found(string network, bool needsSource, int? port, bool needsDestination, string expected)
    {
        var filter = Assert.Single(FilterReader.Read("""
            filter f {
                term a { from { source-address { 172.16.1.5/32; } destination-address { 20.0.0.1/32; } destination-port 80; } then accept; }
                term b { from { source-address { 172.16.0.0/16; } destination-port [ 80 443 ]; } then accept; }
                term c { from { destination-address { 20.0.0.1/32; } } then accept; }
                term d { from { source-address { 1.1.1.1/32; } } then accept; }
                term e { then discard; }
            }
            """).Filters);
        Assert.True(AddressText.TryPrefix(network, out var wanted));
        var search = new AccessSearch { Sources = [wanted], NeedsSource = needsSource, NeedsDestination = needsDestination, Ports = port is { } one ? RangeSet.Of(one) : null };

        Assert.Equal(expected, string.Concat(search.In(filter).Select(term => term.Name)));
    }

    [Fact]
    public void merge_what_the_optimizer_merged_and_prove_it()
    {
        var filter = Assert.Single(FilterReader.Read("""
            filter f {
                term a { from { source-address { 10.0.0.1/32; } destination-address { 10.9.9.9/32; } protocol tcp; destination-port 80; } then accept; }
                term b { from { source-address { 10.0.0.2/32; } destination-address { 10.9.9.9/32; } protocol tcp; destination-port 80; } then accept; }
                term c { from { source-address { 10.0.0.1/32; 10.0.0.2/32; } destination-address { 10.9.9.9/32; } protocol tcp; destination-port 443; } then { accept; count c; } }
                term d { from { protocol icmp; } then accept; }
                term e { then discard; }
            }
            """).Filters);
        var done = FilterOptimizer.Optimise(filter, dropIdle: false)!;

        Assert.Equal(ComparisonVerdict.Equivalent, done.Proof.Verdict);
        Assert.Equal(["c", "d", "e"], done.Filter.Terms.Select(term => term.Name!));
        Assert.Equal("80 443", done.Filter.Terms[0].Match.DestinationPorts!.ToString());
        Assert.Contains(done.Filter.Terms[0].Comments, comment => comment.Text.Contains("from b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("permit tcp any any neq 80", "permit tcp any any lt 80|permit tcp any any gt 80")]
    [InlineData("permit tcp any any le 1024", "permit tcp any any lt 1025")]
    [InlineData("permit tcp any any ge 1024", "permit tcp any any gt 1023")]
    [InlineData("permit tcp any any range 1 65535", "permit tcp any any gt 0")]
    [InlineData("permit tcp any any range 100 50", "")]
    [InlineData("permit tcp any any gt 1023 established log", "permit tcp any any gt 1023 established log")]
    [InlineData("permit 6 any any eq 80", "permit tcp any any eq 80")]
    [InlineData("permit udp any eq bootps any eq bootpc", "permit udp any eq 67 any eq 68")]
    [InlineData("permit icmp any any 3 4 log", "permit icmp any any packet-too-big log")]
    [InlineData("permit icmp any any 13 37", "permit icmp any any 13 37")]
    [InlineData("permit icmp 172.16.0.0 0.15.255.255 any 8", "permit icmp 172.16.0.0 0.15.255.255 any echo")]
    [InlineData("permit ip any 192.0.2.99 0.0.0.0", "permit ip any host 192.0.2.99")]
    [InlineData("permit ahp any any", "permit ahp any any")]
    public void spell_a_line_as_the_original_did_and_right_where_it_was_wrong(string line, string expected)
    {
        var filter = Assert.Single(FilterReader.Read($"ip access-list extended A\n {line}\n", Dialect.Ios).Filters);
        var anew = filter with { Terms = [.. filter.Terms.Select(term => term with { Spelling = default })] };

        Assert.Equal(expected.Length == 0 ? [] : expected.Split('|'), FilterWriter.Write(anew, Style.IosNamed).Text.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(one => one.Trim()));
    }

    private static string? Converted(string text, Style style)
    {
        var filter = Assert.Single(FilterReader.Read(text).Filters);
        return FilterConverter.Convert(filter, style, new WriteOptions { Name = OldTools.OldName(filter.Name!, style), Replace = true, WithFamily = false, CountTerms = style == Style.Junos }, wholePackets: true).Text;
    }

    private static (bool Permitted, string Text) Access(AddressSet source, string? destination, int protocol, int? port) => AccessReport.Of(
        Assert.Single(FilterReader.Read(Documented).Filters),
        new Match { Source = source, Destination = destination is null ? AddressSet.Any : Host(destination), Protocols = ByteSet.Of(protocol), DestinationPorts = port is { } one ? RangeSet.Of(one) : null });

    private static AddressSet Host(string address)
    {
        Assert.True(AddressText.TryPrefix(address, out var match));
        return new AddressSet(match);
    }
}
