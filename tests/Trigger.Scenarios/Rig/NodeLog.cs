using System.Text;

namespace Trigger.Scenarios.Rig;

/// <summary>What a node has said, and who waits for it to say more.</summary>
internal sealed class NodeLog
{
    private readonly Lock gate = new();
    private readonly StringBuilder said = new();
    private readonly List<(string Text, TaskCompletionSource Heard)> waiting = [];
    private bool over;

    public void Add(string line)
    {
        lock (gate)
        {
            said.AppendLine(line);
            foreach (var (_, heard) in waiting.Where(one => line.Contains(one.Text, StringComparison.Ordinal)))
                heard.TrySetResult();
        }
    }

    /// <summary>Nothing more comes.</summary>
    public void End()
    {
        lock (gate)
        {
            over = true;
            foreach (var (text, heard) in waiting)
                heard.TrySetException(Never(text));
        }
    }

    /// <summary>Completes when a line has this text, or had it already.</summary>
    public Task Says(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (said.ToString().Contains(text, StringComparison.Ordinal))
                heard.SetResult();
            else if (over)
                heard.SetException(Never(text));
            else
                waiting.Add((text, heard));
        }

        return heard.Task;
    }

    public override string ToString()
    {
        lock (gate)
            return said.ToString();
    }

    private InvalidOperationException Never(string text) => new($"The node ended and never said '{text}':\n{said}");
}
