using System.Text;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;

namespace Trigger.Tests.Sessions;

/// <summary>A device that says what a test wrote down, in the pieces in which the test wrote it, and remembers what was typed at it.</summary>
internal sealed class ScriptedDevice
{
    private readonly Dictionary<string, Queue<Action<Line>>> answers = [];
    private readonly Lock gate = new();
    private readonly List<string> typed = [];
    private readonly List<TaskCompletionSource> waiting = [];
    private readonly TaskCompletionSource greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string[] greeting = [];
    private WireFault? fault;
    private int piece = int.MaxValue;
    private bool fallsBack;

    public bool Aborted { get; private set; }

    public IReadOnlyList<string> Typed
    {
        get
        {
            lock (gate)
                return [.. typed];
        }
    }

    public ScriptedDevice Greets(params string[] pieces)
    {
        greeting = pieces;
        return this;
    }

    /// <summary>Says this once, in answer to one line.</summary>
    public ScriptedDevice On(string line, params string[] pieces) => Then(line, to =>
    {
        foreach (var text in pieces)
            to.Say(text);
    });

    public ScriptedDevice OnDrops(string line, params string[] pieces) => Then(line, to =>
    {
        foreach (var text in pieces)
            to.Say(text);
        to.Observer.Closed(null);
    });

    public ScriptedDevice FailsToConnect(WireFault why)
    {
        fault = why;
        return this;
    }

    /// <summary>Is dialled by SSH, and answers by Telnet.</summary>
    public ScriptedDevice FallsBackToTelnet()
    {
        fallsBack = true;
        return this;
    }

    /// <summary>Every text is sent in pieces of this many bytes.</summary>
    public ScriptedDevice InPiecesOf(int bytes)
    {
        piece = bytes;
        return this;
    }

    public ILine Dial(NetDevice device, Platform platform, ILineObserver observer)
    {
        var line = new Line(this, observer);
        if (fault is not null)
            observer.Closed(fault);
        else if (device.Protocol == Protocol.Ssh && !fallsBack)
            observer.Authenticating(new LineGreeting("127.0.0.1:22", "SSH-2.0-Scripted"));
        else
            line.Open();
        return line;
    }

    /// <summary>Completes when all of the greeting has been said.</summary>
    public Task HasGreeted() => greeted.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>Completes when at least so many lines have been typed.</summary>
    public Task HasHeard(int lines)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            while (waiting.Count < lines)
                waiting.Add(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (typed.Count >= lines)
                heard.SetResult();
            else
                heard = waiting[lines - 1];
        }

        return heard.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private ScriptedDevice Then(string line, Action<Line> answer)
    {
        if (!answers.TryGetValue(line, out var queue))
            answers.Add(line, queue = new Queue<Action<Line>>());
        queue.Enqueue(answer);
        return this;
    }

    private void Hear(string line, Line to)
    {
        if (answers.TryGetValue(line, out var queue) && queue.Count > 0)
            queue.Dequeue()(to);
        lock (gate)
        {
            typed.Add(line);
            if (waiting.Count >= typed.Count)
                waiting[typed.Count - 1].TrySetResult();
        }
    }

    public sealed class Line(ScriptedDevice device, ILineObserver observer) : ILine
    {
        private readonly StringBuilder input = new();
        private bool closed;

        public ILineObserver Observer => observer;

        public void Say(string text)
        {
            foreach (var part in Encoding.UTF8.GetBytes(text).Chunk(device.piece))
                observer.Received(part);
        }

        public void Open()
        {
            observer.Opened(new LineGreeting("127.0.0.1:23") { InsteadOfSsh = device.fallsBack });
            foreach (var text in device.greeting)
                Say(text);
            device.greeted.TrySetResult();
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            input.Append(Encoding.UTF8.GetString(bytes));
            if (input.Length == 1 && input[0] is ' ' or '\u0003')
            {
                var key = input.ToString();
                input.Clear();
                device.Hear(key, this);
                return;
            }

            for (var text = input.ToString(); text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end; text = input.ToString())
            {
                input.Remove(0, end + 1);
                device.Hear(text[..end].TrimEnd('\r'), this);
            }
        }

        public void Authenticate(LineCredentials credentials) => Open();

        public void Pause() { }

        public void Resume() { }

        public void Close()
        {
            if (!closed)
                observer.Closed(null);
            closed = true;
        }

        public void Abort()
        {
            device.Aborted = true;
            Close();
        }
    }
}
