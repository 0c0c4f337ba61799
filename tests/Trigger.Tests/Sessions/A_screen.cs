using System.Text;
using Trigger.Sessions;

namespace Trigger.Tests.Sessions;

public sealed class A_screen
{
    public static TheoryData<string, string> Dialogues => new()
    {
        { "plain\r\nlines\r\n", "plain\nlines\n" },
        { "R1#show clock\r\n12:00\r\nR1#", "R1#show clock\n12:00\nR1#" },
        { "typo\b\b\bxt\r\n", "txto\n" },
        { "a\r\r\nb\n", "a\nb\n" },
        { "kept trailing blanks  \r\n", "kept trailing blanks  \n" },
        { " --More-- \0\b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\bnext\r\n", "next\n" },
        { "<--- More --->\r              \rnext line\r\n", "next line\n" },
        { "\u001b[?2004hroot@box:~# \u001b]0;title\aok\r\n", "root@box:~# ok\n" },
        { "\u001b]0;title\u001b\\prompt$ ", "prompt$ " },
        { "\u001b[1;24r\u001b[24;1H\u001b[2K\u001b[24;1HProCurve# ", "ProCurve# " },
        { "abcdef\u001b[3Dxyz\r\n", "abcxyz\n" },
        { "abc\u001b[K\r\n", "abc\n" },
        { "10%\r20%\r100%\r\ndone\r\n", "100%\ndone\n" },
        { "grün – ✓\r\n", "grün – ✓\n" },
        { "\u001b(Bplain\u001b)0\r\n", "plain\n" },
        { "\a\u0001\u007fquiet\r\n", "quiet\n" },
    };

    [Theory]
    [MemberData(nameof(Dialogues))]
    public void shows_what_a_wide_terminal_would(string sent, string shown) => Assert.Equal(shown, Show(Encoding.UTF8.GetBytes(sent)));

    [Theory]
    [MemberData(nameof(Dialogues))]
    public void shows_the_same_however_the_stream_is_cut(string sent, string shown)
    {
        var bytes = Encoding.UTF8.GetBytes(sent);

        for (var cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(shown, Show(bytes[..cut], bytes[cut..]));
        Assert.Equal(shown, Show([.. bytes.Select(b => new[] { b })]));
    }

    [Fact]
    public void shows_noise_of_any_kind_the_same_whole_or_cut_and_never_fails()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            foreach (ref var b in noise.AsSpan())
                b = random.Next(3) == 0 ? "\u001b[\b\r\n;1mKD]\a "u8[random.Next(13)] : b;

            var cut = random.Next(noise.Length + 1);
            Assert.True(Show(noise) == Show(noise[..cut], noise[cut..]), $"seed {seed}, round {round}");
        }
    }

    [Fact]
    public void is_not_swallowed_by_a_sequence_that_never_ends() =>
        Assert.EndsWith("still here", Show(Encoding.ASCII.GetBytes("\u001b]0;" + new string('x', 300) + "still here")), StringComparison.Ordinal);

    [Fact]
    public void forgets_whole_lines_and_keeps_the_rest()
    {
        var screen = new Screen();
        screen.Show("one\r\ntwo\r\nR1#"u8);

        screen.Forget(screen.LineStart);
        screen.Show("\bx\r\n"u8);

        Assert.Equal("R1x\n", new string(screen.Text));
    }

    private static string Show(params byte[][] pieces)
    {
        var screen = new Screen();
        foreach (var piece in pieces)
            screen.Show(piece);
        return new string(screen.Text);
    }
}
