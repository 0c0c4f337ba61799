using System.Text;

namespace Trigger.Lab;

/// <summary>Collects what a conversation says and hands it on at once, or drop by drop.</summary>
internal sealed class LabOutput(Action<ReadOnlyMemory<byte>> write, bool drips) : IDisposable
{
    private static readonly TimeSpan Drop = TimeSpan.FromMilliseconds(1);

    private readonly StringBuilder said = new();
    private readonly Queue<byte> waiting = new();
    private Action? afterwards;
    private ITimer? timer;

    public void Say(string text) => said.Append(text);

    /// <summary>Sends what was said. Call with the conversation's lock held.</summary>
    public void Flush(TimeProvider time, Lock gate)
    {
        if (said.Length > 0)
        {
            var bytes = Encoding.UTF8.GetBytes(said.ToString());
            said.Clear();
            if (!drips)
            {
                write(bytes);
                return;
            }

            foreach (var one in bytes)
                waiting.Enqueue(one);
        }

        if (waiting.Count > 0)
            timer ??= time.CreateTimer(_ => OneMore(gate), null, Drop, Drop);
    }

    /// <summary>Runs the action when everything that was said is on its way.</summary>
    public void Afterwards(Action action)
    {
        if (waiting.Count == 0)
            action();
        else
            afterwards = action;
    }

    public void Dispose() => timer?.Dispose();

    private void OneMore(Lock gate)
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out var one))
                write(new[] { one });
            if (waiting.Count > 0)
                return;
            timer?.Dispose();
            timer = null;
            afterwards?.Invoke();
            afterwards = null;
        }
    }
}
