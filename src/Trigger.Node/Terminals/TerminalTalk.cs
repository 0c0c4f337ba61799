using System.Net.WebSockets;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Node.Clustering;
using Trigger.Node.Security;
using Trigger.Wire;
using Trigger.Wire.Dialogue;

namespace Trigger.Node.Terminals;

/// <summary>One person at one terminal: a WebSocket on his side, a <see cref="ClusterTerminal"/> on the device's. What he enters goes into the audit trail.</summary>
internal sealed class TerminalTalk(NodeHost node, NetDevice device, TerminalWish wish, Caller caller, WebSocket socket) : IDisposable
{
    private const int LongestMessage = 16 * 1024;

    // A person types less, and a paste beyond it takes its time: letters between nodes lie in the database.
    private const int KeysPerSecond = 64 * 1024;

    // A line of the audit trail is one for people to read.
    private const int LinesPerNote = 50;

    // How long the other side may take to say goodbye.
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(2);

    private readonly TypedLines entered = new();
    private readonly SemaphoreSlim sending = new(1);
    private HeardLine? heard;
    private long shown;
    private long login = long.MaxValue;
    private int ready;

    public void Dispose() => sending.Dispose();

    /// <summary>Returns how it ended, in words.</summary>
    public async Task<string> Run(CancellationToken cancel)
    {
        ClusterTerminal? terminal = null;
        try
        {
            return await Talk(person => terminal = node.OpenTerminal(device, wish, caller, heard = new HeardLine(person), others => _ = Wait(others, cancel)), () => terminal!, cancel).ConfigureAwait(false);
        }
        finally
        {
            terminal?.Close();
            Note(entered.Rest());
        }
    }

    private Task Wait(string others, CancellationToken cancel) => Say(new { @is = "waiting", text = $"{others} talks to {device.Name} now." }, cancel);

    private async Task<string> Talk(Func<ILineObserver, ILine> dial, Func<ClusterTerminal> terminal, CancellationToken cancel)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var opening = LineDialogue.OpenAsync(dial, cancel: over.Token);
        var keys = Keys(terminal(), over.Token);
        var notes = Notes(over.Token);
        try
        {
            var leaving = Task.WhenAny(keys, notes);
            await Task.WhenAny(opening, leaving).ConfigureAwait(false);
            var shown = !leaving.IsCompleted && await Show(opening, terminal(), leaving, over.Token).ConfigureAwait(false);
            var how = notes.IsCompletedSuccessfully ? await Farewell(await notes.ConfigureAwait(false), cancel).ConfigureAwait(false)
                : await Farewell(shown ? terminal() : null, cancel).ConfigureAwait(false);
            // A read that is called off breaks a web socket, with all that is still on its way.
            await Task.WhenAny(keys, Task.Delay(Goodbye, node.Time, cancel)).ConfigureAwait(false);
            return how;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await ((Task)notes).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await keys.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _ = opening.ContinueWith(late => late.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    // False when the person has left first.
    private async Task<bool> Show(Task<LineDialogue> opening, ClusterTerminal terminal, Task leaving, CancellationToken cancel)
    {
        try
        {
            await using var dialogue = await opening.ConfigureAwait(false);
            await Say(new { @is = "opened", address = dialogue.Greeting.Address, banner = dialogue.Greeting.Banner }, cancel).ConfigureAwait(false);
            _ = Ready(terminal, cancel);
            var screen = Screen(dialogue, cancel);
            await Task.WhenAny(screen, leaving).ConfigureAwait(false);
            if (!screen.IsCompleted)
                return false;

            await screen.ConfigureAwait(false);
        }
        catch (LineOpenException)
        {
            // The terminal knows the same in words about devices.
        }

        return true;
    }

    private async Task<string> Farewell(ClusterTerminal? terminal, CancellationToken cancel)
    {
        var fault = terminal is null ? null : await terminal.Ended.ConfigureAwait(false);
        if (terminal is not null)
            await Say(new { @is = "ended", kind = fault?.Kind, text = fault?.Text }, cancel).ConfigureAwait(false);
        await Goodbyes(cancel).ConfigureAwait(false);
        return terminal is null ? "the caller left" : fault?.Text ?? "the device hung up";
    }

    private async Task<string> Farewell(string trouble, CancellationToken cancel)
    {
        await Say(new { @is = "ended", kind = "not_recorded", text = trouble }, cancel).ConfigureAwait(false);
        await Goodbyes(cancel).ConfigureAwait(false);
        return trouble;
    }

    private async Task Goodbyes(CancellationToken cancel)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancel).ConfigureAwait(false);
    }

    // The line is the person's when the login is over, and on his screen: what he enters is told from what the login typed.
    private async Task Ready(ClusterTerminal terminal, CancellationToken cancel)
    {
        if (await terminal.LoggedIn.WaitAsync(cancel).ConfigureAwait(false) is not null)
            return;

        Interlocked.Exchange(ref login, heard!.Bytes);
        await SayReady(cancel).ConfigureAwait(false);
    }

    private async Task SayReady(CancellationToken cancel)
    {
        if (Interlocked.Read(ref shown) < Interlocked.Read(ref login) || Interlocked.Exchange(ref ready, 1) == 1)
            return;

        entered.Begin();
        await Say(new { @is = "ready" }, cancel).ConfigureAwait(false);
    }

    private async Task Screen(LineDialogue dialogue, CancellationToken cancel)
    {
        while (await dialogue.ReadSomeBytesAsync(Timeout.InfiniteTimeSpan, cancel).ConfigureAwait(false) is { Length: > 0 } bytes)
        {
            entered.Shown(bytes);
            await Send(bytes, WebSocketMessageType.Binary, cancel).ConfigureAwait(false);
            Interlocked.Add(ref shown, bytes.Length);
            await SayReady(cancel).ConfigureAwait(false);
        }
    }

    // Ends when the caller has gone.
    private async Task Keys(ClusterTerminal terminal, CancellationToken cancel)
    {
        var buffer = new byte[LongestMessage];
        var (left, since) = (KeysPerSecond, node.Time.GetTimestamp());
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
                length += got.Count;
            }
            while (!got.EndOfMessage && length < buffer.Length);

            if (got.MessageType == WebSocketMessageType.Close)
                return;
            if (got.MessageType == WebSocketMessageType.Text)
            {
                Resize(terminal, buffer.AsSpan(0, length));
                continue;
            }

            if (wish.Manner == TerminalManner.Watch)
                continue;
            entered.Typed(buffer.AsSpan(0, length));
            terminal.Write(buffer.AsSpan(0, length));
            if ((left -= length) > 0)
                continue;

            var rest = TimeSpan.FromSeconds(1) - node.Time.GetElapsedTime(since);
            if (rest > TimeSpan.Zero)
                await Task.Delay(rest, node.Time, cancel).ConfigureAwait(false);
            (left, since) = (KeysPerSecond, node.Time.GetTimestamp());
        }
    }

    private static void Resize(ClusterTerminal terminal, ReadOnlySpan<byte> json)
    {
        try
        {
            if (JsonSerializer.Deserialize<Window>(json, JsonSerializerOptions.Web) is { Columns: > 0 and <= 10_000, Rows: > 0 and <= 10_000 } window)
                terminal.Resize(window.Columns, window.Rows);
        }
        catch (JsonException)
        {
            // None of ours; a window that stays as it was hurts nobody.
        }
    }

    // Ends, with the reason, when what is entered can be put on record no more.
    private async Task<string> Notes(CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(NoteEvery, node.Time, cancel).ConfigureAwait(false);
            Note(entered.Take());
            if (wish.Manner != TerminalManner.Watch && node.Outbox.Trouble is { } trouble)
                return trouble;
        }
    }

    private void Note(IReadOnlyList<string> lines)
    {
        foreach (var some in lines.Chunk(LinesPerNote))
            node.Outbox.Add(caller, "terminal-entered", device.Name, string.Join(" | ", some));
    }

    private Task Say(object what, CancellationToken cancel) => Send(JsonSerializer.SerializeToUtf8Bytes(what), WebSocketMessageType.Text, cancel);

    // One message at a time, as the protocol has it.
    private async Task Send(byte[] bytes, WebSocketMessageType type, CancellationToken cancel)
    {
        await sending.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            await socket.SendAsync(bytes, type, endOfMessage: true, cancel).ConfigureAwait(false);
        }
        finally
        {
            sending.Release();
        }
    }

    private sealed record Window(int Columns, int Rows);
}
