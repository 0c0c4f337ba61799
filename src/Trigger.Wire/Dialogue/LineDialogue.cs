using System.Text.RegularExpressions;

namespace Trigger.Wire.Dialogue;

/// <summary>
/// A conversation over any <see cref="ILine"/>, Telnet and SSH alike: read until something arrives, write, hand over to a person. One read at a time; writes may come
/// from anywhere. Every read leaves what it does not return for the next one, also when it fails.
/// </summary>
public class LineDialogue : IAsyncDisposable
{
    private readonly DialogueOptions options;
    private readonly string lineEnd;
    private readonly TimeProvider time;
    private readonly LineInbox inbox;
    private readonly WireLog? log;
    private readonly ReceivedText unread;
    private int reading;

    private protected LineDialogue(DialogueOptions options, string usualLineEnd = "\n")
    {
        this.options = options;
        lineEnd = options.LineEnd ?? usualLineEnd;
        time = options.Time ?? TimeProvider.System;
        log = options.Log is null ? null : new WireLog(options.Log);
        unread = new ReceivedText(options.Charset);
        inbox = new LineInbox(options, log);
    }

    /// <summary>The line beneath; what is written to it directly is not logged.</summary>
    public ILine Line { get; private set; } = new DeadLine();

    /// <summary>What is known of the far end.</summary>
    public LineGreeting Greeting => inbox.Opening.Result;

    /// <summary>Whether the line has ended and all that came has been read.</summary>
    public bool AtEnd => unread.Count == 0 && inbox.IsClosed;

    /// <summary>Why the line broke; null while it stands and when it ended in order.</summary>
    public WireFault? Fault => inbox.Fault;

    /// <summary>How the command or shell ended, once the line has; null when the far end did not say (Telnet never does).</summary>
    public LineExit? Exit => inbox.Exit;

    /// <summary>Opens a line and waits until it carries bytes.</summary>
    /// <param name="dial">Begins the call, for example <c>observer =&gt; dialer.Dial(dial, observer)</c>. How long opening may take is the dial's affair.</param>
    /// <exception cref="LineOpenException">The line could not be opened; the fault says why.</exception>
    public static async Task<LineDialogue> OpenAsync(Func<ILineObserver, ILine> dial, DialogueOptions? options = null, CancellationToken cancel = default)
    {
        var dialogue = new LineDialogue(options ?? new DialogueOptions());
        await dialogue.Open(dial, cancel).ConfigureAwait(false);
        return dialogue;
    }

    /// <summary>Reads up to and including the text, and returns all of it.</summary>
    /// <param name="timeout">Null for <see cref="DialogueOptions.Timeout"/>.</param>
    /// <exception cref="DialogueTimeoutException">It did not arrive in time; what did can still be read.</exception>
    /// <exception cref="DialogueClosedException">The line ended first.</exception>
    /// <exception cref="DialogueFullException">Too much arrived without it.</exception>
    public async Task<string> ReadUntilAsync(string text, TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var length = await Find(options.Charset.GetBytes(text), $"'{FarText.Show(text)}'", timeout, cancel).ConfigureAwait(false);
        return Consumed(length, unread.TakeText(length));
    }

    /// <summary>Reads up to and including these bytes.</summary>
    /// <inheritdoc cref="ReadUntilAsync(string, TimeSpan?, CancellationToken)"/>
    public async Task<byte[]> ReadUntilAsync(ReadOnlyMemory<byte> bytes, TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length, nameof(bytes));
        var length = await Find(bytes, $"'{FarText.Show(bytes.Span)}'", timeout, cancel).ConfigureAwait(false);
        return Consumed(length, unread.Take(length));
    }

    /// <summary>Reads up to and including the first match.</summary>
    /// <inheritdoc cref="ReadUntilAsync(string, TimeSpan?, CancellationToken)"/>
    public async Task<string> ReadUntilAsync(Regex pattern, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        (await ExpectAsync([pattern], timeout, cancel).ConfigureAwait(false)).Text;

    /// <summary>Reads up to and including a match of any of these regular expressions, which are run without backtracking where they allow it.</summary>
    /// <inheritdoc cref="ExpectAsync(IReadOnlyList{Regex}, TimeSpan?, CancellationToken)"/>
    public Task<ExpectMatch> ExpectAsync(IReadOnlyList<string> patterns, TimeSpan? timeout = null, CancellationToken cancel = default) =>
        ExpectAsync([.. patterns.Select(Expectation.Compile)], timeout, cancel);

    /// <summary>
    /// Reads up to and including a match of any of the patterns. The match that ends first wins, and of two that end together the one whose pattern stands first: what somebody who
    /// watches the stream byte by byte would have seen. So patterns of a fixed length find the same wherever the stream is cut; one that can match more or less (<c>\d+</c>,
    /// <c>$</c>) matches what has arrived. Matches longer than <see cref="DialogueOptions.LongestMatch"/> are found only when they arrive in one piece.
    /// </summary>
    /// <inheritdoc cref="ReadUntilAsync(string, TimeSpan?, CancellationToken)"/>
    public async Task<ExpectMatch> ExpectAsync(IReadOnlyList<Regex> patterns, TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        var expectation = new Expectation(patterns, options.LongestMatch);
        using var turn = Enter();
        await Until(() => expectation.Look(unread.Text), () => expectation.ToString(), timeout, cancel).ConfigureAwait(false);
        var match = expectation.Found(unread.Text, out var index);
        var before = unread.Count;
        var text = unread.TakeChars(match.Index + match.Length);
        inbox.Read(before - unread.Count);
        return new ExpectMatch(index, match, text);
    }

    /// <summary>Reads until the far end closes the line. What arrived must fit in <see cref="DialogueOptions.Limit"/>; for more, call <see cref="ReadSomeAsync"/> in a loop.</summary>
    /// <inheritdoc cref="ReadUntilAsync(string, TimeSpan?, CancellationToken)"/>
    public async Task<string> ReadAllAsync(TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        using var turn = Enter();
        try
        {
            await Until(() => false, () => "the end of the line", timeout, cancel).ConfigureAwait(false);
        }
        catch (DialogueClosedException end) when (end.Fault is null)
        {
            // In order, and what was waited for.
        }

        return Consumed(unread.Count, unread.TakeText(unread.Count));
    }

    /// <summary>Waits until there is something, and reads all there is. Empty only at the end of the line.</summary>
    /// <inheritdoc cref="ReadUntilAsync(string, TimeSpan?, CancellationToken)"/>
    public async Task<string> ReadSomeAsync(TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        using var turn = Enter();
        if (!await Something(() => !unread.Text.IsEmpty, timeout, cancel).ConfigureAwait(false))
            return Consumed(unread.Count, unread.TakeText(unread.Count));

        var before = unread.Count;
        var text = unread.TakeChars(unread.Text.Length);
        inbox.Read(before - unread.Count);
        return text;
    }

    /// <summary>The same, as bytes.</summary>
    /// <inheritdoc cref="ReadSomeAsync"/>
    public async Task<byte[]> ReadSomeBytesAsync(TimeSpan? timeout = null, CancellationToken cancel = default)
    {
        using var turn = Enter();
        await Something(() => unread.Count > 0, timeout, cancel).ConfigureAwait(false);
        return Consumed(unread.Count, unread.Take(unread.Count));
    }

    /// <summary>Reads what has arrived, without waiting: nothing, if nothing has.</summary>
    /// <exception cref="DialogueClosedException">The line has ended and there is nothing left.</exception>
    public string ReadEager()
    {
        using var turn = Enter();
        TakeIn();
        if (AtEnd)
            throw new DialogueClosedException("anything more", inbox.Fault, "");

        var before = unread.Count;
        var text = unread.TakeChars(unread.Text.Length);
        inbox.Read(before - unread.Count);
        return text;
    }

    /// <summary>Queues text for the device, as it is.</summary>
    /// <exception cref="DialogueClosedException">The line has ended.</exception>
    public ValueTask WriteAsync(string text) => WriteAsync(options.Charset.GetBytes(text));

    /// <summary>Queues bytes for the device.</summary>
    /// <inheritdoc cref="WriteAsync(string)"/>
    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        ThrowIfEnded();
        log?.Sent(bytes.Span);
        Line.Write(bytes.Span);
        return ValueTask.CompletedTask;
    }

    /// <summary>Queues a line, with the line end that the options name.</summary>
    /// <inheritdoc cref="WriteAsync(string)"/>
    public ValueTask WriteLineAsync(string text = "") => WriteAsync(text + lineEnd);

    /// <summary>Types a secret and a line end. The log shows neither it nor its echo.</summary>
    /// <inheritdoc cref="WriteAsync(string)"/>
    public ValueTask WriteSecretAsync(ReadOnlySpan<char> secret)
    {
        ThrowIfEnded();
        var bytes = new byte[options.Charset.GetByteCount(secret) + options.Charset.GetByteCount(lineEnd)];
        var length = options.Charset.GetBytes(secret, bytes);
        options.Charset.GetBytes(lineEnd, bytes.AsSpan(length));
        log?.Hide(bytes.AsSpan(0, length));
        Line.Write(bytes);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(bytes);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Lets a person talk: input goes to the device and what the device says to the output, until one of the two ends. What is still unread is shown first.
    /// </summary>
    /// <returns>True when the far end has closed the line; false when the input ended, and the line is still open.</returns>
    public async Task<bool> InteractAsync(Stream input, Stream output, CancellationToken cancel = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var showing = Show(output, over.Token);
        var typing = Type(input, over.Token);

        // A console's read cannot be called off; then it is left behind.
        var first = await Task.WhenAny(showing, typing).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        try
        {
            await first.ConfigureAwait(false);
            if (first == typing)
                await showing.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // Called off by the other half.
        }

        return first == showing;
    }

    /// <summary>Ends the line in order: what was written is still sent.</summary>
    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Line.Close();
        await Drain().ConfigureAwait(false);
        log?.Dispose();
    }

    private protected async Task Open(Func<ILineObserver, ILine> dial, CancellationToken cancel)
    {
        Line = dial(inbox);
        inbox.Attach(Line);
        try
        {
            await inbox.Opening.WaitAsync(cancel).ConfigureAwait(false);
        }
        catch
        {
            Line.Abort();
            throw;
        }
    }

    private async Task Show(Stream output, CancellationToken cancel)
    {
        while (await ReadSomeBytesAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false) is { Length: > 0 } bytes)
        {
            // Once taken it is shown, or it would be lost.
            await output.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            await output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task Type(Stream input, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        int count;
        while ((count = await input.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            if (inbox.HasEnded)
                return;

            await WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
        }
    }

    private async Task<int> Find(ReadOnlyMemory<byte> wanted, string name, TimeSpan? timeout, CancellationToken cancel)
    {
        using var turn = Enter();
        var from = 0;
        await Until(Look, () => name, timeout, cancel).ConfigureAwait(false);
        return from + wanted.Length;

        bool Look()
        {
            var at = unread.Bytes[from..].IndexOf(wanted.Span);
            from = at >= 0 ? from + at : Math.Max(from, unread.Count - wanted.Length + 1);
            return at >= 0;
        }
    }

    private async Task<bool> Something(Func<bool> there, TimeSpan? timeout, CancellationToken cancel)
    {
        try
        {
            await Until(there, () => "anything", timeout, cancel).ConfigureAwait(false);
            return true;
        }
        catch (DialogueClosedException end) when (end.Fault is null)
        {
            return false;
        }
    }

    /// <summary>Takes in what arrives until it is what is looked for.</summary>
    private async Task Until(Func<bool> there, Func<string> wanted, TimeSpan? timeout, CancellationToken cancel)
    {
        var limit = timeout ?? options.Timeout;
        TakeIn();
        if (there())
            return;

        using var patience = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        while (true)
        {
            if (unread.Count >= options.Limit)
                throw new DialogueFullException(wanted(), options.Limit, unread.Peek());

            try
            {
                if (!await inbox.Wait(either.Token).ConfigureAwait(false))
                    throw new DialogueClosedException(wanted(), inbox.Fault, unread.Peek());
            }
            catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
            {
                throw new DialogueTimeoutException(wanted(), limit, unread.Peek());
            }

            TakeIn();
            if (there())
                return;
        }
    }

    private void TakeIn()
    {
        while (unread.Count < options.Limit && inbox.TryTake(out var piece))
            unread.Append(piece.Span);
    }

    private async Task Drain()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), time);
        try
        {
            while (await inbox.Wait(patience.Token).ConfigureAwait(false))
            {
                while (inbox.TryTake(out var piece))
                    inbox.Read(piece.Length);
            }
        }
        catch (OperationCanceledException)
        {
            Line.Abort();
        }
    }

    private T Consumed<T>(int count, T value)
    {
        inbox.Read(count);
        return value;
    }

    private void ThrowIfEnded()
    {
        if (inbox.HasEnded)
            throw new DialogueClosedException("what was to be written", inbox.Fault, unread.Peek());
    }

    private Turn Enter() => Interlocked.Exchange(ref reading, 1) == 0 ? new Turn(this) : throw new InvalidOperationException("One read at a time: another one is under way.");

    private readonly struct Turn(LineDialogue dialogue) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref dialogue.reading, 0);
    }
}
