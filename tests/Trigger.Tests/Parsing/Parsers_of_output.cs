using Trigger.Parsing;

namespace Trigger.Tests.Parsing;

public sealed class Parsers_of_output
{
    private static readonly ParsedTable Clock = new(["TIME"], [[new Cell.Text("12:00")]]);

    [Fact]
    public void written_in_CSharp_come_first_and_only_where_the_whole_command_fits()
    {
        var parsers = new OutputParsers().With("cisco_ios", "show clock(?: detail)?", _ => Clock).With("*", "uptime", _ => throw new FormatException("no uptime"));

        Assert.Same(Clock, Assert.IsType<Parsed.Table>(parsers.Parse("cisco_ios", "show clock detail", "x")).Rows);
        Assert.IsType<Parsed.Unknown>(parsers.Parse("cisco_ios", "show clocks", "x"));
        Assert.IsType<Parsed.Unknown>(parsers.Parse("arista_eos", "show clock", "x"));
        Assert.Equal("no uptime", Assert.IsType<Parsed.Refused>(parsers.Parse("linux", "uptime", "x")).Why);
    }

    [Theory]
    [InlineData(" {\"a\": [1]}\n", typeof(Parsed.Json))]
    [InlineData("[]", typeof(Parsed.Json))]
    [InlineData("<rpc-reply><a/></rpc-reply>\r\n", typeof(Parsed.Xml))]
    [InlineData("{master}\nsystem { host-name x; }", typeof(Parsed.Unknown))]
    [InlineData("<a><b></a>", typeof(Parsed.Unknown))]
    [InlineData("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", typeof(Parsed.Unknown))]
    [InlineData("", typeof(Parsed.Unknown))]
    [InlineData("plain", typeof(Parsed.Unknown))]
    public void take_a_document_that_a_device_speaks_by_itself(string output, Type kind) => Assert.IsType(kind, new OutputParsers().Parse("p", "c", output));

    [Fact]
    public void leave_documents_nested_beyond_reason_alone()
    {
        Assert.IsType<Parsed.Unknown>(new OutputParsers().Parse("p", "c", new string('[', 10_000) + new string(']', 10_000)));
        Assert.IsType<Parsed.Unknown>(new OutputParsers().Parse("p", "c", string.Concat(Enumerable.Repeat("<a>", 10_000)) + string.Concat(Enumerable.Repeat("</a>", 10_000))));
    }
}
