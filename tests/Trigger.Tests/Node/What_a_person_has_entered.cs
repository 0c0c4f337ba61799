using System.Text;
using Trigger.Node.Terminals;

namespace Trigger.Tests.Node;

public sealed class What_a_person_has_entered
{
    private readonly TypedLines lines = new();

    [Fact]
    public void is_the_line_that_stood_on_the_screen_and_not_what_the_device_answered()
    {
        lines.Begin();
        Types("show clock\r");
        Shows("r1#show clock\r\n12:00:00 UTC\r\nr1#");
        Types("reload\r");
        Shows("reload\r\nProceed? [confirm]");

        Assert.Equal(["r1#show clock", "r1#reload"], lines.Take());
        Assert.Empty(lines.Take());
    }

    [Fact]
    public void is_not_a_password_which_no_device_echoes()
    {
        lines.Begin();
        Types("enable\rs3cret\r");
        Shows("r1>enable\r\nPassword: \r\nr1#");

        Assert.Equal(["r1>enable", "Password:"], lines.Take());
    }

    [Fact]
    public void does_not_begin_with_what_the_login_typed()
    {
        Shows("Password: \r\nr1>enable\r\nPassword: \r\nr1#");
        lines.Begin();
        Types("show users\r");
        Shows("show users\r\n");

        Assert.Equal(["r1#show users"], lines.Take());
    }

    [Fact]
    public void is_also_the_line_whose_enter_the_device_did_not_live_to_answer()
    {
        lines.Begin();
        Types("reload\r");
        Shows("r1#reload");

        Assert.Empty(lines.Take());
        Assert.Equal(["r1#reload (entered; the device did not answer)"], lines.Rest());
    }

    [Fact]
    public void is_not_a_line_that_nobody_has_finished()
    {
        lines.Begin();
        Types("reload");
        Shows("r1#reload");

        Assert.Empty(lines.Rest());
    }

    [Theory]
    [InlineData("r1#shwo\b \b\b \bow clock\r\n", "r1#show clock")]
    [InlineData("\u001b[32mr1#\u001b[0mshow\u001b[K clock\r\n", "r1#show clock")]
    [InlineData("\u001b]0;a title\u0007r1#show clock\n", "r1#show clock")]
    [InlineData("\u001b[31\nr1#show clock\n", "r1#show clock")]
    public void is_what_is_left_when_the_cursor_has_moved_and_colours_have_changed(string screen, string expected)
    {
        lines.Begin();
        Types("\r\r");
        foreach (var one in screen)
            Shows(one.ToString());

        Assert.Contains(expected, lines.Take());
    }

    [Fact]
    public void is_bounded_whatever_comes()
    {
        lines.Begin();
        var random = new Random(1);
        var noise = new byte[200_000];
        random.NextBytes(noise);
        lines.Typed(noise);
        lines.Shown(noise);
        for (var n = 0; n < 6000; n++)
        {
            Types("\r");
            Shows(new string('x', 1000) + "\n");
        }

        var taken = lines.Take();
        Assert.Equal(5001, taken.Count);
        Assert.All(taken, line => Assert.InRange(line.Length, 1, 400));
        Assert.StartsWith("and ", taken[^1], StringComparison.Ordinal);
    }

    private void Types(string keys) => lines.Typed(Encoding.Latin1.GetBytes(keys));

    private void Shows(string text) => lines.Shown(Encoding.Latin1.GetBytes(text));
}
