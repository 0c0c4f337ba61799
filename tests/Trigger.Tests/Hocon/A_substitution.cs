using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_substitution
{
    [Theory]
    [InlineData("a = 1\na = ${b}\nb = ${c}\nc = ${a}", "c", "1")]
    [InlineData("b = ${a}x\na = 1\na = ${b}", "a", "1x")]
    [InlineData("a = 1\na = ${a}${a}\na = ${a}2", "a", "112")]
    [InlineData("a { b { c = 5 } }\na = ${a.b}\na { b = 2 }", "a.c", "5")]
    [InlineData("o { l = [1] }\na = ${o}\na.l = ${a.l} [2]", "a.l", "[1, 2]")]
    [InlineData("a = [1]\nb = ${a}\na = [${b}, 2]", "a", "[[1], 2]")]
    [InlineData("a = 1\na = [${a}]", "a", "[1]")]
    [InlineData("a = [1]\na += ${a}", "a", "[1, [1]]")]
    [InlineData("x = [{ a += 1, a += 2 }]", "x", "[{ a = [1, 2] }]")]
    public void that_leads_back_to_its_own_key_sees_what_the_key_was_before(string text, string path, string expected) => Assert.Equal(expected, Shown(text, path));

    [Theory]
    [InlineData("o { foo = 42, baz = ${o.foo} }\no.foo = 43", "o.baz", "43")]
    [InlineData("d { a = 1, b = 2 }\ni = ${d}\ni.c = ${j.d}\nj = ${d}\nj.d = ${i.a}", "i.c", "1")]
    [InlineData("s = ${o.c}\no { c = 42, round = ${s} }", "o.round", "42")]
    [InlineData("d { a = ${i.b}, b = 2 }\ni.b = 7\ni = ${d}", "i.a", "2")]
    public void that_leads_to_a_sibling_sees_the_finished_tree(string text, string path, string expected) => Assert.Equal(expected, Shown(text, path));

    [Theory]
    [InlineData("a = ${?b}\nb = ${?c}\nc = ${?a}")]
    [InlineData("a = ${?a}")]
    [InlineData("a = ${?x}${?y}")]
    public void that_may_be_missing_leaves_nothing(string text)
    {
        var config = Config.Parse(text, "x.conf");
        config.Check();
        Assert.False(config.HasPath("a"));
        Assert.Empty(config.AsEnumerable());
    }

    [Theory]
    [InlineData("a = ${?x} ${?y}", " ")]
    [InlineData("a = ${?x} b", " b")]
    [InlineData("a = [1] ${?x} [2]", "[1, 2]")]
    [InlineData("a = ${?x} { b = 1 }", "{ b = 1 }")]
    [InlineData("a = { 1 = y, 0 = x, q = r } [z]", "[x, y, z]")]
    [InlineData("a = { b = 1 }\na = 42\na = { c = 2 }", "{ c = 2 }")]
    public void and_what_stands_beside_it_become_one_value(string text, string expected) => Assert.Equal(expected, Shown(text, "a"));

    [Fact]
    public void a_reset_object_hides_what_a_fallback_has()
    {
        var over = Config.Parse("a = 1\na { c = 2 }", "over.conf");
        Assert.False(over.WithFallback(Config.Parse("a { b = 1 }", "under.conf")).HasPath("a.b"));
    }

    [Fact]
    public void reads_lists_from_the_environment()
    {
        var variables = new Dictionary<string, string> { ["HOSTS_0"] = "a", ["HOSTS_1"] = "b", ["HOSTS_3"] = "no" };
        var config = Config.Parse("a = ${HOSTS[]}\nb = [x] ${?HOSTS[]} ${?NONE[]}\nc = ${?NONE[]}\nPATH = ${PATH}\":/bin\"", "x.conf")
            .WithEnvironment(name => name == "PATH" ? "/usr" : variables.GetValueOrDefault(name));

        Assert.Equal(["a", "b"], config.GetStringList("a"));
        Assert.Equal(["x", "a", "b"], config.GetStringList("b"));
        Assert.False(config.HasPath("c"));
        Assert.Equal("/usr:/bin", config.GetString("PATH"));
        Assert.Throws<ConfigException>(() => Config.Parse("a = ${NONE[]}", "x.conf").WithEnvironment(variables.GetValueOrDefault).GetStringList("a"));
    }

    [Fact]
    public void does_not_ask_the_environment_for_what_is_null()
    {
        var config = Config.Parse("HOME = null\na = ${HOME}", "x.conf").WithEnvironment(_ => "wrong");
        Assert.False(config.HasPath("a"));
    }

    private static string Shown(string text, string path)
    {
        var config = Config.Parse(text, "x.conf");
        config.Check();
        var shown = Config.Parse($"{text}\nshown = ${{{path}}}", "x.conf").Render();
        var line = shown.Split('\n').SkipWhile(line => !line.StartsWith("shown", StringComparison.Ordinal)).First(line => line.Length > 0);
        var value = config.GetValue(path)!;
        return value.Text ?? (line.EndsWith('{')
            ? "{ " + string.Join(", ", value.Fields.Select(field => $"{field.Key} = {field.Value.Text}")) + " }"
            : line["shown = ".Length..]);
    }
}
