using Trigger.Cli.Cluster;

namespace Trigger.Tests.Cli;

public sealed class A_typed_line
{
    [Theory]
    [InlineData("job run --on all 'show version'", "job|run|--on|all|show version")]
    [InlineData("  a   \"b c\"d  ", "a|b cd")]
    [InlineData(@"a\ b 'it''s' ''", "a b|its|")]
    [InlineData("", "")]
    [InlineData("unfinished 'quote here", "unfinished|quote here")]
    public void is_split_into_words_as_a_shell_does(string line, string words) => Assert.Equal(words, string.Join('|', ShellWords.Split(line)));

    [Fact]
    public void takes_keys_where_its_cursor_is()
    {
        var line = Typed("clustr", ConsoleKey.LeftArrow);
        Type(line, "e");

        Assert.Equal("cluster", line.Text);
        Assert.Equal(6, line.Cursor);
    }

    [Fact]
    public void is_cut_to_the_left_to_the_right_and_by_words()
    {
        var line = Typed("job show run1");
        line.Take(Control(ConsoleKey.W));
        Assert.Equal("job show ", line.Text);
        line.Take(Control(ConsoleKey.A));
        line.Take(Key(ConsoleKey.RightArrow));
        line.Take(Control(ConsoleKey.K));
        Assert.Equal("j", line.Text);
        line.Take(Control(ConsoleKey.U));
        Assert.Equal("", line.Text);
        Assert.True(line.Take(Key(ConsoleKey.Enter)));
    }

    [Fact]
    public void goes_through_those_before_it_and_back_to_what_was_begun()
    {
        var line = new EditedLine(["one", "two"]);
        Type(line, "thr");
        line.Take(Key(ConsoleKey.UpArrow));
        Assert.Equal("two", line.Text);
        line.Take(Key(ConsoleKey.UpArrow));
        line.Take(Key(ConsoleKey.UpArrow));
        Assert.Equal("one", line.Text);
        line.Take(Key(ConsoleKey.DownArrow));
        line.Take(Key(ConsoleKey.DownArrow));
        Assert.Equal("thr", line.Text);
    }

    [Fact]
    public void is_completed_as_far_as_there_is_one_way()
    {
        static IEnumerable<string> Known(string line) => new[] { "cluster", "cluster-sharding", "job" }.Where(word => word.StartsWith(line, StringComparison.Ordinal));

        var line = Typed("cl");
        Assert.Equal(["cluster", "cluster-sharding"], line.Complete(Known));
        Assert.Equal("cluster", line.Text);

        line = Typed("j");
        Assert.Empty(line.Complete(Known));
        Assert.Equal("job ", line.Text);

        line = Typed("job sh");
        Assert.Empty(line.Complete(_ => ["show"]));
        Assert.Equal("job show ", line.Text);

        line = Typed("x");
        Assert.Empty(line.Complete(Known));
        Assert.Equal("x", line.Text);
    }

    private static EditedLine Typed(string text, params ConsoleKey[] then)
    {
        var line = new EditedLine([]);
        Type(line, text);
        foreach (var key in then)
            line.Take(Key(key));
        return line;
    }

    private static void Type(EditedLine line, string text)
    {
        foreach (var c in text)
            line.Take(new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false));
    }

    private static ConsoleKeyInfo Key(ConsoleKey key) => new('\0', key, false, false, false);

    private static ConsoleKeyInfo Control(ConsoleKey key) => new('\0', key, false, false, true);
}
