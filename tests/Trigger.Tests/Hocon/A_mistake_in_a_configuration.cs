using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_mistake_in_a_configuration
{
    [Theory]
    [InlineData("a = 1\nb {", "x.conf:2: the { that opens here is never closed")]
    [InlineData("a = [1,\n2", "x.conf:1: the [ that opens here is never closed")]
    [InlineData("\na = \"open\n", "x.conf:2: a quote that opens here is not closed")]
    [InlineData("a = \"\"\"open\n\n", "x.conf:1: the text that begins with \"\"\"")]
    [InlineData("a", "x.conf:1: the key 'a' has no value")]
    [InlineData("a =\n", "x.conf:2: a value is missing")]
    [InlineData("a = 1 }", "x.conf:1: a key is expected here, not '}'")]
    [InlineData("{ a = 1 } b", "x.conf:1: 'b' stands after the end")]
    [InlineData("a = [1,,2]", "x.conf:1: two commas")]
    [InlineData("a = x*y", "x.conf:1: '*' has a meaning")]
    [InlineData("a = \"\\q\"", "x.conf:1: \\q is not an escape")]
    [InlineData("a = \"\\u00g1\"", "x.conf:1: \\u wants four")]
    [InlineData("a = ${b", "x.conf:1: a substitution is written")]
    [InlineData("[1]", "x.conf:1: a configuration begins with keys")]
    [InlineData("include \"other.conf\"", "x.conf:1: include is not supported")]
    public void is_named_with_its_place_when_the_text_is_read(string text, string beginning) =>
        Assert.StartsWith(beginning, Assert.Throws<ConfigException>(() => Config.Parse(text, "x.conf")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a = ${b}", "x.conf:1: ${b} leads nowhere")]
    [InlineData("\na = ${b}\nb = ${c}\nc = ${a}", "x.conf:2: this value needs itself")]
    [InlineData("a = ${a}", "x.conf:1: this value needs itself")]
    [InlineData("a = [1] { b = 2 }", "x.conf:1: a list and an object cannot be written one after another")]
    [InlineData("a = { b = ${a} }", "x.conf:1: this value contains itself")]
    public void is_named_with_its_place_when_substitutions_are_followed(string text, string beginning)
    {
        var config = Config.Parse(text, "x.conf");
        Assert.StartsWith(beginning, Assert.Throws<ConfigException>(config.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void is_told_with_what_would_be_right()
    {
        var config = Config.Parse("settle = abc\nlist = x\npart = 1\nnothing = null\nover = 99999999999", "p.conf");

        Assert.Equal("p.conf:1: settle is \"abc\", which is not a duration, such as 250ms, 15s or 5m.", Message(() => config.GetDuration("settle")));
        Assert.Equal("p.conf:2: list is a value, not a list. Write it in brackets: [ … ].", Message(() => config.GetStringList("list")));
        Assert.Equal("p.conf:3: part is a value, not an object. Write it in braces: { … }.", Message(() => config.GetConfig("part")));
        Assert.Equal("p.conf:4: nothing is null, but a value is needed.", Message(() => config.GetString("nothing")));
        Assert.Equal("p.conf:1: gone is missing here.", Message(() => config.GetString("gone")));
        Assert.Equal("p.conf:5: over is \"99999999999\", which is not a whole number, such as 42.", Message(() => config.GetInt("over")));
    }

    private static string Message(Func<object?> get) => Assert.Throws<ConfigException>(() => { get(); }).Message;
}
