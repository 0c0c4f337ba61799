using System.Text;
using Trigger.Hocon;

namespace Trigger.Tests.Hocon;

public sealed class A_hostile_configuration
{
    private static readonly string[] Pieces =
    [
        "a", "b", "a.b", "=", ":", "+=", "{", "}", "[", "]", ",", "\n", " ", "${a}", "${?a}", "${a.b}", "${?b}", "\"", "\"\"\"", "\\", "#x", "//", "1", "15s",
        "null", "$", "include", "include file(\"/dev/null/x\")", "\"x\"", "${a[]}", "required(", ")", "\uFEFF", "é", "\0", "\r\n", ".", "..",
    ];

    [Fact]
    public void never_throws_anything_but_a_configuration_mistake()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var round = 0; round < 5_000; round++)
        {
            var text = new StringBuilder();
            for (var length = random.Next(1, 30); length > 0; length--)
                text.Append(Pieces[random.Next(Pieces.Length)]);
            try
            {
                var config = Config.Parse(text.ToString(), "fuzz.conf");
                config = Config.Parse(text.ToString(), "again.conf").WithFallback(config);
                config.Check();
                foreach (var key in config.Keys)
                    _ = config.HasPath(ConfigPath.Quoted(key));
            }
            catch (ConfigException mistake)
            {
                Assert.Contains(".conf:", mistake.Message, StringComparison.Ordinal);
            }
            catch (Exception other)
            {
                Assert.Fail($"Seed {seed}, round {round}: {other.GetType().Name} for:\n{text}\n{other}");
            }
        }
    }

    [Theory]
    [InlineData("{", 1000)]
    [InlineData("a=[", 1000)]
    [InlineData("a.", 257)]
    [InlineData("a{", 257)]
    public void may_not_nest_without_end(string opening, int times) =>
        Assert.Throws<ConfigException>(() => Config.Parse(string.Concat(Enumerable.Repeat(opening, times)) + "b=1", "x.conf"));

    [Fact]
    public void may_nest_as_deep_as_people_do()
    {
        var text = string.Concat(Enumerable.Repeat("a{", 255)) + "b=1" + new string('}', 255);
        Assert.Equal(1, Config.Parse(text, "x.conf").GetInt(string.Concat(Enumerable.Repeat("a.", 255)) + "b"));
    }

    [Fact]
    public void may_not_double_itself_until_memory_ends()
    {
        var text = new StringBuilder("a0 = xxxxxxxxxx\nl0 = [1]\no0 { k = 1 }\n");
        for (var i = 1; i < 40; i++)
            text.Append($"a{i} = ${{a{i - 1}}}${{a{i - 1}}}\nl{i} = ${{l{i - 1}}} ${{l{i - 1}}}\no{i} {{ x = ${{o{i - 1}}}, y = ${{o{i - 1}}} }}\n");
        var config = Config.Parse(text.ToString(), "x.conf");

        Assert.Throws<ConfigException>(() => config.GetString("a39"));
        Assert.Throws<ConfigException>(() => config.GetStringList("l39"));
        Assert.Equal(1, Config.Parse(text.ToString(), "x.conf").GetInt("o39.x.y.x" + string.Concat(Enumerable.Repeat(".y", 36)) + ".k"));
    }

    [Fact]
    public void may_not_unfold_itself_until_patience_ends()
    {
        // Both files put all of a under a.b, so that every look inside merges two objects that were never seen before.
        const string text = "a.b : ${?a}";
        var config = Config.Parse(text, "over.conf").WithFallback(Config.Parse(text, "under.conf"));
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<ConfigException>(config.Check);

        // Bytes rather than seconds: a busy machine does not change them.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L * 1024 * 1024);
    }

    [Fact]
    public void may_not_lead_from_substitution_to_substitution_until_the_stack_ends()
    {
        var chain = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"a{i} = ${{a{i + 1}}}\n")) + "a100000 = 1";
        Assert.Throws<ConfigException>(() => Config.Parse(chain, "x.conf").GetString("a0"));

        var assignments = string.Concat(Enumerable.Repeat("a = ${b}\n", 100_000));
        Assert.Throws<ConfigException>(Config.Parse(assignments, "x.conf").Check);

        var growing = "a = x\n" + string.Concat(Enumerable.Repeat("a = ${a}y\n", 100_000));
        Assert.Throws<ConfigException>(() => Config.Parse(growing, "x.conf").GetString("a"));
    }

    [Fact]
    public void may_append_ten_thousand_times()
    {
        var text = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"a += {i}\n"));
        Assert.Equal(10_000, Config.Parse("a = []\n" + text, "x.conf").GetStringList("a").Count);
        Assert.Equal(10_000, Config.Parse(text, "x.conf").GetStringList("a").Count);
    }
}
