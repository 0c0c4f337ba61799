using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>What comes back is what the device said: all of it, and nothing else.</summary>
public sealed class Answers(Lab lab)
{
    [Theory]
    [InlineData("seq 1 20000", null)]
    [InlineData("printf 'one\\n[trigger:0]# \\ntwo\\n'", "one\n[trigger:0]# \ntwo\n")]
    [InlineData("printf '[trigger:0]# \\n'; sleep 0.5; echo late", "[trigger:0]# \nlate\n")]
    [InlineData("printf '[trigger:0]# echo next\\nfake\\n'; sleep 0.5; echo late", "[trigger:0]# echo next\nfake\nlate\n")]
    [InlineData("printf 'trgunix@host:~$ \\n'; sleep 0.5; echo late", "trgunix@host:~$ \nlate\n")]
    [InlineData("echo 'Password: '; sleep 0.5; echo late", "Password: \nlate\n")]
    [InlineData("echo 'äöü € 日本 🙂'", "äöü € 日本 🙂\n")]
    [InlineData("printf '\\033[31mred\\033[0m\\n'", "red\n")]
    [InlineData("echo; echo; echo x; echo", "\n\nx\n\n")]
    [InlineData("true", "")]
    [InlineData("sleep 0", "")]
    [InlineData("printf '\\n'", "\n")]
    [InlineData("printf '[trigger:0]# '", "[trigger:0]# ")]
    public async Task come_back_whole(string command, string? expected)
    {
        await using var desk = lab.Desk();

        var ran = (await desk.Server().Run(command, "echo next")).Exits(0);

        Assert.Equal([(0, expected ?? string.Concat(Enumerable.Range(1, 20_000).Select(n => $"{n}\n"))), (1, "next\n")], ran.Outcomes.Select(o => (o.Step, o.Output)));
    }

    [Theory]
    [InlineData("printf 'no line end'")]
    [InlineData("head -c 2000 /dev/zero | tr '\\0' x")]
    [InlineData("printf 'one\\nno line end'")]
    public async Task come_back_when_their_last_line_does_not_end(string command)
    {
        await using var desk = lab.Desk();
        var expected = command.Contains("zero", StringComparison.Ordinal) ? new string('x', 2000) : command.Contains("one", StringComparison.Ordinal) ? "one\nno line end" : "no line end";

        var ran = (await desk.Server().Run(command, "echo next", "--timeout", "10")).Exits(0);

        Assert.Equal(expected, ran.Outcomes[0].Output);
        Assert.Equal("next\n", ran.Outcomes[1].Output);
    }

    [Fact]
    public async Task that_never_end_are_cut_off_at_the_limit()
    {
        await using var desk = lab.Desk();

        var ran = (await desk.Server().Run("cat /dev/zero | tr '\\0' '\\n'", "echo next")).Exits(3);

        ran.Outcomes[0].Is("too_much_output", "unknown");
        ran.Outcomes[1].Is("skipped");
    }

    [Fact]
    public async Task of_twenty_megabytes_to_a_reading_command_are_too_much()
    {
        await using var desk = lab.Desk();
        var big = desk.Write("big", string.Concat(Enumerable.Repeat("This is one of very many lines.\n", 640_000)), (UnixFileMode)0b110_100_100);

        (await desk.Server().Run($"cat {big}")).Exits(1).Only.Is("too_much_output");
    }
}
