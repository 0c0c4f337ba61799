using Trigger.Kernel.Hosting;

namespace Trigger.Lab.Simulating;

/// <summary>Keeps every mailbox that has work and lets the seed choose which one gets the next turn, of one message.</summary>
internal sealed class SeededDispatcher(Random random) : ActorDispatcher
{
    private const int Remembered = 64;

    private readonly Lock gate = new(); // Only against threads that strayed in from outside the simulation.
    private readonly List<IThreadPoolWorkItem> ready = [];
    private readonly Queue<string> recent = [];
    private readonly int owner = Environment.CurrentManagedThreadId;

    public int Ready => ready.Count;

    public long Steps { get; private set; }

    /// <summary>A number that two runs share only if they chose the same among the same at every step.</summary>
    public ulong Fingerprint { get; private set; } = 14695981039346656037;

    /// <summary>How often a thread that is not the simulation's gave work. Such work may come at another step in a replay.</summary>
    public int Strays { get; private set; }

    public IEnumerable<string> Recent => recent;

    internal override int Turn(int throughput) => 1;

    internal override TaskCreationOptions Promises => TaskCreationOptions.None;

    public override void Schedule(IThreadPoolWorkItem work, bool preferLocal)
    {
        lock (gate)
        {
            ready.Add(work);
            if (Environment.CurrentManagedThreadId != owner)
                Strays++;
        }
    }

    public bool Step()
    {
        IThreadPoolWorkItem chosen;
        lock (gate)
        {
            if (ready.Count == 0)
                return false;
            var at = random.Next(ready.Count);
            Note(at);
            chosen = ready[at];
            ready.RemoveAt(at);
        }

        if (recent.Count == Remembered)
            recent.Dequeue();
        recent.Enqueue($"{Steps}: {chosen}");
        chosen.Execute();
        return true;
    }

    internal override void RunInBackground(Func<Task> work) => Schedule(new Background(work), preferLocal: false);

    private void Note(int choice)
    {
        Steps++;
        Fingerprint = (((Fingerprint ^ (uint)choice) * 1099511628211) ^ (uint)ready.Count) * 1099511628211;
    }

    private sealed class Background(Func<Task> work) : IThreadPoolWorkItem
    {
        public void Execute() => _ = work();

        public override string ToString() => "background work";
    }
}
