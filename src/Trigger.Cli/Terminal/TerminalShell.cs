using Trigger.Wire.Dialogue;
using Trigger.Wire.Telnet;

namespace Trigger.Cli.Terminal;

/// <summary>
/// A person, or a pipe, talking with a device: keys out, bytes in, both as they are, until one of the two ends. No thread belongs to it beyond the one that
/// waits for the keyboard.
/// </summary>
internal sealed class TerminalShell(LineDialogue dialogue, Stream keys, Stream screen, EscapeKey escape, TimeProvider time)
{
    private const int MostTypedAhead = 64 * 1024;

    private readonly LocalLine local = new();
    private readonly TypedKeys typist = new(keys);
    private long heardAt;

    /// <summary>What to do at the escape key, given what is typed next; true to leave. Null leaves at once.</summary>
    public Func<TypedKeys, Task<bool>>? Menu { get; init; }

    /// <summary>Gets what the screen gets.</summary>
    public Transcript? Transcript { get; init; }

    /// <summary>
    /// How long the far end may be silent once the input has ended before it is hung up on. Few devices can be told that nothing more comes, and nobody would wait for them to notice.
    /// </summary>
    public TimeSpan Linger { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether a line feed is typed as CR LF, for input that is no terminal's.</summary>
    public bool EndsLines { get; init; }

    /// <summary>Whether nobody reads what we would echo: input is no terminal's.</summary>
    public bool Quiet { get; init; }

    /// <param name="ready">Keys are kept until then: the session still logs in. The escape key works at once.</param>
    public async Task<ShellEnd> Run(Task ready, CancellationToken cancel)
    {
        heardAt = time.GetTimestamp();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var showing = Show(over.Token);
        var typing = Type(ready, over.Token);
        var end = ShellEnd.FarEnd;
        if (await Task.WhenAny(showing, typing).ConfigureAwait(false) == typing)
        {
            end = await Typed(typing, cancel).ConfigureAwait(false);
            if (end == ShellEnd.InputEnded)
            {
                dialogue.Line.EndInput();
                await Silence(showing, cancel).ConfigureAwait(false);
            }
        }

        await over.CancelAsync().ConfigureAwait(false);
        await Ended(showing).ConfigureAwait(false);
        await Ended(typing).ConfigureAwait(false);
        cancel.ThrowIfCancellationRequested();
        return end;
    }

    // What was never ready to be typed at is not a mistake of the typist's: the far end will say what it is.
    private static async Task<ShellEnd> Typed(Task<ShellEnd> typing, CancellationToken cancel)
    {
        try
        {
            return await typing.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return ShellEnd.InputEnded;
        }
    }

    private static async Task Ended(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or DialogueClosedException)
        {
            // Called off, or the line broke: the dialogue knows why.
        }
    }

    private async Task Show(CancellationToken cancel)
    {
        while (await dialogue.ReadSomeBytesAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false) is { Length: > 0 } bytes)
        {
            Interlocked.Exchange(ref heardAt, time.GetTimestamp());
            await screen.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            await screen.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            Transcript?.Write(bytes);
        }
    }

    private async Task<ShellEnd> Type(Task ready, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        var ahead = new List<byte>();
        _ = ready.ContinueWith(_ => Send(ahead), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        while (true)
        {
            var count = await typist.ReadAsync(buffer, cancel).ConfigureAwait(false);
            if (count == 0)
            {
                await ready.WaitAsync(cancel).ConfigureAwait(false);
                Send(ahead);
                return ShellEnd.InputEnded;
            }

            var found = escape.Find(buffer.AsSpan(0, count), out var pass, out var behind);
            await Pass(pass, ready, ahead).ConfigureAwait(false);
            if (!found)
                continue;

            typist.PutBack(behind);
            if (Menu is null || await Menu(typist).ConfigureAwait(false))
                return ShellEnd.Escaped;
        }
    }

    private async Task Pass(byte[] typed, Task ready, List<byte> ahead)
    {
        if (!ready.IsCompletedSuccessfully)
        {
            lock (ahead)
                ahead.AddRange(typed.Take(MostTypedAhead - ahead.Count));
            return;
        }

        Send(ahead);
        if (dialogue.Line is TelnetLine { FarEndEchoes: false } && !Quiet)
        {
            var (show, send) = local.Type(typed);
            await screen.WriteAsync(show).ConfigureAwait(false);
            await screen.FlushAsync().ConfigureAwait(false);
            dialogue.Line.Write(send);
            return;
        }

        dialogue.Line.Write(local.Flush());
        dialogue.Line.Write(EndsLines ? WithLineEnds(typed) : typed);
    }

    private void Send(List<byte> ahead)
    {
        byte[] typed;
        lock (ahead)
        {
            typed = [.. ahead];
            ahead.Clear();
        }

        dialogue.Line.Write(EndsLines ? WithLineEnds(typed) : typed);
    }

    private static byte[] WithLineEnds(byte[] typed)
    {
        var lines = new List<byte>(typed.Length + 16);
        foreach (var one in typed)
        {
            if (one == '\n' && (lines.Count == 0 || lines[^1] != '\r'))
                lines.Add((byte)'\r');
            lines.Add(one);
        }

        return [.. lines];
    }

    // Until the far end has closed, or said nothing for so long.
    private async Task Silence(Task showing, CancellationToken cancel)
    {
        Interlocked.Exchange(ref heardAt, time.GetTimestamp());
        while (!showing.IsCompleted)
        {
            var left = Linger - time.GetElapsedTime(Interlocked.Read(ref heardAt));
            if (Linger != Timeout.InfiniteTimeSpan && left <= TimeSpan.Zero)
                return;

            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var waiting = Task.Delay(Linger == Timeout.InfiniteTimeSpan ? Timeout.InfiniteTimeSpan : left, time, patience.Token);
            await Task.WhenAny(showing, waiting).ConfigureAwait(false);
            await patience.CancelAsync().ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
        }
    }
}
