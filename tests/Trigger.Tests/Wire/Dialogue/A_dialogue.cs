using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Trigger.Tests.Kernel;
using Trigger.Wire;
using Trigger.Wire.Dialogue;

namespace Trigger.Tests.Wire;

public sealed class A_dialogue
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task reads_up_to_what_it_waits_for_and_keeps_the_rest()
    {
        var (line, dialogue) = await Open();
        var reading = dialogue.ReadUntilAsync("assword:", cancel: Cancel);
        line.Say("login: bob\r\nPass"u8);
        line.Say("word: more"u8);

        Assert.Equal("login: bob\r\nPassword:", await reading);
        Assert.Equal(" more", dialogue.ReadEager());
        Assert.Equal("", dialogue.ReadEager());
    }

    [Fact]
    public async Task says_too_late_with_the_text_so_far_and_keeps_it()
    {
        var clock = new FakeClock();
        var (line, dialogue) = await Open(new DialogueOptions { Time = clock });
        line.Say("half an ans"u8);
        var reading = dialogue.ReadUntilAsync("answer#", TimeSpan.FromSeconds(5), Cancel);
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(reading.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.2));

        var late = await Assert.ThrowsAsync<DialogueTimeoutException>(() => reading);
        Assert.Equal("half an ans", late.Text);
        Assert.DoesNotContain("half", late.Message);
        line.Say("wer#"u8);
        Assert.Equal("half an answer#", await dialogue.ReadUntilAsync("answer#", cancel: Cancel));
    }

    [Fact]
    public async Task says_that_the_line_ended_with_what_arrived()
    {
        var (line, dialogue) = await Open();
        line.Say("bye"u8);
        line.End(new WireFault.LineLost("the session", "reset"));

        var ended = await Assert.ThrowsAsync<DialogueClosedException>(() => dialogue.ReadUntilAsync("#", cancel: Cancel));
        Assert.Equal("bye", ended.Text);
        Assert.IsType<WireFault.LineLost>(ended.Fault);
        Assert.Equal("bye", dialogue.ReadEager());
        Assert.True(dialogue.AtEnd);
        Assert.Throws<DialogueClosedException>(dialogue.ReadEager);
        await Assert.ThrowsAsync<DialogueClosedException>(async () => await dialogue.WriteAsync("x"));
    }

    [Fact]
    public async Task stops_at_once_when_the_caller_has_lost_interest()
    {
        var (line, dialogue) = await Open();
        using var interest = new CancellationTokenSource();
        var reading = dialogue.ReadUntilAsync("#", cancel: interest.Token);
        await interest.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        line.Say("still here#"u8);
        Assert.Equal("still here#", await dialogue.ReadUntilAsync("#", cancel: Cancel));
    }

    [Fact]
    public async Task allows_one_read_at_a_time()
    {
        var (line, dialogue) = await Open();
        var first = dialogue.ReadUntilAsync("#", cancel: Cancel);
        await Assert.ThrowsAsync<InvalidOperationException>(() => dialogue.ReadUntilAsync("#", cancel: Cancel));
        line.Say("#"u8);
        await first;
    }

    [Fact]
    public async Task expects_several_and_takes_the_one_that_ends_first()
    {
        var (line, dialogue) = await Open();
        line.Say("Login incorrect\r\nlogin: $ "u8);
        var found = await dialogue.ExpectAsync([@"\$ ", "Login (in)?correct", "Login"], cancel: Cancel);
        Assert.Equal((2, "Login", ""), (found.Index, found.Text, found.Before));
        found = await dialogue.ExpectAsync([@"\$", "in(corr)ect"], cancel: Cancel);
        Assert.Equal((1, "corr", " incorrect"), (found.Index, found.Match.Groups[1].Value, found.Text));
        Assert.Equal(" ", found.Before);
        Assert.Equal("\r\nlogin: $", (await dialogue.ExpectAsync([@"\$", "never"], cancel: Cancel)).Text);
    }

    [Fact]
    public async Task reads_all_until_the_far_end_closes()
    {
        var (line, dialogue) = await Open();
        var reading = dialogue.ReadAllAsync(cancel: Cancel);
        line.Say("one "u8);
        line.Say("two"u8);
        line.End();
        Assert.Equal("one two", await reading);
        Assert.Equal("", await dialogue.ReadSomeAsync(cancel: Cancel));
    }

    [Fact]
    public async Task reads_some_as_soon_as_there_is_any_but_never_half_a_character()
    {
        var (line, dialogue) = await Open();
        var reading = dialogue.ReadSomeAsync(cancel: Cancel);
        line.Say([0xC3]);
        Assert.False(reading.IsCompleted);
        line.Say([0xBC, 0xE2, 0x82]);
        Assert.Equal("ü", await reading);
        line.Say([0xAC]);
        Assert.Equal("€", await dialogue.ReadSomeAsync(cancel: Cancel));
    }

    [Fact]
    public async Task makes_the_device_wait_when_too_much_is_unread_and_lets_it_go_on_after()
    {
        var (line, dialogue) = await Open(new DialogueOptions { Limit = 1000 });
        line.Say(new byte[999]);
        Assert.Equal(0, line.Pauses);
        line.Say(new byte[1]);
        Assert.True(line.IsPaused);

        await Assert.ThrowsAsync<DialogueFullException>(() => dialogue.ReadUntilAsync("#", cancel: Cancel));
        Assert.True(line.IsPaused);
        Assert.Equal(1000, (await dialogue.ReadSomeBytesAsync(cancel: Cancel)).Length);
        Assert.False(line.IsPaused);
    }

    [Fact]
    public async Task looks_at_what_arrives_once_however_small_the_pieces()
    {
        var (line, dialogue) = await Open(new DialogueOptions { Limit = 64 * 1024 * 1024, LongestMatch = 64 });
        var reading = dialogue.ExpectAsync([new Regex("^end of story$", RegexOptions.Multiline)], cancel: Cancel);
        var piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("some words of output\n", 5)));

        // Quadratic work over these 20 MB would take hours; what is asserted is that this ends.
        for (var i = 0; i < 200_000; i++)
            line.Say(piece);
        line.Say("end of story\n"u8);
        var found = await reading;
        Assert.Equal((200_000 * piece.Length) + 12, found.Text.Length);
    }

    [Fact]
    public async Task writes_lines_and_shows_no_secret_in_its_log()
    {
        var log = new List<string>();
        var (line, dialogue) = await Open(new DialogueOptions { Log = log.Add, LineEnd = "\r" });
        await dialogue.WriteLineAsync("bob");
        await dialogue.WriteSecretAsync("hunter2");
        line.Say("you typed hun"u8);
        line.Say("ter2, and hunt"u8);
        line.Say("ing is over\r\n"u8);

        Assert.Equal("bob\rhunter2\r", Encoding.UTF8.GetString(line.Written));
        Assert.Equal("you typed hunter2, and hunting is over\r\n", dialogue.ReadEager());
        var all = string.Join('\n', log);
        Assert.DoesNotContain("hunter2", all.Replace("\n< ", "", StringComparison.Ordinal));
        Assert.Equal(["> bob\\r", "> (a secret)", "< you typed ", "< ••••••, and ", "< hunting is over\\r\\n"], log);
    }

    [Fact]
    public async Task lets_a_person_talk_until_the_far_end_closes()
    {
        var (line, dialogue) = await Open();
        line.Say("hello "u8);
        using var typed = new Typed();
        using var shown = new MemoryStream();
        var talking = dialogue.InteractAsync(typed, shown, Cancel);
        await typed.Type("show clock\n"u8.ToArray());
        await typed.WasRead();
        line.Say("12:00"u8);
        line.End();

        Assert.True(await talking.WaitAsync(HeardLine.Patience, Cancel));
        Assert.Equal("hello 12:00", Encoding.ASCII.GetString(shown.ToArray()));
        Assert.Equal("show clock\n", Encoding.ASCII.GetString(line.Written));
    }

    [Fact]
    public async Task says_when_the_person_s_input_has_ended_and_can_be_read_on()
    {
        var (line, dialogue) = await Open();
        using var typed = new MemoryStream("exit\n"u8.ToArray());
        Assert.False(await dialogue.InteractAsync(typed, Stream.Null, Cancel));
        line.Say("logout"u8);
        Assert.Equal("logout", await dialogue.ReadUntilAsync("out", cancel: Cancel));
    }

    [Fact]
    public void finds_the_same_wherever_the_stream_is_cut()
    {
        // An alphabet in which matches are likely, overlap and end in multi-byte characters.
        var text = Gen.Elements("a", "b", "ab", "ü", "€", "𝄞", "\r\n", "#", "ba#").ArrayOf().Select(string.Concat);
        var cuts = Gen.Choose(1, 7).ArrayOf();
        Prop.ForAll(text.Zip(cuts).ToArbitrary(), pair =>
        {
            var (stream, lengths) = pair;
            var bytes = Encoding.UTF8.GetBytes(stream);
            return Script(bytes, []).SequenceEqual(Script(bytes, lengths));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    [Fact]
    public void loses_and_invents_no_byte_in_a_stream_that_is_no_text()
    {
        Prop.ForAll(Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf().Zip(Gen.Choose(1, 5).ArrayOf()).ToArbitrary(), pair =>
        {
            var (stream, lengths) = pair;
            var (line, dialogue) = Open().GetAwaiter().GetResult();
            Cut(line, stream, lengths);
            line.End();
            return Encoding.UTF8.GetString(stream) == dialogue.ReadAllAsync(cancel: Cancel).GetAwaiter().GetResult();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));
    }

    // Reads in turns, by patterns, by text and by bytes, until the end; what each read gave.
    private static List<string> Script(byte[] stream, int[] lengths)
    {
        var (line, dialogue) = Open().GetAwaiter().GetResult();
        Cut(line, stream, lengths);
        line.End();
        var read = new List<string>();
        try
        {
            while (true)
            {
                var found = dialogue.ExpectAsync(["ba#", "€", "𝄞a"], cancel: Cancel).GetAwaiter().GetResult();
                read.Add($"{found.Index} {found.Text}");
                read.Add(dialogue.ReadUntilAsync("ü", cancel: Cancel).GetAwaiter().GetResult());
                read.Add(Convert.ToHexString(dialogue.ReadUntilAsync("#"u8.ToArray(), cancel: Cancel).GetAwaiter().GetResult()));
            }
        }
        catch (DialogueClosedException end)
        {
            read.Add("end " + end.Text);
            return read;
        }
    }

    private static void Cut(FakeLine line, byte[] stream, int[] lengths)
    {
        for (int at = 0, turn = 0; at < stream.Length; turn++)
        {
            var length = Math.Min(lengths.Length == 0 ? stream.Length : lengths[turn % lengths.Length], stream.Length - at);
            line.Say(stream.AsSpan(at, length));
            at += length;
        }
    }

    private static async Task<(FakeLine Line, LineDialogue Dialogue)> Open(DialogueOptions? options = null)
    {
        var line = new FakeLine();
        return (line, await LineDialogue.OpenAsync(line.Dial, options, Cancel));
    }
}
