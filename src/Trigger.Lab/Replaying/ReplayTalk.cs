using System.Text;
using Trigger.Wire.Recording;

namespace Trigger.Lab.Replaying;

/// <summary>
/// One connection to a recorded device: says what it said, when it said it and in its pieces, and holds what the client types against what was typed then. Passwords and user names match
/// anything. Who types something else is told of, and hung up on: nobody knows what the device would have said.
/// </summary>
internal sealed class ReplayTalk : ILabTalk
{
    private const int MostAhead = 64 * 1024;

    private readonly Lock gate = new();
    private readonly Recording recording;
    private readonly double speed;
    private readonly Action<ReadOnlyMemory<byte>> write;
    private readonly Action close;
    private readonly Action<string> note;
    private readonly TimeProvider time;
    private readonly TypedLine typed = new();
    private readonly Queue<byte> ahead = new();
    private ITimer? timer;
    private ReadOnlyMemory<byte> said;
    private TimeSpan at;
    private int next;
    private bool afterReturn;
    private bool over;

    /// <param name="speed">How many times faster than recorded; infinity for at once.</param>
    /// <param name="note">Told when the client goes its own way; once.</param>
    public ReplayTalk(Recording recording, double speed, Action<ReadOnlyMemory<byte>> write, Action close, Action<string> note, TimeProvider time)
    {
        this.recording = recording;
        this.speed = speed;
        this.write = write;
        this.close = close;
        this.note = note;
        this.time = time;
    }

    public void Begin()
    {
        lock (gate)
            GoOn(waited: false);
    }

    public void Receive(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (over)
                return;

            foreach (var one in bytes)
            {
                // RETURN comes as CR, LF, CR LF or CR NUL, and means the same.
                var second = afterReturn && one is (byte)'\n' or 0;
                afterReturn = one == '\r';
                if (!second)
                    ahead.Enqueue(one == '\n' ? (byte)'\r' : one);
            }

            if (ahead.Count > MostAhead)
                End("the client types far ahead of the recording");
            else if (timer is null)
                GoOn(waited: false);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            over = true;
            timer?.Dispose();
            timer = null;
        }
    }

    private void GoOn(bool waited)
    {
        for (; !over; waited = false)
        {
            if (next == recording.Moves.Count)
            {
                if (ahead.Count > 0)
                    End($"the client typed '{Shown()}' after the recording's end");
                return;
            }

            var move = recording.Moves[next];
            if (move is RecordedMove.Sent sent ? !Hear(sent) : !waited && Waits(move.At - at))
                return;

            at = move.At;
            next++;
            if (move is RecordedMove.Received received)
                write(said = received.Bytes);
            else if (move is RecordedMove.Closed { ByDevice: true })
                End(null);
        }
    }

    /// <summary>Whether all of it was typed.</summary>
    private bool Hear(RecordedMove.Sent sent)
    {
        typed.Expect(sent);
        while (!typed.IsWhole)
        {
            if (!ahead.TryPeek(out var one))
                return false;

            if (!typed.Take(one))
            {
                End($"the recording has '{RecordingText.Escaped(sent.Bytes.Span)}' here, and the client typed '{typed.Before}{Shown()}'");
                return false;
            }

            ahead.Dequeue();
        }

        typed.Forget();
        return true;
    }

    private bool Waits(TimeSpan recorded)
    {
        var wait = double.IsInfinity(speed) ? TimeSpan.Zero : recorded / speed;
        if (wait < TimeSpan.FromMilliseconds(1))
            return false;

        timer = time.CreateTimer(_ => Waited(), null, wait, Timeout.InfiniteTimeSpan);
        return true;
    }

    private void Waited()
    {
        lock (gate)
        {
            timer?.Dispose();
            timer = null;
            GoOn(waited: true);
        }
    }

    // What is typed behind a question for a password may be one, also where the recording has something else.
    private string Shown() => Encoding.ASCII.GetString(said.Span).TrimEnd() is var text && text.Length > 0 && text[Math.Max(0, text.Length - 40)..].Contains("passw", StringComparison.OrdinalIgnoreCase)
        ? "(not shown)"
        : RecordingText.Escaped([.. ahead.Take(200)]);

    private void End(string? why)
    {
        over = true;
        if (why is not null)
            note($"{recording.Name}:{(next < recording.Moves.Count ? recording.Moves[next].Line : recording.Moves.Count == 0 ? 1 : recording.Moves[^1].Line)}: {why}. The connection is closed.");
        close();
    }
}
