using System.Runtime.Versioning;
using System.Text;
using Trigger.Cli.Terminal;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Tests.Wire;
using Trigger.Wire.Dialogue;

namespace Trigger.Tests.Cli;

[SupportedOSPlatform("linux")]
public sealed class A_terminal_session : IDisposable
{
    private readonly FakeLine line = new();
    private readonly Typed keys = new();
    private readonly MemoryStream screen = new();
    private readonly FakeClock clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Sent => Encoding.ASCII.GetString(line.Written);

    public void Dispose()
    {
        keys.Dispose();
        screen.Dispose();
    }

    private string Shown => Encoding.ASCII.GetString(screen.ToArray());

    [Fact]
    public async Task carries_keys_out_and_bytes_in_until_the_far_end_closes()
    {
        var talk = await Begin();
        await keys.Type("ls\r"u8.ToArray());
        await keys.WasRead();
        line.Say("file\r\n"u8);
        line.End();

        Assert.Equal(ShellEnd.FarEnd, await Soon(talk));
        Assert.Equal(("ls\r", "file\r\n"), (Sent, Shown));
    }

    [Fact]
    public async Task ends_at_the_escape_key_and_sends_what_came_before_it()
    {
        var talk = await Begin();
        await keys.Type("ls\u0018rm -rf"u8.ToArray());
        Assert.Equal(ShellEnd.Escaped, await Soon(talk));
        Assert.Equal("ls", Sent);
    }

    [Fact]
    public async Task keeps_keys_until_the_login_is_over_and_still_knows_its_escape_key()
    {
        var ready = new TaskCompletionSource();
        var talk = await Begin(ready: ready.Task);
        await keys.Type("early"u8.ToArray());
        await keys.WasRead();
        Assert.Equal("", Sent);
        ready.SetResult();
        await keys.Type(" late\u0018"u8.ToArray());
        Assert.Equal(ShellEnd.Escaped, await Soon(talk));
        Assert.Equal("early late", Sent);
    }

    [Fact]
    public async Task can_be_left_while_the_login_hangs()
    {
        var talk = await Begin(ready: new TaskCompletionSource().Task);
        await keys.Type([0x18]);
        Assert.Equal(ShellEnd.Escaped, await Soon(talk));
    }

    [Fact]
    public async Task ends_in_order_when_the_input_has_ended_and_the_far_end_has_been_silent_for_long_enough()
    {
        var talk = await Begin();
        await keys.Type("show version\n"u8.ToArray());
        await keys.WasRead();
        keys.End();
        while (clock.ArmedTimers == 0)
            await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(talk.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(ShellEnd.InputEnded, await Soon(talk));
    }

    [Fact]
    public async Task shows_all_that_the_far_end_says_after_the_input_has_ended()
    {
        var talk = await Begin();
        keys.End();
        line.Say("the answer"u8);
        line.End();
        await Soon(talk);
        Assert.Equal("the answer", Shown);
    }

    [Fact]
    public async Task ends_lines_of_a_pipe_as_Telnet_has_them()
    {
        var talk = await Begin(endsLines: true);
        await keys.Type("a\nb\r\n"u8.ToArray());
        await keys.WasRead();
        line.End();
        await Soon(talk);
        Assert.Equal("a\r\nb\r\n", Sent);
    }

    [Fact]
    public async Task opens_its_menu_at_the_escape_key_and_goes_on_or_leaves_as_that_says()
    {
        var answers = new Queue<bool>([false, true]);
        var talk = await Begin(menu: _ => Task.FromResult(answers.Dequeue()));
        await keys.Type("a\u0018b\u0018c"u8.ToArray());
        Assert.Equal(ShellEnd.Escaped, await Soon(talk));
        Assert.Equal("ab", Sent);
    }

    [Fact]
    public async Task gives_its_menu_what_was_typed_behind_the_escape_key_in_the_same_breath()
    {
        var heard = "";
        var talk = await Begin(menu: async typed =>
        {
            var buffer = new byte[2];
            heard += Encoding.ASCII.GetString(buffer, 0, await typed.ReadAsync(buffer, Cancel));
            return heard.Length > 2;
        });
        await keys.Type("a\u0018?\rb\u0018q"u8.ToArray());
        Assert.Equal(ShellEnd.Escaped, await Soon(talk));
        Assert.Equal(("ab", "?\rq"), (Sent, heard));
    }

    [Fact]
    public async Task keeps_a_transcript_that_only_its_owner_reads_and_that_holds_no_secret()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("log", "before\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        using (var transcript = Transcript.Open(path))
        {
            transcript.Hide("hunter2"u8);
            var talk = await Begin(transcript: transcript);
            line.Say("echo hunt"u8);
            line.Say("er2\r\n# hun"u8);
            line.End();
            await Soon(talk);
        }

        Assert.Equal("before\necho ••••••\r\n# hun", File.ReadAllText(path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    private static Task<ShellEnd> Soon(Task<ShellEnd> talk) => talk.WaitAsync(TimeSpan.FromSeconds(20), Cancel);

    private async Task<Task<ShellEnd>> Begin(Task? ready = null, Func<TypedKeys, Task<bool>>? menu = null, Transcript? transcript = null, bool endsLines = false)
    {
        var dialogue = await LineDialogue.OpenAsync(line.Dial, cancel: Cancel);
        var shell = new TerminalShell(dialogue, keys, screen, EscapeKey.Parse("^X")!, clock) { Menu = menu, Transcript = transcript, EndsLines = endsLines };
        return shell.Run(ready ?? Task.CompletedTask, Cancel);
    }
}
