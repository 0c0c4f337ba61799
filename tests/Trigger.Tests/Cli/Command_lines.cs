using Trigger.Cli.Input;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Cli;

public sealed class Command_lines : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Mistakes mistakes = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void come_in_the_order_given_words_before_files()
    {
        var file = folder.Write("cmds.txt", "show version\nshow ip route\n");

        Assert.Equal(["show clock", "show users", "show version", "show ip route"], Gather(["show clock\nshow users"], [file]));
    }

    [Fact]
    public void leave_out_blank_lines_and_comments_and_keep_the_indent()
    {
        Assert.Equal(["interface eth0", " no shutdown"], Gather(["! a comment", "  # another", "", "   ", "interface eth0  ", " no shutdown\r"]));
        Assert.False(mistakes.Any);
    }

    [Fact]
    public void come_from_standard_input_only_when_nothing_else_was_given()
    {
        Assert.Equal(["show clock"], Gather([], input: new StringReader("show clock\n\n")));
        Assert.Equal(["show version"], Gather(["show version"], input: new StringReader("show clock\n")));
    }

    [Fact]
    public void are_missed_when_there_is_none()
    {
        Gather([]);

        Assert.Contains("There is no command to run", Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void may_be_4096_characters_long_and_not_one_more()
    {
        Assert.Single(Gather([new string('x', 4096)]));
        Assert.False(mistakes.Any);

        Assert.Empty(Gather([new string('x', 4097)]));
        Assert.Contains("-c:1: the command has 4097 characters", Said(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("show\tclock")]
    [InlineData("show \u001b[A")]
    [InlineData("show\u0003")]
    public void hold_no_control_character_because_a_device_would_obey_it(string command)
    {
        Assert.Empty(Gather([command]));
        Assert.Contains("control character", Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void name_every_mistake_with_its_file_and_line()
    {
        var file = folder.Write("cmds.txt", "show clock\n\nshow\u0007\nshow\u0008\n");
        Gather([], [file, Path.Combine(folder.Path, "missing.txt")]);

        var said = Said();
        Assert.Contains($"{file}:3:", said, StringComparison.Ordinal);
        Assert.Contains($"{file}:4:", said, StringComparison.Ordinal);
        Assert.Contains("missing.txt", said, StringComparison.Ordinal);
        Assert.Contains("3 mistakes; nothing was done", said, StringComparison.Ordinal);
    }

    private IReadOnlyList<string> Gather(string[] given, string[]? files = null, TextReader? input = null) => CommandLines.Gather(given, files ?? [], input, mistakes);

    private string Said()
    {
        var text = new StringWriter();
        mistakes.Say(text);
        return text.ToString();
    }
}
