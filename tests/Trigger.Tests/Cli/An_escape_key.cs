using System.Text;
using Trigger.Cli.Terminal;

namespace Trigger.Tests.Cli;

public sealed class An_escape_key
{
    [Theory]
    [InlineData("^X", 0x18)]
    [InlineData("^x", 0x18)]
    [InlineData("^]", 0x1D)]
    [InlineData("^?", 0x7F)]
    [InlineData("%", '%')]
    [InlineData("~.", '~')]
    public void is_written_as_people_write_it(string text, int key) => Assert.Equal(key, EscapeKey.Parse(text)!.Key);

    [Theory]
    [InlineData("")]
    [InlineData("ctrl-x")]
    [InlineData("^é")]
    [InlineData("ü")]
    public void may_not_be_anything(string text) => Assert.Null(EscapeKey.Parse(text));

    [Theory]
    [InlineData("^X", "show\u0018exit", "show", "exit")]
    [InlineData("~.", "~.rest", "", "rest")]
    [InlineData("~.", "a\r~.", "a\r", "")]
    [InlineData("~.", "a\n~~\r~.", "a\n~\r", "")]
    public void lets_pass_what_was_typed_before(string key, string typed, string before, string after)
    {
        Assert.True(EscapeKey.Parse(key)!.Find(Encoding.ASCII.GetBytes(typed), out var pass, out var rest));
        Assert.Equal((before, after), (Encoding.ASCII.GetString(pass), Encoding.ASCII.GetString(rest)));
    }

    [Theory]
    [InlineData("^X", "show ^X")]
    [InlineData("none", "\u0018\u001d~.")]
    [InlineData("~.", "a~.b\r~x.\r\n~/.profile")]
    public void is_not_found_in_anything_else(string key, string typed)
    {
        Assert.False(EscapeKey.Parse(key)!.Find(Encoding.ASCII.GetBytes(typed), out var pass, out _));
        Assert.Equal(typed, Encoding.ASCII.GetString(pass));
    }

    [Fact]
    public void is_found_when_its_halves_come_apart()
    {
        var key = EscapeKey.Parse("~.")!;
        Assert.False(key.Find("ls\r~"u8, out var pass, out _));
        Assert.Equal("ls\r", Encoding.ASCII.GetString(pass));
        Assert.True(key.Find("."u8, out pass, out _));
        Assert.Empty(pass);
    }
}
