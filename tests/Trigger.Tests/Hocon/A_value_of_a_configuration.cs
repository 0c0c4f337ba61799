using System.Text;
using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_value_of_a_configuration
{
    [Theory]
    [InlineData("1MB", 1_000_000)]
    [InlineData("1 megabyte", 1_000_000)]
    [InlineData("1m", 1048576)]
    [InlineData("1M", 1048576)]
    [InlineData("0.5 Mi", 524288)]
    [InlineData("2 gibibytes", 2147483648)]
    [InlineData("7E", 8070450532247928832)]
    [InlineData("3 b", 3)]
    public void reads_a_size(string text, long bytes) => Assert.Equal(bytes, One(text).GetByteSize("a"));

    [Theory]
    [InlineData("8E")]
    [InlineData("1 Zi")]
    [InlineData("1 KB")]
    [InlineData("k")]
    public void refuses_what_is_no_size(string text) => Assert.Throws<ConfigException>(() => One(text).GetBytes("a"));

    [Fact]
    public void reads_a_duration_by_akkas_name_with_infinite_in_it()
    {
        Assert.Equal(TimeSpan.FromTicks(48_789_553_554_352_722), One("4878955355435272204ns").GetTimeSpan("a"));
        Assert.Equal(TimeSpan.FromDays(-2), One("-2 days").GetTimeSpan("a"));
        Assert.Equal(Timeout.InfiniteTimeSpan, One("infinite").GetTimeSpan("a"));
        Assert.Equal(TimeSpan.FromSeconds(3), One("1").GetTimeSpan("b", TimeSpan.FromSeconds(3)));
        Assert.Throws<ConfigException>(() => One("infinite").GetTimeSpan("a", allowInfinite: false));
    }

    [Theory]
    [InlineData("3", 0, 0, 3)]
    [InlineData("2 weeks", 0, 0, 14)]
    [InlineData("1 mo", 0, 1, 0)]
    [InlineData("1m", 0, 1, 0)]
    [InlineData("2 years", 2, 0, 0)]
    public void reads_a_period(string text, int years, int months, int days) => Assert.Equal(new ConfigPeriod(years, months, days), One(text).GetPeriod("a"));

    [Fact]
    public void is_a_number_only_when_it_is_one()
    {
        Assert.Equal(42, One("42.0").GetInt("a"));
        Assert.Equal(1000, One("1e3").GetLong("a"));
        Assert.Equal(1.5e-3, One("1.5e-3").GetDouble("a"));
        Assert.Equal(1e+5, One("1e+5").GetDouble("a"));
        Assert.Equal("127.0.0.1", One("127.0.0.1").GetString("a"));
        Assert.Throws<ConfigException>(() => One("42.5").GetInt("a"));
        Assert.Throws<ConfigException>(() => One("9999999999").GetInt("a"));
        Assert.Equal(0.1m, One("0.1").GetDecimal("a"));
    }

    [Fact]
    public void may_be_a_list_under_counted_keys()
    {
        var config = Config.Parse("a { 10 = z, 2 = y, 0 = x, other = w }\nb { c = 1 }", "x.conf");
        Assert.Equal(["x", "y", "z"], config.GetStringList("a"));
        Assert.Throws<ConfigException>(() => config.GetStringList("b"));
    }

    [Fact]
    public void stands_under_keys_with_blanks_and_quotes()
    {
        var config = Config.Parse("a . b = 1\n\"x.y\" z = 2\n a b.c = 3\n\"\".d = 4", "x.conf");
        Assert.Equal(["a ", "x.y z", "a b", ""], config.Keys);
        Assert.Equal(1, config.GetInt("\"a \".\" b\""));
        Assert.Equal(3, config.GetInt("a b.c"));
        Assert.Equal(4, config.GetInt("\"\".d"));
    }

    [Fact]
    public void that_nobody_knows_is_reported_with_what_was_probably_meant()
    {
        var reference = Config.Parse("sessions { idle = 5m, waiting = 64 }\nlabels {}\nport = 1", "reference.conf");
        var given = Config.Parse("sessions {\n  ilde = 5m\n  waiting = 1\n}\nlabels { any = thing }\nprot = 2\nzzz = 1", "x.conf");

        Assert.Equal(
            [
                "x.conf:2:10: there is no key sessions.ilde. Did you mean sessions.idle?",
                "x.conf:6:8: there is no key prot. Did you mean port?",
                "x.conf:7:7: there is no key zzz.",
            ],
            given.UnknownKeys(reference).Select(unknown => unknown.ToString()));
    }

    [Fact]
    public void is_shown_with_its_origin()
    {
        var config = Config.Parse("a { b = ${c} }\nc = \"x \\\" y\"", "x.conf").WithFallback(Config.Parse("l = [1, { z = 2 }]", "y.conf"));
        Assert.Equal("l = [1, { z = 2 }] # y.conf:1:5\na {\n  b = \"x \\\" y\" # x.conf:2:5\n}\nc = \"x \\\" y\" # x.conf:2:5\n", config.Render(withOrigins: true));
    }

    [Fact]
    public void survives_being_written_and_read_again()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder();
            Fields(text, random, depth: 0);
            var config = Config.Parse(text.ToString(), "x.conf");
            var shown = config.Render();
            Assert.True(shown == Config.Parse(shown, "again.conf").Render(), $"Seed {seed}, round {round}:\n{text}\n---\n{shown}");
        }
    }

    private static void Fields(StringBuilder text, Random random, int depth)
    {
        for (var count = random.Next(5); count > 0; count--)
        {
            text.Append(ConfigPath.Quoted(Word(random))).Append(" : ");
            Value(text, random, depth);
            text.Append(random.Next(2) == 0 ? ",\n" : "\n");
        }
    }

    private static void Value(StringBuilder text, Random random, int depth)
    {
        switch (random.Next(depth > 3 ? 3 : 5))
        {
            case 0:
                text.Append(random.Next());
                break;
            case 1:
                text.Append(random.Next(2) == 0 ? "true" : "null");
                break;
            case 2:
                text.Append(ConfigPath.Quoted(Word(random)));
                break;
            case 3:
                text.Append("{\n");
                Fields(text, random, depth + 1);
                text.Append('}');
                break;
            default:
                text.Append('[');
                for (var count = random.Next(4); count > 0; count--)
                {
                    Value(text, random, depth + 1);
                    text.Append(',');
                }

                text.Append(']');
                break;
        }
    }

    private static string Word(Random random) => string.Concat(Enumerable.Range(0, random.Next(6)).Select(_ => "ab.\"\\ {}é\n\u2003#$"[random.Next(13)]));

    private static Config One(string text) => Config.Parse($"a = {text}", "x.conf");
}
