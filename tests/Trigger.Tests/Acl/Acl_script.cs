using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Cli.Acl;

namespace Trigger.Tests.Acl;

/// <summary>The worked examples of Trigger's manual, and what it leaves open.</summary>
public sealed class Acl_script
{
    private const string Junos = "filter f {\n    term sr31337 {\n        from {\n            source-address {\n                10.0.0.0/8;\n                11.0.0.0/8;\n            }\n            destination-address {\n                192.168.0.1/32;\n            }\n            protocol tcp;\n            destination-port 80;\n        }\n        then {\n            accept;\n            count sr31337;\n        }\n    }\n    term other { then discard; }\n}\n";

    private const string Ios = "!!! I AM L33T\naccess-list 101 permit udp host 192.168.0.1 host 192.168.1.1 eq 80\naccess-list 101 permit ip host 192.168.0.5 host 192.168.1.10\naccess-list 101 permit tcp host 192.168.0.6 host 192.168.1.11 eq 22\n!!! I AM NOT L33T\naccess-list 101 deny ip any any\n";

    [Fact]
    public void adds_what_the_term_does_not_have_yet()
    {
        var change = new ScriptChange(Ask(["sr31337"], [], source: "5.5.5.5/32", port: 81), "2026-11-21");
        var edit = change.Of(Junos);

        Assert.Equal(Junos.Replace("                10.0.0.0/8;", "                5.5.5.5/32;\n                10.0.0.0/8;", StringComparison.Ordinal).Replace("destination-port 80;", "destination-port 80-81;", StringComparison.Ordinal), edit.Text);
        Assert.Equal([">>ADDING<< KEY:source-address VAL:5.5.5.5, TERM:sr31337", ">>ADDING<< KEY:destination-port VAL:81, TERM:sr31337"], change.Mods);
    }

    [Fact]
    public void puts_one_condition_in_the_place_of_another_and_leaves_the_rest()
    {
        var change = new ScriptChange(Ask(["sr31337"], [], source: "5.5.5.5", replace: true), "2026-11-21");

        Assert.Equal(Junos.Replace("                10.0.0.0/8;\n                11.0.0.0/8;", "                5.5.5.5/32;", StringComparison.Ordinal), change.Of(Junos).Text);
        Assert.Equal(3, change.Mods.Count);
    }

    [Fact]
    public void never_narrows_a_term_by_adding_to_it()
    {
        var change = new ScriptChange(Ask(["other"], [], source: "5.5.5.5"), "2026-11-21");

        Assert.Equal(Junos, change.Of(Junos).Text);
        Assert.Contains("asks for no source-address", Assert.Single(change.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void adds_between_comments_only_what_is_not_permitted_there_yet()
    {
        var edit = new ScriptChange(Between("I AM L33T", "I AM NOT L33T"), "2026-11-21").Of(Ios);

        Assert.Equal(Ios.Replace("!!! I AM NOT L33T", "! Added by acl_script on 2026-11-21\naccess-list 101 permit tcp host 192.168.0.5 host 192.168.1.11 eq 80\n!!! I AM NOT L33T", StringComparison.Ordinal), edit.Text);
    }

    [Fact]
    public void puts_lines_in_the_place_of_those_between_comments()
    {
        var edit = new ScriptChange(Between("I AM L33T", "I AM NOT L33T", replace: true), "2026-11-21").Of(Ios);

        Assert.Equal("!!! I AM L33T\naccess-list 101 permit tcp host 192.168.0.5 host 192.168.1.10 eq 80\naccess-list 101 permit tcp host 192.168.0.5 host 192.168.1.11 eq 80\n!!! I AM NOT L33T\naccess-list 101 deny ip any any\n", edit.Text);
    }

    [Fact]
    public void numbers_new_lines_between_their_neighbours()
    {
        const string text = "ip access-list extended E\n ! BEGIN\n 10 permit udp any any\n ! END\n 20 deny ip any any\n";
        var edit = new ScriptChange(Between("BEGIN", "END"), "2026-11-21").Of(text);

        Assert.Equal("ip access-list extended E\n ! BEGIN\n 10 permit udp any any\n ! Added by acl_script on 2026-11-21\n 13 permit tcp host 192.168.0.5 host 192.168.1.10 eq 80\n 16 permit tcp host 192.168.0.5 host 192.168.1.11 eq 80\n ! END\n 20 deny ip any any\n", edit.Text);
    }

    [Theory]
    [InlineData("NOWHERE", "I AM NOT L33T", "the comments 'NOWHERE' and 'I AM NOT L33T' are not found, in this order")]
    [InlineData("I AM NOT L33T", "I AM L33T", "the comments 'I AM NOT L33T' and 'I AM L33T' are not found, in this order")]
    public void says_what_it_does_not_find(string begin, string end, string expected) => Assert.Equal(expected, new ScriptChange(Between(begin, end), "2026-11-21").Of(Ios).Problem);

    [Fact]
    public void refuses_to_change_what_is_of_the_other_kind()
    {
        Assert.Equal("--modify-specific-term should only be used on junos like acls", new ScriptChange(Ask(["x"], [], source: "5.5.5.5"), "").Of(Ios).Problem);
        Assert.Equal("--modify-between-comments should only be used for ios like acls", new ScriptChange(Between("a", "b"), "").Of(Junos).Problem);
    }

    private static ScriptRequest Between(string begin, string end, bool replace = false) => Ask([], [(begin, end)], replace: replace) with
    {
        Values = new Match { Protocols = ByteSet.Of(6), Source = Addresses("192.168.0.5"), Destination = Addresses("192.168.1.10", "192.168.1.11"), DestinationPorts = RangeSet.Of(80) },
    };

    private static ScriptRequest Ask(string[] terms, (string, string)[] between, string? source = null, int? port = null, bool replace = false) =>
        new([], new Match { Source = source is null ? AddressSet.Any : Addresses(source), DestinationPorts = port is { } one ? RangeSet.Of(one) : null }, terms, between, null, replace, DryRun: false, ShowMods: true, Worklog: true, Asks: false);

    private static AddressSet Addresses(params string[] texts) => new([.. texts.Select(text => AddressText.TryPrefix(text, out var match) ? match : throw new ArgumentException(text))]);
}
