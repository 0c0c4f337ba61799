using System.Text;
using Trigger.Wire.Recording;

namespace Trigger.Tests.Wire;

public sealed class A_recording
{
    private static readonly DateTimeOffset Date = new(2026, 11, 21, 18, 0, 0, TimeSpan.Zero);

    [Fact]
    public void is_text_that_a_person_can_read()
    {
        var text = RecordingText.Header("r1", "cisco_ios", "telnet", Date)
            + RecordingText.Written(new RecordedMove.Received(TimeSpan.FromMilliseconds(12), "\r\nHello \r\nUsername: "u8.ToArray()))
            + RecordingText.Written(new RecordedMove.Sent(TimeSpan.FromMilliseconds(1204), new byte[] { RecordedMove.Secret, (byte)'\r' }))
            + RecordingText.Written(new RecordedMove.Closed(TimeSpan.FromSeconds(9), ByDevice: true));

        Assert.Equal("""
            trigger-recording 1
            device = r1
            platform = cisco_ios
            protocol = telnet
            date = 2026-11-21T18:00:00.000Z

            0.012 < 
                  | Hello\s
                  | Username:\s
            1.204 > \{secret}\r
            9.000 = closed by the device

            """, text, ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void is_read_as_it_was_written_whatever_the_bytes()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 500; round++)
        {
            var at = TimeSpan.Zero;
            var moves = new List<RecordedMove>();
            for (var left = random.Next(1, 8); left > 0; left--)
            {
                at += TimeSpan.FromMilliseconds(random.Next(3000));
                moves.Add(left % 2 == 0 ? new RecordedMove.Received(at, Bytes(random)) : new RecordedMove.Sent(at, Bytes(random)));
            }

            moves.Add(new RecordedMove.Closed(at, ByDevice: round % 2 == 0));
            var text = RecordingText.Header("r 1\\\u00e9", "frr", "ssh", Date) + string.Concat(moves.Select(RecordingText.Written));

            var mistakes = new List<string>();
            var read = RecordingText.Parse(text, "r.dialogue", mistakes);

            Assert.True(read is not null, $"seed {seed}, round {round}: {string.Join(' ', mistakes)}");
            Assert.Equal(("r 1\\\u00e9", "frr", "ssh", Date), (read.Device, read.Platform, read.Protocol, read.Date));
            Assert.Equal(moves.Select(Shown), read.Moves.Select(Shown));
        }
    }

    [Theory]
    [InlineData("", "r:1: a recording begins with")]
    [InlineData("trigger-recording 1\n", "no 'device = …'")]
    [InlineData("trigger-recording 1\nprotocol = rlogin\n", "r:2: the protocol is 'rlogin'")]
    [InlineData("trigger-recording 1\ndate = yesterday\n", "r:2: the date")]
    [InlineData("trigger-recording 1\ncolour = red\n", "r:2: expected")]
    [InlineData("trigger-recording 1\n| x\n", "r:2: there is no piece above")]
    [InlineData("trigger-recording 1\n2.0 < a\n1.0 < b\n", "r:3: time runs backwards")]
    [InlineData("trigger-recording 1\n1.0 = closed by us\n2.0 < b\n", "r:3: nothing can come")]
    [InlineData("trigger-recording 1\n1.0 ? a\n", "r:2: behind the seconds")]
    [InlineData("trigger-recording 1\n1.0.0 < a\n", "r:2: a move begins with its seconds")]
    [InlineData("trigger-recording 1\n1.0 < \\q\n", "r:2: behind \\ stands")]
    [InlineData("trigger-recording 1\n1.0 < \u00e9\n", "r:2: only printable ASCII")]
    public void names_the_line_that_is_wrong(string text, string mistake)
    {
        var mistakes = new List<string>();

        Assert.Null(RecordingText.Parse(text, "r", mistakes));
        Assert.Contains(mistakes, found => found.Contains(mistake, StringComparison.Ordinal));
    }

    [Fact]
    public void never_makes_its_reader_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var good = RecordingText.Header("r1", "frr", "ssh", Date) + "0.1 < a\n    | b\n0.2 > \\{user}\\r\n0.3 = closed by us\n";
        for (var round = 0; round < 5000; round++)
        {
            var text = new StringBuilder(good);
            for (var change = random.Next(1, 6); change > 0; change--)
            {
                var at = random.Next(text.Length);
                if (random.Next(3) == 0)
                    text.Remove(at, Math.Min(text.Length - at - 1, random.Next(10)));
                else
                    text.Insert(at, random.Next(2) == 0 ? (char)random.Next(0x3000) : "<>=|+#\\ .0\n\r"[random.Next(12)]);
            }

            var failure = Record.Exception(() => RecordingText.Parse(text.ToString(), "r", []));
            Assert.True(failure is null, $"seed {seed}, round {round}: {failure}");
        }
    }

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(random.Next(2) == 0 ? 10 : 3000)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = random.Next(4) == 0 ? (byte)random.Next(256) : (byte)"ab \r\n\\"[random.Next(6)];
        return bytes;
    }

    private static string Shown(RecordedMove move) => move switch
    {
        RecordedMove.Received received => $"{received.At} < {Convert.ToHexString(received.Bytes.Span)}",
        RecordedMove.Sent sent => $"{sent.At} > {Convert.ToHexString(sent.Bytes.Span)}",
        _ => move.ToString()![..20] + move.At + ((RecordedMove.Closed)move).ByDevice,
    };
}
