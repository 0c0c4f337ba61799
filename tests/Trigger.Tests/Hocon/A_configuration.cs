using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_configuration
{
    [Theory]
    [InlineData("a = b", "b")]
    [InlineData("a : b", "b")]
    [InlineData("{ a : b }", "b")]
    [InlineData("{\"a\":\"b\"}", "b")]
    [InlineData("a = b # comment", "b")]
    [InlineData("a = b // comment", "b")]
    [InlineData("# first\n\n a = b\n", "b")]
    [InlineData("a = \"b # c\"", "b # c")]
    [InlineData("a = one two  three ", "one two  three")]
    [InlineData("a = \"x\\ty\\u0041\\\\\"", "x\tyA\\")]
    [InlineData("a = \"\"\"^\\w+\"x\"\"\"", "^\\w+\"x")]
    [InlineData("a = \"\"\"quotes\"\"\"\"", "quotes\"")]
    [InlineData("a = 1\na = 2", "2")]
    [InlineData("a = 1, a = 2,", "2")]
    [InlineData("a = 1.50", "1.50")]
    [InlineData("\uFEFFa = b\r\n", "b")]
    [InlineData("b = x\na = ${b}\"y\" z", "xy z")]
    [InlineData("a = ${b}\nb = ${c}\nc = late", "late")]
    [InlineData("a = ${?nothing}left", "left")]
    [InlineData("a = first\na = ${?nothing}", "first")]
    [InlineData("p = /bin\np = ${p}\":/usr\"\na = ${p}", "/bin:/usr")]
    public void reads_a_text(string text, string expected) => Assert.Equal(expected, Config.Parse(text, "x.conf").GetString("a"));

    [Theory]
    [InlineData("a { b { c = 1 } }")]
    [InlineData("a.b.c = 1")]
    [InlineData("a.b { c = 1 }")]
    [InlineData("a { b = null }, a.b { c = 1 }")]
    [InlineData("a { b { c = 2 } }\na { b.c = 1 }")]
    [InlineData("x { b.c = 1 }\na = ${x}")]
    [InlineData("x { b.c = 2 }\na = ${x} { b { c = 1 } }")]
    [InlineData("x { b.c = 2 }\na = ${x}\na.b.c = 1")]
    [InlineData("a = { b { c = ${a.d} }, d = 1 }")]
    [InlineData("\"a\".\"b\".\"c\" = 1")]
    public void finds_a_value_by_its_path(string text) => Assert.Equal(1, Config.Parse(text, "x.conf").GetInt("a.b.c"));

    [Theory]
    [InlineData("a = [x, y, z]")]
    [InlineData("a = [\n x\n y\n z\n]")]
    [InlineData("a = [x, y, z,]")]
    [InlineData("a = [x] [y, z]")]
    [InlineData("a = [x]\na += y\na += z")]
    [InlineData("a += x\na += y\na += z")]
    [InlineData("o.list += x\no.list += y\no.list += z\na = ${o.list}")]
    [InlineData("b = [x, y]\na = ${b} [z]")]
    [InlineData("a = [x]\na = ${a} [y] [z]")]
    [InlineData("a = [y]\na = [x] ${a} [z]")]
    [InlineData("b = y\na = [x, ${b}, z, ${?nothing}]")]
    public void reads_a_list(string text) => Assert.Equal(["x", "y", "z"], Config.Parse(text, "x.conf").GetStringList("a"));

    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("250 ms", 250)]
    [InlineData("250", 250)]
    [InlineData("5m", 300_000)]
    [InlineData("1.5 hours", 5_400_000)]
    public void reads_a_duration(string text, int milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Config.Parse($"a = {text}", "x.conf").GetDuration("a"));

    [Theory]
    [InlineData("16MiB", 16L * 1024 * 1024)]
    [InlineData("64k", 65536)]
    [InlineData("1 kB", 1000)]
    [InlineData("12", 12)]
    public void reads_a_size(string text, long bytes) => Assert.Equal(bytes, Config.Parse($"a = {text}", "x.conf").GetBytes("a"));

    [Fact]
    public void lets_an_object_inherit_across_files_and_override_itself()
    {
        var ours = Config.Parse("base { prompt = p, list = [1] }\nios = ${base} { title = IOS }\nxe = ${ios} { title = XE }", "ours.conf");
        var theirs = Config.Parse("ios = ${ios} { prompt = q }\nios.list = ${ios.list} [2]\nmine = ${xe} { title = Mine }", "theirs.conf");

        var merged = theirs.WithFallback(ours);

        Assert.Equal("q", merged.GetString("ios.prompt"));
        Assert.Equal("IOS", merged.GetString("ios.title"));
        Assert.Equal(["1", "2"], merged.GetStringList("ios.list"));
        Assert.Equal("q", merged.GetString("mine.prompt"));
        Assert.Equal("Mine", merged.GetString("mine.title"));
        Assert.Equal("p", ours.GetString("mine.prompt", otherwise: "p"));
    }

    [Fact]
    public void keeps_the_order_of_keys_and_sees_null_as_not_there()
    {
        var config = Config.Parse("b = 1\na = 2\nc = null\nb = 3", "x.conf");

        Assert.Equal(["b", "a", "c"], config.Keys);
        Assert.False(config.HasPath("c"));
        Assert.False(config.HasPath("b.deeper"));
        Assert.Equal(7, config.GetInt("c", otherwise: 7));
    }

    [Fact]
    public void looks_among_the_environment_for_what_no_key_gives()
    {
        var config = Config.Parse("a = ${HOME}\nb = ${own}\nown = 1", "x.conf").WithEnvironment(name => name == "HOME" ? "/home/x" : "wrong");

        Assert.Equal("/home/x", config.GetString("a"));
        Assert.Equal("1", config.GetString("b"));
    }

    [Fact]
    public void gives_its_parts_the_whole_tree_to_look_at()
    {
        var config = Config.Parse("name = x\nlist = [{ n = ${name} }, { n = y }]\npart { \"odd.key\" = ${name} }", "x.conf");

        Assert.Equal(["x", "y"], config.GetConfigList("list").Select(item => item.GetString("n")));
        Assert.Equal("x", config.GetConfig("part").GetString(ConfigPath.Quoted("odd.key")));
        Assert.Equal("x", Config.Parse("odd = 1", "y.conf").WithFallback(config.GetConfig("part")).GetString("\"odd.key\""));
    }

    [Fact]
    public void says_of_every_value_where_it_was_written()
    {
        var config = Config.Parse("a = 1\n\nb {\n  c = \"\"\"x\ny\"\"\"\n  d = [1,\n2]\n}\nlast = 1", "x.conf");

        Assert.Equal("x.conf:4:7", config.OriginOf("b.c").ToString());
        Assert.Equal("x.conf:6:7", config.OriginOf("b.d").ToString());
        Assert.Equal("x.conf:9:8", config.OriginOf("last").ToString());
    }
}
