using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_mistake_in_a_configuration
{
    [Theory]
    [InlineData("a = 1\nb {", "x.conf:2:3: the { that opens here is never closed")]
    [InlineData("a = [1,\n2", "x.conf:1:5: the [ that opens here is never closed")]
    [InlineData("\na = \"open\n", "x.conf:2:5: a quote that opens here is not closed")]
    [InlineData("a = \"\"\"open\n\n", "x.conf:1:5: the text that begins with \"\"\"")]
    [InlineData("a", "x.conf:1:1: the key 'a' has no value")]
    [InlineData("a =\n", "x.conf:2:1: a value is missing")]
    [InlineData("a = 1 }", "x.conf:1:7: a key is expected here, not '}'")]
    [InlineData("{ a = 1 } b", "x.conf:1:11: 'b' stands after the end")]
    [InlineData("a = [1,,2]", "x.conf:1:8: two commas")]
    [InlineData("a = x*y", "x.conf:1:6: '*' has a meaning")]
    [InlineData("a = \"\\q\"", "x.conf:1:8: \\q is not an escape")]
    [InlineData("a = \"\\u00g1\"", "x.conf:1:12: \\u wants four")]
    [InlineData("a = ${b", "x.conf:1:5: a substitution is written")]
    [InlineData("[1]", "x.conf:1:1: a configuration begins with keys")]
    [InlineData("include \"other.conf\"", "x.conf:1:8: \"other.conf\" cannot be included: this text was given without a folder")]
    [InlineData("include = 1", "x.conf:1:8: include is followed by a name in quotes")]
    [InlineData("a..b = 1", "x.conf:1:3: a dot in a key stands between two names")]
    [InlineData("a = abc [1]", "x.conf:1:9: a value and a list cannot be written one after another")]
    public void is_named_with_its_place_when_the_text_is_read(string text, string beginning) =>
        Assert.StartsWith(beginning, Assert.Throws<ConfigException>(() => Config.Parse(text, "x.conf")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a = ${b}", "x.conf:1:5: ${b} leads nowhere")]
    [InlineData("\na = ${b}\nb = ${c}\nc = ${a}", "x.conf:2:5: this value needs itself")]
    [InlineData("a = ${a}", "x.conf:1:5: this value needs itself")]
    [InlineData("a = [1] ${b}, b = { c = 2 }", "x.conf:1:19: a list and an object cannot be written one after another")]
    [InlineData("a = 1, a += 2", "x.conf:1:13: a value and a list cannot be written one after another")]
    [InlineData("a = { b = ${a} }", "x.conf:1:11: this value contains itself")]
    public void is_named_with_its_place_when_substitutions_are_followed(string text, string beginning)
    {
        var config = Config.Parse(text, "x.conf");
        Assert.StartsWith(beginning, Assert.Throws<ConfigException>(config.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_told_with_what_would_be_right()
    {
        var config = Config.Parse("settle = abc\nlist = x\npart = 1\nnothing = null\nover = 99999999999", "p.conf");

        Assert.Equal("p.conf:1:10: settle is \"abc\", which is not a duration, such as 250ms, 15s or 5m.", Message(() => config.GetDuration("settle")));
        Assert.Equal("p.conf:2:8: list is a value, not a list. Write it in brackets: [ … ].", Message(() => config.GetStringList("list")));
        Assert.Equal("p.conf:3:8: part is a value, not an object. Write it in braces: { … }.", Message(() => config.GetConfig("part")));
        Assert.Equal("p.conf:4:11: nothing is null, but a value is needed.", Message(() => config.GetString("nothing")));
        Assert.Equal("p.conf:1:1: gone is missing here.", Message(() => config.GetString("gone")));
        Assert.Equal("p.conf:5:8: over is \"99999999999\", which is not a whole number, such as 42.", Message(() => config.GetInt("over")));
    }

    [Fact]
    public void does_not_hide_the_next_mistake()
    {
        const string text = "a = x*y\nb = [1,,2]\nc {\n  d = \"\\q\"\n  e = 1\n}\nf = [\n  1\n  ?\n  2\n]\ng = 1 }\nh = 1";

        var mistakes = Assert.Throws<ConfigException>(() => Config.Parse(text, "x.conf")).Mistakes;

        Assert.Equal(["x.conf:1:6", "x.conf:2:8", "x.conf:4:10", "x.conf:9:3", "x.conf:12:7"], mistakes.Select(mistake => mistake.Origin.ToString()));
    }

    [Fact]
    public void does_not_hide_the_next_mistake_when_substitutions_are_followed()
    {
        var config = Config.Parse("a = ${x}\nb { c = ${y}, d = [1, ${z}] }\ne = 1 ${?w}", "x.conf");

        var mistakes = Assert.Throws<ConfigException>(config.Check).Mistakes;

        Assert.Equal(["x.conf:1:5", "x.conf:2:9", "x.conf:2:23"], mistakes.Select(mistake => mistake.Origin.ToString()));
    }

    [Fact]
    public void is_told_twenty_times_at_most()
    {
        var text = string.Concat(Enumerable.Repeat("a = *\n", 1000));
        Assert.Equal(20, Assert.Throws<ConfigException>(() => Config.Parse(text, "x.conf")).Mistakes.Count);
    }

    private static string Message(Func<object?> get) => Assert.Throws<ConfigException>(() => { get(); }).Message;
}
