using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Sessions.Recording;
using Trigger.Tests.Devices;
using Trigger.Tests.Jobs;
using Trigger.Tests.Kernel;
using Trigger.Wire;
using Trigger.Wire.Recording;

namespace Trigger.Tests.Sessions;

public sealed class A_recorded_session : IDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"trigger-recorded-{Guid.NewGuid():N}");
    private readonly FakeClock clock = new();
    private readonly Quiet session = new();
    private readonly Far far = new();

    public void Dispose()
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task is_written_down_with_its_timing_and_without_its_secrets()
    {
        await Record(line =>
        {
            far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
            clock.Advance(TimeSpan.FromMilliseconds(250));
            Says("Username: ");
            line.Write("bob\r"u8);
            Says("bob\r\nPassword: ");
            line.Write("hunter22\r"u8);
            Says("\r\nr1#");
            line.Write("show clock\r"u8);
            Says("show clock\r\n12:00\r\nr1#");
            line.Close();
            far.Heard.Closed(null);
        });

        Assert.Equal(
            ["0.250 < Username:\\s", @"0.250 > \{user}\r", "0.250 < bob", @"      | Password:\s", @"0.250 > \{secret}\r", "0.250 < ", "      | r1#", @"0.250 > show clock\r", "0.250 < show clock", "      | 12:00", "      | r1#", "0.250 = closed by us"],
            File.ReadAllLines(Path.Combine(folder, "r1.1.dialogue"))[6..]);
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "r1.1.dialogue")));
    }

    [Fact]
    public async Task holds_no_password_however_the_device_repeats_it()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        await Record(line =>
        {
            far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
            for (var round = 0; round < 200; round++)
            {
                line.Write("hunter22\r"u8);
                var text = "hunter22\r\nyou said hunterhunter22, bob\r\nPassword: ";
                for (var at = 0; at < text.Length;)
                {
                    var length = Math.Min(text.Length - at, random.Next(1, 12));
                    Says(text.Substring(at, length));
                    at += length;
                }
            }

            far.Heard.Closed(null);
        });

        var mistakes = new List<string>();
        var path = Path.Combine(folder, "r1.1.dialogue");
        var read = RecordingText.Parse(File.ReadAllText(path), path, mistakes);
        Assert.Empty(mistakes);
        var received = string.Concat(read!.Moves.OfType<RecordedMove.Received>().Select(piece => System.Text.Encoding.Latin1.GetString(piece.Bytes.Span)));
        Assert.False(received.Contains("hunter22", StringComparison.Ordinal), $"seed {seed}");
        Assert.Equal(200, received.Split("you said hunter\u00ff, bob").Length - 1);
    }

    [Fact]
    public async Task hides_the_echo_of_a_short_password_and_leaves_the_same_letters_in_a_prompt()
    {
        await Record(
            line =>
            {
                far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
                line.Write("lab\r"u8);
                foreach (var one in "lab\r\nlab-1#")
                    Says(one.ToString());
                far.Heard.Closed(null);
            },
            password: "lab");

        Assert.Equal([@"0.000 > \{secret}\r", @"0.000 < \{secret}\r", @"0.000 < \n", "0.000 < l", "0.000 < a", "0.000 < b"], File.ReadAllLines(Path.Combine(folder, "r1.1.dialogue"))[6..12]);
    }

    [Fact]
    public async Task takes_the_next_number_when_its_file_is_there_already()
    {
        await Record(_ => far.Heard!.Closed(null));
        await Record(_ => far.Heard!.Closed(null));

        Assert.Equal(["r1.1.dialogue", "r1.2.dialogue"], Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task goes_on_when_the_disk_will_not_have_it_and_says_so_once()
    {
        var warned = new List<string>();
        await Record(
            line =>
            {
                Directory.Delete(folder, recursive: true);
                far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
                Says("one");
                Says("two");
                line.Write("x\r"u8);
            },
            warned.Add);

        Assert.Equal(2, session.Pieces);
        Assert.Equal(1, far.Written);
        Assert.Contains("not recorded whole", Assert.Single(warned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_cut_short_rather_than_kept_in_memory()
    {
        var warned = new List<string>();
        await Record(
            _ =>
            {
                far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
                Says(new string('x', 5000));
                far.Heard.Closed(null);
            },
            warned.Add,
            most: 1000);

        Assert.Single(warned);
        Assert.Equal(1, session.Pieces);
    }

    [Fact]
    public async Task warns_when_its_last_piece_cannot_be_kept()
    {
        var warned = new List<string>();
        await Record(
            line =>
            {
                far.Heard!.Opened(new LineGreeting("127.0.0.1:23"));
                Says("r1#");
                line.Close();
                far.Heard.Closed(null);
            },
            warned.Add,
            shelf: new FullShelf());

        Assert.Contains("the shelf is full", Assert.Single(warned), StringComparison.Ordinal);
    }

    [Fact]
    public async Task warns_once_until_a_recording_is_whole_again()
    {
        var warned = new List<string>();
        await using (var recorder = new SessionRecorder(new FullShelf(), _ => [], clock, warned.Add))
        {
            foreach (var device in new[] { "bad", "worse", "good", "bad", "worse" })
            {
                var dial = recorder.Around((_, _, heard) =>
                {
                    far.Heard = heard;
                    return far;
                });
                dial(Runs.Device(device), Platforms.BuiltIn.Get("cisco_ios"), session);
                Says("r1#");
                far.Heard!.Closed(null);
            }
        }

        Assert.Equal(2, warned.Count);
    }

    private void Says(string text) => far.Heard!.Received(System.Text.Encoding.ASCII.GetBytes(text));

    private async Task Record(Action<ILine> happens, Action<string>? warn = null, long most = 1_000_000, string password = "hunter22", IRecordingShelf? shelf = null)
    {
        using var who = new Credentials("bob", new Secret(password));
        await using var recorder = new SessionRecorder(shelf ?? new RecordingFolder(folder), _ => [who], clock, warn ?? Assert.Fail, most);
        var dial = recorder.Around((_, _, heard) =>
        {
            far.Heard = heard;
            return far;
        });
        happens(dial(Runs.Device("r1"), Platforms.BuiltIn.Get("cisco_ios"), session));
    }

    /// <summary>Takes what is written, but cannot keep it, unless it is of somebody called good.</summary>
    private sealed class FullShelf : IRecordingShelf
    {
        public TextWriter Begin(string device, string? run, DateTimeOffset at) => device == "good" ? new StringWriter() : new Writer();

        private sealed class Writer : StringWriter
        {
            protected override void Dispose(bool disposing)
            {
                base.Dispose(disposing);
                throw new IOException("the shelf is full.");
            }
        }
    }

    private sealed class Quiet : ILineObserver
    {
        public int Pieces { get; private set; }

        public void Authenticating(LineGreeting greeting) { }

        public void Opened(LineGreeting greeting) { }

        public void Received(ReadOnlyMemory<byte> bytes) => Pieces++;

        public void Closed(WireFault? fault) { }
    }

    private sealed class Far : ILine
    {
        public ILineObserver? Heard { get; set; }

        public int Written { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes) => Written++;

        public void Authenticate(LineCredentials credentials) { }

        public void Pause() { }

        public void Resume() { }

        public void Close() { }

        public void Abort() { }
    }
}
