using System.Text;
using Trigger.Lab.Replaying;
using Trigger.Tests.Kernel;
using Trigger.Wire.Recording;

namespace Trigger.Tests.Lab;

public sealed class A_replayed_device : IDisposable
{
    private readonly FakeClock clock = new();
    private readonly StringBuilder said = new();
    private readonly List<string> notes = [];
    private ReplayTalk? talk;
    private int pieces;
    private bool closed;

    public void Dispose() => talk?.Dispose();

    [Fact]
    public void says_what_it_said_when_it_said_it()
    {
        Play("0.100 < Password:\\s\n0.500 > \\{secret}\\r\n0.750 < \n    | r1#\n0.750 > exit\\r\n0.760 = closed by the device\n");
        Assert.Equal("", said.ToString());
        Pass(100);
        Assert.Equal("Password: ", said.ToString());
        Types("anything at all\r\n");
        Pass(249);
        Assert.Equal("Password: ", said.ToString());
        Pass(1);
        Assert.Equal("Password: \r\nr1#", said.ToString());
        Types("exit\n");
        Pass(10);

        Assert.True(closed);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void takes_what_is_typed_in_any_pieces_and_ahead(int size)
    {
        Play("0.000 < >\n0.100 > a b\\r\n0.200 < 1>\n0.300 > cd\\r\n0.400 < 2>\n9.000 = closed by us\n", speed: double.PositiveInfinity);
        foreach (var piece in "a b\r\0cd\r\n".Chunk(size))
            Types(new string(piece));

        Assert.Equal(">1>2>", said.ToString());
        Assert.Equal(3, pieces);
        Assert.False(closed);
        Assert.Empty(notes);
    }

    [Theory]
    [InlineData("show ver\r", "'show version\\r' here, and the client typed 'show ver\\r'")]
    [InlineData("show version\rexit\r", "typed 'exit\\r' after the recording's end")]
    public void tells_of_who_goes_another_way_and_hangs_up(string types, string note)
    {
        Play("0.000 < r1#\n0.000 > show version\\r\n", speed: double.PositiveInfinity);
        Types(types);

        Assert.True(closed);
        Assert.Contains(note, Assert.Single(notes), StringComparison.Ordinal);
        Assert.StartsWith("r1.1.dialogue:8: ", notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void shows_nothing_of_what_is_typed_behind_a_question_for_a_password()
    {
        Play("0.000 < Password:\\s\n0.000 > x\\r\n", speed: double.PositiveInfinity);
        Types("my own secret\r");

        Assert.DoesNotContain("secret", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void does_not_let_a_client_fill_its_memory()
    {
        Play("60.000 < late\n61.000 > x\\r\n");
        Types(new string('x', 100_000));

        Assert.True(closed);
        Assert.Contains("far ahead", Assert.Single(notes), StringComparison.Ordinal);
    }

    private void Play(string moves, double speed = 1)
    {
        var mistakes = new List<string>();
        var recording = RecordingText.Parse(RecordingText.Header("r1", "frr_vty", "telnet", DateTimeOffset.UnixEpoch) + moves, "r1.1.dialogue", mistakes);
        Assert.Empty(mistakes);
        talk = new ReplayTalk(recording!, speed, Write, () => closed = true, notes.Add, clock);
        talk.Begin();
    }

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        pieces++;
        said.Append(Encoding.ASCII.GetString(bytes.Span));
    }

    private void Types(string text) => talk!.Receive(Encoding.ASCII.GetBytes(text));

    private void Pass(int milliseconds) => clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
}
