using System.Text;
using Trigger.Cli.Terminal;

namespace Trigger.Tests.Cli;

public sealed class A_line_edited_here
{
    [Theory]
    [InlineData("GET /\r", "GET /\r\n", "GET /\r\n")]
    [InlineData("ax\u007fb\r", "ax\b \bb\r\n", "ab\r\n")]
    [InlineData("ab\u0015c\r", "ab\b \b\b \bc\r\n", "c\r\n")]
    [InlineData("aü\u007f\r", "aü\b \b\r\n", "a\r\n")]
    [InlineData("\u007f\u007fa", "a", "")]
    [InlineData("ab\u0003", "ab^C", "ab\u0003")]
    public void is_shown_as_it_is_typed_and_sent_when_it_is_whole(string keys, string shown, string sent)
    {
        var (show, send) = new LocalLine().Type(Encoding.UTF8.GetBytes(keys));
        Assert.Equal((shown, sent), (Encoding.UTF8.GetString(show), Encoding.UTF8.GetString(send)));
    }
}
